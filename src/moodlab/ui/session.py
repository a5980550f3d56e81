"""What the pages share: the open journal, what waits to be saved, preferences, what changed."""

from collections.abc import Callable, Hashable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalBusy, JournalMoved, JournalUnusable, MoodLabError, Refused
from moodlab.domain.history.steps import Step
from moodlab.i18n import translate
from moodlab.settings import Settings, read_settings, write_settings
from moodlab.store.journal import Journal
from moodlab.ui.opening.transition import Opening, Transition

FOREIGN_WRITES_MS = 1000
RETRY_MS = 10_000
RETRY_BUSY_MS = 500
# The window does not stand still for another program that writes; what it can't save waits.
PATIENCE_SECONDS = 0.1
Write = Callable[[Journal], Changes]
# Names an entry, its page first: a newer write of the same entry replaces one that waits.
Key = tuple[Hashable, ...]


class Moved(Enum):
    """What happened to the file under the open window."""

    GONE = auto()
    REPLACED = auto()


class Session(QObject):
    """The one object that pages hold. They read `journal`, and write through `save` or `apply`.

    `changed(Changes)` is sent after a write of ours, of an undo, or of another program, and
    `saved_late(key)` after one that had to wait; `settings_changed` after a preference was changed.
    `leaving(Transition)` asks the window to leave this journal, `lock_asked` to lock it.
    `file_moved(Moved or None)` tells that the file is no longer the one at its place, or is again;
    `reopened` that the one there was opened; `backed_up` that the day's backup was made, or why not
    (`backup_trouble`).
    """

    changed = Signal(object)
    saved_late = Signal(object)
    settings_changed = Signal(object)
    leaving = Signal(object)
    lock_asked = Signal()
    file_moved = Signal(object)
    reopened = Signal()
    backed_up = Signal()

    def __init__(
        self,
        journal: Journal,
        settings: Settings,
        settings_path: Path,
        opening: Opening | None = None,
    ) -> None:
        super().__init__()
        self.journal = journal
        self.is_closed = False
        self.settings = settings
        self.opening = opening
        self.why_read_only = _why_read_only(journal, opening)
        self.backup_trouble = ""
        self._waiting: dict[Key, Write] = {}
        self._retry = QTimer(self)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.try_again)
        self._moved: Moved | None = None
        self._settings_path = settings_path
        self._settings_seen = _stamp(settings_path)
        self._data_version = journal.data_version()
        self._first_step = journal.newest_step()
        if opening is not None and opening.greeting.offers_undo:
            self._first_step -= 1
        self._watch = QTimer(self)
        self._watch.setInterval(FOREIGN_WRITES_MS)
        self._watch.timeout.connect(self._notice_foreign_writes)
        self._watch.start()

    def stop_watching(self) -> None:
        """Stop looking for writes of other programs: the window is gone."""
        self._watch.stop()

    def close(self) -> None:
        """Stop watching the file and close it."""
        self.is_closed = True
        self.stop_watching()
        self.journal.close()

    @property
    def waiting(self) -> frozenset[Key]:
        """The entries that are not saved yet."""
        return frozenset(self._waiting)

    def save(self, key: Key, write: Write) -> None:
        """Run one write of an entry; it is durable when this returns.

        Raises JournalUnusable where the journal can't be written now: the write then waits and is
        tried every 10 s. Any other MoodLabError refuses it for good.
        """
        # What waits under this key is older.
        self._waiting.pop(key, None)
        try:
            self.apply(write)
        except JournalUnusable as error:
            self._waiting[key] = write
            self._retry.start(RETRY_BUSY_MS if isinstance(error, JournalBusy) else RETRY_MS)
            raise
        if self._waiting:
            self.try_again()

    def try_again(self) -> None:
        """Write what waits, in order, until one fails again."""
        if self.is_closed:
            self._retry.stop()
            return
        for key, write in list(self._waiting.items()):
            # A page that is told of the change asks what still waits.
            del self._waiting[key]
            try:
                self.apply(write)
            except MoodLabError as error:
                self._waiting = {key: write} | self._waiting
                self._retry.setInterval(
                    RETRY_BUSY_MS if isinstance(error, JournalBusy) else RETRY_MS
                )
                return
            self.saved_late.emit(key)
        self._retry.stop()

    def apply(self, write: Write) -> Changes:
        """Run one write; it is durable when this returns. Raises MoodLabError when it is not."""
        self._refuse_read_only()
        changes = write(self.journal)
        if changes:
            self.changed.emit(changes)
        return changes

    def is_earlier(self, step: Step) -> bool:
        """Whether a step was made before this window opened the journal."""
        return step.number <= self._first_step

    def undo(self) -> Step | None:
        """Take back the newest step and tell the pages."""
        self._refuse_read_only()
        return self._tell(self.journal.undo())

    def redo(self) -> Step | None:
        """Bring back the step undone last and tell the pages."""
        self._refuse_read_only()
        return self._tell(self.journal.redo())

    def opening_here(self, page: str) -> Opening:
        """Return the opening that leads back to this journal, as it is now, at `page`.

        What was said and offered when it was opened is not said again.
        """
        if self.opening is None:
            raise RuntimeError("a page without its opening")
        return Opening(
            self.opening.paths,
            self.journal.key,
            page,
            backup=self.opening.backup,
            back=self.opening.back,
        )

    def leave_for(self, transition: Transition) -> None:
        """Ask the window to leave this journal for something else."""
        self.leaving.emit(transition)

    def reopen(self) -> None:
        """Open the file that is now at the journal's place; what waits is then saved there.

        Raises JournalUnusable, with everything as it was, where it can't be opened.
        """
        before = self.journal
        fresh = Journal.open(
            before.path,
            key=before.key,
            clock=before.ledger.clock,
            busy_seconds=PATIENCE_SECONDS,
        )
        self.journal = fresh
        before.close()
        self._data_version = fresh.data_version()
        self._notice_file()
        self.reopened.emit()
        self.changed.emit(Changes.EVERYTHING)

    def prefer(self, **preferences: Any) -> None:
        """Change preferences and keep them; a full disk costs the preference, not the session."""
        self._adopt_settings()
        self.settings = self.settings._replace(**preferences)
        with suppress(OSError):
            write_settings(self._settings_path, self.settings)
        self._settings_seen = _stamp(self._settings_path)
        self.settings_changed.emit(self.settings)

    def note_backup(self, trouble: str) -> None:
        """Remember why the day's backup could not be made; empty where it was."""
        self.backup_trouble = trouble
        self.backed_up.emit()

    def _refuse_read_only(self) -> None:
        if self.why_read_only is not None:
            raise Refused(self.why_read_only)

    def _tell(self, step: Step | None) -> Step | None:
        if step is not None:
            self.changed.emit(step.changes)
        return step

    def _adopt_settings(self) -> bool:
        """Take over what another window or a command wrote; say whether there was anything."""
        stamp = _stamp(self._settings_path)
        if stamp is None or stamp == self._settings_seen:
            return False
        self._settings_seen = stamp
        # Where a window stands is its own affair.
        there = read_settings(self._settings_path)._replace(geometry=self.settings.geometry)
        before, self.settings = self.settings, there
        return there != before

    def _notice_foreign_writes(self) -> None:
        self._notice_file()
        if self._adopt_settings():
            self.settings_changed.emit(self.settings)
        try:
            version = self.journal.data_version()
        except MoodLabError:
            return
        if version != self._data_version:
            self._data_version = version
            self.changed.emit(Changes.EVERYTHING)

    def _notice_file(self) -> None:
        moved: Moved | None = None
        try:
            self.journal.ledger.held_file.refuse_another()
        except JournalMoved:
            moved = Moved.REPLACED if self.journal.path.exists() else Moved.GONE
        if moved is not self._moved:
            self._moved = moved
            self.file_moved.emit(moved)


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when the file at `path` is replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def _why_read_only(journal: Journal, opening: Opening | None) -> str | None:
    if opening is not None and opening.backup is not None:
        return translate("window", "This is a backup. You can read it but not change it.")
    return journal.why_read_only()
