"""All blood results over time, one panel for each test, with treatments on the same axis."""

from datetime import date
from typing import TYPE_CHECKING

from moodlab.analysis.overview import Overview, read_overview
from moodlab.charts.blood.rows import draw_labs, measure_labs, shown_labs
from moodlab.charts.blood.words import describe_labs
from moodlab.charts.chart import Chart, Drawn, Table
from moodlab.charts.drawing.sheet import PX, SCREEN, Sheet
from moodlab.charts.panels.surroundings import (
    FOOT,
    GROUP_GAP,
    HEADING,
    LEFT_COLUMN,
    draw_above,
    draw_treatments,
    height_above,
    height_of_list,
    height_of_treatments,
    list_events,
    time_axis,
)
from moodlab.domain.days import long_date, span_text
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import context_words, marked_left_out
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DATES = 24 * PX


def _results(overview: Overview) -> list[LabResult]:
    found = [each for labs in (overview.labs, *overview.other_labs) for each in labs.results]
    return sorted(found, key=lambda each: (each.collected, each.label))


def measure(overview: Overview, width: float) -> float:
    """Return the height in points that the chart needs where it is `width` points wide."""
    timeline = overview.timeline
    height = height_above(timeline, time_axis(overview.period, width)) + HEADING
    height += measure_labs(overview) + height_of_treatments(timeline)
    return height + height_of_list(timeline) + FOOT


def draw(figure: "Figure", overview: Overview, theme: Theme) -> Drawn:
    """Draw the panels over the whole of `figure`."""
    sheet, timeline = Sheet(figure, theme, SCREEN), overview.timeline
    axis = time_axis(overview.period, sheet.width)
    top = draw_above(sheet, timeline, axis)
    sheet.heading(top, HEADING, translate("chart", "BLOOD RESULTS"))
    first = top + HEADING
    top, foot = draw_labs(sheet, overview, axis, LEFT_COLUMN, first)
    dates = (foot, foot + _DATES)
    top = draw_treatments(sheet, timeline, axis, top)
    list_events(sheet, timeline, top + GROUP_GAP)
    return Drawn(
        LEFT_COLUMN / sheet.width,
        (LEFT_COLUMN + axis.width) / sheet.width,
        first / sheet.height,
        foot / sheet.height,
        (dates[0] / sheet.height, dates[1] / sheet.height),
    )


def describe(overview: Overview) -> str:
    """Return the alternative text: every result as printed."""
    sentences = [
        sentence
        for labs in (overview.labs, *overview.other_labs)
        if (sentence := describe_labs(labs))
    ]
    if overview.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join(sentences)


def read_day(overview: Overview, day: date) -> str:
    """Return the results of a day as printed."""
    parts = [long_date(day)]
    parts += [_printed(result) for result in _results(overview) if result.collected == day]
    parts += [change.text for change in overview.timeline.changes if change.day == day]
    return " · ".join(parts)


def _printed(result: LabResult) -> str:
    text = f"{result.label} {result.printed_with_unit}"
    return marked_left_out(text) if result.excluded else text


def tabulate(overview: Overview) -> Table:
    """Return one row for each result, newest last."""
    header = (
        translate("chart", "Day"),
        translate("chart", "Test"),
        translate("chart", "Result"),
        translate("chart", "Lab's range"),
        translate("chart", "Around the draw"),
        translate("chart", "Lab"),
        translate("chart", "Method"),
    )
    rows = tuple(
        (
            result.collected.isoformat(),
            result.label,
            marked_left_out(result.printed_with_unit)
            if result.excluded
            else result.printed_with_unit,
            result.range_text,
            ", ".join(context_words(each) for each in result.context),
            result.lab,
            result.method,
        )
        for result in _results(overview)
    )
    return Table(header, rows)


def explain_empty(overview: Overview) -> str:
    """Return why there is nothing to draw."""
    if shown_labs(overview):
        return ""
    return translate("chart", "No blood result can be drawn from {span}.").format(
        span=span_text(overview.period)
    )


CHART = Chart(
    id="labs",
    name=QT_TRANSLATE_NOOP("chart", "Blood results"),
    title=QT_TRANSLATE_NOOP("chart", "What did the blood tests say, and when?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Each mark is one result as printed; nothing joins two. A triangle is a bound, such as"
        " <0.3. Hollow results are left out. Grey is the range that your lab printed, where all"
        " results share one. Single results vary by themselves.",
    ),
    read=read_overview,
    measure=measure,
    draw=draw,
    describe=describe,
    read_day=read_day,
    tabulate=tabulate,
    explain_empty=explain_empty,
)
