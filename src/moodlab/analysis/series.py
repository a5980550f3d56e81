"""The chart data of one metric in a period: points, middle line or boxes, and gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from moodlab.analysis.silence import Stretch, find_asked, find_silences, leave, share
from moodlab.analysis.smoothing import (
    GAP_DAYS,
    BinRule,
    Box,
    RollingMiddle,
    bin_rule,
    cut,
    fill_boxes,
    roll,
)
from moodlab.analysis.summaries import Block, Summary, summarise, summarise_blocks
from moodlab.domain.days import Period, Timeliness
from moodlab.domain.diary import Diary, TrackedMetric
from moodlab.domain.metrics import THOUSAND, Direction, Every, Kind, Metric
from moodlab.domain.ratings import Rating

# So many days without a value are a gap. Two answers of neighbouring weeks can be 13 days apart.
_SHORTEST_GAP = {Every.DAY: GAP_DAYS, Every.WEEK: 14, Every.MONTH: 62}
# The shortest time axis of a journal that has just begun.
FIRST_DAYS = 14


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """What is drawn of one metric in `period`.

    `points` are the ratings that hold a value, in order of days. `line` has an entry for each day
    and is None where the period is binned; then `boxes` holds weeks or months. What is asked once a
    week or month has neither; of yes or no, a box holds the share of days with a yes. `gaps` are
    the runs of three or more days, or of whole weeks or months, in which it was asked and has no
    value, `untracked` those in which it was not asked; silence before the journal began is neither.
    """

    metric: Metric
    period: Period
    points: tuple[Rating, ...]
    line: RollingMiddle | None
    boxes: tuple[Box, ...]
    gaps: tuple[Period, ...]
    untracked: tuple[Period, ...]
    summary: Summary
    recent: Block
    previous: Block

    @property
    def same_day(self) -> int:
        """How many of the points were recorded on the day they describe."""
        return sum(point.timeliness is Timeliness.SAME_DAY for point in self.points)

    @property
    def unknown(self) -> int:
        """How many of the points were recorded at a time that nobody knows."""
        return sum(point.timeliness is Timeliness.UNKNOWN for point in self.points)

    @property
    def is_sparse(self) -> bool:
        """Whether it is asked less often than every day, so that each point stands for itself."""
        return self.metric.every is not Every.DAY

    @property
    def is_yes_no(self) -> bool:
        """Whether it has days with a yes instead of a middle value."""
        return self.metric.kind is Kind.YES_NO

    @property
    def shortest_gap(self) -> int:
        """How many days without a value are a gap."""
        return _SHORTEST_GAP[self.metric.every]

    @property
    def longest_gap(self) -> Period | None:
        """The longest of the gaps, the first of equals; None without one."""
        return max(self.gaps, key=len, default=None)

    @property
    def binning(self) -> BinRule | None:
        """Whether the period is drawn day by day (None), by week or by month."""
        return bin_rule(len(self.period))


def first_known_day(diary: Diary) -> date | None:
    """Return the first day of the journal that has a rating or a record; None in an empty one."""
    if diary.begins is not None:
        return diary.begins
    firsts = [ratings[0].day for ratings in diary.ratings.values() if ratings]
    firsts += [record.day for record in diary.days[:1]]
    return min(firsts, default=None)


def since_first_entry(diary: Diary, period: Period) -> Period:
    """Return `period` without the days before anything was entered; two weeks are kept.

    Who began two weeks ago has not been silent for the ten before.
    """
    begins = first_known_day(diary)
    if begins is not None and begins <= period.first:
        return period
    days = [begins] if begins is not None else []
    days += [result.collected for result in diary.labs]
    days += [event.first_day for event in diary.events]
    days += [course.first_day for course in diary.treatments]
    entered = [day for day in days if day in period]
    if not entered:
        return period
    latest = max(period.first, Period.ending(period.last, FIRST_DAYS).first)
    return Period(min(min(entered), latest), period.last)


def read_series(diary: Diary, tracked: TrackedMetric, period: Period) -> MetricSeries:
    """Return the chart data of a metric; line and boxes use only days of `period`.

    The comparison with the 28 days before needs a diary that reaches 56 days back.
    """
    metric = tracked.metric
    ratings = diary.ratings.get(metric.id, ())
    points = tuple(
        rating
        for rating in ratings
        if rating.value is not None and period.first <= rating.day <= period.last
    )
    days = [point.day for point in points]
    numbers = [point.value for point in points if point.value is not None]
    begins = first_known_day(diary) or period.last
    silences = tuple(find_silences(days, begins, period))
    asked = find_asked(tracked, period)
    is_daily = metric.every is Every.DAY
    rule = bin_rule(len(period))
    fewest = _SHORTEST_GAP[metric.every]
    recent, previous = summarise_blocks(ratings, period)
    return MetricSeries(
        metric=metric,
        period=period,
        points=points,
        line=_roll(metric, points, period) if rule is None and is_daily else None,
        boxes=_fill(metric, days, numbers, period, rule) if rule and is_daily else (),
        gaps=_periods((each for silence in silences for each in share(silence, asked)), fewest),
        untracked=_periods((each for silence in silences for each in leave(silence, asked)), 1),
        summary=summarise(ratings, period),
        recent=recent,
        previous=previous,
    )


def _roll(metric: Metric, points: Sequence[Rating], period: Period) -> RollingMiddle | None:
    """Return the middle line; yes or no has none."""
    return None if metric.kind is Kind.YES_NO else roll(_daily(points, period))


def _fill(
    metric: Metric, days: Sequence[date], numbers: Sequence[int], period: Period, rule: BinRule
) -> tuple[Box, ...]:
    """Return the boxes of the period; one of yes or no has the share of days with a yes."""
    bins = cut(period, rule)
    boxes = fill_boxes(days, numbers, bins, rule.fewest)
    if metric.kind is not Kind.YES_NO:
        return boxes
    yes = [(day, number) for day, number in zip(days, numbers, strict=True) if number]
    counted = fill_boxes([day for day, _ in yes], [number for _, number in yes], bins, 1)
    return tuple(
        Box(box.period, box.n, each.n / box.n * THOUSAND, None, None)
        if box.median is not None
        else box
        for box, each in zip(boxes, counted, strict=True)
    )


def _daily(points: Sequence[Rating], period: Period) -> list[int | None]:
    daily: list[int | None] = [None] * len(period)
    for point in points:
        daily[(point.day - period.first).days] = point.value
    return daily


def _periods(stretches: Iterable[Stretch], fewest: int) -> tuple[Period, ...]:
    return tuple(
        Period(date.fromordinal(first), date.fromordinal(last))
        for first, last in stretches
        if last - first + 1 >= fewest
    )


def series_in(diary: Diary, period: Period) -> tuple[MetricSeries, ...]:
    """Return the series of every metric tracked or rated in `period`, worse before better."""
    order = list(Direction)
    shown = [
        tracked
        for tracked in diary.metrics
        if tracked.is_tracked_in(period.first, period.last)
        or any(rating.day in period for rating in diary.ratings.get(tracked.metric.id, ()))
    ]
    # Stable: within a direction the person's own order stays.
    shown.sort(key=lambda tracked: order.index(tracked.metric.direction))
    return tuple(read_series(diary, tracked, period) for tracked in shown)
