"""The detail pages: what does not fit on the first page, and ratings beside draws and doses."""

from collections.abc import Iterator, Sequence
from datetime import date

from moodlab.analysis.figures import every_words, span_of_values_text
from moodlab.analysis.summaries import Summary
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.events import Event
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.treatments import kind_words
from moodlab.i18n import translate
from moodlab.report.model import ReportModel
from moodlab.report.page.blocks import Table
from moodlab.report.page.day_list import appendix
from moodlab.report.page.figures import middle_text, short_middle_text
from moodlab.report.page.glance import PRINTED_DAYS_WHEN, days_when_sentence
from moodlab.report.page.lab_list import (
    all_labs,
    choose_labs,
    lab_text,
    tells_inflammation,
    test_name,
)
from moodlab.report.page.more_details import days_in_detail
from moodlab.report.page.newest import keep_newest

# Every table of the details stands on the same grid of 24 columns.
METRICS_IN_A_TABLE = 5
RESULTS_OF_A_DAY = 3


def details(
    model: ReportModel, *, cut_labs: bool, cut_questions: bool, cut_notes: bool
) -> Iterator[Table]:
    """Yield the tables of the detail pages. `cut_…` says what the first page shortened."""
    if cut_questions:
        yield _questions(model)
    if cut_notes:
        yield _notes(model)
    if further := _further_metrics(model):
        yield further
    if len(model.days_when) > PRINTED_DAYS_WHEN:
        yield _further_days_when(model)
    if cut_labs or any(result.lab or result.method for result in model.labs):
        yield all_labs(model.labs)
    yield from _draws(model)
    if model.treatments:
        yield _treatments(model)
    yield from _eras(model)
    if model.events:
        yield _events(model.events)
    yield from days_in_detail(model)
    if model.options.has_appendix and model.has_summary:
        yield from appendix(model)


def _questions(model: ReportModel) -> Table:
    return Table(
        heading=translate("page", "I’d like to discuss, in full"),
        heads=(translate("page", "Written down"), translate("page", "Question")),
        rows=tuple(
            (short_date(question.asked_day), _line(question.text))
            for question in model.printed_questions
        ),
        shares=(4, 20),
    )


def _notes(model: ReportModel) -> Table:
    notes, others = keep_newest(model.notes, lambda record: record.day)
    return Table(
        heading=translate("page", "Notes ticked for this page"),
        heads=(translate("page", "Day"), translate("page", "Note")),
        rows=tuple((short_date(record.day), _line(record.note)) for record in notes),
        shares=(4, 20),
        remark=others,
    )


def _further_metrics(model: ReportModel) -> Table | None:
    further = [report for report in model.metrics if report.metric.kind is not Kind.SCALE]
    if not any(report.summary.n for report in further):
        return None
    rows = tuple(
        (
            ", ".join(filter(None, (report.metric.label, every_words(report.metric.every)))),
            _joined(report.metric, report.recent.summary),
            _joined(report.metric, report.previous.summary),
            _joined(report.metric, report.summary),
            span_of_values_text(report.metric, report.summary) or "–",
        )
        for report in further
    )
    recent = further[0].recent.period
    return Table(
        heading=translate("page", "Further figures"),
        heads=(
            translate("page", "What"),
            translate("page", "Last {days} days").format(days=len(recent)),
            translate("page", "28 days before"),
            translate("page", "Whole period"),
            translate("page", "Lowest–highest"),
        ),
        rows=rows,
        shares=(4, 5, 5, 5, 5),
    )


def _further_days_when(model: ReportModel) -> Table:
    return Table(
        heading=translate("page", "Days when"),
        heads=(translate("page", "Conditions that the person chose"),),
        rows=tuple(
            (days_when_sentence(counted, model),) for counted in model.days_when[PRINTED_DAYS_WHEN:]
        ),
        shares=(24,),
    )


def _treatments(model: ReportModel) -> Table:
    rows: list[tuple[date, tuple[str, ...]]] = []
    for treatment in model.treatments:
        for index, dose in enumerate(treatment.doses):
            last = treatment.last_day_of(index)
            is_end = index + 1 == len(treatment.doses)
            remarks = (treatment.end_reason, treatment.noticed) if is_end else ()
            rows.append(
                (
                    last or model.period.last,
                    (
                        treatment.name,
                        kind_words(treatment.kind),
                        _line(dose.text) or "–",
                        short_date(dose.first_day),
                        short_date(last) if last else translate("page", "goes on"),
                        "; ".join(_line(text) for text in remarks if text) or "–",
                    ),
                )
            )
    listed, others = keep_newest(rows, lambda row: row[0])
    return Table(
        heading=translate("page", "Treatments with dates and doses"),
        heads=(
            translate("page", "Treatment"),
            translate("page", "Kind"),
            translate("page", "Dose"),
            translate("page", "From"),
            translate("page", "To"),
            translate("page", "How it ended"),
        ),
        rows=tuple(cells for _, cells in listed),
        shares=(5, 3, 5, 3, 3, 5),
        remark=others,
    )


def _events(events: Sequence[Event]) -> Table:
    listed, others = keep_newest(events, lambda event: event.last_day or event.first_day)
    return Table(
        heading=translate("page", "Events"),
        heads=(translate("page", "When"), translate("page", "What")),
        rows=tuple(
            (
                span_text(Period(event.first_day, event.last_day))
                if event.last_day and event.last_day > event.first_day
                else short_date(event.first_day),
                _line(event.words),
            )
            for event in listed
        ),
        shares=(5, 19),
        remark=others,
    )


def _draws(model: ReportModel) -> Iterator[Table]:
    """Yield the 14 days before each draw, if any of them has enough values."""
    if not any(s.median is not None for draw in model.draws for _, s in draw.metrics):
        return
    draws, others = keep_newest(model.draws, lambda draw: draw.day)
    results = model.group_labs()
    lines = [
        ((short_date(draw.day), _results_words(results[draw.day])), dict(draw.metrics))
        for draw in draws
    ]
    yield from _figures_beside(
        model,
        lines,
        heading=translate("page", "Each draw beside the 14 days before it"),
        remark=translate(
            "page",
            "Middle value and n of those days, also for draws left out of summaries; at least 5 "
            "values. Days near a draw do not show a cause.",
        ),
        others=others,
        heads=(translate("page", "Drawn"), translate("page", "Result")),
        shares=(3, 6),
    )


def _results_words(results: Sequence[LabResult]) -> str:
    """Return the results of one day; of a large panel, a few and the number of the others."""
    telling = sum(map(tells_inflammation, results))
    shown = choose_labs(results, max(RESULTS_OF_A_DAY, telling))
    listed = "; ".join(f"{test_name(result)} {lab_text(result)}" for result in shown)
    if len(shown) == len(results):
        return listed
    return translate("page", "{results}; and {n} more").format(
        results=listed, n=len(results) - len(shown)
    )


def _eras(model: ReportModel) -> Iterator[Table]:
    """Yield the days of each dose, if any of them has enough values."""
    if not any(s.median is not None for era in model.eras for _, s in era.metrics):
        return
    eras, others = keep_newest(model.eras, lambda era: era.period.last)
    lines = [
        (
            (
                f"{era.treatment.name} {era.dose}".strip(),
                translate("page", "{span}: {rated} of {days}").format(
                    span=span_text(era.period),
                    rated=era.days_with_rating,
                    days=len(era.period),
                ),
            ),
            dict(era.metrics),
        )
        for era in eras
    ]
    yield from _figures_beside(
        model,
        lines,
        heading=translate("page", "The days of each dose"),
        remark=translate(
            "page",
            "Middle value and n within the period; at least 7 values. Doses may overlap; before and"
            " after does not show a cause.",
        ),
        others=others,
        heads=(
            translate("page", "Treatment"),
            translate("page", "Days, with a rating"),
        ),
        shares=(4, 5),
    )


def _figures_beside(
    model: ReportModel,
    lines: Sequence[tuple[tuple[str, ...], dict[str, Summary]]],
    *,
    heading: str,
    remark: str,
    others: str,
    heads: tuple[str, ...],
    shares: tuple[int, ...],
) -> Iterator[Table]:
    """Yield one table, or several if one has no room for all metrics."""
    metrics = [
        report.metric
        for report in model.metrics
        if any(
            (summary := figures.get(report.metric.id)) is not None and summary.n
            for _, figures in lines
        )
    ]
    for first in range(0, len(metrics), METRICS_IN_A_TABLE):
        shown = metrics[first : first + METRICS_IN_A_TABLE]
        yield Table(
            heading=heading
            if not first
            else translate("page", "{heading}, continued").format(heading=heading),
            heads=(*heads, *(metric.label for metric in shown)),
            rows=tuple(
                (*words, *(_cell(metric, figures) for metric in shown)) for words, figures in lines
            ),
            shares=(*shares, *(3 for _ in shown)),
            remark=f"{remark} {others}".strip() if not first else "",
        )


def _cell(metric: Metric, figures: dict[str, Summary]) -> str:
    summary = figures.get(metric.id)
    return "–" if summary is None else short_middle_text(metric, summary)


def _joined(metric: Metric, summary: Summary) -> str:
    middle = middle_text(metric, summary)
    return ", ".join(filter(None, (middle.figures, middle.n)))


def _line(text: str) -> str:
    return " ".join(text.split())
