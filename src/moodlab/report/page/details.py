"""The further pages: what the first one had no room for, and what lies beside draws and doses."""

from collections.abc import Iterator, Sequence

from moodlab.analysis.figures import span_of_values_text
from moodlab.analysis.summaries import Summary
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.events import Event
from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.treatments import TreatmentKind
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.model import ReportModel
from moodlab.report.page.beside import draws_table, eras_table
from moodlab.report.page.blocks import Table
from moodlab.report.page.figures import middle_text
from moodlab.report.page.glance import PRINTED_DAYS_WHEN, days_when_sentence
from moodlab.report.page.lab_list import all_labs

_KINDS = {
    TreatmentKind.MEDICINE: QT_TRANSLATE_NOOP("treatments", "medicine"),
    TreatmentKind.SUPPLEMENT: QT_TRANSLATE_NOOP("treatments", "supplement"),
    TreatmentKind.THERAPY: QT_TRANSLATE_NOOP("treatments", "therapy"),
    TreatmentKind.LIFESTYLE: QT_TRANSLATE_NOOP("treatments", "lifestyle"),
    TreatmentKind.DEVICE: QT_TRANSLATE_NOOP("treatments", "device"),
    TreatmentKind.OTHER: QT_TRANSLATE_NOOP("treatments", "other"),
}


def details(
    model: ReportModel, *, cut_labs: bool, cut_questions: bool, cut_notes: bool
) -> Iterator[Table]:
    """Yield the tables of the further pages; `cut_…` says what page one did not hold whole."""
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
    yield from draws_table(model)
    if model.treatments:
        yield _treatments(model)
    yield from eras_table(model)
    if model.events:
        yield _events(model.events)


def _questions(model: ReportModel) -> Table:
    return Table(
        heading=translate("page", "I'd like to discuss, in full"),
        heads=(translate("page", "Written down"), translate("page", "Question")),
        rows=tuple(
            (short_date(question.asked_day), _line(question.text))
            for question in model.printed_questions
        ),
        shares=(26, 156),
    )


def _notes(model: ReportModel) -> Table:
    return Table(
        heading=translate("page", "Notes ticked for this page"),
        heads=(translate("page", "Day"), translate("page", "Note")),
        rows=tuple((short_date(record.day), _line(record.note)) for record in model.notes),
        shares=(26, 156),
    )


def _further_metrics(model: ReportModel) -> Table | None:
    further = [report for report in model.metrics if report.metric.kind is not Kind.SCALE]
    if not any(report.summary.n for report in further):
        return None
    rows = tuple(
        (
            report.metric.label,
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
        shares=(34, 40, 40, 40, 28),
    )


def _further_days_when(model: ReportModel) -> Table:
    return Table(
        heading=translate("page", "Days when"),
        heads=(translate("page", "Conditions that the person chose"),),
        rows=tuple(
            (days_when_sentence(counted, model),) for counted in model.days_when[PRINTED_DAYS_WHEN:]
        ),
        shares=(182,),
    )


def _treatments(model: ReportModel) -> Table:
    rows = []
    for treatment in model.treatments:
        for index, dose in enumerate(treatment.doses):
            last = treatment.last_day_of(index)
            is_end = index + 1 == len(treatment.doses)
            remarks = (treatment.end_reason, treatment.noticed) if is_end else ()
            rows.append(
                (
                    treatment.name,
                    translate_marked(_KINDS[treatment.kind]),
                    _line(dose.text) or "–",
                    short_date(dose.first_day),
                    short_date(last) if last else translate("page", "goes on"),
                    "; ".join(_line(text) for text in remarks if text) or "–",
                )
            )
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
        rows=tuple(rows),
        shares=(40, 23, 33, 23, 23, 40),
    )


def _events(events: Sequence[Event]) -> Table:
    return Table(
        heading=translate("page", "Events"),
        heads=(translate("page", "When"), translate("page", "What")),
        rows=tuple(
            (
                span_text(Period(event.first_day, event.last_day))
                if event.last_day and event.last_day > event.first_day
                else short_date(event.first_day),
                _line(event.text),
            )
            for event in events
        ),
        shares=(42, 140),
    )


def _joined(metric: Metric, summary: Summary) -> str:
    middle = middle_text(metric, summary)
    return f"{middle.figures}, {middle.n}" if middle.figures else middle.n


def _line(text: str) -> str:
    return " ".join(text.split())
