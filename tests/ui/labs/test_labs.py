"""The Labs page as a person uses it: copy from the report, read the echo, answer, undo."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from moodlab.ui.application import Window
from moodlab.ui.labs.page import LabsPage
from tests.moments import TODAY


@pytest.fixture
def page(open_window) -> LabsPage:
    window: Window = open_window(page="labs")
    return window.main.page


def fill(page: LabsPage, value: str, unit: str = "mg/L", test: str = "CRP", **fields: str) -> None:
    """Fill in a result; of today, unless another day is given or stands there."""
    form = page.form
    if not form.day.text():
        fields = {"day": "today"} | fields
    form.test.setCurrentIndex(form.test.findText(test))
    form.unit.setCurrentIndex(form.unit.findText(unit))
    for name, text in fields.items():
        field = getattr(form, name)
        field.clear()
        QTest.keyClicks(field, text)
        field.editingFinished.emit()
    form.value.clear()
    QTest.keyClicks(form.value, value)


def add(page: LabsPage, value: str, unit: str = "mg/L", test: str = "CRP", **fields: str) -> None:
    fill(page, value, unit, test, **fields)
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)


def results(page: LabsPage):
    return page.session.journal.labs.read_all()


def test_the_echo_says_what_will_be_saved_before_it_is(page: LabsPage) -> None:
    fill(page, "0.31", "mg/dL", range="<0.5")

    assert "0.31 mg/dL = 3.1 mg/L" in page.form.echo.text()
    assert "within the lab's range" in page.form.echo.text()
    assert results(page) == ()


def test_each_field_has_a_key_of_its_own_that_opens_no_menu(page: LabsPage) -> None:
    page.own.new_test.open(at_once=False)
    keys = [
        QKeySequence.mnemonic(text).toString()
        for text in (
            *(action.text() for action in page.window().menuBar().actions()),
            *(label.text() for label in page.findChildren(QLabel) if label.buddy() is not None),
        )
    ]

    assert len(keys) == 4 + 9 + 2
    assert "" not in keys
    assert len(set(keys)) == len(keys)


def test_a_bound_is_echoed_kept_and_never_a_number(page: LabsPage) -> None:
    fill(page, "<0,3")
    assert "below 0.3 mg/L (limit of the test)" in page.form.echo.text()

    QTest.keyClick(page.form.value, Qt.Key.Key_Return)

    (result,) = results(page)
    assert (result.value.comparator, result.value.text) == ("<", "<0,3")
    assert page.form.value.text() == ""
    assert page.form.value.hasFocus()
    assert page.notice.sentence.startswith("Saved: CRP")


@pytest.mark.parametrize("value", ["1.234,5", "abc", "-3"])
def test_what_cannot_be_read_stays_in_its_field_with_an_example(page: LabsPage, value) -> None:
    add(page, value)

    assert "Enter it like 3.1 or <0.3" in page.notice.sentence
    assert page.form.value.text() == value
    assert results(page) == ()


def test_zero_and_an_implausible_unit_are_asked_and_both_answers_work(page: LabsPage) -> None:
    add(page, "0")
    assert "less than" in page.notice.sentence
    QTest.keyClick(page.notice.buttons[1], Qt.Key.Key_Return)
    assert results(page) == ()
    assert page.form.value.text() == "0"

    add(page, "3.1", day=(TODAY - timedelta(days=30)).isoformat())
    add(page, "31", "mg/dL", day=TODAY.isoformat())
    assert "310 mg/L" in page.notice.sentence
    assert len(results(page)) == 1
    QTest.keyClick(page.notice.buttons[0], Qt.Key.Key_Return)
    assert [result.canonical for result in results(page)] == [Decimal("3.1"), Decimal(310)]


def test_a_day_is_echoed_in_words_and_one_to_come_is_refused(page: LabsPage) -> None:
    page.form.day.clear()
    QTest.keyClicks(page.form.day, "21/10/2025")
    assert page.form.echo.text() == "Tuesday 21 October 2025"

    add(page, "3", day=(TODAY + timedelta(days=2)).isoformat())

    assert "is in the future" in page.notice.sentence
    assert results(page) == ()


def test_an_infection_presets_leaving_it_out_and_the_person_decides(page: LabsPage) -> None:
    infection = page.form.context.menu().actions()[0]
    infection.trigger()
    assert page.form.excluded.isChecked()
    page.form.excluded.click()
    add(page, "14")

    (result,) = results(page)
    assert (result.context, result.excluded) == (("infection",), False)
    assert page.form.chosen_context() == ("infection",)  # for the next result of that draw


def test_a_result_is_changed_in_place_and_its_earlier_wording_stays(page: LabsPage) -> None:
    add(page, "3.1")
    before = results(page)[0].id
    page.table.selectRow(0)
    page.edit()
    assert page.form.value.text() == "3.1"

    add(page, "4.1")

    (result,) = results(page)
    assert (result.id, result.value.text) == (before, "4.1")
    page.session.undo()
    assert results(page)[0].value.text == "3.1"


def test_undo_takes_back_typing_first_and_then_what_was_saved(page: LabsPage) -> None:
    add(page, "3.1")
    value = page.form.value
    assert QApplication.focusWidget() is value
    QTest.keyClicks(value, "48")
    undo = QKeySequence(QKeySequence.StandardKey.Undo)

    QTest.keySequence(value, undo)
    assert value.text() == ""
    assert len(results(page)) == 1

    QTest.keySequence(value, undo)
    assert results(page) == ()
    assert value.text() == ""


def test_deleting_offers_undo(page: LabsPage) -> None:
    add(page, "3.1")
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert results(page) == ()
    assert page.empty.isVisibleTo(page)

    QTest.mouseClick(page.notice.buttons[0], Qt.MouseButton.LeftButton)

    assert [result.value.text for result in results(page)] == ["3.1"]


def test_the_table_shows_what_was_printed(page: LabsPage) -> None:
    add(page, "<0.3", range="<5", lab="City")
    add(page, "1.0", "mg/dL", day=(TODAY - timedelta(days=1)).isoformat(), range="0-5 mg/L")
    assert page.notice.sentence.startswith("The range is in mg/L, but the value is in mg/dL.")
    QTest.keyClick(page.notice.buttons[0], Qt.Key.Key_Return)
    model = page.table.model()

    rows = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert rows[0][1:5] == ["CRP", "<0.3 mg/L", "<5", "within"]
    assert rows[1][1:5] == ["CRP", "1.0 mg/dL (= 10 mg/L)", "0-5 mg/L", "can't be placed"]
