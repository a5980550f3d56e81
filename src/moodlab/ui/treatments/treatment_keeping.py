"""Writes to the journal what is asked for about a treatment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from moodlab.domain.changes import Changes
from moodlab.domain.courses import (
    DoseEntry,
    Entered,
    course_text,
    enter_dose,
    join_courses,
    refuse_odd_course,
)
from moodlab.domain.days import short_date
from moodlab.domain.errors import NeedsConfirmation
from moodlab.domain.ids import new_id
from moodlab.domain.treatments import Dose, Taking, Treatment
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.treatments.keeping import Keeping


class TreatmentKeeping(Keeping):
    """Adds, corrects and deletes courses, their doses and the days they were taken on."""

    def enter(
        self, entry: DoseEntry, then: Callable[[Treatment], object], *, confirmed: bool = False
    ) -> None:
        """Save a new treatment or a dose step; `then` gets the course that it changed."""
        book = self._journal.treatments
        try:
            entered = enter_dose(entry, book.read_courses(entry.name), new_id, confirmed=confirmed)
        except NeedsConfirmation as question:
            self._ask(question, lambda: self.enter(entry, then, confirmed=True))
            return
        if self._save_courses(entry.name, entered):
            course = entered.changed[-1]
            then(course)
            self.tell(_entered_words(course, entry))

    def correct(self, course: Treatment, said: str = "") -> None:
        """Save a corrected course. Raises Refused where it can't be."""
        refuse_odd_course(course, self._journal.treatments.read_all())
        self._session.apply(lambda journal: journal.treatments.save(course))
        self.tell(said or _course_words(course))

    def change_dose(self, course: Treatment, dose: Dose) -> None:
        """Save one step with another day or text."""
        steps = [dose if each.id == dose.id else each for each in course.doses]
        self._try(lambda: self.correct(replace(course, doses=tuple(steps))))

    def delete_dose(self, dose: Dose) -> None:
        """Take a step away."""
        gone = translate("treatments", "Deleted: {dose} from {day}.").format(
            dose=dose.text or translate("treatments", "a dose"), day=short_date(dose.first_day)
        )
        self._delete(lambda journal: journal.treatments.delete_dose(dose.id), gone)

    def delete_course(self, course: Treatment) -> bool:
        """Put a course into the bin."""
        gone = translate("treatments", "Deleted: {name}, {days}.").format(
            name=course.name, days=course_text(course)
        )
        return self._delete(lambda journal: journal.treatments.delete(course.id), gone)

    def join(self, course: Treatment) -> None:
        """Make one course of those that share days."""

        def save() -> None:
            name = course.name
            self._save_courses(name, join_courses(self._journal.treatments.read_courses(name)))
            self.tell(
                translate("treatments", "The courses of {name} are joined.").format(name=name)
            )

        self._try(save)

    def tick(self, course: Treatment, day: date, taking: Taking | None) -> None:
        """Tick a day, or take its tick back."""

        def take(journal: Journal) -> Changes:
            journal.treatments.take(course.id, day)
            return Changes.TREATMENTS

        if taking is not None:
            self._try(
                lambda: self._session.apply(
                    lambda journal: journal.treatments.delete_taking(taking.id)
                )
            )
        else:
            self._try(lambda: self._session.apply(take))

    def word_tick(self, taking: Taking, text: str) -> None:
        """Save how much was taken."""
        changed = replace(taking, text=text)
        self._try(
            lambda: self._session.apply(lambda journal: journal.treatments.save_taking(changed))
        )

    def _save_courses(self, name: str, entered: Entered) -> bool:
        self._session.apply(lambda journal: journal.treatments.save_courses(name, entered.courses))
        return True


def _course_words(course: Treatment) -> str:
    said = translate("treatments", "Saved: {name}, {days}.")
    return said.format(name=course.name, days=course_text(course))


def _entered_words(course: Treatment, entry: DoseEntry) -> str:
    if entry.first_day is None:
        return _course_words(course)
    said = translate("treatments", "Saved: {name}, {dose} from {day}.")
    return said.format(
        name=course.name,
        dose=" ".join((entry.dose or "").split()) or translate("treatments", "no dose given"),
        day=short_date(entry.first_day),
    )
