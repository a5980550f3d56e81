"""Treatments in lanes with their dose steps, and numbered events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from moodlab.domain.courses import fold_name
from moodlab.domain.days import ONE_DAY, Period
from moodlab.domain.diary import Diary
from moodlab.domain.events import Event
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate

MOST_LANES = 4
MOST_NUMBERED = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One dose, clipped to the period."""

    period: Period
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One treatment in a period, all its courses. `is_open` if it goes on after the last day."""

    name: str
    steps: tuple[Step, ...]
    as_needed_days: tuple[date, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class TreatmentChange:
    """A start, a dose step or an end inside the period.

    `day` is the first day on which the new state holds, so the line stands at its beginning.
    """

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class NumberedEvent:
    """An event with its number on the chart; None where only the list has room for it."""

    number: int | None
    day: date
    event: Event


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes by first day (at most four; `more_lanes` are left out), changes and events by day."""

    lanes: tuple[Lane, ...]
    more_lanes: int
    changes: tuple[TreatmentChange, ...]
    events: tuple[NumberedEvent, ...]


def read_timeline(diary: Diary, period: Period) -> Timeline:
    """Return the treatments and events that touch `period`, clipped to it."""
    courses: dict[str, list[Treatment]] = {}
    for treatment in diary.treatments:
        if treatment.touches(period):
            courses.setdefault(fold_name(treatment.name), []).append(treatment)
    changes = {
        name: [change for course in each for change in _changes(course, period)]
        for name, each in courses.items()
    }
    # A treatment that changed within the period comes before one that did not.
    by_interest = sorted(
        courses, key=lambda name: (not changes[name], -courses[name][-1].first_day.toordinal())
    )
    shown = sorted(
        by_interest[:MOST_LANES],
        key=lambda name: (courses[name][0].first_day, courses[name][0].name),
    )
    return Timeline(
        lanes=tuple(_lane(courses[name], period) for name in shown),
        more_lanes=len(courses) - len(shown),
        changes=tuple(
            sorted(
                (change for each in changes.values() for change in each),
                key=lambda change: (change.day, change.text),
            )
        ),
        events=_number(diary.events, period),
    )


def _lane(courses: Sequence[Treatment], period: Period) -> Lane:
    steps = []
    for course in courses:
        for index, dose in enumerate(course.doses):
            first = max(dose.first_day, period.first)
            last = min(course.last_day_of(index) or period.last, period.last)
            if first <= last:
                steps.append(Step(Period(first, last), dose.text))
    return Lane(
        name=courses[-1].name,
        steps=tuple(steps),
        as_needed_days=tuple(
            day for course in courses for day in course.as_needed_days if day in period
        ),
        is_open=any(course.last_day is None or course.last_day > period.last for course in courses),
    )


def _changes(treatment: Treatment, period: Period) -> list[TreatmentChange]:
    found = [
        TreatmentChange(
            dose.first_day, f"{treatment.name} {dose.text}" if dose.text else treatment.name
        )
        for dose in treatment.doses
        if dose.first_day in period
    ]
    if treatment.last_day is not None and treatment.last_day in period:
        text = translate("chart", "{treatment} stopped").format(treatment=treatment.name)
        found.append(TreatmentChange(treatment.last_day + ONE_DAY, text))
    return found


def _number(events: tuple[Event, ...], period: Period) -> tuple[NumberedEvent, ...]:
    """Number the latest twelve; earlier ones stay in the list without a number."""
    touching = sorted(
        (event for event in events if event.touches(period)),
        key=lambda event: (event.first_day, event.text),
    )
    without = max(len(touching) - MOST_NUMBERED, 0)
    return tuple(
        NumberedEvent(
            position - without + 1 if position >= without else None,
            max(event.first_day, period.first),
            event,
        )
        for position, event in enumerate(touching)
    )
