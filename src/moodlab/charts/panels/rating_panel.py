"""One metric over time: every point, the middle line or boxes through them, and gaps as gaps."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.smoothing import Box, find_runs
from moodlab.charts.drawing.axis import ValueScale, value_scale
from moodlab.charts.drawing.backdrop import BACK, draw_changes, draw_grid, draw_watermark
from moodlab.charts.drawing.fonts import text_width
from moodlab.charts.drawing.hatching import hatch
from moodlab.charts.drawing.sheet import Panel, box
from moodlab.charts.panels.coverage_strip import unwell_places
from moodlab.domain.days import Period, Timeliness
from moodlab.domain.ratings import Rating
from moodlab.i18n import translate

_BOX_SHARE = 0.36
_ISOLATED = 0.35

# From back to front, after the backdrop.
_RAW, _BAND, _LINE, _MARK = range(10, 14)


def draw_rating_panel(
    panel: Panel,
    series: MetricSeries,
    classes: Sequence[DayClass],
    change_days: Iterable[date],
    *,
    ticks_left: bool = False,
    is_example: bool = False,
    box_share: float = _BOX_SHARE,
) -> None:
    """Draw `series` on `panel`. `classes` has the class of every day of the same period.

    A box reaches `box_share` of its days to either side of its middle: 0.5 covers them all.
    """
    scale = value_scale(series)
    panel.scale(scale.low, scale.high)
    _draw_silence(panel, series, classes)
    draw_grid(panel, scale, ticks_left=ticks_left)
    draw_changes(panel, change_days)
    if is_example:
        draw_watermark(panel)
    if series.line is not None:
        _draw_line(panel, series, scale)
    elif series.is_yes_no and not series.boxes:
        _draw_stems(panel, series)
    else:
        _draw_boxes(panel, series, scale, box_share)
    if not (series.is_yes_no and series.boxes):
        _draw_points(panel, series, scale)
    _draw_unwell(panel, series, classes)


def _draw_silence(panel: Panel, series: MetricSeries, classes: Sequence[DayClass]) -> None:
    """Hatch the gaps; days that were paused or not tracked are plain and named."""
    segments = [
        segment
        for stretch in find_hatched(series, classes)
        for segment in hatch(panel, *_edges(stretch))
    ]
    panel.lines(segments, panel.theme.gap_hatch, panel.medium.hair * 0.66, zorder=BACK)
    named = [(stretch, translate("chart", "not tracked")) for stretch in series.untracked]
    named += [
        (stretch, translate("chart", "paused")) for stretch in _paused(series.period, classes)
    ]
    low, high = panel.axes.get_ylim()
    panel.areas(
        [box(*_edges(stretch), low, high) for stretch, _ in named],
        panel.theme.range_band,
        zorder=BACK,
    )
    for stretch, text in named:
        first, last = _edges(stretch)
        if text_width(text, panel.medium.label) + 6 < (last - first) * panel.axis.points_per_day:
            panel.label((first + last) / 2, panel.level(panel.height / 2), text, ha="center")


def find_hatched(series: MetricSeries, classes: Sequence[DayClass]) -> list[Period]:
    """Return the gaps as they are hatched: without paused days, and none too short."""
    fewest = _shortest_gap_drawn(series)
    return [
        stretch
        for gap in series.gaps
        for stretch in _without_paused(gap, classes, series.period)
        if len(stretch) >= fewest
    ]


def _shortest_gap_drawn(series: MetricSeries) -> int:
    """Return the length in days from which a gap is drawn: one box, if the period has boxes."""
    if series.binning is None:
        return series.shortest_gap
    return max(series.shortest_gap, 7 if series.binning.name == "week" else 28)


def _edges(stretch: Period) -> tuple[float, float]:
    return stretch.first.toordinal() - 0.5, stretch.last.toordinal() + 0.5


def _paused(period: Period, classes: Sequence[DayClass]) -> list[Period]:
    runs = find_runs((kind is DayClass.PAUSED for kind in classes), 1)
    begin = period.first.toordinal()
    return [
        Period(date.fromordinal(begin + first), date.fromordinal(begin + last))
        for first, last in runs
    ]


def _without_paused(gap: Period, classes: Sequence[DayClass], period: Period) -> list[Period]:
    begin = (gap.first - period.first).days
    runs = find_runs((kind is not DayClass.PAUSED for kind in classes[begin : begin + len(gap)]), 1)
    start = gap.first.toordinal()
    return [
        Period(date.fromordinal(start + first), date.fromordinal(start + last))
        for first, last in runs
    ]


def _draw_line(panel: Panel, series: MetricSeries, scale: ValueScale) -> None:
    import numpy as np

    assert series.line is not None
    days = np.arange(len(series.period), dtype=float) + series.period.first.toordinal()
    median, low, high = (
        np.array(column, dtype=float) / scale.factor
        for column in (series.line.medians, series.line.lows, series.line.highs)
    )
    drawn = ~np.isnan(median)
    if not drawn.any():
        return
    # A single day between two breaks would have no length, so it becomes a short dash.
    alone = drawn & ~np.roll(drawn, 1) & ~np.roll(drawn, -1)
    x = np.repeat(days, 3)
    x[::3] -= np.where(alone, _ISOLATED, 0.0)
    x[2::3] += np.where(alone, _ISOLATED, 0.0)
    keep = np.repeat(alone, 3)
    keep[1::3] = True
    x, median, low, high = (
        column[keep] for column in (x, *(np.repeat(each, 3) for each in (median, low, high)))
    )
    theme, medium = panel.theme, panel.medium
    panel.axes.fill_between(
        x, low, high, where=~np.isnan(median), facecolor=theme.band, edgecolor=theme.band,
        linewidth=medium.hair, zorder=_BAND,
    )  # fmt: skip
    panel.axes.plot(
        x, median, color=theme.data_line, linewidth=medium.line, zorder=_LINE,
        solid_capstyle="butt", solid_joinstyle="round",
    )  # fmt: skip


def _draw_stems(panel: Panel, series: MetricSeries) -> None:
    """Draw a stroke for each day with a yes, up to its mark."""
    days = [point.day.toordinal() for point in series.points if point.value]
    width = max(panel.medium.hair, min(panel.medium.line, panel.axis.points_per_day * 0.5))
    panel.lines(
        [[(day, 0.0), (day, 1.0)] for day in days], panel.theme.data_line, width, zorder=_LINE
    )


def _draw_boxes(panel: Panel, series: MetricSeries, scale: ValueScale, share: float) -> None:
    """Draw the middle half of each box; of yes or no, its share from the foot up."""
    theme, medium = panel.theme, panel.medium
    full = [each for each in series.boxes if each.median is not None]
    halves = [(each, each.q1, each.q3) for each in full]
    if series.is_yes_no:
        halves = [(each, 0.0, each.median) for each in full]
    panel.areas(
        [
            box(*_box_edges(each, share), low / scale.factor, high / scale.factor)
            for each, low, high in halves
            if low is not None and high is not None
        ],
        theme.band,
        theme.data_line,
        linewidth=medium.hair * 0.6,
        zorder=_BAND,
    )
    panel.lines(
        [
            [(x, each.median / scale.factor) for x in _box_edges(each, share)]
            for each in full
            if each.median is not None
        ],
        theme.data_line,
        medium.line,
        zorder=_LINE,
    )
    few = [each for each in series.boxes if each.n > 0 and each.median is None]
    panel.marks(
        [_middle(each) for each in few],
        [panel.level(1.0)] * len(few),
        "o",
        color=theme.gap_hatch,
        markersize=medium.small_point,
        markeredgewidth=0,
        zorder=_LINE,
    )


def _middle(each: Box) -> float:
    return (each.period.first.toordinal() + each.period.last.toordinal()) / 2


def _box_edges(each: Box, share: float) -> tuple[float, float]:
    half = len(each.period) * share
    return _middle(each) - half, _middle(each) + half


def _draw_points(panel: Panel, series: MetricSeries, scale: ValueScale) -> None:
    theme, medium = panel.theme, panel.medium
    if series.binning is not None and not series.is_sparse:
        panel.marks(
            *_coordinates(series.points, scale),
            "o",
            color=theme.gap_hatch,
            markersize=medium.small_point,
            markeredgewidth=0,
            zorder=_RAW,
        )
        return
    share = 1.3 if not series.is_sparse else 1.3 * series.shortest_gap / 2
    size = min(medium.point, panel.axis.points_per_day * share)
    look: dict[str, Any] = {
        "markersize": size,
        "markeredgewidth": medium.edge,
        "zorder": _MARK,
        "clip_on": False,
    }
    for marker, face, written in (
        ("o", theme.data_point, (Timeliness.SAME_DAY,)),
        ("o", theme.window, (Timeliness.NEXT_DAY, Timeliness.LATER)),
        ("D", theme.gap_hatch, (Timeliness.UNKNOWN,)),
    ):
        points = [point for point in series.points if point.timeliness in written]
        panel.marks(
            *_coordinates(points, scale), marker,
            markerfacecolor=face, markeredgecolor=theme.data_point, **look,
        )  # fmt: skip


def _coordinates(points: Sequence[Rating], scale: ValueScale) -> tuple[list[int], list[float]]:
    return (
        [point.day.toordinal() for point in points],
        [point.value / scale.factor for point in points if point.value is not None],
    )


def _draw_unwell(panel: Panel, series: MetricSeries, classes: Sequence[DayClass]) -> None:
    """Put a small cross on the upper edge where days were marked too unwell to log."""
    places = unwell_places(series.period, classes, series.binning)
    size = panel.medium.point
    if series.binning is None:
        size = max(min(size, panel.axis.points_per_day), panel.medium.small_point)
    panel.marks(
        places,
        [panel.axes.get_ylim()[1]] * len(places),
        "x",
        color=panel.theme.data_point,
        markersize=size,
        markeredgewidth=panel.medium.edge,
        zorder=_MARK,
        clip_on=False,
    )
