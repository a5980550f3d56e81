"""One metric, large: every day, what the days before were like, and what else went on."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.figures import (
    short_figure_text,
    short_middle_half_text,
    titled,
    yes_days_text,
)
from moodlab.analysis.one_metric import (
    OneMetric,
    metrics_with_values,
    note_on,
    read_one_metric,
)
from moodlab.analysis.summaries import shorten as without_zeros
from moodlab.analysis.summaries import to_unit
from moodlab.charts.chart import Asked, Chart, Drawn, Subject, Table
from moodlab.charts.drawing.axis import value_scale
from moodlab.charts.drawing.fonts import shorten
from moodlab.charts.drawing.sheet import PX, SCREEN, Panel, Sheet
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
from moodlab.charts.table import middle_header, middles
from moodlab.charts.words import class_words, describe_series, direction_words, lines_beside
from moodlab.charts.writing import written
from moodlab.domain.days import long_date, span_text
from moodlab.domain.diary import Diary
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import value_text
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PANEL = 280 * PX
_BELOW_PANEL = 14 * PX
# Each value is written at its point where there is room for it.
LONGEST_WITH_NUMBERS = 28
_DOTS = (0, (0.8, 2.2))


def measure_one_metric(chart: OneMetric, width: float) -> float:
    """Return the height in points that the chart needs where it is `width` points wide."""
    axis = time_axis(chart.period, width)
    height = height_above(chart.timeline, axis) + HEADING + PANEL_TOP + _PANEL + _BELOW_PANEL
    return height + height_below(chart.timeline) + height_of_list(chart.timeline) + FOOT


def draw_one_metric(figure: "Figure", chart: OneMetric, theme: Theme) -> Drawn:
    """Draw the metric over the whole of `figure`, which is `measure_one_metric` points high."""
    sheet = Sheet(figure, theme, SCREEN)
    timeline, axis = chart.timeline, time_axis(chart.period, sheet.width)
    top = draw_above(sheet, timeline, axis)
    sheet.heading(top, HEADING, direction_words(chart.series.metric.direction))
    first = top + HEADING + PANEL_TOP
    panel = sheet.place(LEFT_COLUMN, first, axis, _PANEL)
    change_days = [change.day for change in timeline.changes]
    draw_rating_panel(panel, chart.series, chart.classes, change_days, is_example=chart.is_example)
    _draw_before(panel, chart)
    if len(chart.period) <= LONGEST_WITH_NUMBERS:
        _write_values(panel, chart)
    _draw_notes_and_draws(panel, chart)
    _write_beside(sheet, chart, top + HEADING)
    top, dates = draw_days_logged(sheet, chart.classes, axis, first + _PANEL + _BELOW_PANEL)
    top = draw_treatments(sheet, timeline, axis, top)
    list_events(sheet, timeline, top + GROUP_GAP)
    return Drawn(
        LEFT_COLUMN / sheet.width,
        (LEFT_COLUMN + axis.width) / sheet.width,
        first / sheet.height,
        (first + _PANEL) / sheet.height,
        (dates[0] / sheet.height, dates[1] / sheet.height),
    )


def _draw_before(panel: Panel, chart: OneMetric) -> None:
    """Draw the middle value of the stretch before as a dotted line, named at its left end."""
    median = chart.before.summary.median
    if median is None or chart.series.is_yes_no:
        return
    scale = value_scale(chart.series)
    y = float(median * THOUSAND) / scale.factor
    first, last = panel.axis.limits
    panel.lines(
        [((first, y), (last, y))],
        panel.theme.text,
        panel.medium.hair * 1.6,
        linestyles=[_DOTS],
        zorder=9,
    )


def _write_values(panel: Panel, chart: OneMetric) -> None:
    scale = value_scale(chart.series)
    rise = panel.level(9) - panel.level(0)
    for point in chart.series.points:
        if point.value is not None:
            text = written(short_figure_text(chart.series.metric, to_unit(point.value)))
            y = point.value / scale.factor
            panel.label(point.day.toordinal(), y + rise, text, ha="center", zorder=20)


def _draw_notes_and_draws(panel: Panel, chart: OneMetric) -> None:
    """Mark along the lower edge which days have a note (a line), and on which blood was drawn."""
    foot, head = panel.level(-9), panel.level(-3)
    noted = [record.day.toordinal() for record in chart.records if record.note]
    panel.lines(
        [((day, foot), (day, head)) for day in noted],
        panel.theme.muted,
        panel.medium.hair * 1.6,
        clip_on=False,
    )
    for excluded in (False, True):
        days = sorted(
            {each.collected.toordinal() for each in chart.labs if each.excluded is excluded}
        )
        panel.marks(
            days,
            [(foot + head) / 2] * len(days),
            "D",
            markersize=panel.medium.lab * 0.75,
            markerfacecolor=panel.theme.window if excluded else panel.theme.lab,
            markeredgecolor=panel.theme.lab,
            markeredgewidth=panel.medium.edge,
            clip_on=False,
        )


def _write_beside(sheet: Sheet, chart: OneMetric, top: float) -> None:
    series = chart.series
    name = shorten(titled(series.metric), NAME_PT, LEFT_COLUMN - 8 * PX, strong=True)
    sheet.write(0, top + 17 * PX, name, size=NAME_PT, strong=True)
    for number, line in enumerate((*lines_beside(series), *_before_lines(chart))):
        sheet.write(0, top + (36 + 17 * number) * PX, line, color=sheet.theme.muted)


def _before_lines(chart: OneMetric) -> tuple[str, ...]:
    if yes := _yes_before(chart):
        days = len(chart.before.period)
        return ("", translate("chart", "the {n} days before:").format(n=days), yes)
    middle = written(short_middle_half_text(chart.series.metric, chart.before.summary))
    if not middle:
        return ()
    return (
        "",
        translate("chart", "dotted: the {n} days before").format(n=len(chart.before.period)),
        translate("chart", "{middle}, n {n}").format(middle=middle, n=chart.before.summary.n),
    )


def _yes_before(chart: OneMetric) -> str:
    return yes_days_text(chart.before.summary) if chart.series.is_yes_no else ""


def describe_one_metric(chart: OneMetric) -> str:
    """Return the alternative text."""
    sentences = [describe_series(chart.series)]
    middle = written(short_middle_half_text(chart.series.metric, chart.before.summary))
    if yes := _yes_before(chart):
        sentences.append(
            translate("chart", "The {days} days before this range: {yes}.").format(
                days=len(chart.before.period), yes=yes
            )
        )
    elif middle:
        sentences.append(
            translate("chart", "The {days} days before this range: {middle}, n {n}.").format(
                days=len(chart.before.period), middle=middle, n=chart.before.summary.n
            )
        )
    if chart.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join(sentences)


def read_day(chart: OneMetric, day: date) -> str:
    """Return all that is known around the metric on one day."""
    number = (day - chart.period.first).days
    series = chart.series
    parts = [long_date(day), class_words(chart.classes[number])]
    value = next((point.value for point in series.points if point.day == day), None)
    if value is not None:
        parts.append(f"{series.metric.shown_label} {written(value_text(series.metric, value))}")
    middle = series.line.medians[number] if series.line is not None else None
    if middle is not None:
        parts.append(
            translate("chart", "7-day middle {middle}").format(
                middle=written(
                    short_figure_text(series.metric, without_zeros(Decimal(str(middle)) / THOUSAND))
                )
            )
        )
    parts += [
        f"{each.label} {each.printed_with_unit}" for each in chart.labs if each.collected == day
    ]
    parts += [change.text for change in chart.timeline.changes if change.day == day]
    parts += [
        each.event.words
        for each in chart.timeline.events
        if each.event.first_day <= day <= (each.event.last_day or each.event.first_day)
    ]
    if note := note_on(chart, day):
        parts.append(" ".join(note.split()))
    return " · ".join(parts)


def tabulate_one_metric(chart: OneMetric) -> Table:
    """Return one row for each day: the value, the line through it, and what else there was."""
    series = chart.series
    values = {point.day: point.value for point in series.points}
    has_middles = series.line is not None or bool(series.boxes)
    header = (
        translate("chart", "Day"),
        translate("chart", "Recorded"),
        titled(series.metric),
        *([middle_header(series)] if has_middles else []),
        translate("chart", "Blood results"),
        translate("chart", "Treatment changes"),
        translate("chart", "Events"),
        translate("chart", "Note"),
    )
    through = middles(series)
    rows = []
    for number, day in enumerate(chart.period):
        value = values.get(day)
        kind = chart.classes[number]
        rows.append(
            (
                day.isoformat(),
                "" if kind is DayClass.NO_ENTRY else class_words(kind),
                "" if value is None else written(short_figure_text(series.metric, to_unit(value))),
                *([through.get(day, "")] if has_middles else []),
                "; ".join(
                    f"{each.label} {each.printed_with_unit}"
                    for each in chart.labs
                    if each.collected == day
                ),
                "; ".join(each.text for each in chart.timeline.changes if each.day == day),
                "; ".join(each.event.words for each in chart.timeline.events if each.day == day),
                " ".join(note_on(chart, day).split()),
            )
        )
    return Table(header, tuple(rows))


def offer_metrics(diary: Diary, _today: date) -> tuple[Subject, ...]:
    """Return the metrics that have a value, in the person's own order."""
    with_values = metrics_with_values(diary)
    return tuple(
        Subject(each.metric.id, each.metric.shown_label)
        for each in diary.metrics
        if each.metric.id in with_values
    )


def explain_empty(chart: OneMetric) -> str:
    """Return why there is nothing to draw."""
    if chart.series.points:
        return ""
    return translate("chart", "{metric} has no value from {span}.").format(
        metric=chart.series.metric.shown_label, span=span_text(chart.period)
    )


CHART = Chart(
    id="one_metric",
    name=QT_TRANSLATE_NOOP("chart", "One metric"),
    title=QT_TRANSLATE_NOOP("chart", "What was it like day by day?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Each dot is one day: filled when it was written the same day, hollow when later. The line"
        " is the middle value of seven days, the band their middle half, the dotted line the middle"
        " value of the days before this range. Along the foot, a stroke marks a note and a diamond"
        " a blood draw.",
    ),
    read=read_one_metric,
    measure=measure_one_metric,
    draw=draw_one_metric,
    describe=describe_one_metric,
    read_day=read_day,
    tabulate=tabulate_one_metric,
    asked=Asked(QT_TRANSLATE_NOOP("chart", "Metric"), offer_metrics),
    explain_empty=explain_empty,
)
