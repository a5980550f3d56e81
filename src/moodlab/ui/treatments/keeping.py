"""Writes to the journal what the page Treatments & events asks for, and says what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject

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
from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.events import Event, question_same_event
from moodlab.domain.ids import new_id
from moodlab.domain.treatments import Dose, Taking, Treatment
from moodlab.i18n import translate
from moodlab.store.journal import Journal
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice

Then = Callable[[], object]


class TreatmentKeeping(QObject):
    """Each method says whether it saved. What needs an answer is asked in `notice`.

    `refuse(sentence)` is told why something was not saved, where its form can say it.
    """

    def __init__(self, session: Session, notice: Notice, undo: Then) -> None:
        super().__init__()
        self._session = session
        self._notice = notice
        self._undo = undo
        self._step: int | None = None  # the step that the notice offers to undo
        session.changed.connect(lambda _changes: self._let_go_of_undo())

    @property
    def _journal(self) -> Journal:
        return self._session.journal

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

    def save_event(self, event: Event, then: Then, *, confirmed: bool = False) -> None:
        """Save a new or changed event. Raises Refused where it can't be."""
        known = [each for each in self._journal.events.read_events() if each.id != event.id]
        saved = event if event.id else replace(event, id=new_id())
        try:
            if not confirmed:
                question_same_event(saved, known)
        except NeedsConfirmation as question:
            self._ask(
                question, lambda: self._try(lambda: self.save_event(event, then, confirmed=True))
            )
            return
        self._session.apply(lambda journal: journal.events.save_event(saved))
        then()
        said = translate("treatments", "Saved: {text}, {day}.")
        self.tell(said.format(text=saved.words, day=short_date(saved.first_day)))

    def delete_event(self, event: Event) -> bool:
        """Put an event into the bin."""
        gone = translate("treatments", "Deleted: {text}, {day}.").format(
            text=event.words, day=short_date(event.first_day)
        )
        return self._delete(lambda journal: journal.events.delete("event", event.id), gone)

    def tell(self, sentence: str, *, assertive: bool = False) -> None:
        """Say what was done, or why it was not."""
        self._step = None
        self._notice.ask(sentence, [])
        announce(self._notice, sentence, assertive)

    def _save_courses(self, name: str, entered: Entered) -> bool:
        self._session.apply(lambda journal: journal.treatments.save_courses(name, entered.courses))
        return True

    def _delete(self, write: Callable[[Journal], Changes], gone: str) -> bool:
        if not self._try(lambda: self._session.apply(write)):
            return False
        self._notice.ask(gone, [(translate("treatments", "Undo"), self._undo)])
        self._step = self._journal.newest_step()
        announce(self._notice, gone)
        return True

    def _try(self, save: Then) -> bool:
        try:
            save()
        except MoodLabError as error:
            self.tell(error.sentence, assertive=True)
            return False
        return True

    def _ask(self, question: NeedsConfirmation, save: Then) -> None:
        def go_on() -> None:
            self._notice.hide()
            self._try(save)

        self._step = None
        self._notice.ask(
            question.sentence,
            [
                (translate("treatments", "Yes, save it"), go_on),
                (translate("treatments", "Go back"), self._notice.hide),
            ],
        )
        announce(self._notice, question.sentence, assertive=True)
        self._notice.buttons[1].setFocus()

    def _let_go_of_undo(self) -> None:
        """The notice leaves when another step is the newest."""
        if self._step not in (None, self._journal.newest_step()):
            self._step = None
            self._notice.hide()


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
