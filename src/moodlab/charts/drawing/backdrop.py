"""The background of every panel: light grid, treatment changes, and the mark EXAMPLE."""

from collections.abc import Iterable
from datetime import date

from moodlab.charts.drawing.axis import ValueScale
from moodlab.charts.drawing.fonts import font
from moodlab.charts.drawing.sheet import DASHES, Panel
from moodlab.i18n import translate

_TICK_GAP = 5.0
_WATERMARK_PT = 26.0
# Half the height of a digit, as a share of the type size.
_HALF_DIGIT = 0.37

# From back to front; the data stands before all of these.
BACK, GRID, CHANGE = range(3)


def draw_grid(panel: Panel, scale: ValueScale, *, ticks_left: bool) -> None:
    """Draw the light grid, and the axis's numbers beside the panel."""
    first, last = panel.axis.limits
    low, high = panel.axes.get_ylim()
    theme, medium = panel.theme, panel.medium
    level = [((first, y), (last, y)) for y, _ in scale.ticks]
    upright = [
        ((panel.axis.begin_of(day), low), (panel.axis.begin_of(day), high))
        for day in panel.axis.grid_days()
    ]
    panel.lines(level + upright, theme.grid, medium.hair, zorder=GRID)
    for y, text in scale.ticks:
        x = panel.axis.ordinal(-_TICK_GAP if ticks_left else panel.axis.width + _TICK_GAP)
        if ticks_left:  # panels stand close above each other there: no number leaves its own
            half = panel.medium.label * _HALF_DIGIT
            y = min(max(y, panel.level(half)), panel.level(panel.height - half))
        panel.label(x, y, text, ha="right" if ticks_left else "left")


def draw_changes(panel: Panel, change_days: Iterable[date]) -> None:
    """Draw a dashed line where each treatment change begins."""
    low, high = panel.axes.get_ylim()
    first, last = panel.axis.limits
    places = [panel.axis.begin_of(day) for day in sorted(set(change_days))]
    panel.lines(
        [((x, low), (x, high)) for x in places if first < x < last],
        panel.theme.muted,
        panel.medium.hair,
        linestyles=[DASHES],
        zorder=CHANGE,
    )


def draw_watermark(panel: Panel) -> None:
    """Draw EXAMPLE behind invented data."""
    first, last = panel.axis.limits
    low, high = panel.axes.get_ylim()
    panel.label(
        (first + last) / 2,
        (low + high) / 2,
        translate("chart", "EXAMPLE"),
        color=panel.theme.range_band,
        fontproperties=font(min(_WATERMARK_PT, round(panel.height * 0.6, 1)), strong=True),
        ha="center",
        zorder=BACK,
    )
