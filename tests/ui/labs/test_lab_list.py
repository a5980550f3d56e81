"""The list of results as a person walks it: choose, change, delete, filter, sort."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.days import short_date
from moodlab.domain.labs.catalogue import unit_as_printed
from moodlab.store.journal import Journal
from moodlab.ui.labs.page import LabsPage
from tests import diaries
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.labs.test_labs import add, fill, results

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(journal: Journal, open_window) -> LabsPage:
    """Five results of CRP, the newest 1 mg/L of yesterday, and one of ferritin before them."""
    for number in range(1, 6):
        journal.labs.save(diaries.lab(days_ago(number), f"{number}", number=number))
    journal.labs.save(diaries.lab(days_ago(9), "30", unit="ng/mL", test="ferritin", number=6))
    journal.close()
    return open_window(page="labs").main.page


def values(page: LabsPage) -> list[str]:
    """The values in the rows, from the first to the last."""
    return [result.value.text for result in reversed(page.table.shown)]


def choose(page: LabsPage, row: int) -> None:
    page.table.selectRow(row)
    page.table.setFocus()


def test_the_delete_key_alone_goes_down_the_list(page: LabsPage) -> None:
    choose(page, 1)

    for value in ("2", "3", "4"):
        assert page.table.result.value.text == value
        press(Qt.Key.Key_Delete)
        assert page.notice.sentence.startswith(f"Deleted: CRP {value} mg/L")
        assert page.table.hasFocus()

    assert values(page) == ["1", "5", "30"]
    assert page.table.result.value.text == "5"


def test_below_the_last_row_the_one_above_is_next_and_the_end_is_quiet(page: LabsPage) -> None:
    choose(page, 5)

    for left in (5, 4, 3, 2, 1, 0):
        press(Qt.Key.Key_Delete)
        assert len(results(page)) == left
    assert page.form.day.hasFocus()
    press(Qt.Key.Key_Delete)

    page.notice.buttons[0].click()
    assert values(page) == ["1"]
    assert page.table.hasFocus()


def test_undo_of_a_deletion_chooses_what_is_back(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Delete, Qt.Key.Key_Home)
    page.table.selectRow(0)

    page.notice.buttons[0].click()

    assert page.table.result.value.text == "3"


def test_a_notice_with_undo_leaves_with_its_step(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Delete)
    assert page.notice.buttons

    page.session.apply(lambda journal: journal.days.rate(TODAY, "mood", 5000))

    assert page.notice.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2])
def test_a_row_is_opened_by_a_key_and_the_head_names_it(page: LabsPage, key: Qt.Key) -> None:
    choose(page, 2)
    press(key)

    assert page.form.heading.text() == f"Change CRP 3 mg/L, {short_date(days_ago(3))}"
    assert page.form.day.text() == short_date(days_ago(3))
    assert page.form.leave.isVisibleTo(page)
    assert QApplication.focusWidget() is page.form.value

    press(Qt.Key.Key_Escape)
    assert page.form.heading.text() == "New result"
    assert (page.form.value.text(), page.form.day.text()) == ("", "")
    assert page.table.hasFocus()
    assert page.table.result.value.text == "3"


def test_after_a_change_the_keyboard_is_back_in_the_list(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Return)
    page.form.value.selectAll()
    QTest.keyClicks(page.form.value, "3.5")
    press(Qt.Key.Key_Return)

    assert page.table.hasFocus()
    assert page.table.result.value.text == "3.5"
    assert page.form.heading.text() == "New result"


def test_what_is_half_typed_is_not_lost_by_opening_a_row(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Return)
    page.form.value.selectAll()
    QTest.keyClicks(page.form.value, "3.5")
    choose(page, 0)
    press(Qt.Key.Key_Return)

    assert page.notice.sentence == "The change of CRP is not saved yet. Save it, or cancel it."
    assert page.form.heading.text().startswith("Change CRP 3 mg/L")
    page.form.leave.click()

    fill(page, "48")
    choose(page, 0)
    press(Qt.Key.Key_Return)
    assert page.notice.sentence.startswith("“48” is not added yet.")
    assert page.form.value.text() == "48"


def test_a_result_that_is_deleted_while_it_is_changed_is_not_saved_again(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Return)
    choose(page, 2)
    press(Qt.Key.Key_Delete)

    assert not page.form.is_editing
    assert page.form.heading.text() == "New result"


def test_a_change_that_is_undone_meanwhile_shows_what_holds(page: LabsPage) -> None:
    choose(page, 2)
    press(Qt.Key.Key_Return)
    add(page, "3.5")
    press(Qt.Key.Key_Return)
    assert page.form.value.text() == "3.5"

    page.session.undo()

    assert page.form.value.text() == "3"


def test_a_new_result_is_chosen_even_where_others_are_shown(page: LabsPage) -> None:
    page.list.tests.setCurrentIndex(page.list.tests.findText("Ferritin"))
    page.list.tests.activated.emit(page.list.tests.currentIndex())
    assert values(page) == ["30"]

    add(page, "48", day=days_ago(20).isoformat())

    assert page.list.tests.currentText() == "All tests"
    assert page.table.result.value.text == "48"
    assert page.table.currentIndex().row() == 6


def test_one_test_is_shown_over_time(page: LabsPage) -> None:
    press("F", modifier=CTRL)
    view = page.list.tests.view()
    QTest.keyClicks(view, "CR")
    QTest.keyClick(view, Qt.Key.Key_Return)

    assert values(page) == ["1", "2", "3", "4", "5"]
    first, last = short_date(days_ago(5)), short_date(days_ago(1))
    assert page.list.count.text() == f"5 results, {first} – {last}"
    choose(page, 1)
    press(Qt.Key.Key_Delete)
    assert page.list.tests.currentText() == "CRP"
    assert values(page) == ["1", "3", "4", "5"]


def test_a_filter_whose_last_result_goes_shows_all(page: LabsPage) -> None:
    page.list.tests.setCurrentIndex(page.list.tests.findText("Ferritin"))
    page.list.tests.activated.emit(page.list.tests.currentIndex())
    choose(page, 0)
    press(Qt.Key.Key_Delete)

    assert page.list.tests.currentText() == "All tests"
    assert values(page) == ["1", "2", "3", "4", "5"]


def test_a_heading_sorts_by_its_column_and_the_choice_stays(page: LabsPage) -> None:
    choose(page, 1)
    header = page.table.horizontalHeader()
    spot = QPoint(header.sectionPosition(2) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert values(page) == ["1", "2", "3", "4", "5", "30"]
    assert page.table.result.value.text == "2"

    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert values(page) == ["30", "5", "4", "3", "2", "1"]
    heading = page.table.model().headerData(2, Qt.Orientation.Horizontal)
    assert heading == "As printed ↓"


def test_keys_sort_by_the_column_they_came_to(page: LabsPage) -> None:
    choose(page, 0)
    press("S", modifier=CTRL | SHIFT)
    assert values(page) == ["30", "5", "4", "3", "2", "1"]

    press(Qt.Key.Key_Right)
    press("S", modifier=CTRL | SHIFT)
    assert values(page) == ["1", "2", "3", "4", "5", "30"]
    press("S", modifier=CTRL | SHIFT)
    assert values(page) == ["30", "1", "2", "3", "4", "5"]


def test_a_long_name_is_cut_and_no_value_is_pushed_out(page: LabsPage) -> None:
    name = "Tissue transglutaminase antibodies, immunoglobulin A, by immunoassay in serum"
    page.session.apply(
        lambda journal: (
            journal.labs.add_analyte(name, [unit_as_printed("U/mL")]) and page.REFRESH_ON
        )
    )
    add(page, "3", "U/mL", name, range="0-10")
    table = page.table
    QTest.qWait(10)

    assert table.columnWidth(1) < table.fontMetrics().horizontalAdvance(name)
    right = table.columnViewportPosition(4) + table.columnWidth(4)
    assert right <= table.viewport().width()
    assert table.model().index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == name
    assert page.window().minimumSizeHint().width() <= 1280


def test_nothing_moves_when_something_is_said(page: LabsPage) -> None:
    page.window().resize(1366, 900)
    QTest.qWait(10)
    before = page.list.mapTo(page, QPoint(0, 0))

    for number, act in enumerate(
        (
            lambda: fill(page, "48", day=days_ago(1).isoformat()),
            lambda: press(Qt.Key.Key_Return),
            page.edit,
            lambda: fill(page, "abc"),
            lambda: QTest.keyClick(page.form.value, Qt.Key.Key_Return),
        )
    ):
        page.form.value.setFocus()
        act()
        QTest.qWait(10)
        assert page.list.mapTo(page, QPoint(0, 0)) == before, number


def test_the_days_stay_in_the_order_of_the_draws(page: LabsPage) -> None:
    assert [result.collected for result in reversed(page.table.shown)] == [
        TODAY - timedelta(days=number) for number in (1, 2, 3, 4, 5, 9)
    ]
