"""Events, appointments and the questions for the next visit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from moodlab.domain.days import Period, refuse_odd_day, short_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.texts import LONGEST_NOTE, refuse_long
from moodlab.i18n import translate

LONGEST_CONTACT = 300
# So many open questions fit on the page.
PRINTED_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day or over a span of days, in the person's own words."""

    id: str
    first_day: date
    text: str
    last_day: date | None = None
    is_appointment: bool = False
    whom: str = ""  # with whom an appointment is

    @property
    def words(self) -> str:
        """What it was, and with whom."""
        if not self.whom:
            return self.text
        return translate("events", "{what}, with {whom}").format(what=self.text, whom=self.whom)

    def touches(self, period: Period) -> bool:
        """Whether any day of the event lies in `period`."""
        return self.first_day <= period.last and (self.last_day or self.first_day) >= period.first


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the visit. Of the open ones ticked for the page the first three are printed.

    An answered one keeps the day and what was said.
    """

    id: str
    asked_day: date
    text: str
    is_closed: bool = False
    on_page: bool = True
    answered_day: date | None = None
    answer: str = ""


def answer_question(question: Question, day: date, answer: str) -> Question:
    """Return `question` as answered on `day`, with what was said."""
    return replace(question, is_closed=True, answered_day=day, answer=answer.strip())


def reopen_question(question: Question) -> Question:
    """Return `question` as open again, without an answer."""
    return replace(question, is_closed=False, answered_day=None, answer="")


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
    return event.first_day, event.last_day, event.is_appointment, _fold(event.words)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or place to turn to, kept for the page "If you need help now"."""

    name: str
    reach: str


def refuse_odd_event(event: Event) -> None:
    """Raise Refused for an event without words, with too many, or on days that can't be.

    A day to come may be: an appointment often is.
    """
    _refuse_empty(event.text)
    refuse_long(event.text)
    refuse_long(event.whom)
    refuse_odd_day(event.first_day)
    if event.last_day is not None:
        refuse_odd_day(event.last_day)
        if event.last_day < event.first_day:
            raise Refused(
                translate(
                    "events", "The last day ({last}) is before the first day ({first})."
                ).format(last=short_date(event.last_day), first=short_date(event.first_day))
            )


def refuse_odd_question(question: Question) -> None:
    """Raise Refused for a question without words, with too many, or of a day that can't be."""
    _refuse_empty(question.text)
    refuse_long(question.text, LONGEST_NOTE)
    refuse_long(question.answer, LONGEST_NOTE)
    refuse_odd_day(question.asked_day)
    if question.answered_day is not None:
        refuse_odd_day(question.answered_day)


def refuse_odd_contact(contact: Contact) -> None:
    """Raise Refused for texts that no field takes."""
    refuse_long(contact.name, LONGEST_CONTACT)
    refuse_long(contact.reach, LONGEST_CONTACT)


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise Refused(translate("events", "Nothing to save. Write a few words first."))
