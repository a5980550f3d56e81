"""Blood results on a logarithmic axis: values as printed, bounds as bounds, no connecting line."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from moodlab.analysis.lab_marks import LabMarks, Limits, Shape
from moodlab.charts.blood.labels import Spot, Word
from moodlab.charts.blood.layout import APART, STROKE, LabLayouter, exponent, limit_levels
from moodlab.charts.drawing.backdrop import BACK, CHANGE, draw_changes, draw_grid, draw_watermark
from moodlab.charts.drawing.sheet import Panel, box

# How far a break's stroke leans, in points.
_SLANT = 2.4
# By which strokes, thin lines and interrupted dashes are found among what is drawn.
BREAKS, LEADERS, COVERS = "breaks", "leaders", "covers"


def draw_lab_panel(
    panel: Panel,
    labs: LabMarks,
    change_days: Iterable[date],
    *,
    ticks_left: bool = False,
    is_example: bool = False,
) -> None:
    """Draw the results of one substance; a left-out draw is hollow and says why."""
    changes = tuple(change_days)
    dashed = [panel.axis.offset(panel.axis.begin_of(day)) for day in changes]
    layout = LabLayouter(labs, panel.axis, panel.height, panel.medium, dashed).lay_out()
    panel.scale(layout.scale.low, layout.scale.high)
    _draw_limits(panel, labs, layout.spots)
    draw_grid(panel, layout.scale, ticks_left=ticks_left)
    draw_changes(panel, changes)
    if is_example:
        draw_watermark(panel)
    _draw_marks(panel, layout.spots)
    _draw_breaks(panel, layout.breaks)
    _draw_words(panel, labs.shared_limits, layout.words)


def _draw_limits(panel: Panel, labs: LabMarks, spots: Sequence[Spot]) -> None:
    low, high = panel.axes.get_ylim()
    first, last = panel.axis.limits
    if labs.shared_limits is not None:
        foot = low if labs.shared_limits.low is None else _level(labs.shared_limits.low, low)
        top = high if labs.shared_limits.high is None else _level(labs.shared_limits.high, low)
        panel.areas([box(first, last, foot, top)], panel.theme.range_band, zorder=BACK)
        return
    half = panel.medium.lab
    at = panel.axis.ordinal
    # A column, since a line alone beside a value is read as a minus sign.
    panel.areas(
        [
            box(
                at(spot.x - half),
                at(spot.x + half),
                low if limits.low is None else _level(limits.low, low),
                high if limits.high is None else _level(limits.high, low),
            )
            for spot in spots
            if (limits := spot.mark.limits) is not None
        ],
        panel.theme.range_band,
        zorder=BACK,
    )
    panel.lines(
        [
            ((at(spot.x - half), y), (at(spot.x + half), y))
            for spot in spots
            for y in limit_levels(spot.mark.limits, low)
        ],
        panel.theme.muted,
        panel.medium.hair * 1.6,
        zorder=13,
    )


def _level(limit: Decimal, low: float) -> float:
    return exponent(float(limit), low)


_MARKERS = {
    Shape.DIAMOND: ("D", 1.0),
    Shape.SQUARE: ("s", 0.95),
    Shape.DOWN: ("v", 1.15),
    Shape.UP: ("^", 1.15),
}


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
        key = (*_MARKERS[spot.mark.shape], spot.mark.is_hollow, spot.mark.is_above_range)
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


def _draw_breaks(panel: Panel, places: Sequence[float]) -> None:
    """Draw the double tick at the panel's foot, as where an axis is interrupted."""
    at = panel.axis.ordinal
    panel.lines(
        [
            ((at(x + aside - _SLANT / 2), panel.level(0)),
             (at(x + aside + _SLANT / 2), panel.level(STROKE)))
            for x in places
            for aside in (-APART / 2, APART / 2)
        ],
        panel.theme.text,
        panel.medium.hair * 1.4,
        clip_on=False,
        zorder=14,
        label=BREAKS,
    )  # fmt: skip


def _draw_words(panel: Panel, band: Limits | None, words: Sequence[Word]) -> None:
    """Write the words that fit, with a thin line from each one that is away from its mark."""
    at = panel.axis.ordinal
    panel.lines(
        [[(at(x), panel.level(y)) for x, y in word.leader] for word in words if word.leader],
        panel.theme.muted,
        panel.medium.hair * 0.8,
        zorder=13,
        label=LEADERS,
    )
    for word in words:
        left, right, foot, top = word.box
        middle = (foot + top) / 2
        if word.covers:
            panel.areas(
                [box(at(left - 1), at(right + 1), panel.level(foot), panel.level(top))],
                _ground_color(panel, band, middle),
                zorder=CHANGE + 0.5,
                label=COVERS,
            )
        color = panel.theme.text if word.is_value else panel.theme.muted
        panel.label(at(left), panel.level(middle), word.text, color=color, zorder=16)


def _ground_color(panel: Panel, band: Limits | None, middle: float) -> str:
    """Return the background colour at a height, for a value that covers a dashed line."""
    if band is None:
        return panel.theme.window
    low, high = panel.axes.get_ylim()
    foot = low if band.low is None else _level(band.low, low)
    top = high if band.high is None else _level(band.high, low)
    return panel.theme.range_band if foot < panel.level(middle) < top else panel.theme.window
