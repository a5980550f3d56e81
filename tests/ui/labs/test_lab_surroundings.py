"""Tests of one's own, what was noted before a draw, its days before, and what is remembered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.events import Event
from moodlab.ui.application import Window
from moodlab.ui.labs.page import LabsPage
from moodlab.ui.shell.drafts import read_half_typed
from tests.moments import TODAY
from tests.ui.labs.test_labs import add, fill, results
from tests.ui.test_places import settle


@pytest.fixture
def window(open_window) -> Window:
    return open_window(page="labs")


@pytest.fixture
def page(window: Window) -> LabsPage:
    return window.main.page


def ask_for_another(page: LabsPage) -> None:
    """Open the list of tests and choose its last line."""
    choice = page.form.test
    choice.showPopup()
    QTest.keyClick(choice.view(), Qt.Key.Key_End)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)


def name_test(page: LabsPage, name: str, unit: str) -> None:
    page.own.new_test.name.clear()
    page.own.new_test.unit.clear()
    QTest.keyClicks(page.own.new_test.name, name)
    QTest.keyClicks(page.own.new_test.unit, unit)
    QTest.keyClick(page.own.new_test.unit, Qt.Key.Key_Return)


def test_the_day_that_stays_after_a_result_is_not_half_typed(page: LabsPage) -> None:
    add(page, "3.1")

    assert page.form.day.text()
    assert read_half_typed(page) == {}


def test_another_test_is_named_in_the_page_and_then_chosen(page: LabsPage) -> None:
    ask_for_another(page)
    assert page.own.new_test.isVisibleTo(page)
    assert QApplication.focusWidget() is page.own.new_test.name

    name_test(page, "Calprotectin", "µg/g")

    assert page.own.new_test.isHidden()
    assert page.form.test.currentText() == "Calprotectin"
    assert page.form.unit.currentText() == "µg/g"
    QTest.keyClicks(page.form.day, "today")
    QTest.keyClicks(page.form.value, "<30")
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    (result,) = results(page)
    assert (result.label, result.printed_with_unit) == ("Calprotectin", "<30 µg/g")
    assert page.table.model().index(0, 1).data() == "Calprotectin"


def test_a_test_that_is_known_is_not_added_again(page: LabsPage) -> None:
    before = page.form.test.count()
    ask_for_another(page)
    name_test(page, "c-reactive protein", "mg/L")

    assert "There is already a test called CRP" in page.notice.sentence
    assert page.own.new_test.isVisibleTo(page)
    assert page.form.test.count() == before


def test_while_a_test_has_no_name_nothing_is_saved_under_another(page: LabsPage) -> None:
    fill(page, "3.1")
    ask_for_another(page)
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)

    assert results(page) == ()
    assert "Which test is it?" in page.notice.sentence

    QTest.keyClick(page.own.new_test.name, Qt.Key.Key_Escape)

    assert page.form.test.currentText() == "CRP"
    assert page.own.new_test.isHidden()


def test_the_arrow_keys_come_past_another_test_without_losing_the_keyboard(page: LabsPage) -> None:
    page.form.test.setFocus()
    QTest.keyClick(page.form.test, Qt.Key.Key_End)

    assert page.own.new_test.isVisibleTo(page)
    assert page.form.test.hasFocus()

    QTest.keyClick(page.form.test, Qt.Key.Key_Up)

    assert page.own.new_test.isHidden()


def test_adding_a_test_can_be_undone(page: LabsPage) -> None:
    ask_for_another(page)
    name_test(page, "Calprotectin", "µg/g")

    page.session.undo()

    assert page.form.test.findText("Calprotectin") == -1


def test_a_result_in_words_is_kept_as_printed(page: LabsPage) -> None:
    add(page, "n.d.")

    (result,) = results(page)
    assert (result.value.text, result.canonical) == ("n.d.", None)
    assert page.table.model().index(0, 2).data() == "n.d."


def test_the_days_before_the_chosen_draw_stand_under_the_table(page: LabsPage) -> None:
    journal = page.session.journal
    drawn = TODAY - timedelta(days=2)
    for back in range(1, 16):
        journal.days.rate(drawn - timedelta(days=back), "fatigue", (9 if back == 15 else 6) * 1000)
    for back in range(3):
        journal.days.rate(drawn - timedelta(days=back), "mood", 4000)

    add(page, "48", day=drawn.isoformat())

    said = page.list.beside.text()
    assert "In the 14 days before" in said
    assert "fatigue 6 (n 14)" in said  # neither the fifteenth day before nor the day itself
    assert "mood: only 2 rated" in said
    assert page.table.accessibleDescription() == said


def test_a_draw_that_was_left_out_has_its_days_before_too(page: LabsPage) -> None:
    journal = page.session.journal
    for back in range(1, 7):
        journal.days.rate(TODAY - timedelta(days=back), "fatigue", 6000)
    page.form.context.tick("infection")
    add(page, "48")

    assert results(page)[0].excluded
    assert "fatigue 6 (n 6)" in page.list.beside.text()
    add(page, "3", day=(TODAY - timedelta(days=60)).isoformat())
    page.table.selectRow(1)
    assert "no ratings" in page.list.beside.text()


def test_events_before_the_draw_are_offered_and_nothing_is_ticked_by_itself(page: LabsPage) -> None:
    journal = page.session.journal
    journal.events.save_event(
        Event("1", TODAY - timedelta(days=20), "Chest infection", TODAY - timedelta(days=11))
    )
    journal.events.save_event(Event("2", TODAY - timedelta(days=5), "Moved house"))
    assert page.noted.isHidden()

    fill(page, "48", day=TODAY.isoformat())

    assert "Noted before this draw: Chest infection, " in page.noted.text.text()
    assert "Moved house" in page.noted.text.text()
    assert page.form.chosen_context() == ()
    offered = [name for name, button in page.noted.buttons.items() if button.isVisibleTo(page)]
    assert offered == ["infection"]
    button = page.noted.buttons["infection"]
    assert button.text() == "Tick infection"

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert page.form.chosen_context() == ("infection",)
    assert page.form.excluded.isChecked()
    assert button.isHidden()


def test_the_list_stays_where_it_is_while_something_is_noted_said_and_taken_back(
    window: Window, page: LabsPage
) -> None:
    window.main.resize(1366, 768)
    add(page, "2.4", day=(TODAY - timedelta(days=90)).isoformat())
    page.session.journal.events.save_event(Event("1", TODAY - timedelta(days=5), "Chest infection"))
    page.notice.hush()
    settle(page)
    top = page.table.mapTo(page, QPoint()).y()

    fill(page, "48", day=TODAY.isoformat())
    settle(page)
    assert page.noted.isVisible()
    assert page.table.mapTo(page, QPoint()).y() == top

    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    settle(page)
    assert page.notice.isVisible()
    assert page.noted.isHidden()
    assert page.table.mapTo(page, QPoint()).y() == top

    page.notice.hush()
    settle(page)
    assert page.noted.isVisible()
    assert page.table.mapTo(page, QPoint()).y() == top


def test_what_is_said_is_in_sight_with_the_largest_text(window: Window, page: LabsPage) -> None:
    page.session.prefer(text_size=200)
    window.main.resize(1280, 680)
    settle(page)
    page.verticalScrollBar().setValue(0)
    fill(page, "1.234,5")

    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    settle(page)

    assert page.notice.isVisible()
    assert (
        page.viewport()
        .rect()
        .contains(page.notice.mapTo(page.viewport(), page.notice.rect().center()))
    )


def test_events_of_another_time_are_not_named(page: LabsPage) -> None:
    page.session.journal.events.save_event(Event("1", TODAY - timedelta(days=40), "Infection"))
    fill(page, "48", day=TODAY.isoformat())
    assert page.noted.isHidden()


def test_unit_range_lab_and_method_of_the_last_result_are_offered(
    page: LabsPage, open_window
) -> None:
    add(page, "0.31", "mg/dL", lab="City", method="Tina-quant", range="<0.5")
    add(page, "3.9", "ng/L", test="IL-6", lab="University", method="ELISA")

    later = open_window(page="labs").main.page
    form = later.form
    for test, unit, lab, method, printed_range in (
        ("CRP", "mg/dL", "City", "Tina-quant", "<0.5"), ("IL-6", "ng/L", "University", "ELISA", ""),
    ):  # fmt: skip
        form.test.setCurrentIndex(form.test.findText(test))
        assert (form.unit.currentText(), form.lab.text(), form.method.text()) == (unit, lab, method)
        assert form.range.text() == printed_range


def test_what_was_typed_is_not_replaced_by_what_is_remembered(page: LabsPage) -> None:
    add(page, "3.9", "pg/mL", test="IL-6", lab="University")
    fill(page, "", lab="Hospital", test="CRP")
    page.form.test.setCurrentIndex(page.form.test.findText("IL-6"))
    assert page.form.lab.text() == "Hospital"


def test_a_unit_in_another_spelling_stays_when_a_result_is_changed(
    page: LabsPage,
) -> None:
    add(page, "0.31", "mg/dL")
    (saved,) = results(page)
    page.session.apply(lambda journal: journal.labs.save(replace(saved, unit="MG/DL")))
    page.table.selectRow(0)
    page.edit()

    assert page.form.unit.currentText() == "MG/DL"
    assert page.form.read().canonical == saved.canonical
