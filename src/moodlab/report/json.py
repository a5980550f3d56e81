"""The ReportModel as JSON: the form that scripts and tests rely on (docs/interchange.md)."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from moodlab.analysis.comparison import Comparison
from moodlab.analysis.coverage import Coverage
from moodlab.analysis.days_when import DaysWhen
from moodlab.analysis.draws import Draw
from moodlab.analysis.eras import Era
from moodlab.analysis.summaries import Block, Summary
from moodlab.domain.days import Period
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.numbers import plain
from moodlab.domain.tracking.own_metrics import kind_word
from moodlab.domain.treatments import Treatment
from moodlab.report.glyphs import printable_model
from moodlab.report.model import MetricReport, ReportModel
from moodlab.report.page.words import page_words

FORMAT = "moodlab-report"
FORMAT_VERSION = 1

Json = dict[str, Any]


def write_json(model: ReportModel) -> str:
    """Return the report as JSON text, keys in a fixed order."""
    return json.dumps(to_json(model), ensure_ascii=False, indent=2) + "\n"


def to_json(model: ReportModel) -> Json:
    """Return the report as plain values. Ratings are JSON numbers, lab values decimal strings."""
    by_day = model.group_labs()
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "language": model.language,
        "example": model.is_example,
        "period": {**_span(model.period), "days": len(model.period)},
        "data_up_to": model.data_up_to.isoformat(),
        "identity": {"name": model.identity.name, "born": model.identity.born},
        "coverage": _coverage(model.coverage),
        "metrics": [_metric(report) for report in model.metrics],
        "labs": [_lab(result) for result in model.labs],
        "draws": [_draw(draw, result) for draw in model.draws for result in by_day[draw.day]],
        "treatments": [_treatment(treatment) for treatment in model.treatments],
        "eras": [_era(era, model.labs) for era in model.eras],
        "events": [
            {
                "id": event.id,
                "from": event.first_day.isoformat(),
                "to": event.last_day and event.last_day.isoformat(),
                "appointment": event.is_appointment,
                "text": event.text,
                "with": event.whom or None,
            }
            for event in model.events
        ],
        "questions": [
            {
                "id": question.id,
                "asked": question.asked_day.isoformat(),
                "closed": question.is_closed,
                "printed": question in model.printed_questions,
                "text": question.text,
                "answered": question.answered_day and question.answered_day.isoformat(),
            }
            for question in model.questions
        ],
        "notes": [{"day": note.day.isoformat(), "text": note.note} for note in model.notes],
        "days_when": [_days_when(counted) for counted in model.days_when],
        "questionnaires": [
            {
                "id": given.id,
                "day": given.day.isoformat(),
                "name": given.name,
                "total": given.total,
                "lowest": given.lowest or None,
                "highest": given.highest or None,
            }
            for given in model.questionnaires
        ],
        "weeks": [
            {
                **_span(week.period),
                "days_with_rating": week.rated,
                "same_day": week.same_day,
                "unwell_or_paused": week.away,
            }
            for week in model.weeks
        ],
        "around": model.around and _around(model.around),
        "without": sorted(model.options.without),
        "words": list(page_words(printable_model(model)[0])),
    }


def _span(period: Period) -> Json:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def _coverage(coverage: Coverage) -> Json:
    return {
        "days_with_rating": coverage.days_with_rating,
        "same_day": coverage.same_day,
        "next_day": coverage.next_day,
        "later": coverage.later,
        "unknown": coverage.unknown,
        "unwell": coverage.unwell,
        "paused": coverage.paused,
        "no_entry": coverage.no_entry,
        "before_first_entry": coverage.not_begun,
        "longest_gap_days": coverage.longest_gap_days,
    }


def number(value: Decimal | None) -> int | float | None:
    """Return a rating as a JSON number. It is exact, because ratings have few decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _figures(summary: Summary) -> Json:
    return {
        "n": summary.n,
        "unable": summary.unable,
        "median": number(summary.median),
        "q1": number(summary.q1),
        "q3": number(summary.q3),
        "reason": summary.reason,
    }


def _block(block: Block) -> Json:
    figures = _figures(block.summary)
    del figures["unable"]
    return {**_span(block.period), **figures}


def _metric(report: MetricReport) -> Json:
    return {
        "id": report.metric.id,
        "label": report.metric.label,
        "direction": report.metric.direction.value,
        "kind": kind_word(report.metric.kind),
        "every": report.metric.every.value,
        "unit": report.metric.unit,
        **_figures(report.summary),
        **_yes(report.metric, report.summary),
        "lowest": number(report.summary.lowest),
        "highest": number(report.summary.highest),
        "recent": _block(report.recent) | _yes(report.metric, report.recent.summary),
        "previous": _block(report.previous) | _yes(report.metric, report.previous.summary),
    }


def _yes(metric: Metric, summary: Summary) -> Json:
    """Return on how many of the n days the answer was yes, of what is answered so."""
    return {"yes": summary.above_zero} if metric.kind is Kind.YES_NO else {}


def _lab(result: LabResult) -> Json:
    return {
        "id": result.id,
        "collected": result.collected.isoformat(),
        "analyte": result.analyte,
        "assay": result.assay,
        "loinc": result.loinc,
        "printed": result.value.text,
        "comparator": result.value.comparator,
        "value": None if result.value.number is None else plain(result.value.number),
        "unit": result.unit,
        "canonical": (
            None
            if result.canonical is None
            else {"value": plain(result.canonical), "unit": result.canonical_unit}
        ),
        "range": result.range_text or None,
        "position": result.position and result.position.value,
        "context": list(result.context),
        "excluded": result.excluded,
        "lab": result.lab or None,
        "method": result.method or None,
    }


def _draw(draw: Draw, result: LabResult) -> Json:
    return {
        "lab": result.id,
        "window": _span(draw.window),
        "metrics": [{"id": metric, **_figures(summary)} for metric, summary in draw.metrics],
    }


def _treatment(treatment: Treatment) -> Json:
    last_days = [treatment.last_day_of(index) for index in range(len(treatment.doses))]
    return {
        "id": treatment.id,
        "name": treatment.name,
        "kind": treatment.kind.value,
        "from": treatment.first_day.isoformat(),
        "to": treatment.last_day and treatment.last_day.isoformat(),
        "doses": [
            {"from": dose.first_day.isoformat(), "to": last and last.isoformat(), "text": dose.text}
            for dose, last in zip(treatment.doses, last_days, strict=True)
        ],
    }


def _era(era: Era, labs: Sequence[LabResult]) -> Json:
    return {
        "treatment": era.treatment.id,
        "dose": era.dose,
        **_span(era.period),
        "days": len(era.period),
        "days_with_rating": era.days_with_rating,
        "metrics": [{"id": metric, **_figures(summary)} for metric, summary in era.metrics],
        "labs": [
            result.id for result in labs if result.collected in era.period and not result.excluded
        ],
    }


def _around(around: Comparison) -> Json:
    return {
        "day": around.around and around.around.isoformat(),
        "before": _span(around.first),
        "after": _span(around.second),
        "metrics": [
            {
                "id": pair.metric.id,
                "before": _figures(pair.first.summary),
                "after": _figures(pair.second.summary),
            }
            for pair in around.pairs
        ],
    }


def _days_when(counted: DaysWhen) -> Json:
    return {
        "conditions": [
            {"metric": metric, "sign": sign, "value": number(Decimal(bound) / 1000)}
            for metric, sign, bound in counted.pin.conditions
        ],
        "days": counted.days,
        "of": counted.of,
    }
