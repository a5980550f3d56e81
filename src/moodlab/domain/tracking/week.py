"""A week for paper and for the grid: seven days, and what is asked on them, in one order."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta

from moodlab.domain.days import EARLIEST_DAY, LATEST_DAY, Period
from moodlab.domain.metrics import Direction, Kind, Metric, TrackedMetric

DAYS_OF_A_WEEK = 7
# Asked on Today beside last night's sleep, also where nobody chose to track it.
HOURS_ASLEEP = "sleep_hours"
# Ratings stand as on Today; what is written out in figures or words comes after them.
_ORDER = (Direction.HIGHER_WORSE, Direction.HIGHER_BETTER, Direction.NEUTRAL)


def week_of(day: date, first_weekday: int = 0) -> Period:
    """Return the week that `day` is in; it begins on Monday (0) or on another weekday."""
    back = (day.weekday() - first_weekday) % DAYS_OF_A_WEEK
    return week_from(day - timedelta(days=min(back, (day - date.min).days)))


def week_from(first: date) -> Period:
    """Return the seven days from `first` on, or the nearest seven that a journal reaches."""
    latest = LATEST_DAY - timedelta(days=DAYS_OF_A_WEEK - 1)
    first = max(EARLIEST_DAY, min(first, latest))
    return Period(first, first + timedelta(days=DAYS_OF_A_WEEK - 1))


def asked_in(
    tracked: Iterable[TrackedMetric], week: Period, answered: Container[str] = ()
) -> tuple[Metric, ...]:
    """Return what is asked on any day of `week`, and what is `answered` there."""
    return in_order(
        each.metric
        for each in tracked
        if each.metric.id == HOURS_ASLEEP
        or each.metric.id in answered
        or each.is_tracked_in(week.first, week.last)
    )


def in_order(metrics: Iterable[Metric]) -> tuple[Metric, ...]:
    """Return ratings by their direction, as on Today, and then all else; otherwise as given."""
    return tuple(sorted(metrics, key=_place))


def is_typed_with_one_key(metric: Metric) -> bool:
    """Whether a digit answers it: a rating from 0 to 10, where X is ten."""
    return metric.kind is Kind.SCALE


def ratings_of(metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return those that a digit answers."""
    return tuple(metric for metric in metrics if is_typed_with_one_key(metric))


def _place(metric: Metric) -> tuple[bool, int]:
    is_rating = is_typed_with_one_key(metric)
    return not is_rating, _ORDER.index(metric.direction) if is_rating else 0
