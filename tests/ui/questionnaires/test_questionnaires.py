"""Questionnaires in the window: issue 11 item 8, facts/clinical §3.3."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.tracking.instruments import ANSWERS, INSTRUMENTS
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.questionnaires.page import QuestionnairesPage
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press

OTHER = 4


@pytest.fixture
def page(open_window: Callable[..., Window]) -> QuestionnairesPage:
    return open_window(page="questionnaires").main.page


@pytest.fixture
def kept(journal: Journal) -> Journal:
    """A journal with three totals."""
    for ago, name, total in ((9, "PHQ-8", "14"), (5, "WHO-5", "44"), (2, "PHQ-8", "11")):
        journal.questionnaires.save(
            Questionnaire(journal.ledger.new_id(), days_ago(ago), name, total)
        )
    return journal


def totals(page: QuestionnairesPage) -> list[tuple[str, ...]]:
    journal = page.window().session.journal
    return [
        (each.day.isoformat(), each.name, each.total, each.lowest, each.highest)
        for each in journal.questionnaires.read_all()
    ]


def choose(page: QuestionnairesPage, index: int) -> None:
    page.choice.buttons[index].click()
    page.take_focus()


def write(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_questionnaire_is_filled_in_by_keys_alone(page: QuestionnairesPage) -> None:
    press(*"21312010")
    assert page.sheet.state.text() == "Total 10 (0 to 24)"
    press(Qt.Key.Key_Return)

    assert totals(page) == [(TODAY.isoformat(), "PHQ-8", "10", "0", "24")]
    assert page.notice.sentence == "Saved: PHQ-8 10, 4 Mar 2026."
    assert not page.sheet.is_begun


@pytest.mark.parametrize("index", range(4))
def test_every_answer_by_mouse_adds_up(page: QuestionnairesPage, index: int) -> None:
    choose(page, index)
    for number, row in enumerate(page.sheet.rows):
        button = row.answers.buttons[number % 4]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    page.save_button.click()

    known = INSTRUMENTS[index]
    expected = sum(number % 4 for number in range(len(known.items)))
    assert totals(page) == [
        (TODAY.isoformat(), known.name, str(expected), "0", str(3 * len(known.items)))
    ]


def test_without_all_answers_there_is_no_total(page: QuestionnairesPage) -> None:
    press(*"21")
    page.save()

    assert totals(page) == []
    assert page.notice.sentence == "2 of 8 answered. A total needs an answer to each."
    assert page.sheet.rows[2].isAncestorOf(QApplication.focusWidget())
    press("0")
    assert page.notice.isHidden()


def test_an_answer_can_be_changed_and_taken_back(page: QuestionnairesPage) -> None:
    press("2", Qt.Key.Key_Up, "3", Qt.Key.Key_Up)
    assert page.sheet.rows[0].value == 3
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Backspace)

    assert page.sheet.rows[0].value is None
    assert page.sheet.state.text() == "0 of 8 answered"
    assert page.unsaved() == ""
    press("1")
    assert page.unsaved() == "PHQ-8 is begun and has no total yet."


def test_each_row_is_one_stop_of_tab(page: QuestionnairesPage) -> None:
    for row in page.sheet.rows[:4]:
        assert row.isAncestorOf(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    press("2", Qt.Key.Key_Backtab)
    assert page.sheet.rows[4].isAncestorOf(QApplication.focusWidget())


def test_what_is_asked_is_quoted_word_by_word_and_the_ninth_question_is_not(
    page: QuestionnairesPage,
) -> None:
    items = [row.answers.accessibleName() for row in page.sheet.rows]

    assert items[0] == "Little interest or pleasure in doing things"
    assert len(items) == 8
    assert not any(
        "dead" in item or "hurting" in item for each in INSTRUMENTS for item in each.items
    )
    assert ANSWERS[0] == "Not at all"
    assert [len(each.items) for each in INSTRUMENTS] == [8, 2, 7, 2]
    assert [each.highest for each in INSTRUMENTS] == [24, 6, 21, 6]


def test_any_other_is_kept_by_name_and_total(page: QuestionnairesPage) -> None:
    choose(page, OTHER)
    write(page.form.name, "WHO-5")
    write(page.form.total, "12,5")
    write(page.day, "1.3.")
    write(page.form.highest, "25")
    press(Qt.Key.Key_Return)

    assert totals(page) == [("2026-03-01", "WHO-5", "12.5", "", "25")]


@pytest.mark.parametrize(
    ("name", "total", "day", "said"),
    [
        ("", "3", "1.3.", "The questionnaire needs a name."),
        ("X", "", "1.3.", "Enter the total, for example 12."),
        ("X", "many", "1.3.", "I can't read “many” as a total. Try 12."),
        ("X", "3", "5.3.2026", "5 Mar 2026 is in the future. Check the date."),
        ("X", "3", "", "Enter the date first, for example 21.10. or today."),
    ],
)
def test_what_can_not_be_read_is_said_and_stays(
    page: QuestionnairesPage, name: str, total: str, day: str, said: str
) -> None:
    choose(page, OTHER)
    write(page.form.name, name)
    write(page.form.total, total)
    page.day.clear()
    write(page.day, day)
    page.save()

    assert page.notice.sentence == said
    assert (page.form.name.text(), page.form.total.text()) == (name, total)
    assert totals(page) == []


def test_a_second_total_on_a_day_is_asked_about(page: QuestionnairesPage) -> None:
    for _ in range(2):
        choose(page, 1)
        press(*"11")
        page.save()
    assert page.notice.sentence == "PHQ-2 has a total on that day already. Save another?"
    assert len(totals(page)) == 1

    page.notice.buttons[0].click()

    assert len(totals(page)) == 2


def test_a_total_is_changed_where_it_stands(
    kept: Journal, open_window: Callable[..., Window]
) -> None:
    page = open_window(page="questionnaires").main.page
    page.list.table.choose_row(1)
    page.list.table.setFocus()
    press(Qt.Key.Key_F2)
    assert page.form.heading.text() == "Change WHO-5 of 27 Feb 2026"
    write(page.form.total, "48")
    press(Qt.Key.Key_Return)

    assert [each[1:3] for each in totals(page)] == [
        ("PHQ-8", "14"), ("WHO-5", "48"), ("PHQ-8", "11"),
    ]  # fmt: skip
    assert page.list.chosen.total == "48"
    assert QApplication.focusWidget() is page.list.table


def test_esc_leaves_a_change(kept: Journal, open_window: Callable[..., Window]) -> None:
    page = open_window(page="questionnaires").main.page
    page.edit()
    write(page.form.total, "1")
    press(Qt.Key.Key_Escape)

    assert page.form.changed is None
    assert [each[2] for each in totals(page)] == ["14", "44", "11"]


def test_deleting_goes_to_the_neighbour_and_undo_belongs_to_its_step(
    kept: Journal, open_window: Callable[..., Window]
) -> None:
    window = open_window(page="questionnaires")
    page = window.main.page
    page.list.table.choose_row(1)
    page.list.table.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.notice.sentence == "Deleted: WHO-5 44, 27 Feb 2026."
    assert page.list.chosen.day == days_ago(9)

    page.notice.buttons[0].click()
    assert [each[2] for each in totals(page)] == ["14", "44", "11"]
    assert page.list.chosen.name == "WHO-5"

    page.delete()
    window.session.apply(lambda journal: journal.days.rate(TODAY, "mood", 3000))
    assert page.notice.isHidden()


def test_undo_shows_the_page_and_says_what(
    kept: Journal, open_window: Callable[..., Window]
) -> None:
    window = open_window(page="questionnaires")
    window.main.page.delete()
    window.main.open_page("today")
    window.main.undo()

    page = window.main.page
    assert isinstance(page, QuestionnairesPage)
    assert page.notice.sentence == "Undone: PHQ-8 11 on 2 Mar, back again."


def test_the_page_is_reached_by_the_menu_and_stands_in_no_navigation(window: Window) -> None:
    view = next(a.menu() for a in window.main.menuBar().actions() if a.text() == "&View")
    next(action for action in view.actions() if action.text() == "Questionnaires").trigger()

    assert isinstance(window.main.page, QuestionnairesPage)
    assert "questionnaires" not in [item.page_id for item in window.main.navigation.list._items]
    window.main.resize(500, 700)
    assert window.main._chooser._combo.placeholderText() == "Questionnaires"


def test_the_delete_key_alone_goes_down_the_totals(
    kept: Journal, open_window: Callable[..., Window]
) -> None:
    page = open_window(page="questionnaires").main.page
    page.list.table.choose_row(0)
    page.list.table.setFocus()

    for left in (["14", "44"], ["14"], []):
        press(Qt.Key.Key_Delete)
        assert [total for _, _, total, *_ in totals(page)] == left
    press(Qt.Key.Key_Delete)
    assert totals(page) == []
