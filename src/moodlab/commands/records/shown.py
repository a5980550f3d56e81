"""How records are shown by `list` and `day`: each as data for --json, with its own words."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from moodlab.analysis.figures import every_words
from moodlab.domain.days import short_date
from moodlab.domain.events import Event, Question
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Kind, TrackedMetric
from moodlab.domain.numbers import plain
from moodlab.domain.tracking.own_metrics import kind_word
from moodlab.domain.tracking.questionnaires import Measure, Questionnaire
from moodlab.domain.treatments import Taking, Treatment
from moodlab.i18n import translate
from moodlab.report.page.lab_list import lab_text, test_name

Data = dict[str, Any]
Shown = tuple[str, Data]


def day_or_none(day: date | None) -> str | None:
    """Return a day as ISO text."""
    return None if day is None else day.isoformat()


def show_lab(result: LabResult) -> Shown:
    """Return a blood result in words and as data."""
    aside = translate("list", " (left out of summaries)") if result.excluded else ""
    words = f"{short_date(result.collected)}  {test_name(result)} {lab_text(result)}{aside}"
    return words, lab_data(result) | {
        "assay": result.assay,
        "label": result.label,
        "range": result.range_text,
        "lab": result.lab,
        "method": result.method,
        "context": list(result.context),
        "note": result.note,
        "source": result.source,
    }


def lab_data(result: LabResult) -> dict[str, Any]:
    """Return a blood result as `lab` answers it: the value as printed, and the canonical one."""
    return {
        "id": result.id,
        "collected": result.collected.isoformat(),
        "analyte": result.analyte,
        "printed": result.value.text,
        "comparator": result.value.comparator,
        "value": None if result.value.number is None else plain(result.value.number),
        "unit": result.unit or None,
        "canonical": (
            None
            if result.canonical is None
            else {"value": plain(result.canonical), "unit": result.canonical_unit}
        ),
        "excluded": result.excluded,
    }


def show_treatment(treatment: Treatment, takings: Iterable[Taking]) -> Shown:
    """Return a course in words and as data, with the ids of its doses and single days."""
    taken = [each for each in takings if each.treatment == treatment.id]
    steps = "; ".join(
        translate("list", "{dose} from {day}").format(
            dose=dose.text or translate("list", "no dose given"), day=short_date(dose.first_day)
        )
        for dose in treatment.doses
    )
    end = (
        translate("list", ", until {day}").format(day=short_date(treatment.last_day))
        if treatment.last_day
        else ""
    )
    single = (
        translate("list", "; as needed on {days}").format(
            days=", ".join(short_date(each.day) for each in taken)
        )
        if taken
        else ""
    )
    return f"{treatment.name}, {steps}{end}{single}", {
        "id": treatment.id,
        "name": treatment.name,
        "kind": treatment.kind.value,
        "from": treatment.first_day.isoformat(),
        "to": day_or_none(treatment.last_day),
        "doses": [
            {"id": dose.id, "from": dose.first_day.isoformat(), "text": dose.text}
            for dose in treatment.doses
        ],
        "as_needed": [
            {"id": each.id, "day": each.day.isoformat(), "text": each.text} for each in taken
        ],
        "end_reason": treatment.end_reason,
        "noticed": treatment.noticed,
    }


def show_event(event: Event) -> Shown:
    """Return an event or appointment in words and as data."""
    last = event.last_day or event.first_day
    days = (
        short_date(event.first_day)
        if last == event.first_day
        else f"{short_date(event.first_day)} – {short_date(last)}"
    )
    kind = translate("list", " (appointment)") if event.is_appointment else ""
    return f"{days}  {event.words}{kind}", {
        "id": event.id,
        "from": event.first_day.isoformat(),
        "to": last.isoformat(),
        "appointment": event.is_appointment,
        "text": event.text,
        "with": event.whom or None,
    }


def show_question(question: Question) -> Shown:
    """Return a question in words and as data."""
    state = translate("list", " (answered)") if question.is_closed else ""
    if question.answered_day is not None:
        state += translate("list", " on {day}").format(day=short_date(question.answered_day))
    if question.answer:
        state += f": {question.answer}"
    return f"{short_date(question.asked_day)}  {question.text}{state}", {
        "id": question.id,
        "asked": question.asked_day.isoformat(),
        "text": question.text,
        "answered": question.is_closed,
        "answered_on": day_or_none(question.answered_day),
        "answer": question.answer,
        "on_page": question.on_page,
    }


def show_metric(tracked: TrackedMetric, today: date, own: Iterable[str]) -> Shown:
    """Return a metric in words and as data, with the spans in which it was asked."""
    metric, is_asked = tracked.metric, tracked.is_tracked_in(today, today)
    if is_asked:
        state = translate("list", "asked")
    elif tracked.spans:
        state = translate("list", "stopped")
    else:
        state = translate("list", "not asked")
    unit = metric.unit if metric.kind is Kind.NUMBER else ""
    short = translate("list", "in the short version") if tracked.is_short else ""
    about = ", ".join(
        filter(
            None,
            (kind_word(metric.kind), unit, metric.direction_text, every_words(metric.every), short),
        )
    )
    return f"{metric.shown_label} ({about}): {state}", {
        "id": metric.id,
        "label": metric.shown_label,
        "kind": kind_word(metric.kind),
        "unit": metric.unit or None,
        "direction": metric.direction.value,
        "low": metric.low_anchor,
        "high": metric.high_anchor,
        "own": metric.id in set(own),
        "asked": is_asked,
        "every": metric.every.value,
        "short": tracked.is_short,
        "spans": [
            {"from": day_or_none(first), "to": day_or_none(last)} for first, last in tracked.spans
        ],
    }


def show_questionnaire(given: Questionnaire) -> Shown:
    """Return a questionnaire's total in words and as data."""
    return f"{short_date(given.day)}  {given.name} {given.total}", {
        "id": given.id,
        "day": given.day.isoformat(),
        "name": given.name,
        "total": given.total,
        "lowest": given.lowest or None,
        "highest": given.highest or None,
    }


def show_measure(measure: Measure) -> Shown:
    """Return a measure in words and as data."""
    return f"{measure.kind} {measure.value} {measure.unit}".rstrip(), {
        "id": measure.id,
        "day": measure.day.isoformat(),
        "kind": measure.kind,
        "value": measure.value,
        "unit": measure.unit,
        "source": measure.source,
    }


def list_in_words(shown: Iterable[Shown], none: str) -> str:
    """Return a line for each, its id below; `none` where there is nothing."""
    return "\n".join(f"{words}\n    {data['id']}" for words, data in shown) or none


def data_of(shown: Iterable[Shown]) -> list[Mapping[str, Any]]:
    """Return only the data."""
    return [data for _, data in shown]
