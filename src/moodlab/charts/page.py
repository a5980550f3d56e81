"""The panels of the clinician's page as SVG: every one on exactly the same time axis."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodlab.analysis.lab_choice import mark_leading
from moodlab.analysis.overview import Overview, read_overview
from moodlab.analysis.series import MetricSeries
from moodlab.charts.blood.panel import draw_lab_panel
from moodlab.charts.blood.words import describe_labs
from moodlab.charts.coverage_strip import draw_coverage_strip, write_dates
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.render import to_svg
from moodlab.charts.drawing.sheet import MM, PAGE, Panel, Sheet
from moodlab.charts.lanes import draw_lanes
from moodlab.charts.rating_panel import draw_rating_panel
from moodlab.charts.words import describe_series, span_words
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.i18n import translate
from moodlab.theme import PRINT, Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Room left of the time axis for the numbers, and right of it for half a mark.
_LEFT, _RIGHT = 7.0 * MM, 1.2 * MM
_MARGIN = 0.9 * MM
_STRIP = 2.5 * MM
LANE_MM = 4.0


@dataclass(frozen=True, slots=True)
class PagePanel:
    """One drawing: SVG with real text, its size in millimetres, and its words."""

    svg: bytes
    width_mm: float
    height_mm: float
    alt: str


@dataclass(frozen=True, slots=True)
class PagePanels:
    """All drawings of the page. Placed at the same left edge, their days stand above each other.

    `ratings` are by metric id in the order of the chart. `labs` is what `mark_leading` chose, None
    where that has no mark; `lanes` is None without a treatment; `more_lanes` found no lane.
    """

    ratings: Mapping[str, PagePanel]
    labs: PagePanel | None
    lanes: PagePanel | None
    more_lanes: int
    strip: PagePanel


def page_panels(
    diary: Diary,
    period: Period,
    theme: Theme = PRINT,
    width_mm: float = 118.0,
    *,
    rating_mm: float = 16.0,
    labs_mm: float = 23.0,
    strip_mm: float = 8.6,
) -> PagePanels:
    """Draw the panels for `period`; heights are in millimetres and include a small margin."""
    overview = read_overview(diary, period)
    labs = mark_leading(diary, period)
    changes = [change.day for change in overview.timeline.changes]
    example = overview.is_example

    def draw(
        height_mm: float, alt: str, paint: Callable[[Panel], None], panel_mm: float | None = None
    ) -> PagePanel:
        height = height_mm * MM

        def on(figure: "Figure") -> None:
            sheet = Sheet(figure, theme, PAGE)
            axis = TimeAxis(period, sheet.width - _LEFT - _RIGHT)
            tall = height - 2 * _MARGIN if panel_mm is None else panel_mm * MM
            paint(sheet.place(_LEFT, _MARGIN, axis, tall))

        return PagePanel(to_svg(width_mm * MM, height, on), width_mm, height_mm, alt)

    def rating(series: MetricSeries) -> PagePanel:
        return draw(
            rating_mm,
            describe_series(series),
            lambda panel: draw_rating_panel(
                panel, series, overview.classes, changes, ticks_left=True, is_example=example
            ),
        )

    lanes = overview.timeline.lanes
    return PagePanels(
        ratings={series.metric.id: rating(series) for series in overview.series},
        labs=draw(
            labs_mm,
            describe_labs(labs),
            lambda panel: draw_lab_panel(panel, labs, changes, ticks_left=True, is_example=example),
        )
        if labs.marks
        else None,
        lanes=draw(
            len(lanes) * LANE_MM + 2 * _MARGIN / MM,
            _describe_lanes(overview),
            lambda panel: draw_lanes(panel, lanes, LANE_MM * MM, LANE_MM * MM * 0.8),
        )
        if lanes
        else None,
        more_lanes=overview.timeline.more_lanes,
        strip=draw(
            strip_mm,
            _describe_strip(overview),
            lambda panel: _draw_strip(panel, overview),
            panel_mm=_STRIP / MM,
        ),
    )


def _draw_strip(panel: Panel, overview: Overview) -> None:
    draw_coverage_strip(panel, overview.period, overview.classes, overview.binning)
    write_dates(panel)


def _describe_lanes(overview: Overview) -> str:
    parts = [
        f"{lane.name}: "
        + "; ".join(f"{step.text} {span_words(step.period)}".strip() for step in lane.steps)
        for lane in overview.timeline.lanes
    ]
    return translate("chart", "Treatments. {lanes}.").format(lanes=". ".join(parts))


def _describe_strip(overview: Overview) -> str:
    coverage = overview.coverage
    return translate(
        "chart",
        "Days logged, {span}: {same} on the same day, {later} filled in later, {unwell} too unwell"
        " to log, {paused} paused, {none} without an entry.",
    ).format(
        span=span_words(overview.period),
        same=coverage.same_day,
        later=coverage.next_day + coverage.later,
        unwell=coverage.unwell,
        paused=coverage.paused,
        none=coverage.no_entry,
    )
