"""The overview as a table: exactly the plotted values, one row for each day."""

from datetime import date
from decimal import Decimal

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.figures import short_figure_text, titled
from moodlab.analysis.lab_marks import LabMarks
from moodlab.analysis.overview import Overview
from moodlab.analysis.series import MetricSeries
from moodlab.analysis.summaries import shorten, to_unit
from moodlab.charts.chart import Table
from moodlab.charts.words import class_words
from moodlab.charts.writing import written
from moodlab.domain.labs.words import marked_left_out
from moodlab.domain.metrics import THOUSAND
from moodlab.i18n import translate


def tabulate_overview(overview: Overview) -> Table:
    """Return the points, then what is drawn through them, then blood results and the rest."""
    header = [translate("chart", "Day"), translate("chart", "Recorded")]
    columns: list[dict[date, str]] = []
    for series in overview.series:
        header.append(titled(series.metric))
        columns.append(
            {
                point.day: written(short_figure_text(series.metric, to_unit(point.value)))
                for point in series.points
                if point.value is not None
            }
        )
    for series in overview.series:
        # What is asked once a week has nothing drawn through its points, nor has a day's yes.
        if series.line is not None or series.boxes:
            header.append(middle_header(series))
            columns.append(middles(series))
    substances = [overview.labs, *overview.other_labs]
    header += [
        *(labs.label for labs in substances),
        translate("chart", "Treatment changes"),
        translate("chart", "Events"),
    ]
    columns += [*(_labs(labs) for labs in substances), _changes(overview), _events(overview)]
    rows = [
        (
            day.isoformat(),
            "" if kind is DayClass.NO_ENTRY else class_words(kind),
            *(column.get(day, "") for column in columns),
        )
        for day, kind in zip(overview.period, overview.classes, strict=True)
    ]
    return Table(tuple(header), tuple(rows))


def as_tsv(table: Table) -> str:
    """Return the table with tabs between cells, as spreadsheets take it from the clipboard."""
    lines = (table.header, *table.rows)
    return "\n".join("\t".join(_plain(cell) for cell in line) for line in lines) + "\n"


def _plain(cell: str) -> str:
    """Return `cell` on one line, with a hyphen for a minus so that spreadsheets read it."""
    line = " ".join(cell.split())
    return f"-{line[1:]}" if line.startswith("−") else line


def middle_header(series: MetricSeries) -> str:
    """Return the heading of what is drawn through the points: a line, or boxes."""
    if series.is_yes_no:
        return translate("chart", "{label}, days with a yes").format(label=series.metric.label)
    if series.binning is None:
        return translate("chart", "{label}, 7-day middle").format(label=series.metric.label)
    if series.binning.name == "week":
        return translate("chart", "{label}, middle of the week").format(label=series.metric.label)
    return translate("chart", "{label}, middle of the month").format(label=series.metric.label)


def middles(series: MetricSeries) -> dict[date, str]:
    """Return the middle line by day, or each box on its first day."""
    if series.line is not None:
        drawn = zip(series.period, series.line.medians, strict=True)
        return {day: _text(series, median) for day, median in drawn if median is not None}
    if series.is_yes_no:
        return {
            each.period.first: translate("chart", "{yes} of {n}").format(
                yes=round(each.median / THOUSAND * each.n), n=each.n
            )
            for each in series.boxes
            if each.median is not None
        }
    return {
        each.period.first: f"{_text(series, each.median)}"
        f" ({_text(series, each.q1)}–{_text(series, each.q3)})"
        for each in series.boxes
        if each.median is not None and each.q1 is not None and each.q3 is not None
    }


def _text(series: MetricSeries, thousandths: float) -> str:
    figure = short_figure_text(series.metric, shorten(Decimal(str(thousandths)) / THOUSAND))
    return written(figure)


def _labs(labs: LabMarks) -> dict[date, str]:
    column: dict[date, str] = {}
    for result in labs.results:
        text = result.printed_with_unit
        if result.assay and labs.substance == "crp":
            text = translate("chart", "{result} (hs)").format(result=text)
        if result.excluded:
            text = marked_left_out(text)
        _append(column, result.collected, text)
    return column


def _changes(overview: Overview) -> dict[date, str]:
    column: dict[date, str] = {}
    for change in overview.timeline.changes:
        _append(column, change.day, change.text)
    return column


def _events(overview: Overview) -> dict[date, str]:
    column: dict[date, str] = {}
    for each in overview.timeline.events:
        _append(column, each.day, each.event.words)
    return column


def _append(column: dict[date, str], day: date, text: str) -> None:
    column[day] = f"{column[day]}; {text}" if day in column else text
