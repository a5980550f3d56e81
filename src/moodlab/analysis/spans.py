"""Named spans of days with the middle value of every metric in each: dose periods, or the days
before each blood draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from moodlab.analysis.coverage import measure_coverage
from moodlab.analysis.eras import find_eras
from moodlab.analysis.overview import Overview, read_overview
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.smoothing import Box
from moodlab.analysis.summaries import FEWEST_BEFORE_DRAW, Summary, summarise
from moodlab.domain.courses import fold_name
from moodlab.domain.days import ONE_DAY, Period
from moodlab.domain.diary import Diary
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import THOUSAND


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one dose, or those before one draw, and what they add up to.

    `labs` were drawn in the days of a dose, or on the day `drawn` that the span leads to. A draw
    `is_left_out` where every result of it is.
    """

    label: str
    period: Period
    days_with_rating: int
    metrics: tuple[tuple[str, Summary], ...]
    labs: tuple[LabResult, ...]
    drawn: date | None = None
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """The overview of a period whose series have one box for each of `spans` instead of a line."""

    overview: Overview
    spans: tuple[Span, ...]


def read_dose_periods(diary: Diary, period: Period, treatment: str) -> Spans:
    """Return the dose periods of one treatment, by name, that touch `period`."""
    eras = [era for era in find_eras(diary, period) if fold_name(era.treatment.name) == treatment]
    spans = tuple(
        Span(
            f"{era.treatment.name} {era.dose}".strip(),
            era.period,
            era.days_with_rating,
            era.metrics,
            tuple(result for result in diary.labs if result.collected in era.period),
        )
        for era in eras
    )
    return _with_boxes(diary, period, spans)


def read_draws(diary: Diary, period: Period, days: int) -> Spans:
    """Return the `days` days before each draw of `period`."""
    by_day: dict[date, list[LabResult]] = {}
    for result in diary.labs:
        if result.collected in period:
            by_day.setdefault(result.collected, []).append(result)
    spans = tuple(_before_draw(diary, day, by_day[day], days) for day in sorted(by_day))
    return _with_boxes(diary, period, spans)


def _before_draw(diary: Diary, day: date, drawn: Sequence[LabResult], days: int) -> Span:
    window = Period(day - timedelta(days=days), day - ONE_DAY)
    return Span(
        label="",
        period=window,
        days_with_rating=measure_coverage(diary, window).days_with_rating,
        metrics=tuple(
            (
                each.metric.id,
                summarise(diary.ratings.get(each.metric.id, ()), window, FEWEST_BEFORE_DRAW),
            )
            for each in diary.metrics
            if diary.ratings.get(each.metric.id)
        ),
        labs=tuple(drawn),
        drawn=day,
        is_left_out=all(result.excluded for result in drawn),
    )


def _with_boxes(diary: Diary, period: Period, spans: tuple[Span, ...]) -> Spans:
    overview = read_overview(diary, period)
    series = tuple(
        replace(each, line=None, boxes=tuple(_boxes(each, spans))) for each in overview.series
    )
    return Spans(replace(overview, series=series), spans)


def _boxes(series: MetricSeries, spans: Sequence[Span]) -> list[Box]:
    """Return the middle of each span; of yes or no, its share of days with a yes."""
    boxes = []
    for span in spans:
        summary = dict(span.metrics).get(series.metric.id)
        if summary is not None and series.is_yes_no:
            is_enough = summary.median is not None
            share = summary.above_zero / summary.n * THOUSAND if is_enough else None
            boxes.append(Box(span.period, summary.n, share, None, None))
        elif summary is not None:
            middles = (
                None if figure is None else float(figure * THOUSAND)
                for figure in (summary.median, summary.q1, summary.q3)
            )
            boxes.append(Box(span.period, summary.n, *middles))
    return boxes
