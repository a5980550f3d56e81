"""One metric by itself: its days, the period before it, and what else went on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from moodlab.analysis.coverage import DayClass, classify_days
from moodlab.analysis.series import MetricSeries, read_series
from moodlab.analysis.summaries import Block, summarise
from moodlab.analysis.timeline import Timeline, read_timeline
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import DayRecord


@dataclass(frozen=True, slots=True)
class OneMetric:
    """The series of one metric in `period`.

    `before` is the equally long stretch of days that ends where `period` begins. `classes` has the
    class of each day for this metric's own answers; `records` and `labs` are those of `period`.
    """

    period: Period
    series: MetricSeries
    before: Block
    classes: tuple[DayClass, ...]
    timeline: Timeline
    records: tuple[DayRecord, ...]
    labs: tuple[LabResult, ...]
    is_example: bool


def read_one_metric(diary: Diary, period: Period, metric_id: str) -> OneMetric:
    """Return what is drawn of a metric in `period`.

    The diary reaches back as many days again, for the stretch before. Raises KeyError for a metric
    that the diary does not have.
    """
    tracked = next((each for each in diary.metrics if each.metric.id == metric_id), None)
    if tracked is None:
        raise KeyError(metric_id)
    ratings = diary.ratings.get(metric_id, ())
    before = Period.ending(period.first - timedelta(days=1), len(period))
    own = replace(diary, ratings={metric_id: ratings})
    return OneMetric(
        period=period,
        series=read_series(diary, tracked, period),
        before=Block(before, summarise(ratings, before)),
        classes=tuple(classify_days(own, period).values()),
        timeline=read_timeline(diary, period),
        records=tuple(record for record in diary.days if record.day in period),
        labs=tuple(result for result in diary.labs if result.collected in period),
        is_example=diary.is_example,
    )


def metrics_with_values(diary: Diary) -> tuple[str, ...]:
    """Return the ids of the metrics that have a value anywhere in the diary, in its order."""
    return tuple(
        each.metric.id
        for each in diary.metrics
        if any(rating.value is not None for rating in diary.ratings.get(each.metric.id, ()))
    )


def note_on(chart: OneMetric, day: date) -> str:
    """Return the note of a day; empty without one."""
    return next((record.note for record in chart.records if record.day == day), "")
