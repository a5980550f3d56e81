"""What stands around the panels of a chart over time: dates, treatments and events.

Above them the numbers of events and the names of treatment changes, below them the strip of days
logged, the treatments, and the events as a list.
"""

from collections.abc import Sequence

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.smoothing import bin_rule
from moodlab.analysis.timeline import Timeline
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import printable_line, shorten
from moodlab.charts.drawing.sheet import PX, SCREEN, Sheet
from moodlab.charts.panels.coverage_strip import draw_coverage_strip, write_dates
from moodlab.charts.panels.lanes import Flag, draw_event_numbers, draw_lanes, place_flags
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.events import Event
from moodlab.i18n import translate

# Lengths at 100 % text size, in points.
LEFT_COLUMN = 200 * PX
RIGHT_COLUMN = 34 * PX
HEADING = 30 * PX
PANEL_TOP = 8 * PX
GROUP_GAP = 12 * PX
STRIP_ROW, STRIP = 34 * PX, 14 * PX
DATES = 24 * PX
FOOT = 4 * PX
NAME_PT = 10.5
_LANE_PITCH, _LANE_BAR = 22 * PX, 17 * PX
_FLAG_ROW, _EVENT_ROW, _LIST_LINE = 16 * PX, 22 * PX, 20 * PX


def time_axis(period: Period, width: float) -> TimeAxis:
    """Return the axis of a chart `width` points wide, between its two columns."""
    return TimeAxis(period, width - LEFT_COLUMN - RIGHT_COLUMN)


def height_above(timeline: Timeline, axis: TimeAxis) -> float:
    """Return the extra room above the first heading, which itself leaves some."""
    events = _EVENT_ROW if timeline.events else 0.0
    return max(0.0, events + _flag_height(_flags(timeline, axis)) + 4 * PX - HEADING)


def height_below(timeline: Timeline) -> float:
    """Return the room that the strip of days logged, its dates and the treatments take."""
    return STRIP_ROW + DATES + height_of_treatments(timeline)


def height_of_treatments(timeline: Timeline) -> float:
    """Return the room that the treatments take."""
    if not timeline.lanes:
        return 0.0
    rows = len(timeline.lanes) + bool(timeline.more_lanes)
    return GROUP_GAP + HEADING + rows * _LANE_PITCH


def height_of_list(timeline: Timeline) -> float:
    """Return the room that the list of events takes."""
    listed = _listed(timeline)
    return GROUP_GAP + HEADING + len(listed) * _LIST_LINE if listed else 0.0


def draw_above(sheet: Sheet, timeline: Timeline, axis: TimeAxis) -> float:
    """Draw event numbers and the names of treatment changes so that they end at the first rule.

    Returns where the first heading begins.
    """
    flags = _flags(timeline, axis)
    top = height_above(timeline, axis)
    foot = top + HEADING + PANEL_TOP
    for flag in flags:
        middle = top + HEADING - 2 * PX - (flag.row + 0.5) * _FLAG_ROW
        sheet.write(LEFT_COLUMN + flag.left, middle, flag.text, color=sheet.theme.muted)
        sheet.dash(LEFT_COLUMN + flag.line, middle - sheet.medium.label / 2, foot)
    if timeline.events:
        place = top + HEADING - 2 * PX - _flag_height(flags) - _EVENT_ROW
        draw_event_numbers(sheet.place(LEFT_COLUMN, place, axis, _EVENT_ROW), timeline.events)
    return top


def draw_days_logged(
    sheet: Sheet, classes: Sequence[DayClass], axis: TimeAxis, top: float
) -> tuple[float, tuple[float, float]]:
    """Draw the class of each day with the dates beneath; return the foot, and where dates stand."""
    dates = top + (STRIP_ROW + STRIP) / 2, top + STRIP_ROW + DATES
    sheet.rule(top)
    name = translate("chart", "Days logged")
    sheet.write(0, top + STRIP_ROW / 2, name, size=NAME_PT, strong=True)
    panel = sheet.place(LEFT_COLUMN, top + (STRIP_ROW - STRIP) / 2, axis, STRIP)
    draw_coverage_strip(panel, axis.period, classes, bin_rule(len(axis.period)))
    write_dates(panel)
    return top + STRIP_ROW + DATES, dates


def draw_treatments(sheet: Sheet, timeline: Timeline, axis: TimeAxis, top: float) -> float:
    """Draw the treatments as lanes; return the foot."""
    if not timeline.lanes:
        return top
    top += GROUP_GAP
    sheet.heading(top, HEADING, translate("chart", "TREATMENTS"))
    top += HEADING
    height = len(timeline.lanes) * _LANE_PITCH
    panel = sheet.place(LEFT_COLUMN, top + 3 * PX, axis, height)
    draw_lanes(panel, timeline.lanes, _LANE_PITCH, _LANE_BAR, named=False)
    room = LEFT_COLUMN - 8 * PX
    for row, lane in enumerate(timeline.lanes):
        middle = top + 3 * PX + (row + 0.5) * _LANE_PITCH
        sheet.write(0, middle, shorten(lane.name, NAME_PT, room), size=NAME_PT)
    top += height
    if timeline.more_lanes:
        more = translate("chart", "+ {n} more").format(n=timeline.more_lanes)
        sheet.write(0, top + 3 * PX + _LANE_PITCH / 2, more, color=sheet.theme.muted)
        top += _LANE_PITCH
    return top


def list_events(sheet: Sheet, timeline: Timeline, top: float) -> None:
    """Write the events with their numbers and days."""
    listed = _listed(timeline)
    if not listed:
        return
    sheet.heading(top, HEADING, translate("chart", "EVENTS"))
    top += HEADING
    size = sheet.medium.label
    for row, (number, days, text) in enumerate(listed):
        middle = top + (row + 0.6) * _LIST_LINE
        line = shorten(printable_line(text), size, sheet.width - LEFT_COLUMN)
        sheet.write(0, middle, number)
        sheet.write(24 * PX, middle, days, color=sheet.theme.muted)
        sheet.write(LEFT_COLUMN, middle, line)


def _flags(timeline: Timeline, axis: TimeAxis) -> list[Flag]:
    return place_flags(timeline.changes, axis, axis.width + RIGHT_COLUMN, SCREEN.label)


def _flag_height(flags: Sequence[Flag]) -> float:
    return max((flag.row + 1 for flag in flags), default=0) * _FLAG_ROW


def _listed(timeline: Timeline) -> Sequence[tuple[str, str, str]]:
    """Return number, date and text of each line of the list; earlier events are only counted."""
    numbered = [each for each in timeline.events if each.number is not None]
    earlier = len(timeline.events) - len(numbered)
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
