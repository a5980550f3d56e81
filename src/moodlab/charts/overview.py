"""The overview chart: one panel for each metric, coverage and blood results on one time axis."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from moodlab.analysis.figures import titled
from moodlab.analysis.overview import Overview, read_overview
from moodlab.analysis.series import MetricSeries
from moodlab.charts.blood.rows import draw_labs, measure_labs, shown_labs
from moodlab.charts.chart import Chart, Drawn
from moodlab.charts.drawing.fonts import shorten
from moodlab.charts.drawing.sheet import PX, SCREEN, Medium, Sheet
from moodlab.charts.panels.rating_panel import draw_rating_panel
from moodlab.charts.panels.surroundings import (
    FOOT,
    GROUP_GAP,
    HEADING,
    LEFT_COLUMN,
    NAME_PT,
    PANEL_TOP,
    draw_above,
    draw_days_logged,
    draw_treatments,
    height_above,
    height_below,
    height_of_list,
    list_events,
    time_axis,
)
from moodlab.charts.table import tabulate_overview
from moodlab.charts.words import describe_overview, direction_words, lines_beside, read_day
from moodlab.domain.metrics import Direction
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Lengths at 100 % text size, in points.
_ROW = 72 * PX
_PANEL = 56 * PX


def measure_overview(overview: Overview, width: float) -> float:
    """Return the height in points that the overview needs where it is `width` points wide."""
    groups = list(_groups(overview))
    height = height_above(overview.timeline, time_axis(overview.period, width))
    height += len(overview.series) * _ROW
    height += len(groups) * HEADING + max(len(groups) - 1, 0) * GROUP_GAP
    height += height_below(overview.timeline)
    if labs_height := measure_labs(overview):
        height += GROUP_GAP + HEADING + labs_height
    return height + height_of_list(overview.timeline) + FOOT


def draw_overview(
    figure: "Figure", overview: Overview, theme: Theme, medium: Medium = SCREEN
) -> Drawn:
    """Draw the overview over the whole of `figure`, which is `measure_overview` points high."""
    sheet = Sheet(figure, theme, medium)
    timeline, axis = overview.timeline, time_axis(overview.period, sheet.width)
    change_days = [change.day for change in timeline.changes]
    top = draw_above(sheet, timeline, axis)
    first_panel = top + HEADING + PANEL_TOP
    for number, (direction, group) in enumerate(_groups(overview)):
        top += GROUP_GAP if number else 0
        sheet.heading(top, HEADING, direction_words(direction))
        top += HEADING
        for row, series in enumerate(group):
            if row:
                sheet.rule(top)
            panel = sheet.place(LEFT_COLUMN, top + PANEL_TOP, axis, _PANEL)
            draw_rating_panel(
                panel, series, overview.classes, change_days, is_example=overview.is_example
            )
            _write_beside(sheet, top, series)
            top += _ROW
    last_panel = top - _ROW + PANEL_TOP + _PANEL
    top, dates = draw_days_logged(sheet, overview.classes, axis, top)
    top = draw_treatments(sheet, timeline, axis, top)
    if measure_labs(overview):
        top += GROUP_GAP
        sheet.heading(top, HEADING, translate("chart", "BLOOD RESULTS"))
        top, foot = draw_labs(sheet, overview, axis, LEFT_COLUMN, top + HEADING)
        last_panel = foot if shown_labs(overview) else last_panel
    list_events(sheet, timeline, top + GROUP_GAP)
    return Drawn(
        LEFT_COLUMN / sheet.width,
        (LEFT_COLUMN + axis.width) / sheet.width,
        first_panel / sheet.height,
        last_panel / sheet.height,
        (dates[0] / sheet.height, dates[1] / sheet.height),
    )


def _groups(overview: Overview) -> Iterator[tuple[Direction, list[MetricSeries]]]:
    for direction, group in groupby(overview.series, lambda series: series.metric.direction):
        yield direction, list(group)


def _write_beside(sheet: Sheet, top: float, series: MetricSeries) -> None:
    room = LEFT_COLUMN - 8 * PX
    name = shorten(titled(series.metric), NAME_PT, room, strong=True)
    sheet.write(0, top + 17 * PX, name, size=NAME_PT, strong=True)
    for below, line in zip((36, 53), lines_beside(series), strict=True):
        sheet.write(0, top + below * PX, line, color=sheet.theme.muted)


CHART = Chart(
    id="overview",
    name=QT_TRANSLATE_NOOP("chart", "Overview"),
    title=QT_TRANSLATE_NOOP("chart", "How have the weeks been?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Each dot is one day: filled when it was written the same day, hollow when later, grey when"
        " nobody knows. The line is the middle value of seven days, the band their middle"
        " half. Hatching: three or more days without a rating. A cross: too unwell to log. Dashed"
        " lines: treatment changes. Nothing here shows a cause.",
    ),
    read=read_overview,
    measure=measure_overview,
    draw=draw_overview,
    describe=describe_overview,
    read_day=read_day,
    tabulate=tabulate_overview,
)
