"""The overview chart: one panel for each metric, coverage and blood results on one time axis."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from moodlab.analysis.overview import Overview, read_overview
from moodlab.analysis.series import MetricSeries
from moodlab.charts.blood.rows import draw_labs, measure_labs, shown_labs
from moodlab.charts.chart import Chart, Drawn
from moodlab.charts.coverage_strip import draw_coverage_strip, write_dates
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import printable_line, shorten
from moodlab.charts.drawing.sheet import PX, SCREEN, Medium, Sheet
from moodlab.charts.lanes import Flag, draw_event_numbers, draw_lanes, place_flags
from moodlab.charts.rating_panel import draw_rating_panel
from moodlab.charts.table import tabulate_overview
from moodlab.charts.words import describe_overview, lines_beside, read_day
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.events import Event
from moodlab.domain.metrics import Direction
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Lengths at 100 % text size, in points.
LEFT_COLUMN = 200 * PX
RIGHT_COLUMN = 34 * PX
_HEADING = 30 * PX
_ROW = 72 * PX
_PANEL_TOP, _PANEL = 8 * PX, 56 * PX
_GROUP_GAP = 12 * PX
_STRIP_ROW, _STRIP = 34 * PX, 14 * PX
_DATES = 24 * PX
_LANE_PITCH, _LANE_BAR = 22 * PX, 17 * PX
_FLAG_ROW, _EVENT_ROW, _LIST_LINE = 16 * PX, 22 * PX, 20 * PX
_FOOT = 4 * PX
_NAME_PT = 10.5


def measure_overview(overview: Overview, width: float) -> float:
    """Return the height in points that the overview needs where it is `width` points wide."""
    groups = list(_groups(overview))
    height = _above_height(overview, _flags(overview, _time_axis(overview, width)))
    height += len(overview.series) * _ROW
    height += len(groups) * _HEADING + max(len(groups) - 1, 0) * _GROUP_GAP
    height += _STRIP_ROW + _DATES
    if overview.timeline.lanes:
        rows = len(overview.timeline.lanes) + bool(overview.timeline.more_lanes)
        height += _GROUP_GAP + _HEADING + rows * _LANE_PITCH
    if labs_height := measure_labs(overview):
        height += _GROUP_GAP + _HEADING + labs_height
    if listed := _listed(overview):
        height += _GROUP_GAP + _HEADING + len(listed) * _LIST_LINE
    return height + _FOOT


def draw_overview(
    figure: "Figure", overview: Overview, theme: Theme, medium: Medium = SCREEN
) -> Drawn:
    """Draw the overview over the whole of `figure`, which is `measure_overview` points high."""
    sheet = Sheet(figure, theme, medium)
    axis = _time_axis(overview, sheet.width)
    change_days = [change.day for change in overview.timeline.changes]
    top = _draw_above(sheet, overview, axis)
    first_panel = top + _HEADING + _PANEL_TOP
    for number, (direction, group) in enumerate(_groups(overview)):
        top += _GROUP_GAP if number else 0
        sheet.heading(top, _HEADING, _direction_words(direction))
        top += _HEADING
        for row, series in enumerate(group):
            if row:
                sheet.rule(top)
            panel = sheet.place(LEFT_COLUMN, top + _PANEL_TOP, axis, _PANEL)
            draw_rating_panel(
                panel, series, overview.classes, change_days, is_example=overview.is_example
            )
            _write_beside(sheet, top, series)
            top += _ROW
    last_panel = top - _ROW + _PANEL_TOP + _PANEL
    dates = top + (_STRIP_ROW + _STRIP) / 2, top + _STRIP_ROW + _DATES
    top = _draw_coverage(sheet, overview, axis, top)
    top = _draw_treatments(sheet, overview, axis, top)
    if measure_labs(overview):
        top += _GROUP_GAP
        sheet.heading(top, _HEADING, translate("chart", "BLOOD RESULTS"))
        top, foot = draw_labs(sheet, overview, axis, LEFT_COLUMN, top + _HEADING)
        last_panel = foot if shown_labs(overview) else last_panel
    _list_events(sheet, overview, top + _GROUP_GAP)
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


def _direction_words(direction: Direction) -> str:
    return {
        Direction.HIGHER_WORSE: translate("chart", "HIGHER = WORSE"),
        Direction.HIGHER_BETTER: translate("chart", "HIGHER = BETTER"),
        Direction.NEUTRAL: translate("chart", "NEITHER WAY IS BETTER"),
    }[direction]


def _write_beside(sheet: Sheet, top: float, series: MetricSeries) -> None:
    room = LEFT_COLUMN - 8 * PX
    name = shorten(series.metric.label, _NAME_PT, room, strong=True)
    sheet.write(0, top + 17 * PX, name, size=_NAME_PT, strong=True)
    for below, line in zip((36, 53), lines_beside(series), strict=True):
        sheet.write(0, top + below * PX, line, color=sheet.theme.muted)


def _time_axis(overview: Overview, width: float) -> TimeAxis:
    return TimeAxis(overview.period, width - LEFT_COLUMN - RIGHT_COLUMN)


def _flags(overview: Overview, axis: TimeAxis) -> list[Flag]:
    reach = axis.width + RIGHT_COLUMN
    return place_flags(overview.timeline.changes, axis, reach, SCREEN.label)


def _flag_height(flags: Sequence[Flag]) -> float:
    return max((flag.row + 1 for flag in flags), default=0) * _FLAG_ROW


def _above_height(overview: Overview, flags: Sequence[Flag]) -> float:
    """Return the extra room above the first heading, which itself leaves some."""
    events = _EVENT_ROW if overview.timeline.events else 0.0
    return max(0.0, events + _flag_height(flags) + 4 * PX - _HEADING)


def _draw_above(sheet: Sheet, overview: Overview, axis: TimeAxis) -> float:
    """Draw event numbers and the names of treatment changes so that they end at the first rule."""
    flags = _flags(overview, axis)
    top = _above_height(overview, flags)
    foot = top + _HEADING + _PANEL_TOP
    for flag in flags:
        middle = top + _HEADING - 2 * PX - (flag.row + 0.5) * _FLAG_ROW
        sheet.write(LEFT_COLUMN + flag.left, middle, flag.text, color=sheet.theme.muted)
        sheet.dash(LEFT_COLUMN + flag.line, middle - sheet.medium.label / 2, foot)
    if overview.timeline.events:
        place = top + _HEADING - 2 * PX - _flag_height(flags) - _EVENT_ROW
        draw_event_numbers(
            sheet.place(LEFT_COLUMN, place, axis, _EVENT_ROW), overview.timeline.events
        )
    return top


def _draw_coverage(sheet: Sheet, overview: Overview, axis: TimeAxis, top: float) -> float:
    sheet.rule(top)
    name = translate("chart", "Days logged")
    sheet.write(0, top + _STRIP_ROW / 2, name, size=_NAME_PT, strong=True)
    panel = sheet.place(LEFT_COLUMN, top + (_STRIP_ROW - _STRIP) / 2, axis, _STRIP)
    draw_coverage_strip(panel, overview.period, overview.classes, overview.binning)
    write_dates(panel)
    return top + _STRIP_ROW + _DATES


def _draw_treatments(sheet: Sheet, overview: Overview, axis: TimeAxis, top: float) -> float:
    timeline = overview.timeline
    if not timeline.lanes:
        return top
    top += _GROUP_GAP
    sheet.heading(top, _HEADING, translate("chart", "TREATMENTS"))
    top += _HEADING
    height = len(timeline.lanes) * _LANE_PITCH
    panel = sheet.place(LEFT_COLUMN, top + 3 * PX, axis, height)
    draw_lanes(panel, timeline.lanes, _LANE_PITCH, _LANE_BAR, named=False)
    room = LEFT_COLUMN - 8 * PX
    for row, lane in enumerate(timeline.lanes):
        middle = top + 3 * PX + (row + 0.5) * _LANE_PITCH
        sheet.write(0, middle, shorten(lane.name, _NAME_PT, room), size=_NAME_PT)
    top += height
    if timeline.more_lanes:
        more = translate("chart", "+ {n} more").format(n=timeline.more_lanes)
        sheet.write(0, top + 3 * PX + _LANE_PITCH / 2, more, color=sheet.theme.muted)
        top += _LANE_PITCH
    return top


def _listed(overview: Overview) -> Sequence[tuple[str, str, str]]:
    """Return number, date and text of each line of the list; earlier events are only counted."""
    numbered = [each for each in overview.timeline.events if each.number is not None]
    earlier = len(overview.timeline.events) - len(numbered)
    lines = (
        [("", "", translate("chart", "{n} earlier events").format(n=earlier))] if earlier else []
    )
    return lines + [
        (str(each.number), _event_days(each.event), each.event.words) for each in numbered
    ]


def _event_days(event: Event) -> str:
    if event.last_day is None or event.last_day == event.first_day:
        return short_date(event.first_day)
    return span_text(Period(event.first_day, event.last_day))


def _list_events(sheet: Sheet, overview: Overview, top: float) -> None:
    listed = _listed(overview)
    if not listed:
        return
    sheet.heading(top, _HEADING, translate("chart", "EVENTS"))
    top += _HEADING
    size = sheet.medium.label
    for row, (number, days, text) in enumerate(listed):
        middle = top + (row + 0.6) * _LIST_LINE
        line = shorten(printable_line(text), size, sheet.width - LEFT_COLUMN)
        sheet.write(0, middle, number)
        sheet.write(24 * PX, middle, days, color=sheet.theme.muted)
        sheet.write(LEFT_COLUMN, middle, line)


CHART = Chart(
    id="overview",
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
