"""Events, appointments and the questions for the next visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from moodlab.domain.days import Period
from moodlab.domain.errors import NeedsConfirmation
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day or over a span of days, in the person's own words."""

    id: str
    first_day: date
    text: str
    last_day: date | None = None
    is_appointment: bool = False

    def touches(self, period: Period) -> bool:
        """Whether any day of the event lies in `period`."""
        return self.first_day <= period.last and (self.last_day or self.first_day) >= period.first


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the visit, jotted on `asked_day`; the first three open ones are printed."""

    id: str
    asked_day: date
    text: str
    is_closed: bool = False


def question_repeat(question: Question, known: Iterable[Question]) -> None:
    """Raise NeedsConfirmation where the same question is open already."""
    words = _fold(question.text)
    if any(not other.is_closed and _fold(other.text) == words for other in known):
        raise NeedsConfirmation(
            translate("events", "“{text}” is on the list already. Ask it twice?").format(
                text=question.text
            )
        )


def question_same_event(event: Event, known: Iterable[Event]) -> None:
    """Raise NeedsConfirmation where an event of the same days and words is there already."""
    if any(_essence(other) == _essence(event) for other in known):
        raise NeedsConfirmation(
            translate("events", "“{text}” is saved for that day already. Save it twice?").format(
                text=event.text
            )
        )


def _essence(event: Event) -> tuple[object, ...]:
    return event.first_day, event.last_day, event.is_appointment, _fold(event.text)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or place to turn to, kept for the page "If you need help now"."""

    name: str
    reach: str
