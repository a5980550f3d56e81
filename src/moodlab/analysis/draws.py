"""Each blood draw beside how the person was in the fortnight before it."""

from dataclasses import dataclass
from datetime import timedelta

from moodlab.analysis.summaries import FEWEST_BEFORE_DRAW, Summary, summarise
from moodlab.domain.days import ONE_DAY, Period
from moodlab.domain.diary import Diary
from moodlab.domain.labs.results import LabResult

WINDOW_DAYS = 14


@dataclass(frozen=True, slots=True)
class Draw:
    """One result with the summary of every metric over its window."""

    result: LabResult
    window: Period
    metrics: tuple[tuple[str, Summary], ...]


def window_before(result: LabResult) -> Period:
    """Return the 14 days before the day of collection, which is not among them."""
    return Period(result.collected - timedelta(days=WINDOW_DAYS), result.collected - ONE_DAY)


def set_beside(diary: Diary, result: LabResult) -> Draw:
    """Return `result` beside its window; a metric needs 5 values there."""
    window = window_before(result)
    return Draw(
        result,
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
