"""Seven days in one order, for the sheet and for the grid."""

from datetime import date

import pytest

from moodlab.domain.days import Period
from moodlab.domain.metrics import METRICS, Direction, Kind, TrackedMetric, own_metric
from moodlab.domain.tracking.week import asked_in, in_order, week_from, week_of

MONDAY = date(2026, 11, 2)
WEEK = Period(MONDAY, date(2026, 11, 8))


def tracked(*spans: tuple[str, date | None, date | None]) -> list[TrackedMetric]:
    known = {name: (first, last) for name, first, last in spans}
    return [
        TrackedMetric(metric, (known[metric.id],) if metric.id in known else ())
        for metric in METRICS
    ]


@pytest.mark.parametrize("number", range(2, 9))
def test_every_day_of_a_week_leads_to_its_monday(number: int) -> None:
    assert week_of(date(2026, 11, number)) == WEEK


def test_a_week_begins_on_sunday_where_it_does() -> None:
    assert week_of(date(2026, 11, 7), 6) == Period(date(2026, 11, 1), date(2026, 11, 7))
    assert week_of(date(2026, 11, 8), 6).first == date(2026, 11, 8)


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2026, 11, 4), date(2026, 11, 4)), (date.min, date(1900, 1, 1)),
     (date.max, date(2199, 12, 25))],
)  # fmt: skip
def test_a_week_begins_where_it_is_told_to_and_stays_where_a_journal_reaches(
    day: date, first: date
) -> None:
    week = week_from(day)

    assert (week.first, len(week)) == (first, 7)
    assert len(week_of(day)) == 7


def test_it_asks_what_is_tracked_on_any_of_its_days_and_hours_asleep() -> None:
    metrics = tracked(
        ("fatigue", None, date(2026, 11, 1)), ("mood", None, date(2026, 11, 2)),
        ("pain", date(2026, 11, 8), None), ("stress", date(2026, 11, 9), None),
    )  # fmt: skip

    assert [metric.id for metric in asked_in(metrics, WEEK)] == ["pain", "mood", "sleep_hours"]


def test_what_was_answered_is_shown_though_it_is_not_tracked() -> None:
    assert [metric.id for metric in asked_in(tracked(), WEEK, {"anxiety"})] == [
        "anxiety", "sleep_hours",
    ]  # fmt: skip


def test_ratings_stand_by_their_direction_and_all_else_after_them_as_the_person_ordered() -> None:
    own = [
        own_metric("tea", "Tea", Direction.NEUTRAL, Kind.NUMBER),
        own_metric("mood", "Mood", Direction.HIGHER_BETTER, Kind.SCALE),
        own_metric("walked", "Walked", Direction.HIGHER_BETTER, Kind.YES_NO),
        own_metric("appetite", "Appetite", Direction.NEUTRAL, Kind.SCALE),
        own_metric("itch", "Itch", Direction.HIGHER_WORSE, Kind.SCALE),
        own_metric("sleep", "Sleep", Direction.HIGHER_BETTER, Kind.SCALE),
    ]

    assert [metric.id for metric in in_order(own)] == [
        "itch", "mood", "sleep", "appetite", "tea", "walked",
    ]  # fmt: skip
