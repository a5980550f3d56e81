"""What the rows of the lanes are, and what each says in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from moodlab.domain.courses import course_text
from moodlab.domain.days import Period, short_date, span_text
from moodlab.domain.events import Event
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate


class LaneKind(Enum):
    """What a row is about."""

    RUNNING = auto()
    HEADING = auto()
    STOPPED = auto()
    EVENTS = auto()
    APPOINTMENTS = auto()


class Lane(NamedTuple):
    """One row; `words` say what its lane shows."""

    kind: LaneKind
    name: str
    words: str
    course: Treatment | None = None
    events: tuple[Event, ...] = ()


def is_stopped(course: Treatment, today: date) -> bool:
    """Whether a course has ended."""
    return course.last_day is not None and course.last_day < today


def lanes_of(treatments: Sequence[Treatment], events: Sequence[Event], today: date) -> list[Lane]:
    """Return the rows: what goes on, what stopped (the latest first), events, appointments."""
    running = [each for each in treatments if not is_stopped(each, today)]
    stopped = [each for each in treatments if is_stopped(each, today)]
    stopped.sort(key=lambda each: (each.last_day or today, each.id), reverse=True)
    lanes = [Lane(LaneKind.RUNNING, each.name, lane_words(each), each) for each in running]
    if stopped:
        lanes.append(Lane(LaneKind.HEADING, translate("treatments", "Stopped"), ""))
        lanes += [Lane(LaneKind.STOPPED, each.name, lane_words(each), each) for each in stopped]
    for kind, name, are_appointments in (
        (LaneKind.EVENTS, translate("treatments", "Events"), False),
        (LaneKind.APPOINTMENTS, translate("treatments", "Appointments"), True),
    ):
        own = tuple(each for each in events if each.is_appointment is are_appointments)
        if own:
            lanes.append(Lane(kind, name, _event_words(own), events=own))
    return lanes


def lane_words(course: Treatment) -> str:
    """Return a course in words, ``50 mg from 5 Oct 2026; 100 mg from 31 Oct 2026``."""
    steps = "; ".join(
        translate("treatments", "{dose} from {day}").format(
            dose=dose.text or translate("treatments", "no dose given"),
            day=short_date(dose.first_day),
        )
        for dose in course.doses
    )
    if course.last_day is not None:
        steps = translate("treatments", "{steps}; until {day}").format(
            steps=steps, day=short_date(course.last_day)
        )
    if course.as_needed_days:
        steps = translate("treatments", "{steps}; taken as needed on {n} days, last {day}").format(
            steps=steps, n=len(course.as_needed_days), day=short_date(course.as_needed_days[-1])
        )
    return steps


def event_days(event: Event) -> str:
    """Return the day of an event, or its first and last."""
    if event.last_day is None or event.last_day == event.first_day:
        return short_date(event.first_day)
    return span_text(Period(event.first_day, event.last_day))


def filter_courses(treatments: Iterable[Treatment], words: str) -> list[Treatment]:
    """Return those whose name, dose or kind contains `words`."""
    sought = words.casefold().strip()
    return [
        each
        for each in treatments
        if any(
            sought in text.casefold() for text in (each.name, *(dose.text for dose in each.doses))
        )
    ]


def filter_events(events: Iterable[Event], words: str) -> list[Event]:
    """Return those whose words contain `words`."""
    sought = words.casefold().strip()
    return [each for each in events if sought in each.words.casefold()]


def course_line(course: Treatment) -> str:
    """Return a course's name with its days, for sentences."""
    return f"{course.name}, {course_text(course)}"


def _event_words(events: Sequence[Event]) -> str:
    return "; ".join(f"{event_days(each)} {each.words}" for each in reversed(events))
