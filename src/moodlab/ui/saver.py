"""Saves each value as it is given; keeps what could not be saved and tries again."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer, Signal

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalUnusable, MoodLabError
from moodlab.store.journal import Journal
from moodlab.ui.session import Session

RETRY_MS = 10_000
Write = Callable[[Journal], Changes]


class Saver(QObject):
    """Writes through the session; one waiting write a key, the newest wins.

    `saved` is sent only after the journal has it durably; `failed(sentence)` when it has not. What
    the journal refuses for good is not tried again.
    """

    saved = Signal()
    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._waiting: dict[Hashable, Write] = {}
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.try_again)

    @property
    def waiting(self) -> frozenset[Hashable]:
        """The keys of what is not saved yet."""
        return frozenset(self._waiting)

    def save(self, key: Hashable, write: Write) -> bool:
        """Write now; say whether it is durable. Otherwise it waits and is tried every 10 s."""
        # What the retry would write later is older than this.
        self._waiting.pop(key, None)
        try:
            self._session.apply(write)
        except JournalUnusable as error:
            self._waiting[key] = write
            self._retry.start()
            self.failed.emit(error.sentence)
            return False
        except MoodLabError as error:
            self.failed.emit(error.sentence)
            return False
        self.saved.emit()
        if self._waiting:
            self.try_again()
        return True

    def try_again(self) -> None:
        """Write what is waiting, in order, until one fails again."""
        if self._session.is_closed:
            self._retry.stop()
            return
        for key, write in list(self._waiting.items()):
            try:
                self._session.apply(write)
            except MoodLabError:
                return
            del self._waiting[key]
        self._retry.stop()
        self.saved.emit()
