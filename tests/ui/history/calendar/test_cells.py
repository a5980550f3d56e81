"""What stands in the cells of the calendar: facts/ux §1.6, §1.7 and checks 8, 14, 16 to 18."""

from datetime import date, timedelta, timezone

import pytest

from moodlab.domain.days import EARLIEST_DAY, Period
from moodlab.domain.events import Event
from moodlab.domain.metrics import Direction, Kind, own_metric
from moodlab.domain.ratings import DayState
from moodlab.store.journal import Journal
from moodlab.ui.history.calendar.cells import DayCell, Mark, read_cells, subjects
from tests.moments import TODAY, Clock, days_ago

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def cells_of(
    journal: Journal, subject_id: str, period: Period = MARCH, events: tuple[Event, ...] = ()
) -> dict[date, DayCell]:
    offered = {subject.id: subject for subject in subjects(journal.read_metrics())}
    return read_cells(journal, period, offered[subject_id], events)


def test_every_day_is_one_of_what_is_told_apart(journal: Journal) -> None:
    journal.days.rate(TODAY, "fatigue", 7000)
    journal.days.rate(days_ago(1), "fatigue", None)
    journal.days.mark(days_ago(2), DayState.UNWELL)
    journal.days.mark(days_ago(3), DayState.PAUSED)
    shown = cells_of(journal, "fatigue")

    assert len(shown) == 31
    assert {day.day: cell.mark for day, cell in shown.items() if day.day < 6} == {
        1: Mark.PAUSED, 2: Mark.UNWELL, 3: Mark.UNABLE, 4: Mark.VALUE, 5: Mark.TO_COME,
    }  # fmt: skip
    assert [shown[date(2026, 3, day)].words for day in (1, 2, 3, 4, 5)] == [
        "Sunday 1 March. Paused.",
        "Monday 2 March. Too unwell to log.",
        "Tuesday 3 March. Fatigue could not say, next day.",
        "Wednesday 4 March. Fatigue 7, same day.",
        "Thursday 5 March. Not come yet.",
    ]
    assert (shown[TODAY].text, shown[TODAY].level, shown[TODAY].is_today) == ("7", 7, True)
    assert cells_of(journal, "mood")[TODAY].words == "Wednesday 4 March. Mood: empty."


def test_a_day_before_a_metric_was_asked_is_not_empty(journal: Journal) -> None:
    journal.days.rate(days_ago(1), "stress", 4000)
    shown = cells_of(journal, "stress")

    assert shown[days_ago(2)].mark is Mark.NOT_ASKED
    assert shown[days_ago(2)].words == "Monday 2 March. Stress: not asked."
    assert shown[TODAY].mark is Mark.EMPTY


def test_too_unwell_stays_beside_a_value_and_never_is_one(journal: Journal) -> None:
    journal.days.mark(TODAY, DayState.UNWELL)
    assert cells_of(journal, "")[TODAY].text == ""
    journal.days.rate(TODAY, "mood", 2000)

    cell = cells_of(journal, "mood")[TODAY]
    assert (cell.mark, cell.state, cell.level) == (Mark.VALUE, DayState.UNWELL, 2)
    assert cell.words == "Wednesday 4 March. Mood 2, same day. Too unwell to log."
    assert cells_of(journal, "fatigue")[TODAY].mark is Mark.UNWELL


def test_an_edit_days_later_makes_the_day_later(journal: Journal, clock: Clock) -> None:
    clock.be(days_ago(3))
    for metric in ("fatigue", "mood"):
        journal.days.rate(days_ago(3), metric, 4000)
    clock.be(days_ago(2), 9)
    journal.days.rate(days_ago(3), "sleep", 4000)
    assert not cells_of(journal, "fatigue")[days_ago(3)].is_late
    assert cells_of(journal, "sleep")[days_ago(3)].words.endswith("Sleep last night 4, next day.")
    clock.be(TODAY)
    journal.days.rate(days_ago(3), "fatigue", 6000)

    shown = cells_of(journal, "fatigue")[days_ago(3)]
    assert (shown.is_late, shown.words) == (True, "Sunday 1 March. Fatigue 6, later.")
    assert not cells_of(journal, "mood")[days_ago(3)].is_late
    assert cells_of(journal, "")[days_ago(3)].words == "Sunday 1 March. 3 of 7 answered, later."


def test_another_time_zone_changes_no_class(journal: Journal, clock: Clock) -> None:
    clock.be(days_ago(1), 20)
    journal.days.rate(days_ago(1), "mood", 4000)
    clock.moment = clock.moment.astimezone(timezone(timedelta(hours=10))) + timedelta(hours=12)

    assert cells_of(journal, "mood")[days_ago(1)].words.endswith("Mood 4, same day.")


def test_nobody_knows_when_a_table_was_written(journal: Journal) -> None:
    journal.days.rate(days_ago(1), "mood", 4000, source="import", is_time_known=False)

    cell = cells_of(journal, "mood")[days_ago(1)]
    assert cell.words == "Tuesday 3 March. Mood 4, time of writing unknown."
    assert not cell.is_late


def test_how_complete_counts_answers_of_those_asked(journal: Journal) -> None:
    for metric, value in (("fatigue", 0), ("mood", None), ("sleep_hours", 420_000)):
        journal.days.rate(TODAY, metric, value)
    journal.days.rate(days_ago(1), "sleep_hours", 420_000)
    journal.metrics.stop("sleep", days_ago(2))

    shown = cells_of(journal, "")
    assert shown[TODAY].text == "2/6"
    assert shown[TODAY].words == "Wednesday 4 March. 2 of 6 answered, same day."
    assert shown[TODAY].level is None
    assert shown[TODAY].share == pytest.approx(1 / 3)
    # As on Today, hours asleep do not make a day more complete.
    assert shown[days_ago(1)].words == "Tuesday 3 March. Empty."


@pytest.mark.parametrize(
    ("kind", "unit", "value", "text", "words"),
    [
        (Kind.NUMBER, "kg", 71_400, "71.4", "71.4 kg"),
        (Kind.DURATION, "min", 450_000, "7:30", "7 h 30 min"),
        (Kind.DURATION, "min", 425_000, "7:05", "7 h 5 min"),
        (Kind.YES_NO, "", 1000, "yes", "yes"),
        (Kind.YES_NO, "", 0, "no", "no"),
    ],
)
def test_ones_own_metrics_stand_short_and_off_the_ramp(
    journal: Journal, kind: Kind, unit: str, value: int, text: str, words: str
) -> None:
    own = own_metric("own", "Own", Direction.NEUTRAL, kind, unit=unit)
    journal.metrics.add(own, days_ago(1))
    journal.days.rate(TODAY, "own", value)

    cell = cells_of(journal, "own")[TODAY]
    assert (cell.text, cell.level) == (text, None)
    assert cell.words == f"Wednesday 4 March. Own {words}, same day."
    assert cell.share == (0.0 if words == "no" else 1.0)


def test_an_imported_decimal_takes_the_nearest_step_of_the_ramp(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 6500, source="import")

    cell = cells_of(journal, "mood")[TODAY]
    assert (cell.text, cell.level) == ("6.5", 7)


def test_what_happened_marks_each_of_its_days(journal: Journal) -> None:
    infection = Event(journal.ledger.new_id(), date(2026, 2, 27), "Cold.", date(2026, 3, 2))
    visit = Event(journal.ledger.new_id(), date(2026, 3, 20), "Dr Lind", None, is_appointment=True)
    shown = cells_of(journal, "mood", events=(infection, visit))

    assert [day.day for day, cell in shown.items() if cell.has_event] == [1, 2, 20]
    assert shown[date(2026, 3, 2)].words == "Monday 2 March. Mood: empty. Cold."
    assert shown[date(2026, 3, 20)].words == "Friday 20 March. Not come yet. Dr Lind."


def test_another_year_is_named(journal: Journal) -> None:
    shown = cells_of(journal, "mood", Period(EARLIEST_DAY, EARLIEST_DAY))

    assert shown[EARLIEST_DAY].words == "Monday 1 January 1900. Mood: empty."


def test_only_what_was_ever_asked_can_be_shown(journal: Journal) -> None:
    journal.days.rate(TODAY, "weight", 71_400)
    journal.metrics.order(["weight", "mood"])

    labels = [subject.label for subject in subjects(journal.read_metrics())]
    assert labels[:2] == ["Weight", "Mood"]
    assert labels[-1] == "How complete"
    assert "Pain" not in labels
