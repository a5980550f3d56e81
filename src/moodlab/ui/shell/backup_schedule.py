"""Has the day's backup made beside the window, and remembers what went wrong."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.store.journal import Journal
from moodlab.ui.session import Session
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.store.backups.names import Backup

# After the first paint and before a person has read the first row.
SOON_MS = 300
# A window may stay open for days, and a folder that is full or gone may come back.
_NEW_DAY_MS = 60_000
_AGAIN_MS = 30 * 60_000


class BackupSchedule(QObject):
    """Looks when the window has been painted, when a day begins, and every half hour.

    The Worker does it, so no save waits for it. Where the first save of a day comes before its
    backup, the backup is made right after it and holds that save too: nothing is lost, as the
    history keeps what was there before, and yesterday's backup is there as well.
    """

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._looked_on: date | None = None
        self._timers = [
            self._time(SOON_MS, self.look, once=True),
            self._time(_NEW_DAY_MS, self._notice_new_day),
            self._time(_AGAIN_MS, self.look),
        ]
        session.changed.connect(self._notice_new_day)

    def look(self) -> None:
        """Have the backup made, if one is due."""
        session = self._session
        if session.is_closed or session.why_read_only is not None:
            return
        folder = session.settings.second_copies
        second = Path(folder) if folder else None
        with suppress(MoodLabError):
            journal = session.journal
            # An empty journal has nothing to back up; its first entry has, on the same day.
            self._looked_on = None if journal.imports.is_empty() else journal.today()
            self._worker.run(lambda journal, _: _back_up(journal, second), self._forget, self._note)

    def stop(self) -> None:
        """Stop the timers, as the journal is about to be closed."""
        for timer in self._timers:
            timer.stop()

    def _time(self, milliseconds: int, act: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(once)
        timer.timeout.connect(act)
        timer.start(milliseconds)
        return timer

    def _notice_new_day(self, _changes: Changes = Changes.NOTHING) -> None:
        if self._session.is_closed:
            return
        with suppress(MoodLabError):
            if self._session.journal.today() != self._looked_on:
                self.look()

    def _forget(self, backup: "Backup | None") -> None:
        if backup is not None:
            self._session.note_backup("")

    def _note(self, error: MoodLabError) -> None:
        self._session.note_backup(error.sentence)


def _back_up(journal: Journal, second: Path | None) -> "Backup | None":
    from moodlab.store.backups.backup import back_up_if_due
    from moodlab.store.backups.preview import remove_forgotten_previews

    remove_forgotten_previews()
    return back_up_if_due(journal, second_folder=second)
