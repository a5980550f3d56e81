"""The ratings of the 14 days before each day of blood draws."""

from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.analysis.summaries import FEWEST_BEFORE_DRAW, Summary, summarise
from moodlab.domain.days import ONE_DAY, Period
from moodlab.domain.diary import Diary

WINDOW_DAYS = 14


@dataclass(frozen=True, slots=True)
class Draw:
    """A day on which blood was drawn, with the summary of every metric over the days before."""

    day: date
    window: Period
    metrics: tuple[tuple[str, Summary], ...]


def window_before(day: date) -> Period:
    """Return the 14 days before a day of collection, which is not among them."""
    return Period(day - timedelta(days=WINDOW_DAYS), day - ONE_DAY)


def set_beside(diary: Diary, day: date) -> Draw:
    """Summarise the days before the draws of `day`; a metric needs 5 values there."""
    window = window_before(day)
    return Draw(
        day,
        window,
        tuple(
            (
                tracked.metric.id,
                summarise(diary.ratings.get(tracked.metric.id, ()), window, FEWEST_BEFORE_DRAW),
            )
            for tracked in diary.metrics
            if tracked.is_tracked_in(window.first, window.last)
        ),
    )
