"""All that is known about one day, in words and without Qt."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from moodlab.domain.days import (
    Period,
    Timeliness,
    brief_date,
    long_date,
    short_date,
    span_text,
    timeliness,
)
from moodlab.domain.events import Event, Question
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import Metric, TrackedMetric
from moodlab.domain.ratings import DayRecord, DayState, Rating, value_text
from moodlab.domain.tracking.questionnaires import Measure, Questionnaire
from moodlab.domain.treatments import Taking, Treatment
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.report.page.lab_list import lab_text, test_name
from moodlab.store.journal import Journal
from moodlab.ui.history.calendar.cells import TIMELINESS_WORDS, is_counted, latest_timeliness
from moodlab.ui.look.conventions import clock_text, decimal_text

_MEASURES = {
    "sleep_minutes": QT_TRANSLATE_NOOP("history", "Asleep"),
    "steps": QT_TRANSLATE_NOOP("history", "Steps"),
    "resting_heart_rate": QT_TRANSLATE_NOOP("history", "Resting heart rate"),
    "hrv_sdnn_ms": QT_TRANSLATE_NOOP("history", "Heart rate variability"),
}


class Fact(NamedTuple):
    """One line: `text` with its `value` at the end, and what is said about it below.

    `is_open` says that the value stands for an answer that was not given.
    """

    text: str
    value: str = ""
    aside: str = ""
    is_open: bool = False


class Section(NamedTuple):
    """What belongs together under one heading."""

    heading: str
    facts: tuple[Fact, ...]


class DayFacts(NamedTuple):
    """One day: its name, its mark, when it was written, and the rest by kind."""

    title: str
    state: str
    written: str
    sections: tuple[Section, ...]


class Records(NamedTuple):
    """What is not kept by the day: read once, and again after a change."""

    metrics: tuple[TrackedMetric, ...]
    events: tuple[Event, ...]
    treatments: tuple[Treatment, ...]
    takings: tuple[Taking, ...]
    labs: tuple[LabResult, ...]
    questions: tuple[Question, ...]
    totals: tuple[Questionnaire, ...]


def read_records(journal: Journal) -> Records:
    """Read all of it."""
    return Records(
        journal.read_metrics(),
        journal.events.read_events(),
        journal.treatments.read_all(),
        journal.treatments.read_takings(),
        journal.labs.read_all(),
        journal.events.read_questions(),
        journal.questionnaires.read_all(),
    )


def read_facts(journal: Journal, day: date, records: Records) -> DayFacts:
    """Return what is known about `day`."""
    today = journal.today()
    given = {name: found[0] for name, found in journal.days.read_ratings(day, day).items()}
    record = journal.days.read_day(day)
    measures = journal.questionnaires.read_measures(day, day)
    sections = (
        Section("", tuple(_answers(day, given, records.metrics, bool(given)))),
        Section(translate("history", "Note"), tuple(_note(record))),
        Section(
            translate("history", "Events"),
            tuple(_event(event, day) for event in records.events if _is_on(event, day)),
        ),
        Section(translate("history", "Treatments"), tuple(_doses(day, records))),
        Section(
            translate("history", "Blood results"),
            tuple(_lab(result) for result in records.labs if result.collected == day),
        ),
        Section(
            translate("history", "Questionnaires"),
            tuple(_total(each) for each in records.totals if each.day == day),
        ),
        Section(
            translate("history", "Questions for the visit"),
            tuple(_question(each) for each in records.questions if each.asked_day == day),
        ),
        Section(translate("history", "Measured elsewhere"), tuple(map(_measure, measures))),
    )
    return DayFacts(
        long_date(day, Period.ending(today, 1)),
        _state(record),
        _written(day, today, given.values(), record),
        tuple(section for section in sections if section.facts),
    )


def _answers(
    day: date, given: dict[str, Rating], metrics: Iterable[TrackedMetric], has_any: bool
) -> Iterable[Fact]:
    """Return the answers; on a day that has any, also the ratings that were left open.

    Only an answer that was not written when most of the others were says so.
    """
    usual = Counter(each.timeliness for each in given.values()).most_common(1)
    for tracked in metrics:
        metric = tracked.metric
        if (rating := given.get(metric.id)) is not None:
            yield _answer(metric, rating, usual[0][0])
        elif has_any and is_counted(metric) and tracked.is_tracked_in(day, day):
            yield Fact(metric.shown_label, translate("history", "empty"), is_open=True)


def _answer(metric: Metric, rating: Rating, usual: Timeliness) -> Fact:
    value = (
        translate("history", "could not say")
        if rating.value is None
        else decimal_text(value_text(metric, rating.value))
    )
    beside = []
    if rating.timeliness is not usual:
        beside.append(translate_marked(TIMELINESS_WORDS[rating.timeliness]))
    if rating.source.partition(" ")[0] == "import":
        beside.append(translate("history", "imported"))
    elif rating.source == "paper":
        beside.append(translate("history", "from paper"))
    return Fact(metric.shown_label, value, ", ".join(beside))


def _state(record: DayRecord) -> str:
    if record.state is DayState.UNWELL:
        return translate("history", "Too unwell to log")
    if record.state is DayState.PAUSED:
        return translate("history", "Paused")
    return translate("history", "Left empty") if record.left_empty else ""


def _note(record: DayRecord) -> Iterable[Fact]:
    if record.note:
        aside = translate("history", "for my doctor") if record.note_for_doctor else ""
        yield Fact(record.note, "", aside)


def _is_on(event: Event, day: date) -> bool:
    return event.first_day <= day <= (event.last_day or event.first_day)


def _event(event: Event, day: date) -> Fact:
    last = event.last_day or event.first_day
    aside = []
    if event.is_appointment:
        aside.append(translate("history", "appointment"))
    if last != event.first_day:
        aside.append(span_text(Period(event.first_day, last)))
    return Fact(event.words, "", ", ".join(aside))


def _doses(day: date, records: Records) -> Iterable[Fact]:
    names = {course.id: course.name for course in records.treatments}
    for course in records.treatments:
        if (dose := course.dose_on(day)) is not None:
            since = translate("history", "since {day}").format(day=short_date(dose.first_day))
            yield Fact(f"{course.name} {dose.text}".rstrip(), "", since)
    for taking in records.takings:
        if taking.day == day:
            name = f"{names.get(taking.treatment, '')} {taking.text}".strip()
            yield Fact(name, "", translate("history", "taken as needed"))


def _lab(result: LabResult) -> Fact:
    aside = translate("history", "left out of summaries") if result.excluded else ""
    return Fact(f"{test_name(result)} {lab_text(result)}", "", aside)


def _total(given: Questionnaire) -> Fact:
    return Fact(f"{given.name} {given.total}")


def _question(question: Question) -> Fact:
    aside = translate("history", "answered") if question.is_closed else ""
    return Fact(question.text, "", aside)


def _measure(measure: Measure) -> Fact:
    words = _MEASURES.get(measure.kind)
    name = measure.kind if words is None else translate_marked(words)
    return Fact(f"{name} {measure.value} {measure.unit}".rstrip(), "", measure.source)


def _written(day: date, today: date, ratings: Iterable[Rating], record: DayRecord) -> str:
    """Return when the day was written: its class, and the last moment."""
    given = list(ratings)
    moments = [rating.recorded.local for rating in given if rating.recorded]
    latest = latest_timeliness(given)
    if record.recorded is not None:
        moments.append(record.recorded.local)
        latest = latest or timeliness(day, record.recorded.day)
    if latest is None:
        return ""
    if not moments or latest is Timeliness.UNKNOWN:
        return translate("history", "Time of writing unknown")
    forms = {
        Timeliness.SAME_DAY: translate("history", "Written the same day, {moment}"),
        Timeliness.NEXT_DAY: translate("history", "Added the next day, {moment}"),
        Timeliness.LATER: translate("history", "Added later, last {moment}"),
    }
    return forms[latest].format(moment=_moment(max(moments), day, today))


def _moment(moment: datetime, day: date, today: date) -> str:
    clock = clock_text(moment)
    if moment.date() == day:
        return clock
    return f"{brief_date(moment.date(), Period.ending(today, 1))}, {clock}"
