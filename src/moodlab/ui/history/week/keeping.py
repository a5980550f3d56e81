"""Saves what is typed into the week grid, as from paper; what can't be saved yet waits."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from moodlab.domain.errors import MoodLabError
from moodlab.domain.metrics import Metric
from moodlab.domain.ratings import PAPER, DayState, Rating
from moodlab.i18n import translate
from moodlab.ui.history.week.entries import NOTE, STATE, UNABLE_SIGN, UNWELL_SIGN, written_value
from moodlab.ui.session import Session, Write

_WEEK = "week"


class WeekKeeping(QObject):
    """Each method is one durable step, or waits in the session and is tried again.

    It returns whether the journal has it; `failed(sentence)` says why it has not.
    """

    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._typed: dict[tuple[date, str], str] = {}

    def waiting_text(self, day: date, name: str) -> str | None:
        """Return what was typed into a cell and is not saved yet; None where nothing is."""
        if (_WEEK, day, name) not in self._session.waiting:
            return None
        return self._typed.get((day, name))

    def rate(self, day: date, metric: Metric, value: int | None) -> bool:
        """Save an answer from paper: thousandths, or None for "could not say"."""
        text = UNABLE_SIGN if value is None else written_value(metric, value)
        return self._save(
            day,
            metric.id,
            text,
            lambda journal: journal.days.rate(day, metric.id, value, source=PAPER),
        )

    def put_back(self, metric: Metric, was: Rating) -> bool:
        """Save an answer as it was before a slip, with its source and its moment."""
        text = UNABLE_SIGN if was.value is None else written_value(metric, was.value)
        return self._save(
            was.day,
            metric.id,
            text,
            lambda journal: journal.days.rate(
                was.day,
                metric.id,
                was.value,
                source=was.source,
                source_value=was.source_value,
                source_scale=was.source_scale,
                recorded_then=was.recorded,
                is_time_known=was.recorded is not None,
            ),
        )

    def clear(self, day: date, metric: Metric) -> bool:
        """Take an answer back."""
        return self._save(day, metric.id, "", lambda journal: journal.days.clear(day, metric.id))

    def mark_unwell(self, day: date, is_unwell: bool) -> bool:
        """Mark a day too unwell to log, or take the mark away."""
        state = DayState.UNWELL if is_unwell else None
        text = UNWELL_SIGN if is_unwell else ""
        return self._save(day, STATE, text, lambda journal: journal.days.mark(day, state))

    def write_note(self, day: date, text: str) -> bool:
        """Save a day's note; its tick for the doctor stays."""
        return self._save(day, NOTE, text, lambda journal: journal.days.write_note(day, text))

    def describe_waiting(self) -> str:
        """Return what is not saved yet, after one more try; empty when everything is."""
        if self._waiting:
            self._session.try_again()
        count = self._waiting
        if not count:
            return ""
        if count == 1:
            return translate(
                "week", "One entry is not saved yet. MoodLab can't write to the journal right now."
            )
        return translate(
            "week",
            "{count} entries are not saved yet. MoodLab can't write to the journal right now.",
        ).format(count=count)

    @property
    def _waiting(self) -> int:
        return sum(key[0] == _WEEK for key in self._session.waiting)

    def _save(self, day: date, name: str, text: str, write: Write) -> bool:
        self._typed[day, name] = text
        try:
            self._session.save((_WEEK, day, name), write)
        except MoodLabError as error:
            reason = error.sentence
            if self._waiting:
                reason = translate(
                    "week",
                    "▲ Not saved yet. {reason} MoodLab keeps trying. Nothing is lost while this"
                    " window is open.",
                ).format(reason=reason)
            self.failed.emit(reason)
            return False
        return True
