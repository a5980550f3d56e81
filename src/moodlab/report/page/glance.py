"""The part "At a glance": completeness, changes, blood results and treatments in short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from moodlab.analysis.comparison import about_the_same_words, are_about_the_same
from moodlab.analysis.coverage import Coverage
from moodlab.analysis.days_when import DaysWhen
from moodlab.domain.courses import fold_name
from moodlab.domain.days import Period, brief_date, brief_span, short_date
from moodlab.domain.metrics import Every, Kind, Metric
from moodlab.domain.ratings import value_text
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.report.model import MetricReport, ReportModel
from moodlab.report.page.figures import shorten_text

NAMED_CHANGES = 4
NAMED_PAUSES = 3
NAMED_TREATMENTS = 4
PRINTED_DAYS_WHEN = 2
NAME_LENGTH = 40
NAMED_NOTICED, NOTICED_LENGTH = 3, 90

_SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "="}


def glance(model: ReportModel, *, compare: bool) -> Iterator[tuple[str, str]]:
    """Yield the labels and sentences; `compare` adds the comparison with the 28 days before."""
    yield translate("page", "Days logged"), coverage_sentence(model.coverage, model.period)
    if compare:
        yield (
            translate("page", "Last {days} days").format(days=_recent_days(model)),
            _comparison_sentence(model),
        )
    if changes := _treatment_changes(model.treatments, model.period):
        yield translate("page", "Treatment changes"), "; ".join(changes) + "."
    if taken := _as_needed_sentence(model):
        yield translate("page", "Taken as needed"), taken
    if noticed := _noticed_sentence(model):
        yield translate("page", "Noticed"), noticed
    for counted in model.days_when[:PRINTED_DAYS_WHEN]:
        yield translate("page", "Days when"), days_when_sentence(counted, model)


def coverage_sentence(coverage: Coverage, period: Period) -> str:
    """Return how many days have a rating, how late they were written, and what the others are."""
    sentences = [
        translate(
            "page",
            "{rated} of {days} days have a rating: {same} written the same day, {next} the next"
            " day, {later} later{unknown}.",
        ).format(
            rated=coverage.days_with_rating,
            days=coverage.days_begun,
            same=coverage.same_day,
            next=coverage.next_day,
            later=coverage.later,
            unknown=_unknown_words(coverage.unknown),
        )
    ]
    rest = (
        (coverage.unwell, translate("page", "too unwell to log {n}")),
        (coverage.paused, translate("page", "paused {n}") + _pauses_text(coverage, period)),
        (coverage.missing, translate("page", "no entry {n}")),
    )
    if others := ", ".join(text.format(n=n) for n, text in rest if n):
        sentences.append(translate("page", "Other days: {others}.").format(others=others))
    if coverage.not_begun:
        sentences.append(
            translate("page", "The journal begins on {day}.").format(
                day=short_date(period.first + timedelta(days=coverage.not_begun))
            )
        )
    if coverage.longest_gap is not None and coverage.longest_gap_days > 2:
        sentences.append(
            translate("page", "Longest stretch without a rating: {n} days ({span}).").format(
                n=coverage.longest_gap_days, span=brief_span(coverage.longest_gap, period)
            )
        )
    return " ".join(sentences)


def _pauses_text(coverage: Coverage, period: Period) -> str:
    spans = [brief_span(pause, period) for pause in coverage.pauses[-NAMED_PAUSES:]]
    if earlier := len(coverage.pauses) - len(spans):
        spans.insert(0, translate("page", "{n} earlier").format(n=earlier))
    return f" ({', '.join(spans)})"


def _unknown_words(days: int) -> str:
    if not days:
        return ""
    return translate("page", ", {n} at an unknown time").format(n=days)


def days_when_sentence(counted: DaysWhen, model: ReportModel) -> str:
    """Return how often conditions held together: ``mood ≥ 5 …: 12 of the 60 days with ….``."""
    known = {report.metric.id: report.metric for report in model.metrics}
    conditions = translate("page", " and ").join(
        _condition_words(known.get(metric), metric, sign, bound)
        for metric, sign, bound in counted.pin.conditions
    )
    return translate("page", "{conditions}: {days} of the {of} days with these values.").format(
        conditions=conditions, days=counted.days, of=counted.of
    )


def _condition_words(metric: Metric | None, metric_id: str, sign: str, bound: int) -> str:
    label = _in_sentence(metric.label if metric else metric_id)
    value = value_text(metric, bound) if metric else f"{Decimal(bound) / 1000:f}"
    return f"{label} {_SIGNS[sign]} {value}"


def treatments_sentence(treatments: Sequence[Treatment], period: Period) -> str:
    """Return ``Now: …. Stopped: ….``. A stopped treatment stays on the page."""
    running = [
        (treatment, dose)
        for treatment in treatments
        if (dose := treatment.dose_on(period.last)) is not None
    ]
    now = [_named(treatment, dose.text) for treatment, dose in running]
    # What was taken up again is not stopped, and what was stopped twice is named once.
    goes_on = {fold_name(treatment.name) for treatment, _ in running}
    ended: dict[str, tuple[date, str]] = {}
    for treatment in sorted(treatments, key=lambda treatment: treatment.last_day or date.max):
        name = fold_name(treatment.name)
        if treatment.last_day and treatment.last_day < period.last and name not in goes_on:
            ended[name] = (treatment.last_day, _named(treatment, ""))
    stopped = [f"{name} ({short_date(day)})" for day, name in sorted(ended.values(), reverse=True)]
    if not now and not stopped:
        return translate("page", "None entered.")
    none = translate("page", "none")
    return translate("page", "Now: {now}. Stopped: {stopped}.").format(
        now=_some(now) or none, stopped=_some(stopped) or none
    )


def _recent_days(model: ReportModel) -> int:
    return min(28, len(model.period))


def _comparison_sentence(model: ReportModel) -> str:
    # Four weeks have too few values of what is asked once a week to be compared.
    scales = [
        report
        for report in model.metrics
        if report.metric.kind is Kind.SCALE and report.metric.every is Every.DAY
    ]
    named, alike, too_few = [], 0, 0
    for report in scales:
        now, before = report.recent.summary.median, report.previous.summary.median
        if now is None or before is None:
            too_few += 1
        elif not are_about_the_same(now - before):
            named.append(_difference(report, now, before))
        else:
            alike += 1
    if not named and not alike:
        return translate("page", "Too few values to compare with the 28 days before.")
    parts = named
    if alike:
        parts = [*named, f"{_others(alike, len(scales))} {about_the_same_words()}"]
    if too_few:
        parts.append(translate("page", "{n} with too few values").format(n=too_few))
    return translate("page", "Compared with the 28 days before: {parts}.").format(
        parts="; ".join(parts)
    )


def _difference(report: MetricReport, now: Decimal, before: Decimal) -> str:
    way = translate("page", "higher") if now > before else translate("page", "lower")
    return translate("page", "{label} {way}, {now} (n={n}) after {before} (n={n_before})").format(
        label=_in_sentence(shorten_text(report.metric.label, NAME_LENGTH)),
        way=way,
        now=f"{now:f}",
        n=report.recent.summary.n,
        before=f"{before:f}",
        n_before=report.previous.summary.n,
    )


def _in_sentence(label: str) -> str:
    """Return a label as it stands in a sentence, in lower case unless an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _others(alike: int, of: int) -> str:
    if alike == of:
        return translate("page", "all {n}").format(n=alike)
    words = translate("page", "{n} others") if alike > 1 else translate("page", "{n} other")
    return words.format(n=alike)


def _as_needed_sentence(model: ReportModel) -> str:
    """Return on how many days each treatment was taken as needed, and when last."""
    days: dict[str, tuple[str, list[date]]] = {}
    for treatment in model.treatments:
        taken = [day for day in treatment.as_needed_days if day in model.period]
        if taken:
            named = days.setdefault(fold_name(treatment.name), (_named(treatment, ""), []))
            named[1].extend(taken)
    parts = [
        (
            translate("page", "{name} on {n} days, last {day}")
            if len(set(taken)) > 1
            else translate("page", "{name} on {n} day, {day}")
        ).format(name=name, n=len(set(taken)), day=brief_date(max(taken), model.period))
        for name, taken in days.values()
    ]
    return f"{_some(parts)}." if parts else ""


def _noticed_sentence(model: ReportModel) -> str:
    """Return what was noticed of treatments that go on, in the person's own words."""
    parts = [
        f"{_named(treatment, '')}: “{shorten_text(treatment.noticed, NOTICED_LENGTH)}”"
        for treatment in model.treatments
        if treatment.noticed.strip() and treatment.dose_on(model.period.last) is not None
    ]
    return "; ".join(parts[:NAMED_NOTICED])


@dataclass(frozen=True, slots=True, order=True)
class _Change:
    """A start, dose step or end. `text` names the treatment, `brief` continues its last change."""

    day: date
    treatment: str
    text: str
    brief: str


def _treatment_changes(treatments: Sequence[Treatment], period: Period) -> list[str]:
    """Return the latest changes; consecutive changes of one treatment share one text."""
    changes = sorted(
        change
        for treatment in treatments
        for change in _changes_of(treatment, period)
        if change.day in period
    )
    texts: list[str] = []
    before = ""
    for change in changes[-NAMED_CHANGES:]:
        if change.treatment == before:
            texts[-1] += f", {change.brief}"
        else:
            texts.append(change.text)
        before = change.treatment
    if len(changes) > NAMED_CHANGES:
        more = translate("page", "{n} earlier changes").format(n=len(changes) - NAMED_CHANGES)
        texts.insert(0, more)
    return texts


def _changes_of(treatment: Treatment, period: Period) -> Iterator[_Change]:
    for index, dose in enumerate(treatment.doses):
        begun = (
            translate("page", "{name} from {day}")
            if index == 0
            else translate("page", "{name} from {day} (dose change)")
        )
        day = brief_date(dose.first_day, period)
        brief = translate("page", "{dose} from {day}")
        yield _Change(
            dose.first_day,
            treatment.id,
            begun.format(name=_named(treatment, dose.text), day=day),
            brief.format(dose=shorten_text(dose.text, NAME_LENGTH), day=day).strip(),
        )
    if treatment.last_day is not None:
        day = brief_date(treatment.last_day, period)
        ended = translate("page", "{name} until {day}")
        brief = translate("page", "until {day}")
        yield _Change(
            treatment.last_day,
            treatment.id,
            ended.format(name=_named(treatment, ""), day=day),
            brief.format(day=day),
        )


def _named(treatment: Treatment, dose: str) -> str:
    return shorten_text(f"{treatment.name} {dose}", NAME_LENGTH)


def _some(names: Sequence[str]) -> str:
    """Return names apart by semicolons, since a dose may hold commas."""
    listed = "; ".join(names[:NAMED_TREATMENTS])
    if len(names) <= NAMED_TREATMENTS:
        return listed
    more = translate("page", "and {n} more").format(n=len(names) - NAMED_TREATMENTS)
    return f"{listed}; {more}"
