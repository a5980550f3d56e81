"""Jotting a question or an event from anywhere: a few keys, and back where one was."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.days import ONE_DAY
from moodlab.domain.events import Event, Question
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.page_registry import ALL
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = [entry.id for entry in ALL]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(
        "moodlab.ui.jotting.popover.announce",
        lambda _widget, text, assertive=False: texts.append(text),
    )
    return texts


def type_in(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def texts(window: Window) -> list[str]:
    return [each.text for each in window.session.journal.events.read_questions()]


@pytest.mark.parametrize("page_id", PAGES)
def test_a_question_is_jotted_from_every_page_and_the_keyboard_goes_back(
    open_window: Callable[..., Window], said: list[str], page_id: str
) -> None:
    window = open_window(page=page_id)
    window.main.page.take_focus()
    was = QApplication.focusWidget()

    press("j", modifier=CTRL)
    type_in("Is it the dose?")
    press(Qt.Key.Key_Return)

    assert texts(window) == ["Is it the dose?"]
    assert page_id == window.main.page.ID
    assert QApplication.focusWidget() is was
    assert said == ["A question for the visit", "Saved for the visit: Is it the dose?"]
    popover = window.main.question_popover
    assert not popover.text.isVisible()
    assert popover.message.isVisible()
    assert popover.message.text() == said[-1]


def test_escape_closes_it_and_what_was_typed_stays_for_the_next_time(window: Window) -> None:
    was = QApplication.focusWidget()
    press("j", modifier=CTRL)
    type_in("Is it")
    press(Qt.Key.Key_Escape)

    assert window.main.question_popover.isHidden()
    assert QApplication.focusWidget() is was
    press("j", modifier=CTRL)
    type_in(" the dose?")
    press(Qt.Key.Key_Return)
    assert texts(window) == ["Is it the dose?"]


def test_the_same_question_is_saved_twice_only_by_a_second_enter(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.events.ask(Question("q1", TODAY, "Is it the dose?"))
    journal.close()
    window = open_window()
    press("j", modifier=CTRL)
    type_in("is it the  dose?")
    press(Qt.Key.Key_Return)

    assert "on the list already" in window.main.question_popover.message.text()
    assert len(texts(window)) == 1
    press(Qt.Key.Key_Return)
    assert len(texts(window)) == 2


def test_nothing_is_jotted_where_nothing_can_be_written(window: Window) -> None:
    window.session.why_read_only = "This is a backup. You can read it but not change it."
    press("j", modifier=CTRL)
    press("e", modifier=CTRL)

    assert window.main.written_in.keys() == {"today"}
    assert window.main.page.footer.message.text().startswith("This is a backup")


def test_what_is_half_typed_outlives_the_window(open_window: Callable[..., Window]) -> None:
    window = open_window()
    press("j", modifier=CTRL)
    type_in("Is it")
    window.close()

    open_window()
    press("j", modifier=CTRL)
    assert QApplication.focusWidget().text() == "Is it"


def test_an_event_belongs_to_the_day_that_is_open(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.main.page.go(-1)
    window.main.page.heading.event.click()
    type_in("A cold")
    press(Qt.Key.Key_Return)

    (event,) = window.session.journal.events.read_events()
    assert (event.text, event.first_day, event.is_appointment) == ("A cold", days_ago(1), False)


def test_an_event_takes_another_day_in_its_second_field_and_earlier_words_are_offered(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    for number, text in enumerate(("A cold", "A trip", "A cold")):
        journal.events.save_event(Event(f"e{number}", days_ago(9 - number), text))
    journal.close()
    window = open_window(page="labs")
    press("e", modifier=CTRL)
    popover = window.main.event_popover

    assert popover.text.offered == ["A cold", "A trip"]
    type_in("A trip")
    popover.day.setFocus()
    popover.day.selectAll()
    type_in("7.3.")  # three days ahead: agreed, and not come
    press(Qt.Key.Key_Return)
    assert window.session.journal.events.read_events()[-1].first_day == TODAY + 3 * ONE_DAY


def test_an_event_without_words_or_with_an_odd_day_says_what_is_wrong(window: Window) -> None:
    press("e", modifier=CTRL)
    popover = window.main.event_popover
    press(Qt.Key.Key_Return)
    assert popover.message.text() == "What happened? Write a few words."
    type_in("A cold")
    popover.day.setText("32.1.")
    press(Qt.Key.Key_Return)

    assert "is not a day" in popover.message.text()
    assert popover.day.hasFocus()
    assert window.session.journal.events.read_events() == ()


def test_it_stands_within_a_small_window(window: Window) -> None:
    window.main.resize(480, 340)
    press("j", modifier=CTRL)
    popover = window.main.question_popover

    assert popover.parentWidget().rect().contains(popover.geometry())
    assert popover.text.hasFocus()


def test_it_closes_when_the_person_goes_on_elsewhere(window: Window) -> None:
    press("j", modifier=CTRL)
    type_in("Is it")
    window.main.page.footer.note.editor.setFocus()

    assert window.main.question_popover.isHidden()
    assert window.main.page.footer.note.editor.hasFocus()
