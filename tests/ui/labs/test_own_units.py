"""Another unit of an own test, told in the page, and a unit typed behind the value."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.labs.catalogue import own_analyte, unit_as_printed
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.settings import Settings
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.journal import Journal
from moodlab.store.records.labs import analyte_row
from moodlab.ui.application import Window
from moodlab.ui.labs.new_unit import NewUnit
from moodlab.ui.labs.page import LabsPage
from moodlab.ui.shell.drafts import put_back, read_half_typed
from tests.moments import TODAY
from tests.ui.conftest import press
from tests.ui.labs.test_labs import add, results


@pytest.fixture(autouse=True)
def own_tests(journal: Journal) -> None:
    """One test with a unit, and one whose results are all words."""
    journal.labs.add_analyte("Calprotectin", [unit_as_printed("mg/L")])
    with journal.ledger.batch("test") as batch:
        row = analyte_row(own_analyte("Antibodies"))
        batch.put("analyte", row | recorded_columns(batch.recorded))


@pytest.fixture
def window(open_window) -> Window:
    return open_window(page="labs")


@pytest.fixture
def page(window: Window) -> LabsPage:
    window.main.page.form.day.show_day(TODAY)
    return window.main.page


@pytest.fixture
def strip(page: LabsPage) -> NewUnit:
    page.form.choose_test("own_calprotectin")
    return page.own.new_unit


def ask_for_another(page: LabsPage) -> None:
    """Open the list of units and choose its last line."""
    choice = page.form.unit
    choice.showPopup()
    QTest.keyClick(choice.view(), Qt.Key.Key_End)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)


def kept_units(page: LabsPage, label: str = "Calprotectin") -> list[tuple[str, Decimal]]:
    test = page.session.journal.labs.catalogue().find(label)
    return [(conversion.unit, conversion.factor) for conversion in test.conversions]


def test_only_an_own_test_takes_another_unit(page: LabsPage, strip: NewUnit) -> None:
    assert page.form.unit.findText("Another unit…") == 1

    page.form.choose_test("crp")

    assert page.form.unit.findText("Another unit…") == -1
    assert page.form.unit.count() == 6


def test_a_unit_is_told_with_its_number_and_then_chosen(page: LabsPage, strip: NewUnit) -> None:
    QTest.keyClicks(page.form.value, "0,31")
    ask_for_another(page)
    assert strip.isVisibleTo(page)
    assert QApplication.focusWidget() is strip.unit
    assert strip.unit.accessibleDescription() == (
        "Another unit of Calprotectin, as the report prints it"
    )

    QTest.keyClicks(strip.unit, "mg/dL")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is strip.number
    assert strip.number.accessibleDescription() == "How many mg/L one of it is"
    QTest.keyClicks(strip.number, "10")
    assert strip.echo.text() == "1 mg/dL = 10 mg/L, so 0.31 mg/dL is 3.1 mg/L"
    assert kept_units(page) == [("mg/L", Decimal(1))]
    press(Qt.Key.Key_Return)

    assert strip.isHidden()
    assert QApplication.focusWidget() is page.form.unit
    assert page.form.unit.currentText() == "mg/dL"
    assert page.notice.sentence == "Added: Calprotectin in mg/dL"
    assert "0,31 mg/dL = 3.1 mg/L" in page.form.echo.text()
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    (result,) = results(page)
    assert (result.printed_with_unit, result.canonical_text) == ("0,31 mg/dL", "3.1 mg/L")
    page.session.undo()
    page.session.undo()
    assert kept_units(page) == [("mg/L", Decimal(1))]
    assert page.form.unit.findText("mg/dL") == -1


def test_a_number_that_may_be_thousands_is_asked_about_and_both_answers_work(
    page: LabsPage, strip: NewUnit
) -> None:
    ask_for_another(page)
    QTest.keyClicks(strip.unit, "mg/dL")
    QTest.keyClicks(strip.number, "1,000")
    QTest.keyClick(strip.number, Qt.Key.Key_Return)
    assert "can be read as 1.000 or as 1000" in strip.echo.text()
    assert len(kept_units(page)) == 1
    assert (strip.unit.text(), strip.number.text()) == ("mg/dL", "1,000")
    assert QApplication.focusWidget() is strip.number

    strip.number.clear()
    QTest.keyClicks(strip.number, "1000")
    assert not strip.keep.isVisibleTo(page)
    assert strip.echo.text() == "1 mg/dL = 1000 mg/L, so 0.31 mg/dL is 310 mg/L"
    strip.number.clear()
    QTest.keyClicks(strip.number, "1.234")
    QTest.keyClick(strip.keep, Qt.Key.Key_Return)

    assert kept_units(page)[1] == ("mg/dL", Decimal("1.234"))


@pytest.mark.parametrize(
    ("unit", "number", "says"),
    [
        ("MG/l", "10", "Calprotectin already has the unit mg/L."),
        ("10 mg/dL", "10", "“10 mg/dL” is a number. Enter only the unit, such as mg/L."),
        ("mg/dL", "0", "One of a unit can't be 0 of another. Try 10 or 0.1."),
        ("mg/dL", "ten", "I can't read “ten” as a number. Try 10 or 0.1."),
        ("mg/dL", "1.000,5", "I can't read “1.000,5” as a number. Try 10 or 0.1."),
        ("mg/dL", "-10", "I can't read “-10” as a number. Try 10 or 0.1."),
    ],
)
def test_what_can_not_be_taken_is_said_at_the_fields_which_keep_it(
    page: LabsPage, strip: NewUnit, unit: str, number: str, says: str
) -> None:
    ask_for_another(page)
    QTest.keyClicks(strip.unit, unit)
    QTest.keyClicks(strip.number, number)
    QTest.keyClick(strip.number, Qt.Key.Key_Return)

    assert strip.echo.text() == says
    assert (strip.unit.text(), strip.number.text()) == (unit, number)
    assert QApplication.focusWidget() is (strip.number if unit == "mg/dL" else strip.unit)
    assert len(kept_units(page)) == 1


def test_escape_leaves_and_nothing_was_chosen(page: LabsPage, strip: NewUnit) -> None:
    ask_for_another(page)
    QTest.keyClicks(strip.unit, "mg/dL")
    assert "Which unit is it?" in page.form.echo.text() or not page.form.value.text()

    press(Qt.Key.Key_Escape)

    assert strip.isHidden()
    assert QApplication.focusWidget() is page.form.unit
    assert page.form.unit.currentText() == "mg/L"
    assert not page.form.unit.was_chosen


def test_the_arrow_keys_come_past_and_enter_goes_in(page: LabsPage, strip: NewUnit) -> None:
    page.form.unit.setFocus()
    press(Qt.Key.Key_Down)
    assert strip.isVisibleTo(page)
    assert page.form.unit.hasFocus()
    press(Qt.Key.Key_Up)
    assert strip.isHidden()

    press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert strip.unit.hasFocus()


def test_while_a_unit_is_being_told_nothing_is_saved_in_another(
    page: LabsPage, strip: NewUnit
) -> None:
    QTest.keyClicks(page.form.value, "3.1")
    ask_for_another(page)
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)

    assert results(page) == ()
    assert page.notice.sentence == "Which unit is it? Add it below, or choose one."


def test_a_unit_that_is_not_known_yet_is_taken_over_from_the_value(
    page: LabsPage, strip: NewUnit
) -> None:
    QTest.keyClicks(page.form.value, "4,2 mg/dL")
    assert page.form.echo.text() == (
        "Calprotectin is not kept in “mg/dL” yet. “Another unit…” adds it."
    )
    ask_for_another(page)

    assert strip.unit.text() == "mg/dL"
    assert strip.number.hasFocus()
    QTest.keyClicks(strip.number, "10")
    assert strip.echo.text().endswith("so 4.2 mg/dL is 42 mg/L")
    press(Qt.Key.Key_Return)

    assert "4,2 mg/dL = 42 mg/L" in page.form.echo.text()


def test_a_test_in_words_takes_its_first_unit_without_a_number(page: LabsPage) -> None:
    page.form.choose_test("own_antibodies")
    strip = page.own.new_unit
    QTest.keyClicks(page.form.value, "negative")
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    assert [result.value.text for result in results(page)] == ["negative"]
    QTest.keyClicks(page.form.value, "12")
    assert "no unit yet" in page.form.echo.text()

    page.form.unit.setFocus()
    press(Qt.Key.Key_Return)
    assert strip.unit.hasFocus()
    assert not strip.number.isVisibleTo(page)
    QTest.keyClicks(strip.unit, "U/mL")
    assert strip.echo.text() == "Results of Antibodies in U/mL are kept as printed."
    press(Qt.Key.Key_Return)

    assert kept_units(page, "Antibodies") == [("U/mL", Decimal(1))]
    assert page.form.echo.text().endswith("12 U/mL")


def test_what_the_strip_says_is_in_view_in_large_type(open_window) -> None:
    window = open_window(Settings(theme="light", text_size=200), "labs")
    window.main.resize(1280, 720)
    page = window.main.page
    page.form.choose_test("own_calprotectin")
    ask_for_another(page)
    QTest.keyClicks(page.own.new_unit.unit, "mg/dL")
    press(Qt.Key.Key_Return)

    QTest.keyClicks(page.own.new_unit.number, "1.234")
    QTest.qWait(20)

    keep = page.own.new_unit.keep
    below = keep.mapTo(page.viewport(), keep.rect().bottomLeft()).y()
    assert keep.isVisibleTo(page)
    assert 0 < below <= page.viewport().height()


def test_changing_a_result_ends_the_telling_of_a_unit(page: LabsPage, strip: NewUnit) -> None:
    QTest.keyClicks(page.form.value, "3.1")
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    ask_for_another(page)
    page.table.selectRow(0)

    page.edit()

    assert strip.isHidden()
    assert page.form.unit.currentText() == "mg/L"


def test_a_new_result_ends_the_telling_of_a_unit(page: LabsPage, strip: NewUnit) -> None:
    ask_for_another(page)

    page.actions_for_menu()[0].trigger()

    assert strip.isHidden()
    assert page.form.unit.currentText() == "mg/L"


def test_a_merged_result_in_an_unknown_unit_is_not_changed_into_a_known_one(
    page: LabsPage, strip: NewUnit
) -> None:
    known = read_entry(
        LabEntry(TODAY, "calprotectin", "0.41", "mg/L"), "x", catalogue=page.form.test.catalogue
    )
    merged = replace(known, unit="mg/dL", canonical_unit="mg/dL")
    page.session.apply(lambda journal: journal.labs.save(merged))
    page.table.selectRow(0)

    page.edit()

    assert page.table.model().index(0, 2).data() == "0.41 mg/dL"
    assert strip.isVisibleTo(page)
    assert (strip.unit.text(), page.form.value.text()) == ("mg/dL", "0.41")
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)
    assert page.notice.sentence == "Which unit is it? Add it below, or choose one."
    QTest.keyClicks(strip.number, "10")
    QTest.keyClick(strip.number, Qt.Key.Key_Return)
    assert page.form.echo.text().endswith("0.41 mg/dL = 4.1 mg/L")
    assert results(page)[0].canonical_text == "4.1 mg/L"


def test_everything_in_the_strip_has_its_name(page: LabsPage, strip: NewUnit) -> None:
    ask_for_another(page)

    names = [
        QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        for widget in (strip.unit, strip.number, strip.add, strip.cancel)
    ]
    assert names == ["Another unit", "How many of the first unit it is", "Add unit", "Cancel"]


def test_a_unit_half_told_is_there_again_after_a_lock(
    open_window, window: Window, page: LabsPage, strip: NewUnit
) -> None:
    ask_for_another(page)
    QTest.keyClicks(strip.unit, "mg/dL")
    QTest.keyClicks(strip.number, "10")
    typed = read_half_typed(page)
    again = open_window(page="labs").main.page

    put_back(again, typed)

    assert again.own.new_unit.isVisibleTo(again)
    assert again.own.new_unit.echo.text() == "1 mg/dL = 10 mg/L, so 0.31 mg/dL is 3.1 mg/L"


# A unit typed behind the value


def test_the_unit_follows_one_typed_behind_the_value_and_goes_back(page: LabsPage) -> None:
    unit, value = page.form.unit, page.form.value
    assert unit.currentText() == "mg/L"

    value.setFocus()
    QTest.keyClicks(value, "3,1 mg/dL")
    assert unit.currentText() == "mg/dL"
    assert page.form.echo.text().endswith("3,1 mg/dL = 31 mg/L · unit as typed: mg/dL")
    press(Qt.Key.Key_Backspace)
    assert unit.currentText() == "mg/L"
    for _ in " mg/d":
        press(Qt.Key.Key_Backspace)
    assert value.text() == "3,1"
    assert page.form.echo.text().endswith(" · 3,1 mg/L")
    assert results(page) == ()


def test_what_was_typed_is_saved_and_its_unit_stays_for_the_next(page: LabsPage) -> None:
    page.form.value.setFocus()
    QTest.keyClicks(page.form.value, "0.31 MG/DL H")
    press(Qt.Key.Key_Return)

    (result,) = results(page)
    assert (result.unit, result.canonical_text) == ("MG/DL", "3.1 mg/L")
    assert page.form.unit.currentText() == "mg/dL"
    QTest.keyClicks(page.form.value, "0.4")
    assert page.form.echo.text().endswith("0.4 mg/dL = 4 mg/L")


def test_results_that_come_in_meanwhile_move_no_unit_under_a_typed_value(page: LabsPage) -> None:
    QTest.keyClicks(page.form.value, "3.1")
    other = read_entry(LabEntry(TODAY, "crp", "0.5", "mg/dL"), "other")

    page.session.apply(lambda journal: journal.labs.save(other))

    assert len(results(page)) == 1
    assert page.form.unit.currentText() == "mg/L"
    assert page.form.echo.text().endswith(" · 3.1 mg/L")


def test_a_unit_that_the_person_chose_contradicts_the_typed_one(page: LabsPage) -> None:
    page.form.unit.setFocus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert page.form.unit.currentText() == "mg/L"

    QTest.keyClicks(page.form.value, "3,1 mg/dL")
    QTest.keyClick(page.form.value, Qt.Key.Key_Return)

    assert page.form.unit.currentText() == "mg/L"
    assert page.notice.sentence == (
        "The value has the unit mg/dL, but the unit field says mg/L. Which one is on the report?"
    )
    assert results(page) == ()


def test_choosing_after_typing_contradicts_too(page: LabsPage) -> None:
    QTest.keyClicks(page.form.value, "3,1 mg/dL")
    page.form.unit.setFocus()
    press(Qt.Key.Key_Up)

    assert page.form.unit.currentText() == "mg/L"
    assert "The value has the unit mg/dL, but the unit field says mg/L" in page.form.echo.text()


def test_the_unit_of_a_saved_result_is_not_given_up_for_a_typed_one(page: LabsPage) -> None:
    add(page, "3.1", "mg/L")
    page.table.selectRow(0)
    page.edit()
    page.form.value.clear()
    QTest.keyClicks(page.form.value, "3.1 mg/dL")

    assert page.form.unit.currentText() == "mg/L"
    assert "The value has the unit mg/dL, but the unit field says mg/L" in page.form.echo.text()


def test_a_typed_unit_that_no_one_knows_moves_nothing(page: LabsPage) -> None:
    QTest.keyClicks(page.form.value, "3,1 mmol/L")

    assert page.form.unit.currentText() == "mg/L"
    assert page.form.echo.text().startswith("CRP can't be entered in “mmol/L”. Use mg/L, mg/dL")
