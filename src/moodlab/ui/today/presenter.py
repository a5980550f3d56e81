"""Between a day's widgets and the journal: writes what is given, shows what is saved or waits."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from moodlab.domain.errors import MoodLabError
from moodlab.domain.metrics import SLEEP_HOURS, THOUSAND
from moodlab.domain.ratings import Answer, DayState
from moodlab.i18n import translate
from moodlab.ui.session import Session, Write
from moodlab.ui.today.day_sheet import DaySheet
from moodlab.ui.today.note_field import NoteField
from moodlab.ui.today.rating_form import RatingForm

DAY, NOTE, STATE, LEFT, PAUSE = "day", "note", "state", "left", "pause"


class DayPresenter(QObject):
    """Each writing method is one durable step, or waits in the session and is tried again.

    It returns whether the journal has it; `failed(sentence)` says why it has not. The page hears of
    a save by the session's `changed`, as of every other write.
    """

    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._typed: dict[tuple[date, str], Answer | None] = {}
        self._notes: dict[date, tuple[str, bool]] = {}

    @property
    def waiting(self) -> int:
        """How many entries are not saved yet."""
        return sum(key[0] == DAY for key in self._session.waiting)

    def is_waiting(self, day: date, name: str) -> bool:
        """Whether this entry is not saved yet."""
        return (DAY, day, name) in self._session.waiting

    # Showing: what waits to be saved comes before what the journal has

    def show_answers(self, form: RatingForm, sheet: DaySheet) -> None:
        """Show each row's answer."""
        for row in form.rows:
            name = row.subject.id
            is_unsaved = self.is_waiting(sheet.day, name)
            typed = self._typed.get((sheet.day, name))
            answer = typed if is_unsaved else sheet.answers.get(name)
            if (answer, is_unsaved) != (row.answer, row.is_unsaved):
                row.show_answer(answer, is_unsaved=is_unsaved)

    def show_note(self, field: NoteField, sheet: DaySheet) -> None:
        """Show the day's note and its tick."""
        text, for_doctor = sheet.record.note, sheet.record.note_for_doctor
        if self.is_waiting(sheet.day, NOTE):
            text, for_doctor = self._notes[sheet.day]
        field.show_note(text, for_doctor=for_doctor)

    # Writing

    def rate(self, day: date, metric: str, value: int | None) -> bool:
        """Save an answer: thousandths, or None for "could not say"."""
        self._typed[day, metric] = Answer(value)
        return self._save(day, metric, lambda journal: journal.days.rate(day, metric, value))

    def clear(self, day: date, metric: str) -> bool:
        """Take an answer back."""
        self._typed[day, metric] = None
        return self._save(day, metric, lambda journal: journal.days.clear(day, metric))

    def set_hours(self, day: date, minutes: int | None) -> bool:
        """Save the hours asleep, or take them back."""
        if minutes is None:
            return self.clear(day, SLEEP_HOURS)
        return self.rate(day, SLEEP_HOURS, minutes * THOUSAND)

    def write_note(self, day: date, text: str, for_doctor: bool) -> bool:
        """Save the note and its tick."""
        self._notes[day] = (text, for_doctor)
        return self._save(
            day, NOTE, lambda journal: journal.days.write_note(day, text, for_doctor=for_doctor)
        )

    def mark_unwell(self, day: date, is_unwell: bool) -> bool:
        """Mark the day too unwell to log, or take the mark away."""
        state = DayState.UNWELL if is_unwell else None
        return self._save(day, STATE, lambda journal: journal.days.mark(day, state))

    def resume(self, day: date) -> bool:
        """End the pause that runs on `day`."""
        return self._save(day, PAUSE, lambda journal: journal.pauses.resume(day))

    def remove_mark(self, day: date) -> bool:
        """Take away what the day is marked as."""
        return self._save(day, STATE, lambda journal: journal.days.mark(day, None))

    def leave_empty(self, day: date) -> bool:
        """Remember that this day is not to be offered again."""
        return self._save(day, LEFT, lambda journal: journal.days.leave_empty(day))

    def describe_waiting(self) -> str:
        """Return what is not saved yet, after one more try; empty when everything is."""
        if self.waiting:
            self._session.try_again()
        count = self.waiting
        if not count:
            return ""
        if count == 1:
            return translate(
                "today", "One entry is not saved yet. MoodLab can't write to the journal right now."
            )
        return translate(
            "today",
            "{count} entries are not saved yet. MoodLab can't write to the journal right now.",
        ).format(count=count)

    def _save(self, day: date, name: str, write: Write) -> bool:
        try:
            self._session.save((DAY, day, name), write)
        except MoodLabError as error:
            reason = error.sentence
            if self.waiting:
                reason = translate(
                    "today",
                    "▲ Not saved yet. {reason} MoodLab keeps trying. Nothing is lost while this "
                    "window is open.",
                ).format(reason=reason)
            self.failed.emit(reason)
            return False
        return True
