"""The panels of the clinician's page as SVG: every one on exactly the same time axis."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodlab.analysis.overview import Overview
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.timeline import MOST_LANES
from moodlab.charts.blood.panel import draw_lab_panel
from moodlab.charts.blood.words import MOST_DESCRIBED, describe_labs
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.render import to_svg
from moodlab.charts.drawing.sheet import MM, PAGE, PAGE_LABS, Medium, Panel, Sheet
from moodlab.charts.panels.coverage_strip import draw_coverage_strip, write_dates
from moodlab.charts.panels.event_spans import PlacedEvent, draw_events, place_events
from moodlab.charts.panels.lanes import draw_lanes
from moodlab.charts.panels.rating_panel import draw_rating_panel
from moodlab.charts.words import describe_series, span_words
from moodlab.i18n import translate
from moodlab.theme import PRINT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# In millimetres; heights include a small margin.
PANEL_WIDTH = 114.0
LABS_HEIGHT, LOWEST_LABS, STRIP_HEIGHT, DATES_HEIGHT = 23.0, 18.5, 8.2, 4.6
_LANE, _LANES_MARGIN = 4.2, 1.8

# Room left of the time axis for the numbers, and right of it for half a mark.
_LEFT, _RIGHT = 7.0 * MM, 1.2 * MM
_MARGIN = 0.9 * MM
# PDF/A ends a text at 32,767 bytes, and a letter may take two.
LONGEST_ALT = 10_000
_STRIP = 2.5 * MM


@dataclass(frozen=True, slots=True)
class PagePanel:
    """One drawing: SVG with real text, its size in millimetres, and its words."""

    svg: bytes
    width_mm: float
    height_mm: float
    alt: str


def fixed_heights(overview: Overview) -> dict[str, float]:
    """Return the heights of the panels that do not take the room that is left, without drawing."""
    heights = {"coverage": STRIP_HEIGHT, "dates": DATES_HEIGHT}
    if placed := _place_events(overview)[0]:
        heights["events"] = (max(each.row for each in placed) + 1) * _LANE + _LANES_MARGIN
    if overview.leading_labs.marks:
        heights["labs"] = LABS_HEIGHT
    if lanes := len(overview.timeline.lanes):
        heights["treatments"] = lanes * _LANE + _LANES_MARGIN
    return heights


def count_events_left_out(overview: Overview) -> int:
    """Return how many events find no room on the page's time axis."""
    return _place_events(overview)[1]


def _place_events(overview: Overview) -> tuple[tuple[PlacedEvent, ...], int]:
    events = [numbered.event for numbered in overview.timeline.events]
    return place_events(events, _axis(overview), PAGE.label)


def _axis(overview: Overview) -> TimeAxis:
    return TimeAxis(overview.period, PANEL_WIDTH * MM - _LEFT - _RIGHT)


def draw_panels(
    overview: Overview, metrics: Collection[str], rating_height: float, labs_height: float
) -> dict[str, PagePanel]:
    """Draw the panels of `metrics` and, where they have something to show, the others.

    Keys are the metrics' ids and ``dates``, ``labs``, ``treatments``, ``events``, ``coverage``.
    Placed at the same left edge, their days stand above each other. The sheet itself marks an
    example, so no panel does.
    """
    labs, lanes = overview.leading_labs, overview.timeline.lanes
    changes = [change.day for change in overview.timeline.changes]
    heights = fixed_heights(overview)

    def rating(series: MetricSeries) -> PagePanel:
        return _draw(
            overview,
            rating_height,
            describe_series(series),
            lambda panel: draw_rating_panel(
                panel, series, overview.classes, changes, ticks_left=True
            ),
        )

    drawn = {
        series.metric.id: rating(series)
        for series in overview.series
        if series.metric.id in metrics
    }
    if "labs" in heights:
        drawn["labs"] = _draw(
            overview,
            labs_height,
            describe_labs(labs),
            lambda panel: draw_lab_panel(panel, labs, changes, ticks_left=True),
            medium=PAGE_LABS,
        )
    if "treatments" in heights:
        drawn["treatments"] = _draw(
            overview,
            heights["treatments"],
            _describe_lanes(overview),
            lambda panel: draw_lanes(panel, lanes, _LANE * MM, _LANE * MM * 0.8),
        )
    if "events" in heights:
        placed, _ = _place_events(overview)
        drawn["events"] = _draw(
            overview,
            heights["events"],
            _describe_events(placed),
            lambda panel: draw_events(panel, placed, _LANE * MM),
        )
    drawn["coverage"] = _draw(
        overview,
        STRIP_HEIGHT,
        _describe_strip(overview),
        lambda panel: _draw_strip(panel, overview),
        _STRIP,
    )
    drawn["dates"] = _draw(
        overview,
        DATES_HEIGHT,
        translate("chart", "Time axis, {span}").format(span=span_words(overview.period)),
        lambda panel: write_dates(_levelled(panel), both_ends=True, inside=True),
    )
    return drawn


def _draw(
    overview: Overview,
    height_mm: float,
    alt: str,
    paint: Callable[[Panel], object],
    panel_height: float | None = None,
    medium: Medium = PAGE,
) -> PagePanel:
    """Draw one panel, `panel_height` points high; without it, as high as the drawing."""
    height = height_mm * MM

    def on(figure: "Figure") -> None:
        sheet = Sheet(figure, PRINT, medium)
        axis = _axis(overview)
        tall = height - 2 * _MARGIN if panel_height is None else panel_height
        paint(sheet.place(_LEFT, _MARGIN, axis, tall))

    svg = to_svg(PANEL_WIDTH * MM, height, on)
    told = alt if len(alt) <= LONGEST_ALT else alt[: LONGEST_ALT - 1] + "…"
    return PagePanel(svg, PANEL_WIDTH, height_mm, told)


def _draw_strip(panel: Panel, overview: Overview) -> None:
    draw_coverage_strip(panel, overview.period, overview.classes, overview.binning)
    write_dates(panel, both_ends=True)


def _levelled(panel: Panel) -> Panel:
    panel.scale(0, 1)
    return panel


def _describe_events(placed: Sequence[PlacedEvent]) -> str:
    told = "; ".join(f"{event.text}, {span_words(event.days)}" for event in placed[::-1])
    return translate("chart", "Events: {events}.").format(events=told)


def _describe_lanes(overview: Overview) -> str:
    parts = []
    for lane in overview.timeline.lanes:
        steps = lane.steps[-MOST_DESCRIBED // MOST_LANES :]
        told = [f"{step.text} {span_words(step.period)}".strip() for step in steps]
        if earlier := len(lane.steps) - len(steps):
            told.insert(0, translate("chart", "{n} earlier doses").format(n=earlier))
        parts.append(f"{lane.name}: {'; '.join(told)}")
    return translate("chart", "Treatments. {lanes}.").format(lanes=". ".join(parts))


def _describe_strip(overview: Overview) -> str:
    coverage = overview.coverage
    return translate(
        "chart",
        "Days logged, {span}: {same} on the same day, {later} filled in later, {unknown} at an"
        " unknown time, {unwell} too unwell to log, {paused} paused, {none} without an entry.",
    ).format(
        span=span_words(overview.period),
        same=coverage.same_day,
        later=coverage.next_day + coverage.later,
        unknown=coverage.unknown,
        unwell=coverage.unwell,
        paused=coverage.paused,
        none=coverage.missing,
    )
