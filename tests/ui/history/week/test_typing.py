"""A week from paper is typed through, a day at a time."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.domain.days import Timeliness
from moodlab.domain.ratings import DayState, Rating
from moodlab.ui.application import Window
from moodlab.ui.history.page import HistoryPage
from moodlab.ui.history.week.grid import WeekGrid
from tests.moments import TODAY
from tests.ui.history.week.conftest import (
    MONDAY,
    SEVEN,
    WEEK,
    go,
    keys,
    text,
    track_own,
    where,
)

Stored = Callable[[], dict[tuple[date, str], Rating]]
TUESDAY = WEEK[1]
ENTER = Qt.Key.Key_Return


def test_a_paper_week_of_seven_by_seven_takes_at_most_sixty_keys(
    grid: WeekGrid, stored: Stored, counted: list[int]
) -> None:
    for number in range(7):
        keys(f"{number}34X567")
        if number < 6:
            keys(ENTER)

    assert len(counted) <= 60
    found = stored()
    assert {place: rating.value for place, rating in found.items()} == {
        (day, metric): value * 1000
        for number, day in enumerate(WEEK)
        for metric, value in zip(SEVEN, (number, 3, 4, 10, 5, 6, 7), strict=True)
    }
    assert {rating.source for rating in found.values()} == {"paper"}
    assert {rating.timeliness for rating in found.values()} == {Timeliness.LATER}
    assert {rating.recorded.day for rating in found.values()} == {TODAY}


def test_it_goes_down_the_day_and_then_to_the_next(grid: WeekGrid) -> None:
    assert where(grid) == ("fatigue", MONDAY)

    keys("3")
    assert where(grid) == ("brain_fog", MONDAY)
    keys(ENTER, ENTER, ENTER, ENTER, ENTER, "2")
    assert where(grid) == ("sleep_hours", MONDAY)
    keys(ENTER)
    assert where(grid) == ("fatigue", TUESDAY)
    keys(Qt.Key.Key_Backspace)
    assert where(grid) == ("sleep_hours", MONDAY)


def test_arrows_walk_everywhere_and_change_nothing(grid: WeekGrid, stored: Stored) -> None:
    keys(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert where(grid) == ("sleep", TUESDAY)
    keys(Qt.Key.Key_End, Qt.Key.Key_Up)
    assert where(grid) == ("brain_fog", WEEK[6])
    for _ in range(9):
        keys(Qt.Key.Key_Down)
    assert where(grid) == ("note", WEEK[6])
    assert stored() == {}


def test_after_the_last_cell_it_is_said_and_stays(history: HistoryPage, grid: WeekGrid) -> None:
    go(grid, "functioning", WEEK[6])

    keys("4", ENTER)

    assert where(grid) == ("sleep_hours", WEEK[6])
    assert history.weeks.week.saying.sentence == "That was the last day, Sunday 1 March 2026."


def test_a_dash_is_could_not_say_and_backspace_and_delete_clear(
    grid: WeekGrid, stored: Stored
) -> None:
    keys("-", "5", Qt.Key.Key_Up, Qt.Key.Key_Delete)

    assert [(place, each.value) for place, each in stored().items()] == [
        ((MONDAY, "fatigue"), None)
    ]
    assert text(grid, "fatigue", MONDAY) == "–"
    go(grid, "fatigue", MONDAY)
    keys(Qt.Key.Key_Backspace)
    assert stored() == {}
    assert where(grid) == ("fatigue", MONDAY)


def test_hours_numbers_and_yes_or_no_are_typed_as_they_stand_on_paper(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    window.session.apply(lambda journal: track_own(journal, MONDAY) or journal.ledger.changes)
    history.refresh()
    go(grid, "sleep_hours", MONDAY)

    keys("7:30", ENTER, "2,5", ENTER, "730", ENTER, "y")

    assert where(grid) == ("fatigue", TUESDAY)
    go(grid, "walked", TUESDAY)
    keys("n")
    assert {place: each.value for place, each in stored().items()} == {
        (MONDAY, "sleep_hours"): 450_000, (MONDAY, "tea"): 2_500, (MONDAY, "screen"): 450_000,
        (MONDAY, "walked"): 1_000, (TUESDAY, "walked"): 0,
    }  # fmt: skip
    shown = [text(grid, name, MONDAY) for name in ("sleep_hours", "tea", "screen", "walked")]
    assert shown == ["7:30", "2.5", "7:30", "yes"]
    go(grid, "tea", MONDAY)
    keys("-3", ENTER)
    assert stored()[MONDAY, "tea"].value == -3000
    go(grid, "tea", MONDAY)
    keys("-", ENTER)
    assert stored()[MONDAY, "tea"].value is None
    go(grid, "tea", MONDAY)
    keys(Qt.Key.Key_F2, Qt.Key.Key_Delete, ENTER)
    assert (MONDAY, "tea") not in stored()


def test_what_cant_be_read_stays_with_its_sentence_and_escape_gives_it_up(
    history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    go(grid, "sleep_hours", MONDAY)
    keys("25:00", ENTER)

    assert grid.field.editor.text() == "25:00"
    assert "25:00" in history.weeks.week.saying.sentence
    assert grid.field.editor.property("invalid") is True
    keys(Qt.Key.Key_Escape)
    assert grid.field.editor is None
    assert grid.hasFocus()
    assert stored() == {}


def test_what_is_typed_is_saved_when_the_keyboard_or_the_page_leaves(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    go(grid, "sleep_hours", MONDAY)
    keys("8")
    history.weeks.week.bar.back.setFocus()
    assert stored()[MONDAY, "sleep_hours"].value == 480_000

    go(grid, "sleep_hours", TUESDAY)
    grid.setFocus()
    keys("7")
    window.main.open_page("today")
    assert stored()[TUESDAY, "sleep_hours"].value == 420_000


def test_a_note_is_written_in_its_cell(window: Window, grid: WeekGrid) -> None:
    days = window.session.journal.days
    days.write_note(TUESDAY, "before", for_doctor=True)
    go(grid, "note", MONDAY)

    keys("Slept")
    QTest.keyClick(grid.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys("badly", ENTER)

    assert days.read_day(MONDAY).note == "Slept\nbadly"
    assert text(grid, "note", MONDAY) == "Slept badly"
    assert where(grid) == ("note", MONDAY)
    go(grid, "note", TUESDAY)
    keys(Qt.Key.Key_F2, " and after", ENTER)
    assert days.read_day(TUESDAY).note == "before and after"
    assert days.read_day(TUESDAY).note_for_doctor
    keys(Qt.Key.Key_Delete)
    assert days.read_day(TUESDAY).note == ""


def test_u_marks_a_day_from_any_of_its_cells(window: Window, grid: WeekGrid) -> None:
    days = window.session.journal.days
    keys("U")
    assert days.read_day(MONDAY).state is DayState.UNWELL
    assert text(grid, "state", MONDAY) == "×"
    assert where(grid) == ("fatigue", MONDAY)

    go(grid, "state", MONDAY)
    keys(Qt.Key.Key_Space)
    assert days.read_day(MONDAY).state is None
    keys("x")
    assert days.read_day(MONDAY).state is DayState.UNWELL
    keys(Qt.Key.Key_Delete)
    assert days.read_day(MONDAY).state is None


# 1 and 0


def test_one_and_zero_may_have_meant_ten(
    history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    keys("10")
    assert history.weeks.week.saying.sentence == (
        "Recorded Fatigue 1 and Brain fog 0. If you meant Fatigue 10, press X now."
    )

    keys("X")

    assert {place: each.value for place, each in stored().items()} == {(MONDAY, "fatigue"): 10_000}
    assert where(grid) == ("brain_fog", MONDAY)
    assert history.weeks.week.saying.sentence == ""


def test_any_other_key_keeps_both(history: HistoryPage, stored: Stored) -> None:
    keys("104")

    found = stored()
    assert [found[MONDAY, name].value for name in SEVEN[:3]] == [1000, 0, 4000]
    assert history.weeks.week.saying.sentence == ""


def test_what_the_zero_replaced_comes_back_as_it_was(
    window: Window, grid: WeekGrid, stored: Stored
) -> None:
    days = window.session.journal.days
    days.rate(MONDAY, "brain_fog", 6700, source="import a", source_value="67", source_scale="100")
    before = stored()[MONDAY, "brain_fog"]
    go(grid, "fatigue", MONDAY)

    keys("10X")

    assert stored()[MONDAY, "brain_fog"] == before


def test_behind_the_last_rating_the_zero_is_asked_about_and_not_taken(
    history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    go(grid, "functioning", MONDAY)
    keys("10")
    assert history.weeks.week.saying.sentence == (
        "Recorded Daily functioning 1. If you meant Daily functioning 10, press X now."
    )

    keys("X")

    assert stored()[MONDAY, "functioning"].value == 10_000
    assert where(grid) == ("sleep_hours", MONDAY)
    # Hours may begin with it all the same.
    go(grid, "functioning", MONDAY)
    keys("10:30", ENTER)
    assert stored()[MONDAY, "functioning"].value == 1000
    assert stored()[MONDAY, "sleep_hours"].value == 30_000


# What was there


def test_a_value_of_before_keeps_its_source_until_it_is_changed(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    window.session.apply(lambda journal: journal.days.rate(MONDAY, "fatigue", 4000))
    window.session.apply(lambda journal: journal.days.rate(MONDAY, "brain_fog", 5000))
    assert text(grid, "fatigue", MONDAY) == "4"
    go(grid, "fatigue", MONDAY)

    keys("46")

    assert stored()[MONDAY, "fatigue"].source == "manual"
    assert stored()[MONDAY, "brain_fog"].source == "paper"
    go(grid, "brain_fog", MONDAY)
    assert history.weeks.week.words.text() == (
        "Brain fog, Monday 23 February: 6 · from paper, typed on 4 Mar · added later"
    )
    index = grid.currentIndex()
    spoken = grid.cells.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == history.weeks.week.words.text()


def test_each_value_is_undone_by_itself_and_the_week_stays_open(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    keys("34")

    window.main.undo()

    assert window.main.page is history
    assert history.place == "week 2026-02-23"
    assert list(stored()) == [(MONDAY, "fatigue")]
    assert "Brain fog empty on 23 Feb, was 4" in history.weeks.week.saying.sentence
    assert where(grid) == ("brain_fog", MONDAY)
    window.main.redo()
    assert stored()[MONDAY, "brain_fog"].source == "paper"
    window.main.undo()
    window.main.undo()
    assert stored() == {}
    keys("U")
    go(grid, "note", TUESDAY)
    keys("a", ENTER)
    window.main.undo()
    assert where(grid) == ("note", TUESDAY)
    window.main.undo()
    assert where(grid) == ("state", MONDAY)


def test_undo_of_another_day_still_leads_there(window: Window, history: HistoryPage) -> None:
    window.session.apply(lambda journal: journal.days.rate(TODAY, "mood", 4000))

    window.main.undo()

    assert history.place == TODAY.isoformat()
    assert history.month.isVisible()


# What can't be filled in


def test_days_to_come_are_closed(history: HistoryPage, grid: WeekGrid, stored: Stored) -> None:
    history.go_to_place("week 2026-03-02")
    go(grid, "mood", date(2026, 3, 5))

    keys("4", "U", Qt.Key.Key_F2)

    assert stored() == {}
    assert history.weeks.week.saying.sentence == "This day has not come yet."
    assert history.weeks.week.words.text() == "Mood, Thursday 5 March: This day has not come yet."
    go(grid, "sleep_hours", TODAY)
    keys(ENTER)
    assert where(grid) == ("sleep_hours", TODAY)


def test_what_was_not_tracked_is_closed_and_passed_over(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    window.session.apply(lambda journal: journal.metrics.stop("brain_fog", TUESDAY))

    keys("2")
    assert where(grid) == ("brain_fog", MONDAY)
    go(grid, "fatigue", TUESDAY)
    keys("3")
    assert where(grid) == ("sleep", TUESDAY)
    go(grid, "brain_fog", TUESDAY)
    keys("4")

    assert history.weeks.week.saying.sentence == "Not tracked on this day."
    assert (TUESDAY, "brain_fog") not in stored()


def test_what_a_day_to_come_holds_can_be_cleared(
    window: Window, history: HistoryPage, grid: WeekGrid, clock, stored: Stored
) -> None:
    clock.pass_time(days=1)
    window.session.apply(lambda journal: journal.days.rate(date(2026, 3, 5), "mood", 4000))
    clock.pass_time(days=-1)
    history.go_to_place("week 2026-03-02")
    go(grid, "mood", date(2026, 3, 5))

    keys(Qt.Key.Key_Delete)

    assert stored() == {}


# Where nothing can be written


def test_what_cant_be_saved_stays_in_its_cell_and_is_saved_later(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    connection = window.session.journal.ledger.connection
    connection.execute("PRAGMA query_only = 1")
    keys("7")

    assert stored() == {}
    assert text(grid, "fatigue", MONDAY) == "7"
    assert grid.cells.is_unsaved(grid.cells.index(0, 0))
    assert history.unsaved().startswith("One entry is not saved yet.")
    connection.execute("PRAGMA query_only = 0")
    window.session.try_again()
    assert stored()[MONDAY, "fatigue"].value == 7000
    assert not grid.cells.is_unsaved(grid.cells.index(0, 0))
    assert history.unsaved() == ""


# Weeks


def test_weeks_are_turned_by_button_key_and_date(history: HistoryPage, grid: WeekGrid) -> None:
    bar = history.weeks.week.bar
    bar.back.click()
    assert history.place == "week 2026-02-16"
    bar.on.click()
    grid.setFocus()
    keys(Qt.Key.Key_PageUp)
    assert history.place == "week 2026-02-16"
    keys(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert history.place == "week 2026-03-02"
    # What has not come needs no typing.
    assert not bar.on.isEnabled()
    keys(Qt.Key.Key_PageDown)
    assert history.place == "week 2026-03-02"
    bar.first.choose(date(2026, 2, 4))
    assert history.place == "week 2026-02-04"
    assert grid.entries.days[0] == date(2026, 2, 4)
    bar.now.click()
    assert history.place == "week 2026-03-02"
    assert not bar.now.isEnabled()


@pytest.mark.parametrize("place", ["week 1899-12-30", "week 2199-12-31", "week 0001-01-01"])
def test_a_week_stays_where_a_journal_reaches(history: HistoryPage, place: str) -> None:
    history.go_to_place(place)

    assert history.place in ("week 1900-01-01", "week 2199-12-25")


def test_the_views_are_about_the_same_days(history: HistoryPage, grid: WeekGrid) -> None:
    go(grid, "mood", TUESDAY)
    history.span.buttons[0].click()
    assert history.month.isVisible()
    assert not history.weeks.isVisible()
    assert history.day == TUESDAY

    history.span.buttons[2].click()
    assert history.place == "week 2026-02-23"
    history.go_to_place("2026-01-15")
    history.show_week()
    assert history.place == "week 2026-01-12"
    history.toggle_span()
    assert history.day == date(2026, 1, 15)
    history.toggle_span()
    assert history.year.isVisible()


def test_a_backup_that_is_looked_into_takes_nothing(
    window: Window, history: HistoryPage, grid: WeekGrid, stored: Stored
) -> None:
    window.session.why_read_only = "This is a backup. You can read it but not change it."

    keys("4", "U")

    assert stored() == {}
    assert text(grid, "fatigue", MONDAY) == ""
    assert history.weeks.week.saying.sentence == window.session.why_read_only


def test_the_calendar_shows_what_was_typed_into_the_week(
    history: HistoryPage, grid: WeekGrid
) -> None:
    keys("9")

    history.go_to_place(MONDAY.isoformat())

    assert "9" in str(history.panel.accessibleName() or "") + " ".join(
        fact.value for section in history.panel._shown.sections for fact in section.facts
    )


def test_tab_leaves_the_grid(grid: WeekGrid) -> None:
    before = where(grid)

    keys(Qt.Key.Key_Tab)

    assert not grid.hasFocus()
    assert where(grid) == before


def test_a_double_click_marks_a_day_or_opens_a_field(window: Window, grid: WeekGrid) -> None:
    def double_click(row_id: str, day: date) -> None:
        go(grid, row_id, day)
        spot = grid.visualRect(grid.currentIndex()).center()
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    double_click("state", MONDAY)
    assert window.session.journal.days.read_day(MONDAY).state is DayState.UNWELL
    double_click("mood", MONDAY)
    assert grid.field.editor is not None
    keys("X", ENTER)
    assert text(grid, "mood", MONDAY) == "10"
