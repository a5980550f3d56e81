"""The drawings of the page, asked of the charts: every panel on one time axis, in millimetres."""

from dataclasses import replace

from moodlab.analysis.lab_choice import mark_leading
from moodlab.analysis.timeline import read_timeline
from moodlab.charts.page import LANE_MM, PagePanel, page_panels
from moodlab.report.model import ReportModel
from moodlab.theme import PRINT

PANEL_WIDTH = 116.0
LABS_HEIGHT, LOWEST_LABS, STRIP_HEIGHT = 23.0, 18.5, 8.0
_LANES_MARGIN = 1.8


def fixed_heights(model: ReportModel) -> dict[str, float]:
    """Return the heights of the drawings that do not take what is left, without drawing them."""
    heights = {"coverage": STRIP_HEIGHT}
    if mark_leading(model.diary, model.period).marks:
        heights["labs"] = LABS_HEIGHT
    if lanes := len(read_timeline(model.diary, model.period).lanes):
        heights["treatments"] = lanes * LANE_MM + _LANES_MARGIN
    return heights


def draw_panels(
    model: ReportModel, metrics: frozenset[str], rating_height: float, labs_height: float
) -> dict[str, PagePanel]:
    """Draw the panels of `metrics` and, where they have something to show, the other three.

    Keys are the metrics' ids and ``labs``, ``treatments``, ``coverage``.
    """
    shown = tuple(tracked for tracked in model.diary.metrics if tracked.metric.id in metrics)
    drawn = page_panels(
        # The sheet itself is marked as an example, once and behind everything.
        replace(model.diary, metrics=shown, is_example=False),
        model.period,
        PRINT,
        PANEL_WIDTH,
        rating_mm=rating_height,
        labs_mm=labs_height,
        strip_mm=STRIP_HEIGHT,
    )
    others = {"labs": drawn.labs, "treatments": drawn.lanes, "coverage": drawn.strip}
    return {**drawn.ratings, **{name: panel for name, panel in others.items() if panel}}
