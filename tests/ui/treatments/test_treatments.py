"""Treatments in the window: begun, changed, stopped, taken up again, put right, deleted."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from moodlab.domain.days import ONE_DAY
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.treatments.lanes import LaneKind
from moodlab.ui.treatments.page import TreatmentsPage
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press

CTRL = Qt.KeyboardModifier.ControlModifier


def course(
    name: str, first: int, *steps: str, last: int | None = None, number: int = 0
) -> Treatment:
    doses = tuple(
        Dose(f"{name}-{number}-{place}", days_ago(first - 10 * place), text)
        for place, text in enumerate(steps or ("50 mg",))
    )
    until = None if last is None else days_ago(last)
    return Treatment(f"{name}-{number}", name, TreatmentKind.MEDICINE, doses, until)


@pytest.fixture
def page(open_window: Callable[..., Window], journal: Journal) -> TreatmentsPage:
    journal.treatments.save(course("Sertraline", 60, "50 mg", "100 mg"))
    journal.treatments.save(course("Escitalopram", 200, "5 mg", last=90))
    return open_window(page="treatments").main.page


def read(journal: Journal, name: str) -> Treatment:
    (found,) = journal.treatments.read_courses(name)
    return found


def lane_names(page: TreatmentsPage) -> list[str]:
    return [lane.name for lane in page.lanes.lane_model.lanes]


def type_in(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def test_an_empty_journal_says_what_the_page_is_good_for(
    open_window: Callable[..., Window],
) -> None:
    page = open_window(page="treatments").main.page

    assert page.empty.text() == ("Nothing recorded. Useful for your doctor: start and stop dates.")
    assert page.new_treatment.hasFocus()
    assert not page.lanes.isVisible()
    assert not page.detail.isVisible()


def test_a_treatment_is_begun_from_anywhere_by_keys_alone(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    window = open_window()
    press("t", modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    page = window.main.page
    type_in("Vitamin D")
    press(Qt.Key.Key_Tab, "s", Qt.Key.Key_Tab)  # the kind, by its first letter
    type_in("1000 IU")
    press(Qt.Key.Key_Tab)
    type_in("1.2.2026")
    press(Qt.Key.Key_Return)

    made = read(journal, "vitamin d")
    assert (made.name, made.kind) == ("Vitamin D", TreatmentKind.SUPPLEMENT)
    assert [(dose.first_day, dose.text) for dose in made.doses] == [(date(2026, 2, 1), "1000 IU")]
    assert page.notice.sentence == "Saved: Vitamin D, 1000 IU from 1 Feb 2026."
    assert page.lanes.hasFocus()
    assert page.detail.name.text() == "Vitamin D"
    assert page.form.isHidden()


def test_names_and_doses_typed_before_are_offered(page: TreatmentsPage) -> None:
    page.new_treatment.click()
    assert page.form.name.offered == ["Sertraline", "Escitalopram"]

    page.form.name.setText("sertraline")
    assert page.form.dose.offered == ["50 mg", "100 mg", "5 mg"]


def test_a_form_that_lacks_something_says_it_and_keeps_what_was_typed(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.new_treatment.click()
    page.form.dose.setText("5 mg")
    page.form.submit()
    assert page.form.trouble.text() == "The treatment needs a name."
    assert page.form.name.hasFocus()
    page.form.name.setText("Iron")
    page.form.first.setText("never")
    page.form.submit()
    assert "is not a day" in page.form.trouble.text()
    assert page.form.first.hasFocus()

    QTest.keyClick(page.form.first, Qt.Key.Key_Escape)
    assert page.form.isHidden()
    assert len(journal.treatments.read_all()) == 2


def test_a_dose_is_added_in_two_fields(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Sertraline-0")
    QTest.keyClick(page.lanes, Qt.Key.Key_Return)
    assert page.detail.steps.another.dose.hasFocus()
    type_in("150 mg")
    press(Qt.Key.Key_Return)

    assert [dose.text for dose in read(journal, "Sertraline").doses] == [
        "50 mg",
        "100 mg",
        "150 mg",
    ]
    assert read(journal, "Sertraline").doses[-1].first_day == TODAY
    assert len(page.detail.steps.rows) == 3
    assert page.detail.steps.another.dose.text() == ""


def test_a_dose_is_put_right_and_deleted(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Sertraline-0")
    row = page.detail.steps.rows[1]
    row.edit.click()
    row.fields.day.setText("1.2.2026")
    row.fields.dose.setText("75 mg")
    QTest.keyClick(row.fields.dose, Qt.Key.Key_Return)
    step = read(journal, "Sertraline").doses[1]
    assert (step.first_day, step.text) == (date(2026, 2, 1), "75 mg")

    # Two steps can't begin on one day.
    row = page.detail.steps.rows[1]
    row.edit.click()
    row.fields.day.show_day(read(journal, "Sertraline").first_day)
    row.fields.submit()
    assert "Another dose of Sertraline begins then" in page.notice.sentence

    page.detail.steps.rows[1].remove.click()
    assert len(read(journal, "Sertraline").doses) == 1
    assert not page.detail.steps.rows[0].remove.isEnabled()
    page.notice.buttons[0].click()
    assert len(read(journal, "Sertraline").doses) == 2


def test_a_stopped_one_keeps_its_reason_and_stays_listed(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.lanes.choose("Sertraline-0")
    page.detail.stop.click()
    form = page.detail.form
    assert form.last.text() == "4 Mar 2026"
    form.last.setText("1.3.2026")
    form.reason.setText("agreed with Dr Weber")
    form.noticed.setText("slept better")
    QTest.keyClick(form.noticed, Qt.Key.Key_Return)

    stopped = read(journal, "Sertraline")
    assert (stopped.last_day, stopped.end_reason, stopped.noticed) == (
        days_ago(3), "agreed with Dr Weber", "slept better",
    )  # fmt: skip
    assert lane_names(page) == ["Stopped", "Sertraline", "Escitalopram"]
    assert page.detail.end.text() == "Ended: agreed with Dr Weber\nNoticed: slept better"
    assert page.detail.stop.text() == "Resume…"


def test_an_end_before_a_dose_is_refused_in_the_form(page: TreatmentsPage) -> None:
    page.lanes.choose("Sertraline-0")
    page.detail.stop.click()
    page.detail.form.last.show_day(days_ago(58))
    page.detail.form.submit()

    assert "has a dose from" in page.detail.form.trouble.text()
    assert page.detail.form.isVisible()


def test_what_was_stopped_is_taken_up_again_as_another_course(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.lanes.choose("Escitalopram-0")
    page.detail.stop.click()
    assert page.detail.form.dose.text() == "5 mg"
    page.detail.form.submit()

    courses = journal.treatments.read_courses("Escitalopram")
    assert [(each.first_day, each.last_day) for each in courses] == [
        (days_ago(200), days_ago(90)), (TODAY, None),
    ]  # fmt: skip
    assert lane_names(page) == ["Sertraline", "Escitalopram", "Stopped", "Escitalopram"]


def test_going_on_where_it_ended_is_asked_about(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Escitalopram-0")
    page.detail.stop.click()
    page.detail.form.first.show_day(days_ago(89))
    page.detail.form.submit()

    assert page.notice.sentence == "Escitalopram ended on 4 Dec 2025. With this it goes on."
    assert read(journal, "Escitalopram").last_day == days_ago(90)
    page.notice.buttons[0].click()
    assert read(journal, "Escitalopram").last_day is None


def test_names_kinds_and_days_are_put_right(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Escitalopram-0")
    page.lanes.setFocus()
    press(Qt.Key.Key_F2)
    form = page.detail.form
    assert (form.name.text(), form.last.text()) == ("Escitalopram", "4 Dec 2025")
    form.name.setText("Cipralex")
    form.kind.setCurrentIndex(form.kind.findData(TreatmentKind.OTHER))
    form.first.show_day(days_ago(190))
    form.last.setText("")
    form.submit()

    changed = read(journal, "Cipralex")
    assert (changed.kind, changed.first_day, changed.last_day) == (
        TreatmentKind.OTHER, days_ago(190), None,
    )  # fmt: skip
    assert page.lanes.course.id == "Escitalopram-0"


def test_a_dose_added_while_the_form_is_open_is_not_lost(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.lanes.choose("Sertraline-0")
    page.detail.edit.click()
    page.detail.steps.another.dose.setText("150 mg")
    page.detail.steps.another.submit()
    page.detail.form.noticed.setText("slept better")
    page.detail.form.submit()

    changed = read(journal, "Sertraline")
    assert ([dose.text for dose in changed.doses], changed.noticed) == (
        ["50 mg", "100 mg", "150 mg"], "slept better",
    )  # fmt: skip


def test_a_deleted_one_is_in_the_bin_and_comes_back(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Sertraline-0")
    page.lanes.setFocus()
    press(Qt.Key.Key_Delete)

    assert [each.key for each in journal.bin.read()] == ["Sertraline-0"]
    assert page.notice.sentence.startswith("Deleted: Sertraline, from")
    assert page.lanes.course.id == "Escitalopram-0"
    page.notice.buttons[0].click()
    assert len(read(journal, "Sertraline").doses) == 2


def test_the_list_is_emptied_by_the_delete_key_alone(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.lanes.setFocus()
    press(Qt.Key.Key_Delete, Qt.Key.Key_Delete)

    assert journal.treatments.read_all() == ()
    assert page.new_treatment.hasFocus()


def test_single_days_are_ticked_in_a_row(page: TreatmentsPage, journal: Journal) -> None:
    page.lanes.choose("Sertraline-0")
    detail = page.detail
    assert not detail.ticks.isVisible()
    detail.as_needed.click()
    assert detail.ticks.cells[-1].hasFocus()

    press(Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Space)
    assert read(journal, "Sertraline").as_needed_days == (days_ago(2), TODAY)
    detail.ticks.amount.setFocus()
    type_in("two tablets")
    press(Qt.Key.Key_Return)
    takings = journal.treatments.read_takings()
    assert [(each.day, each.text) for each in takings] == [
        (days_ago(2), "two tablets"), (TODAY, ""),
    ]  # fmt: skip

    QTest.mouseClick(detail.ticks.cells[-1], Qt.MouseButton.LeftButton)
    assert read(journal, "Sertraline").as_needed_days == (days_ago(2),)


def test_days_outside_the_course_cannot_be_ticked_and_earlier_ones_are_reached(
    page: TreatmentsPage, journal: Journal
) -> None:
    page.lanes.choose("Escitalopram-0")
    ticks = page.detail.ticks
    page.detail.as_needed.click()
    assert ticks.cells[-1].day == days_ago(90)
    assert not ticks.later.isEnabled()
    for _ in range(7):
        ticks.earlier.click()

    first = read(journal, "Escitalopram").first_day
    assert {cell.day >= first for cell in ticks.cells if cell.isEnabled()} == {True}
    assert {cell.day < first for cell in ticks.cells if not cell.isEnabled()} == {True}
    assert not ticks.earlier.isEnabled()
    # The keyboard walks over the edge of the row.
    usable = [cell for cell in ticks.cells if cell.isEnabled()]
    usable[-1].setFocus()
    seen = usable[-1].day
    press(Qt.Key.Key_Right)
    assert QApplication.focusWidget().day == seen + ONE_DAY


def test_courses_that_share_days_are_joined(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.treatments.save(course("Iron", 60, "10 mg", number=1))
    journal.treatments.save(course("iron", 40, "20 mg", number=2))
    page = open_window(page="treatments").main.page

    assert "shares days with it" in page.detail.overlap.text()
    page.detail.join.click()
    assert [dose.text for dose in read(journal, "Iron").doses] == ["10 mg", "20 mg"]
    assert not page.detail.join.isVisible()


def test_find_narrows_both_lists_and_escape_shows_all(
    page: TreatmentsPage,
) -> None:
    press("f", modifier=CTRL)
    type_in("sert")
    assert lane_names(page) == ["Sertraline"]
    type_in("x")
    assert page.empty.text() == "Nothing here contains “sertx”."
    press(Qt.Key.Key_Escape)
    assert lane_names(page) == ["Sertraline", "Stopped", "Escitalopram"]
    assert page.lanes.hasFocus()


def test_arrows_pass_over_the_heading(page: TreatmentsPage) -> None:
    page.lanes.choose("Sertraline-0")
    page.lanes.setFocus()
    press(Qt.Key.Key_Down)

    assert page.lanes.lane.kind is LaneKind.STOPPED
    assert page.detail.name.text() == "Escitalopram"


def test_undo_goes_to_the_treatment(page: TreatmentsPage, journal: Journal) -> None:
    window = page.window()
    page.lanes.choose("Escitalopram-0")
    page.detail.steps.another.dose.setText("10 mg")
    page.lanes.choose("Sertraline-0")
    page.detail.steps.another.dose.setText("200 mg")
    page.detail.steps.another.submit()
    page.lanes.choose("Escitalopram-0")
    window.open_page("labs")
    window.undo()

    assert window.page is page
    assert page.lanes.course.id == "Sertraline-0"
    assert page.notice.sentence == "Undone: Sertraline 200 mg from 4 Mar, removed."


def test_a_journal_that_is_only_read_takes_nothing(page: TreatmentsPage) -> None:
    page.be_read_only("This is a backup.")

    assert not page.new_treatment.isEnabled()
    assert not page.detail.isEnabled()
    assert page.notice.sentence == "This is a backup."


@pytest.mark.parametrize(
    ("begun", "field"),
    [
        (lambda page: page.new_treatment.click(), lambda page: page.form.name),
        (lambda page: page.detail.edit.click(), lambda page: page.detail.form.noticed),
        (lambda page: page.detail.edit.hasFocus(), lambda page: page.detail.steps.another.dose),
        (lambda page: page.new_event.click(), lambda page: page.event_form.text),
    ],
    ids=["new", "edit", "dose", "event"],
)
def test_what_is_half_typed_outlives_the_window(
    open_window: Callable[..., Window],
    page: TreatmentsPage,
    opened: list[Window],
    begun: Callable[[TreatmentsPage], object],
    field: Callable[[TreatmentsPage], QLineEdit],
) -> None:
    page.lanes.choose("Escitalopram-0")
    begun(page)
    field(page).setFocus()
    field(page).selectAll()
    type_in("half typed")
    opened[-1].close()

    again = open_window(page="today")
    assert again.drafts.take_up()
    back = again.main.page
    assert field(back).text() == "half typed"
    assert field(back).isVisible()
    assert back.lanes.course.id == "Escitalopram-0"
    if field(back) is back.detail.form.noticed:
        assert back.detail.form.name.text() == "Escitalopram"
