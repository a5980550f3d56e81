"""Every sentence of the page, made from the ReportModel and from nothing else.

PDF and text lay these out; JSON lists them as ``words``. So the three can't contradict each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.labs import LabResult, Position
from moodlab.domain.metrics import Direction, Kind
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.report.figures import (
    figure_text,
    lab_text,
    middle_text,
    span_of_values_text,
    test_name,
)
from moodlab.report.model import MetricReport, ReportModel

LAB_ROWS = 5
GLANCE_LABS = 4
NAMED_DOSES = 4

INTENDED_PURPOSE = (
    "MoodLab is a personal journal. It stores and displays what you enter so that you can look back"
    " and share it. It does not diagnose, monitor, predict or treat any condition, gives no medical"
    " advice, and must not be used to start, stop or change treatment."
)

_POSITIONS = {
    Position.BELOW: "below the lab's range",
    Position.WITHIN: "within the lab's range",
    Position.ABOVE: "above the lab's range",
    Position.CANNOT_BE_PLACED: "cannot be placed in the lab's range",
}


@dataclass(frozen=True, slots=True)
class MetricRow:
    """The words at the left of one panel."""

    id: str
    name: str
    direction: str
    recent: str
    previous: str
    span: str
    extra: str


@dataclass(frozen=True, slots=True)
class LabRow:
    """One line of the lab table."""

    day: str
    test: str
    printed: str
    range: str
    position: str
    remark: str


@dataclass(frozen=True, slots=True)
class PageText:
    """The page's text, block by block in the order in which it is read."""

    title: str
    example: str
    identity: tuple[tuple[str, str], ...]
    glance: tuple[str, ...]
    legend: tuple[str, ...]
    rows: tuple[MetricRow, ...]
    lab_caption: str
    lab_rows: tuple[LabRow, ...]
    labs_left_out: str
    treatments: str
    questions: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    how_to_read: str
    purpose: str
    footer: str


def write_page(model: ReportModel) -> PageText:
    """Return all text of the page for `model`."""
    shown = model.labs[-LAB_ROWS:]
    left_out = len(model.labs) - len(shown)
    return PageText(
        title=translate("page", "Symptom diary summary (self-reported)"),
        example=translate("page", "EXAMPLE: invented data") if model.is_example else "",
        identity=(
            (translate("page", "Name"), model.identity.name),
            (translate("page", "Born"), model.identity.born),
            (
                translate("page", "Period"),
                translate("page", "{span} ({days} days)").format(
                    span=span_text(model.period), days=len(model.period)
                ),
            ),
            (translate("page", "Data up to"), short_date(model.data_up_to)),
        ),
        glance=tuple(_glance(model)),
        legend=_legend(),
        rows=tuple(_metric_row(report, model) for report in model.metrics if _has_row(report)),
        lab_caption=translate("page", "Blood results, as the lab printed them"),
        lab_rows=tuple(_lab_row(result) for result in shown),
        labs_left_out=(
            translate("page", "{n} earlier results are not listed here.").format(n=left_out)
            if left_out
            else ""
        ),
        treatments=_treatments_line(model.treatments, model.period),
        questions=tuple(question.text for question in model.printed_questions),
        notes=tuple((short_date(note.day), note.note) for note in model.notes),
        how_to_read=_how_to_read(),
        purpose=translate("page", INTENDED_PURPOSE),
        footer=translate("page", "MoodLab {version} · data up to {day}").format(
            version=model.version, day=short_date(model.data_up_to)
        ),
    )


def page_words(model: ReportModel) -> Iterator[str]:
    """Yield every text of the page in reading order."""
    page = write_page(model)
    yield page.title
    if page.example:
        yield page.example
    for label, value in page.identity:
        if value:
            yield f"{label}: {value}"
    yield from page.glance
    yield from page.legend
    for row in page.rows:
        yield from (row.name, row.direction, row.recent, row.previous, row.span)
        if row.extra:
            yield row.extra
    if page.lab_rows:
        yield page.lab_caption
    for lab in page.lab_rows:
        yield " · ".join(
            text for text in (lab.day, lab.test, lab.printed, lab.range, lab.position, lab.remark)
            if text
        )  # fmt: skip
    if page.labs_left_out:
        yield page.labs_left_out
    yield page.treatments
    yield from page.questions
    for day, note in page.notes:
        yield f"{day}: {note}"
    yield from (page.how_to_read, page.purpose, page.footer)


def _glance(model: ReportModel) -> Iterator[str]:
    yield _coverage_sentence(model)
    yield _comparison_sentence(model)
    yield _labs_sentence(model.labs)
    if changes := _treatment_changes(model.treatments, model.period):
        yield translate("page", "Treatment changes in the period: {changes}.").format(
            changes="; ".join(changes)
        )
    for counted in model.days_when:
        labels = {report.metric.id: report.metric.label for report in model.metrics}
        conditions = translate("page", " and ").join(
            f"{labels.get(metric, metric).lower()} {_SIGNS[sign]} {bound / 1000:g}"
            for metric, sign, bound in counted.pin.conditions
        )
        yield translate("page", "Days when {conditions}: {days} of {of}.").format(
            conditions=conditions, days=counted.days, of=counted.of
        )


_SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "=": "="}


def _coverage_sentence(model: ReportModel) -> str:
    coverage = model.coverage
    rest = [
        (coverage.unwell, translate("page", "too unwell to log {n}")),
        (coverage.paused, translate("page", "paused {n}")),
        (coverage.no_entry, translate("page", "no entry {n}")),
    ]
    sentence = translate(
        "page",
        "Days with a rating: {rated} of {days} ({same} the same day, {next} the next day,"
        " {later} later).",
    ).format(
        rated=coverage.days_with_rating,
        days=coverage.days,
        same=coverage.same_day,
        next=coverage.next_day,
        later=coverage.later,
    )
    others = ", ".join(text.format(n=n) for n, text in rest if n)
    if others:
        sentence += translate("page", " Other days: {others}.").format(others=others)
    if coverage.longest_gap is not None and coverage.longest_gap_days > 2:
        sentence += translate("page", " Longest stretch without a rating: {n} days ({span}).").format(
            n=coverage.longest_gap_days, span=span_text(coverage.longest_gap)
        )
    return sentence


def _comparison_sentence(model: ReportModel) -> str:
    scales = [report for report in model.metrics if report.metric.kind is Kind.SCALE]
    named, alike, too_few = [], 0, 0
    for report in scales:
        now, before = report.recent.summary.median, report.previous.summary.median
        if now is None or before is None:
            too_few += 1
        elif abs(now - before) >= 1:
            way = translate("page", "higher") if now > before else translate("page", "lower")
            named.append(
                translate("page", "{label} {way} (middle value {now}, before {before})").format(
                    label=report.metric.label.lower(), way=way, now=f"{now:f}", before=f"{before:f}"
                )
            )
        else:
            alike += 1
    days = len(scales[0].recent.period) if scales else 28
    if not named and not alike:
        return translate(
            "page", "Too few values to set the last {days} days beside the 28 before."
        ).format(days=days)
    parts = named + (
        [translate("page", "{n} within 1 point").format(n=_others(alike, bool(named)))]
        if alike
        else []
    )
    if too_few:
        parts.append(translate("page", "{n} with too few values").format(n=too_few))
    return translate("page", "Last {days} days beside the 28 before: {parts}.").format(
        days=days, parts="; ".join(parts)
    )


def _others(alike: int, some_named: bool) -> str:
    if some_named:
        return translate("page", "the other {n}").format(n=alike) if alike > 1 else translate(
            "page", "the other one"
        )
    return translate("page", "all {n}").format(n=alike)


def _labs_sentence(labs: Sequence[LabResult]) -> str:
    if not labs:
        return translate("page", "Blood results in the period: none entered.")
    shown = labs[-GLANCE_LABS:]
    parts = [
        f"{test_name(result)} {lab_text(result)}, {short_date(result.collected, year=False)}"
        + (f" ({_context_text(result)})" if result.excluded else "")
        for result in shown
    ]
    count = translate("page", "Blood results ({n}): ") if len(shown) == len(labs) else translate(
        "page", "Blood results (last {shown} of {n}): "
    )
    return count.format(n=len(labs), shown=len(shown)) + "; ".join(parts) + "."


def _context_text(result: LabResult) -> str:
    words = ", ".join(context.replace("_", "-") for context in result.context)
    if not result.excluded:
        return words
    aside = translate("page", "set aside")
    return f"{words}; {aside}" if words else aside


def _treatment_changes(treatments: Sequence[Treatment], period: Period) -> list[str]:
    changes = []
    for treatment in treatments:
        for index, dose in enumerate(treatment.doses):
            if dose.first_day in period:
                name = f"{treatment.name} {dose.text}".strip()
                begun = translate("page", "{name} from {day}") if index == 0 else translate(
                    "page", "{name} from {day} (dose change)"
                )
                changes.append(
                    (dose.first_day,
                     begun.format(name=name, day=short_date(dose.first_day, year=False)))
                )  # fmt: skip
        if treatment.last_day is not None and treatment.last_day in period:
            ended = translate("page", "{name} until {day}").format(
                name=treatment.name, day=short_date(treatment.last_day, year=False)
            )
            changes.append((treatment.last_day, ended))
    texts = [text for _, text in sorted(changes)]
    if len(texts) <= NAMED_DOSES:
        return texts
    more = translate("page", "{n} earlier changes").format(n=len(texts) - NAMED_DOSES)
    return [more, *texts[-NAMED_DOSES:]]


def _treatments_line(treatments: Sequence[Treatment], period: Period) -> str:
    """Return ``Now: …; stopped: …``: a stopped treatment never leaves the page."""
    now = [
        f"{treatment.name} {dose.text}".strip()
        for treatment in treatments
        if (dose := treatment.dose_on(period.last)) is not None
    ]
    stopped = [
        f"{treatment.name} ({short_date(treatment.last_day)})"
        for treatment in treatments
        if treatment.last_day is not None and treatment.last_day < period.last
    ]
    if not now and not stopped:
        return translate("page", "Treatments: none entered.")
    none = translate("page", "none")
    return translate("page", "Now: {now}. Stopped: {stopped}.").format(
        now=", ".join(now) or none, stopped=", ".join(stopped) or none
    )


def _legend() -> tuple[str, ...]:
    return (
        translate("page", "same day"),
        translate("page", "filled in later"),
        translate("page", "7-day middle value, band = middle half"),
        translate("page", "no rating for 3 days or more"),
        translate("page", "too unwell to log"),
        translate("page", "treatment change"),
    )


def _has_row(report: MetricReport) -> bool:
    return report.metric.kind is Kind.SCALE


def _metric_row(report: MetricReport, model: ReportModel) -> MetricRow:
    metric = report.metric
    span = span_of_values_text(metric, report.summary)
    recent_days = len(report.recent.period)
    unable = report.summary.unable
    return MetricRow(
        id=metric.id,
        name=metric.label,
        direction=(
            metric.direction_text
            if metric.direction is not Direction.NEUTRAL
            else translate("page", "neither way is better")
        ),
        recent=translate("page", "last {days} d: {middle}").format(
            days=recent_days, middle=middle_text(metric, report.recent.summary)
        ),
        previous=translate("page", "28 d before: {middle}").format(
            middle=middle_text(metric, report.previous.summary)
        ),
        span=(
            translate("page", "period: {span}, n={n}").format(span=span, n=report.summary.n)
            if span
            else translate("page", "period: no value")
        )
        + (translate("page", ", could not say {n}").format(n=unable) if unable else ""),
        extra=_hours_asleep(model) if metric.id == "sleep" else "",
    )


def _hours_asleep(model: ReportModel) -> str:
    for report in model.metrics:
        if report.metric.id == "sleep_hours" and report.recent.summary.median is not None:
            return translate("page", "asleep {median}, n={n}").format(
                median=figure_text(report.metric, report.recent.summary.median),
                n=report.recent.summary.n,
            )
    return ""


def _lab_row(result: LabResult) -> LabRow:
    position = result.position
    return LabRow(
        day=short_date(result.collected),
        test=test_name(result),
        printed=lab_text(result),
        range=(
            translate("page", "lab's range {range}").format(range=result.range_text)
            if result.range_text
            else translate("page", "no range entered")
        ),
        position=translate("page", _POSITIONS[position]) if position else "",
        remark=", ".join(
            text for text in (_context_text(result), result.lab, result.method) if text
        ),
    )


def _how_to_read() -> str:
    return translate(
        "page",
        "How to read this. Ratings are the person's own, one per day, 0–10, for “today overall”."
        " Number = middle value (median); brackets = middle half of the days; n = days with a"
        " value. Hollow points were written after that day ended. Gaps are unknown, not good or bad"
        " days. Changes over time do not show a cause. Nothing is assumed between blood results."
        " No diagnosis or advice; not checked by a clinician. Made on the person's own computer;"
        " nothing was sent anywhere. Not for emergencies.",
    )
