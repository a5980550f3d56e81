"""Blood results on a logarithmic axis: values as printed, bounds as bounds, nothing in between."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from moodlab.analysis.lab_marks import SAME_DAY_STEP, LabBreak, LabMark, LabMarks, Limits
from moodlab.charts.backdrop import BACK, draw_changes, draw_grid, draw_watermark
from moodlab.charts.lab_axis import exponent, lab_scale
from moodlab.charts.lab_labels import Box, LabLabels, Spot
from moodlab.charts.sheet import Panel, box

# The two strokes of a break, in points: height, slant, and their distance.
_STROKE, _SLANT, _APART = 7.0, 2.4, 2.6
# Between the marks of one day, as a multiple of their size.
_SIDE_BY_SIDE = 1.3


def draw_lab_panel(
    panel: Panel,
    labs: LabMarks,
    change_days: Iterable[date],
    *,
    ticks_left: bool = False,
    is_example: bool = False,
) -> None:
    """Draw the results of one substance; a set-aside draw is hollow and says why."""
    scale = lab_scale(labs, panel.height, panel.medium.label)
    panel.scale(scale.low, scale.high)
    changes = tuple(change_days)
    lines = [panel.axis.offset(panel.axis.begin_of(day)) for day in changes]
    _draw_limits(panel, labs)
    draw_grid(panel, scale, ticks_left=ticks_left)
    draw_changes(panel, changes)
    if is_example:
        draw_watermark(panel)
    spots = [_spot(panel, mark) for mark in labs.marks]
    _draw_marks(panel, spots)
    breaks = [(_place_break(spots, each, lines), each) for each in labs.breaks]
    _draw_breaks(panel, [x for x, _ in breaks])
    labels = LabLabels(panel, lines, labs.shared_limits)
    labels.taken += [_mark_box(panel, spot) for spot in spots]
    labels.taken += [(spot.x - 0.5, spot.x + 0.5, 0.0, spot.y) for spot in spots]  # drop lines
    labels.taken += [(x - _APART, x + _APART, 0.0, _STROKE) for x, _ in breaks]
    if labs.shared_limits is None:
        labels.taken += [each for spot in spots for each in _limit_boxes(panel, spot)]
    labels.write_values(spots)
    for x, each in reversed(breaks):
        labels.write_change(x, each.changed)
    if labs.shared_limits is not None:
        labels.write_limits(labs)


def _spot(panel: Panel, mark: LabMark) -> Spot:
    low, high = panel.axes.get_ylim()
    y = exponent(float(mark.figure), low)
    # Over a long period the marks of one day would hide each other at their share of a day.
    step = max(SAME_DAY_STEP * panel.axis.points_per_day, panel.medium.lab * _SIDE_BY_SIDE)
    x = panel.axis.offset(mark.result.collected.toordinal()) + mark.shift / SAME_DAY_STEP * step
    half = panel.medium.lab / 2
    inside = min(max(x, half), panel.axis.width - half)
    return Spot(mark, inside, (y - low) / (high - low) * panel.height)


def _draw_limits(panel: Panel, labs: LabMarks) -> None:
    low, high = panel.axes.get_ylim()
    first, last = panel.axis.limits
    if labs.shared_limits is not None:
        foot = low if labs.shared_limits.low is None else _level(labs.shared_limits.low, low)
        top = high if labs.shared_limits.high is None else _level(labs.shared_limits.high, low)
        panel.areas([box(first, last, foot, top)], panel.theme.range_band, zorder=BACK)
        return
    half = panel.medium.lab
    at = panel.axis.ordinal
    panel.lines(
        [
            ((at(spot.x - half), y), (at(spot.x + half), y))
            for spot in (_spot(panel, mark) for mark in labs.marks)
            for y in _limit_levels(spot.mark.limits, low)
        ],
        panel.theme.muted,
        panel.medium.hair * 1.6,
        zorder=13,
    )


def _level(limit: Decimal, low: float) -> float:
    return exponent(float(limit), low)


def _limit_levels(limits: Limits | None, low: float) -> list[float]:
    if limits is None:
        return []
    return [_level(limit, low) for limit in (limits.low, limits.high) if limit is not None]


def _marker(mark: LabMark) -> tuple[str, float]:
    if mark.comparator in ("<", "<="):
        return "v", 1.15
    if mark.comparator in (">", ">="):
        return "^", 1.15
    return ("s", 0.95) if mark.result.assay else ("D", 1.0)


def is_hollow(mark: LabMark) -> bool:
    """Whether the mark is drawn as an outline: a bound, or a draw that was set aside."""
    return mark.comparator is not None or mark.result.excluded


def _draw_marks(panel: Panel, spots: Sequence[Spot]) -> None:
    theme, medium, at = panel.theme, panel.medium, panel.axis.ordinal
    panel.lines(
        [((at(spot.x), panel.level(0)), (at(spot.x), panel.level(spot.y))) for spot in spots],
        theme.lab,
        medium.hair,
        zorder=14,
    )
    kinds: dict[tuple[str, float, bool, bool], list[Spot]] = {}
    for spot in spots:
        key = (*_marker(spot.mark), is_hollow(spot.mark), spot.mark.is_above_range)
        kinds.setdefault(key, []).append(spot)
    for (marker, grown, hollow, above), alike in sorted(kinds.items(), key=lambda item: item[0]):
        panel.marks(
            [at(spot.x) for spot in alike],
            [panel.level(spot.y) for spot in alike],
            marker,
            markersize=medium.lab * grown,
            markerfacecolor=theme.window if hollow else theme.lab,
            markeredgecolor=theme.text if above and not hollow else theme.lab,
            markeredgewidth=medium.edge * (1.6 if above else 1.2),
            clip_on=False,
            zorder=15,
        )


def _place_break(spots: Sequence[Spot], each: LabBreak, lines: Sequence[float]) -> float:
    """Return where the series is broken: between the two draws, away from dashed lines."""
    left = max(spot.x for spot in spots if spot.mark.result.collected == each.before)
    right = min(spot.x for spot in spots if spot.mark.result.collected == each.after)
    middle = (left + right) / 2
    room = max(0.0, (right - left) / 2 - 2 * _APART)
    steps = [0.0] + [sign * step for step in range(2, int(room) + 1, 2) for sign in (1, -1)]
    return next(
        (
            middle + step
            for step in steps
            if all(abs(middle + step - line) > 2 * _APART for line in lines)
        ),
        middle,
    )


def _draw_breaks(panel: Panel, places: Sequence[float]) -> None:
    """Draw the double tick at the panel's foot, as where an axis is interrupted."""
    at = panel.axis.ordinal
    panel.lines(
        [
            ((at(x + aside - _SLANT / 2), panel.level(0)),
             (at(x + aside + _SLANT / 2), panel.level(_STROKE)))
            for x in places
            for aside in (-_APART / 2, _APART / 2)
        ],
        panel.theme.text,
        panel.medium.hair * 1.4,
        clip_on=False,
        zorder=14,
        label=BREAKS,
    )  # fmt: skip


# By which the strokes are found among what is drawn.
BREAKS = "breaks"


def _mark_box(panel: Panel, spot: Spot) -> Box:
    half = panel.medium.lab * 0.75
    return spot.x - half, spot.x + half, spot.y - half, spot.y + half


def _limit_boxes(panel: Panel, spot: Spot) -> list[Box]:
    """Return the room of a result's own limit ticks."""
    low, high = panel.axes.get_ylim()
    heights = [
        (level - low) / (high - low) * panel.height
        for level in _limit_levels(spot.mark.limits, low)
    ]
    half = panel.medium.lab
    return [(spot.x - half, spot.x + half, y - 1, y + 1) for y in heights]
