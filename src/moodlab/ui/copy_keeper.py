"""Has the day's copy made before the first change of each day, and remembers what went wrong."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from moodlab.ui.session import Session

# A window may stay open for days; the copy is then due again.
_AGAIN_MS = 30 * 60_000


class CopyKeeper(QObject):
    """Asks the journal, whenever it is written to for the first time in a while."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.arm)
        self._again.start()
        self.arm()

    def arm(self) -> None:
        """Look before the next write whether a copy is due."""
        if self._session.why_read_only is None:
            self._session.journal.ledger.before_step = self._look

    def stop(self) -> None:
        """Look no more."""
        self._again.stop()

    def _look(self) -> None:
        from moodlab.store.copies import copy_before_first_step

        journal, folder = self._session.journal, self._session.settings.second_copies
        self._session.copy_trouble = ""
        copy_before_first_step(journal, self._note, second_folder=Path(folder) if folder else None)
        if journal.ledger.before_step is not None:
            journal.ledger.before_step()

    def _note(self, sentence: str) -> None:
        self._session.copy_trouble = sentence
