"""Treatments with dated dose steps. A stopped treatment stays: it never leaves history or page.

A `Treatment` is one course. What was stopped and taken up again has several (`courses`).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from moodlab.domain.days import ONE_DAY, Period, refuse_future, refuse_odd_day, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.texts import LONGEST_NOTE, refuse_long
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked


class TreatmentKind(StrEnum):
    """What sort of treatment it is."""

    MEDICINE = "medicine"
    SUPPLEMENT = "supplement"
    THERAPY = "therapy"
    LIFESTYLE = "lifestyle"
    DEVICE = "device"
    OTHER = "other"


_KINDS = {
    TreatmentKind.MEDICINE: QT_TRANSLATE_NOOP("treatments", "medicine"),
    TreatmentKind.SUPPLEMENT: QT_TRANSLATE_NOOP("treatments", "supplement"),
    TreatmentKind.THERAPY: QT_TRANSLATE_NOOP("treatments", "therapy"),
    TreatmentKind.LIFESTYLE: QT_TRANSLATE_NOOP("treatments", "lifestyle"),
    TreatmentKind.DEVICE: QT_TRANSLATE_NOOP("treatments", "device"),
    TreatmentKind.OTHER: QT_TRANSLATE_NOOP("treatments", "other"),
}


def kind_words(kind: TreatmentKind) -> str:
    """Return the word for a kind of treatment."""
    return translate_marked(_KINDS[kind])


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose that began on `first_day` and runs until the next step or the treatment's end."""

    id: str
    first_day: date
    text: str


@dataclass(frozen=True, slots=True)
class Treatment:
    """What a person takes or does, from its first dose to `last_day` (included; None: ongoing)."""

    id: str
    name: str
    kind: TreatmentKind
    doses: tuple[Dose, ...]
    last_day: date | None = None
    end_reason: str = ""
    noticed: str = ""
    as_needed_days: tuple[date, ...] = ()

    @property
    def first_day(self) -> date:
        """The day of the first dose."""
        return self.doses[0].first_day

    def last_day_of(self, index: int) -> date | None:
        """The last day of dose number `index`, or None while it goes on."""
        if index + 1 < len(self.doses):
            return self.doses[index + 1].first_day - ONE_DAY
        return self.last_day

    def holds(self, day: date) -> bool:
        """Whether `day` lies between the first and the last day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def touches(self, period: Period) -> bool:
        """Whether any day of the treatment lies in `period`."""
        return self.first_day <= period.last and (
            self.last_day is None or self.last_day >= period.first
        )

    def dose_on(self, day: date) -> Dose | None:
        """The dose in force on `day`, if any."""
        if self.last_day is not None and day > self.last_day:
            return None
        running = [dose for dose in self.doses if dose.first_day <= day]
        return running[-1] if running else None


@dataclass(frozen=True, slots=True)
class Taking:
    """A day on which a treatment was taken as needed."""

    id: str
    treatment: str
    day: date
    text: str = ""


class AsNeeded(NamedTuple):
    """A treatment that may be taken as needed on a day, and the id of that day's tick."""

    treatment: str
    name: str
    taking: str | None


def refuse_odd_taking(day: date, text: str, calendar_today: date) -> None:
    """Raise Refused for a very long text, and for a day that can't be or has not come."""
    refuse_long(text)
    refuse_odd_day(day)
    refuse_future(day, calendar_today)


def refuse_odd_treatment(treatment: Treatment) -> None:
    """Raise Refused for a treatment without a name or dose, or with texts or days that can't be.

    A day to come may be: the next dose is often agreed before it begins.
    """
    refuse_odd_words(treatment)
    if not treatment.doses:
        raise Refused(
            translate("treatments", "{name} has no first day.").format(name=treatment.name)
        )
    for dose in treatment.doses:
        refuse_odd_dose(dose)
    for day in treatment.as_needed_days:
        refuse_odd_day(day)
    if treatment.last_day is not None:
        first = min(dose.first_day for dose in treatment.doses)
        if treatment.last_day < first:
            raise Refused(
                translate(
                    "treatments", "The last day ({last}) is before the first day ({first})."
                ).format(last=short_date(treatment.last_day), first=short_date(first))
            )
        end_treatment(treatment, treatment.last_day)


def refuse_odd_words(treatment: Treatment) -> None:
    """Raise Refused for a treatment whose name, words or end can't be, whatever its doses."""
    if not treatment.name.strip():
        raise Refused(translate("treatments", "The treatment needs a name."))
    refuse_long(treatment.name)
    for text in (treatment.end_reason, treatment.noticed):
        refuse_long(text, LONGEST_NOTE)
    if treatment.last_day is not None:
        refuse_odd_day(treatment.last_day)


def refuse_odd_dose(dose: Dose) -> None:
    """Raise Refused for a dose whose text is very long, or that begins on a day that can't be."""
    refuse_long(dose.text)
    refuse_odd_day(dose.first_day)


def parse_kind(text: str) -> TreatmentKind:
    """Read a treatment's kind. Raises Refused naming the known ones."""
    try:
        return TreatmentKind(text.strip().lower())
    except ValueError:
        raise Refused(
            translate("treatments", "“{text}” is not a kind of treatment. Use {known}.").format(
                text=text, known=", ".join(TreatmentKind)
            )
        ) from None


def step_dose(treatment: Treatment, dose: Dose, last_day: date | None) -> Treatment:
    """Return `treatment` with one more dose step, and ended on `last_day` if one is given.

    A step on a day that has one replaces its text; one that repeats the dose already in force
    changes nothing. Raises Refused when the end would cut off a later step.
    """
    in_force = treatment.dose_on(dose.first_day)
    if in_force is not None and in_force.first_day == dose.first_day:
        steps = tuple(
            replace(step, text=dose.text) if step is in_force else step for step in treatment.doses
        )
    elif in_force is not None and in_force.text == dose.text:
        steps = treatment.doses
    else:
        steps = tuple(sorted((*treatment.doses, dose), key=lambda step: step.first_day))
    changed = replace(treatment, doses=steps)
    return changed if last_day is None else end_treatment(changed, last_day)


def end_treatment(treatment: Treatment, last_day: date) -> Treatment:
    """Return `treatment` ended on `last_day`. Raises Refused when a dose begins after that."""
    latest = treatment.doses[-1]
    if latest.first_day > last_day:
        raise Refused(
            translate(
                "treatments",
                "{name} has a dose from {first}, after the end on {last}. Undo that dose first.",
            ).format(
                name=treatment.name,
                first=short_date(latest.first_day),
                last=short_date(last_day),
            )
        )
    return replace(treatment, last_day=last_day)
