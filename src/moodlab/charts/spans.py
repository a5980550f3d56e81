"""How named spans of days are drawn: one panel for each metric, with a box for each span."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from moodlab.analysis.figures import (
    short_figure_text,
    short_middle_half_text,
    span_of_values_text,
    titled,
    yes_days_text,
)
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.spans import Span, Spans
from moodlab.analysis.summaries import Summary
from moodlab.analysis.summaries import shorten as without_zeros
from moodlab.charts.blood.rows import draw_labs, measure_labs, shown_labs
from moodlab.charts.chart import Drawn, Table
from moodlab.charts.drawing.axis import value_scale
from moodlab.charts.drawing.fonts import shorten, text_width
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
    time_axis,
)
from moodlab.charts.words import class_words
from moodlab.domain.days import long_date, short_date, span_text
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import marked_left_out
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import value_text
from moodlab.i18n import translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROW, _PANEL = 72 * PX, 56 * PX
_WHOLE = 0.49  # of the days on either side of the middle, and a hair between neighbours


def measure_spans(result: Spans, width: float) -> float:
    """Return the height in points that the chart needs where it is `width` points wide."""
    overview = result.overview
    height = height_above(overview.timeline, time_axis(overview.period, width)) + HEADING
    height += len(overview.series) * _ROW + height_below(overview.timeline)
    if labs := measure_labs(overview):
        height += GROUP_GAP + HEADING + labs
    return height + FOOT


def draw_spans(figure: "Figure", result: Spans, theme: Theme, heading: str) -> Drawn:
    """Draw every metric over the whole of `figure`, with a box for each span."""
    sheet, overview = Sheet(figure, theme, SCREEN), result.overview
    timeline, axis = overview.timeline, time_axis(overview.period, sheet.width)
    top = draw_above(sheet, timeline, axis)
    sheet.heading(top, HEADING, heading)
    top += HEADING
    first = top + PANEL_TOP
    changes = [change.day for change in timeline.changes]
    changes += [span.drawn for span in result.spans if span.drawn is not None]
    for number, series in enumerate(overview.series):
        if number:
            sheet.rule(top)
        panel = sheet.place(LEFT_COLUMN, top + PANEL_TOP, axis, _PANEL)
        draw_rating_panel(
            panel,
            series,
            overview.classes,
            changes,
            is_example=overview.is_example,
            box_share=_WHOLE,
        )
        _write_middles(panel, series)
        name = shorten(titled(series.metric), NAME_PT, LEFT_COLUMN - 8 * PX, strong=True)
        sheet.write(0, top + 17 * PX, name, size=NAME_PT, strong=True)
        sheet.write(0, top + 36 * PX, series.metric.direction_text, color=theme.muted)
        top += _ROW
    foot = top - _ROW + PANEL_TOP + _PANEL
    top, dates = draw_days_logged(sheet, overview.classes, axis, top)
    top = draw_treatments(sheet, timeline, axis, top)
    if measure_labs(overview):
        top += GROUP_GAP
        sheet.heading(top, HEADING, translate("chart", "BLOOD RESULTS"))
        _, below = draw_labs(sheet, overview, axis, LEFT_COLUMN, top + HEADING)
        foot = below if shown_labs(overview) else foot
    return Drawn(
        LEFT_COLUMN / sheet.width,
        (LEFT_COLUMN + axis.width) / sheet.width,
        first / sheet.height,
        foot / sheet.height,
        (dates[0] / sheet.height, dates[1] / sheet.height),
    )


def _write_middles(panel: Panel, series: MetricSeries) -> None:
    """Write each middle value above its box, where the box is wide enough for it."""
    scale, size = value_scale(series), panel.medium.label
    rise = panel.level(7) - panel.level(0)
    for each in series.boxes:
        if each.median is None or each.q3 is None or each.period.last < series.period.first:
            continue
        text = short_figure_text(series.metric, _unit(each.median))
        if text_width(text, size) < len(each.period) * panel.axis.points_per_day:
            middle = (each.period.first.toordinal() + each.period.last.toordinal()) / 2
            low, high = panel.axis.limits
            panel.label(
                min(max(middle, low), high), each.q3 / scale.factor + rise, text, ha="center",
                color=panel.theme.text, zorder=20,
                bbox={"facecolor": panel.theme.window, "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip


def _unit(thousandths: float) -> Decimal:
    return without_zeros(Decimal(str(thousandths)) / THOUSAND)


# In words


def span_name(span: Span) -> str:
    """Return what a span is called: its dose, or the draw it leads to."""
    return span.label or draw_words(span)


def draw_words(span: Span) -> str:
    """Return the results of a draw as printed, and whether they are left out."""
    results = ", ".join(_result(each) for each in span.labs)
    day = short_date(span.drawn) if span.drawn is not None else ""
    return translate("chart", "{day}: {results}").format(day=day, results=results)


def _result(result: LabResult) -> str:
    text = f"{result.label} {result.printed_with_unit}"
    return marked_left_out(text) if result.excluded else text


def summary_words(series: MetricSeries, summary: Summary | None) -> str:
    """Return ``6 (5–7), n 12``, or how many values there are where they are too few."""
    if summary is None:
        return ""
    if series.is_yes_no and summary.n:
        return yes_days_text(summary)
    middle = short_middle_half_text(series.metric, summary)
    if not middle and series.is_sparse and summary.n:
        # What is asked once a week has few values, so each of them counts.
        middle = span_of_values_text(series.metric, summary)
    if not middle:
        return translate("chart", "too few (n {n})").format(n=summary.n)
    return translate("chart", "{middle}, n {n}").format(middle=middle, n=summary.n)


def describe_spans(result: Spans) -> str:
    """Return the alternative text: for each span its days and the middle of every metric."""
    sentences = [
        translate("chart", "{name}, {span}: {rated} of {days} days rated; {metrics}.").format(
            name=span_name(span),
            span=span_text(span.period),
            rated=span.days_with_rating,
            days=len(span.period),
            metrics="; ".join(
                f"{series.metric.shown_label} {summary_words(series, summary)}"
                for series in result.overview.series
                if (summary := dict(span.metrics).get(series.metric.id)) is not None
            ),
        )
        for span in result.spans
    ]
    if result.overview.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join(sentences)


def read_day(result: Spans, day: date) -> str:
    """Return the spans of a day with their middles, and the day's own values."""
    overview = result.overview
    parts = [long_date(day), class_words(overview.classes[(day - overview.period.first).days])]
    for series in overview.series:
        value = next((point.value for point in series.points if point.day == day), None)
        if value is not None:
            parts.append(f"{series.metric.shown_label} {value_text(series.metric, value)}")
    for span in result.spans:
        if day in span.period or day == span.drawn:
            parts.append(
                translate("chart", "{name} ({rated} of {days} days rated)").format(
                    name=span_name(span), rated=span.days_with_rating, days=len(span.period)
                )
            )
    return " · ".join(parts)


def tabulate_spans(result: Spans) -> Table:
    """Return one row for each span: its days, its blood results, and every metric's middle."""
    series = result.overview.series
    header = (
        translate("chart", "What"),
        translate("chart", "Days"),
        translate("chart", "Days rated"),
        *(each.metric.shown_label for each in series),
        translate("chart", "Blood results"),
    )
    rows = tuple(
        (
            span_name(span),
            span_text(span.period),
            translate("chart", "{n} of {days}").format(
                n=span.days_with_rating, days=len(span.period)
            ),
            *(summary_words(each, dict(span.metrics).get(each.metric.id)) for each in series),
            "; ".join(_result(each) for each in span.labs),
        )
        for span in result.spans
    )
    return Table(header, rows)
