"""The courses of one treatment: which of them an entry begins, changes, ends or joins.

What was stopped and taken up again has several courses of one name. No two hold the same day.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from moodlab.domain.days import ONE_DAY, Period, short_date, span_text
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import IdMaker, derived_id
from moodlab.domain.treatments import (
    Dose,
    Treatment,
    TreatmentKind,
    end_treatment,
    refuse_odd_treatment,
    step_dose,
)
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class DoseEntry:
    """One step as a person gives it; None stands for what was not said."""

    name: str
    dose: str | None
    first_day: date | None
    last_day: date | None
    kind: TreatmentKind | None


@dataclass(frozen=True, slots=True)
class Entered:
    """All courses of a treatment after an entry, and those that the entry changed."""

    courses: tuple[Treatment, ...]
    changed: tuple[Treatment, ...]


def fold_name(name: str) -> str:
    """Return what is equal for all spellings of one treatment's name."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def enter_dose(
    entry: DoseEntry, courses: Sequence[Treatment], new_id: IdMaker, *, confirmed: bool = False
) -> Entered:
    """Return the courses after `entry`; `courses` are all of that name before it.

    A dose changes the course that holds its day and keeps that course's end. Raises Refused when
    the days contradict each other or another course, and NeedsConfirmation when a course would go
    on after its end, or end before one of its doses.
    """
    _refuse_contradictions(entry)
    known = (
        _find_ended(entry, courses) if entry.first_day is None else _find_stepped(entry, courses)
    )
    changed: tuple[Treatment, ...]
    if known is None:
        changed = (_begin(entry, courses, new_id),)
    else:
        changed = _change(known, entry, new_id, confirmed=confirmed)
        if entry.kind is not None:
            changed = tuple(replace(course, kind=entry.kind) for course in changed)
    others = tuple(course for course in courses if course is not known)
    for course in changed:
        _refuse_overlap(course, known, others)
    return Entered(_in_order((*others, *changed)), changed)


def join_courses(courses: Sequence[Treatment]) -> Entered:
    """Return the courses of one name with those that share days made one.

    Raises Refused if no two share a day.
    """
    done: list[Treatment] = []
    changed: dict[str, Treatment] = {}
    for course in _in_order(courses):
        if done and share_a_day(done[-1], course):
            done[-1] = changed[done[-1].id] = _join(done[-1], course)
        else:
            done.append(course)
    if not changed:
        raise Refused(translate("treatments", "No two courses share a day. Nothing to join."))
    return Entered(tuple(done), tuple(changed.values()))


def share_a_day(one: Treatment, other: Treatment) -> bool:
    """Whether a day lies in both courses."""
    return one.holds(other.first_day) or other.holds(one.first_day)


def as_own_course(course: Treatment) -> Treatment:
    """Return a table's course with ids that name its first day too, as others may come before."""
    own_id = derived_id(course.id, course.first_day.isoformat())
    doses = tuple(
        replace(dose, id=derived_id(own_id, dose.first_day.isoformat())) for dose in course.doses
    )
    return replace(course, id=own_id, doses=doses)


def refuse_odd_course(changed: Treatment, treatments: Iterable[Treatment]) -> None:
    """Raise Refused for a corrected course whose steps, days or words can't be among the others."""
    days = [dose.first_day for dose in changed.doses]
    if len(set(days)) < len(days) or days != sorted(days):
        raise Refused(
            translate(
                "treatments", "Another dose of {name} begins then. Choose another day."
            ).format(name=changed.name)
        )
    refuse_odd_treatment(changed)
    refuse_shared_days(changed, treatments)


def refuse_shared_days(changed: Treatment, treatments: Iterable[Treatment]) -> None:
    """Raise Refused where `changed` newly shares a day with another course of its name."""
    known = tuple(treatments)
    before = next((each for each in known if each.id == changed.id), None)
    if before is not None and fold_name(before.name) != fold_name(changed.name):
        before = None
    others = [
        each
        for each in known
        if each.id != changed.id and fold_name(each.name) == fold_name(changed.name)
    ]
    _refuse_overlap(changed, before, others)


def find_overlaps(treatments: Iterable[Treatment]) -> Iterator[tuple[Treatment, Treatment]]:
    """Yield every two courses of one name that share a day, the earlier one first."""
    by_name: dict[str, list[Treatment]] = {}
    for treatment in treatments:
        by_name.setdefault(fold_name(treatment.name), []).append(treatment)
    for courses in by_name.values():
        yield from (pair for pair in combinations(_in_order(courses), 2) if share_a_day(*pair))


def course_text(course: Treatment) -> str:
    """Return ``1 Nov – 10 Nov 2026``, or ``from 1 Nov 2026`` while it goes on."""
    if course.last_day is None:
        return translate("treatments", "from {day}").format(day=short_date(course.first_day))
    if course.last_day == course.first_day:
        return short_date(course.first_day)
    return span_text(Period(course.first_day, course.last_day))


def _in_order(courses: Iterable[Treatment]) -> tuple[Treatment, ...]:
    return tuple(sorted(courses, key=lambda course: (course.first_day, course.id)))


def _refuse_contradictions(entry: DoseEntry) -> None:
    if not entry.name.strip():
        raise Refused(translate("treatments", "The treatment needs a name."))
    if entry.first_day is None:
        # A dose without its first day would be lost.
        if entry.last_day is None or entry.dose is not None:
            raise Refused(translate("treatments", "Give the first day with --from."))
    elif entry.last_day is not None and entry.last_day < entry.first_day:
        raise Refused(
            translate(
                "treatments", "The last day ({last}) is before the first day ({first})."
            ).format(last=short_date(entry.last_day), first=short_date(entry.first_day))
        )


def _find_ended(entry: DoseEntry, courses: Sequence[Treatment]) -> Treatment:
    """Return the course that holds the last day given, else the latest one begun before it."""
    assert entry.last_day is not None
    begun = [course for course in _in_order(courses) if course.first_day <= entry.last_day]
    if not begun:
        raise Refused(translate("treatments", "Give the first day with --from."))
    return _find_on(entry.last_day, begun) or begun[-1]


def _find_stepped(entry: DoseEntry, courses: Sequence[Treatment]) -> Treatment | None:
    """Return the course that holds the dose's first day, or that goes on from or begins with it."""
    first = entry.first_day
    assert first is not None
    found = _find_on(first, courses) or _find_on(first - ONE_DAY, courses)
    if found is None and entry.last_day is None:
        # Without an end, a dose runs until the next one, so the next course begins with it.
        found = next((each for each in _in_order(courses) if each.first_day > first), None)
    return found


def _find_on(day: date, courses: Sequence[Treatment]) -> Treatment | None:
    return next((course for course in reversed(_in_order(courses)) if course.holds(day)), None)


def _begin(entry: DoseEntry, courses: Sequence[Treatment], new_id: IdMaker) -> Treatment:
    assert entry.first_day is not None
    dose = Dose(new_id(), entry.first_day, _one_line(entry.dose or ""))
    earlier = courses[-1] if courses else None
    kind = entry.kind or (earlier.kind if earlier else TreatmentKind.MEDICINE)
    name = earlier.name if earlier else entry.name.strip()
    return Treatment(new_id(), name, kind, (dose,), entry.last_day)


def _change(
    known: Treatment, entry: DoseEntry, new_id: IdMaker, *, confirmed: bool
) -> tuple[Treatment, ...]:
    first, last = entry.first_day, entry.last_day
    is_after = first is not None and known.last_day is not None and first > known.last_day
    end = last if last is not None or is_after else known.last_day
    if known.last_day is not None and (end is None or end > known.last_day) and not confirmed:
        raise NeedsConfirmation(_goes_on(known, end))
    changed = _step(replace(known, last_day=None), entry, new_id)
    if end is None:
        return (changed,)
    later = [dose for dose in changed.doses if dose.first_day > end]
    if not later or later[0].first_day == end + ONE_DAY:
        return (end_treatment(changed, end),)
    if not confirmed:
        raise NeedsConfirmation(
            translate(
                "treatments",
                "{name} has a dose from {first}. With this end it counts as stopped for {span}.",
            ).format(
                name=known.name,
                first=short_date(later[0].first_day),
                span=span_text(Period(end + ONE_DAY, later[0].first_day - ONE_DAY)),
            )
        )
    before = tuple(dose for dose in changed.doses if dose.first_day <= end)
    return (
        replace(changed, doses=before, last_day=end, end_reason="", noticed=""),
        replace(changed, id=new_id(), doses=tuple(later), last_day=known.last_day),
    )


def _step(course: Treatment, entry: DoseEntry, new_id: IdMaker) -> Treatment:
    """Return `course` with the dose given. A dose that was not said stays as it was."""
    first = entry.first_day
    if first is None:
        return course
    if entry.dose is not None:
        return step_dose(course, Dose(new_id(), first, _one_line(entry.dose)), None)
    if first < course.first_day:
        return replace(course, doses=(replace(course.doses[0], first_day=first), *course.doses[1:]))
    return course


def _goes_on(known: Treatment, end: date | None) -> str:
    assert known.last_day is not None
    ended = short_date(known.last_day)
    if end is None:
        return translate("treatments", "{name} ended on {ended}. With this it goes on.").format(
            name=known.name, ended=ended
        )
    return translate(
        "treatments", "{name} ended on {ended}. With this it goes on until {last}."
    ).format(name=known.name, ended=ended, last=short_date(end))


def _refuse_overlap(
    course: Treatment, known: Treatment | None, others: Sequence[Treatment]
) -> None:
    """Refuse to share a day with another course, except where the two did so before."""
    for other in others:
        if share_a_day(course, other) and not (known and share_a_day(known, other)):
            raise Refused(
                translate(
                    "treatments",
                    "{name} has another course: {other}. Give a last day before it, or a first day"
                    " after it.",
                ).format(name=course.name, other=course_text(other))
            )


def _join(one: Treatment, other: Treatment) -> Treatment:
    """Return one course with the doses of both. Of two on one day, the one written later stays."""
    doses: dict[date, Dose] = {}
    for dose in sorted((*one.doses, *other.doses), key=lambda dose: dose.id):
        doses[dose.first_day] = dose
    ends = [course.last_day for course in (one, other) if course.last_day is not None]
    return replace(
        one,
        doses=tuple(doses[day] for day in sorted(doses)),
        last_day=max(ends) if len(ends) == 2 else None,
        end_reason=_join_words(one.end_reason, other.end_reason),
        noticed=_join_words(one.noticed, other.noticed),
        as_needed_days=tuple(sorted({*one.as_needed_days, *other.as_needed_days})),
    )


def _join_words(*texts: str) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _one_line(text: str) -> str:
    return " ".join(text.split())
