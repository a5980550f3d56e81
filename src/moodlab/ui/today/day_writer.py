"""Writes what Today is given, value by value, and says so."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import Answer, DayState
from moodlab.i18n import translate
from moodlab.ui.saver import Saver
from moodlab.ui.session import Session
from moodlab.ui.today.day_sheet import SLEEP_HOURS

NOTE = "note"


class DayWriter(QObject):
    """Each method is one durable step, or waits and is tried again (see `Saver`).

    They return whether the journal has it. `changed` is sent after a save, `failed(sentence)`
    when one did not work.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._saver = Saver(session)
        self._typed: dict[tuple[date, str], Answer | None] = {}
        self._notes: dict[date, tuple[str, bool]] = {}
        self._saver.saved.connect(self.changed)
        self._saver.failed.connect(self._tell)

    @property
    def waiting(self) -> int:
        """How many entries are not saved yet."""
        return len(self._saver.waiting)

    def is_waiting(self, day: date, name: str) -> bool:
        """Whether this entry is not saved yet."""
        return (day, name) in self._saver.waiting

    def typed(self, day: date, metric: str) -> Answer | None:
        """Return the answer that is waiting to be saved."""
        return self._typed.get((day, metric))

    def typed_note(self, day: date) -> tuple[str, bool] | None:
        """Return the note and tick that wait to be saved; None where none do."""
        return self._notes.get(day) if self.is_waiting(day, NOTE) else None

    def try_again(self) -> None:
        """Try what is waiting once more, now."""
        if self._saver.waiting:
            self._saver.try_again()

    def rate(self, day: date, metric: str, value: int | None) -> bool:
        """Save an answer: thousandths, or None for "could not say"."""
        self._typed[day, metric] = Answer(value)
        return self._saver.save(
            (day, metric), lambda journal: journal.days.rate(day, metric, value)
        )

    def clear(self, day: date, metric: str) -> bool:
        """Take an answer back."""
        self._typed[day, metric] = None
        return self._saver.save((day, metric), lambda journal: journal.days.clear(day, metric))

    def set_hours(self, day: date, minutes: int | None) -> bool:
        """Save the hours asleep, or take them back."""
        if minutes is None:
            return self.clear(day, SLEEP_HOURS)
        return self.rate(day, SLEEP_HOURS, minutes * THOUSAND)

    def write_note(self, day: date, text: str, for_doctor: bool) -> bool:
        """Save the note and its tick."""
        self._notes[day] = (text, for_doctor)
        return self._saver.save(
            (day, NOTE),
            lambda journal: journal.days.write_note(day, text, for_doctor=for_doctor),
        )

    def mark_unwell(self, day: date, is_unwell: bool) -> bool:
        """Mark the day too unwell to log, or take the mark away."""
        state = DayState.UNWELL if is_unwell else None
        return self._saver.save((day, "state"), lambda journal: journal.days.mark(day, state))

    def leave_empty(self, day: date) -> bool:
        """Remember that this day is not to be offered again."""
        return self._saver.save((day, "left"), lambda journal: journal.days.leave_empty(day))

    def in_words(self) -> str:
        """Return what is not saved yet as a sentence; empty when everything is."""
        if not self.waiting:
            return ""
        if self.waiting == 1:
            return translate(
                "today", "One entry is not saved yet. MoodLab can't write to the journal right now."
            )
        return translate(
            "today",
            "{count} entries are not saved yet. MoodLab can't write to the journal right now.",
        ).format(count=self.waiting)

    def _tell(self, reason: str) -> None:
        if self.waiting:
            reason = translate(
                "today",
                "▲ Not saved yet. {reason} MoodLab keeps trying. Nothing is lost while this "
                "window is open.",
            ).format(reason=reason)
        self.failed.emit(reason)
