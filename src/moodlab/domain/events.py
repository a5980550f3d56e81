"""Events, appointments and the questions for the next visit."""

from dataclasses import dataclass
from datetime import date

from moodlab.domain.days import Period


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


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or place to turn to, kept for the page "If you need help now"."""

    name: str
    reach: str
