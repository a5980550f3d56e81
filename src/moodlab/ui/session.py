"""What the pages share: the open journal, the preferences, and a signal that says what changed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.settings import Settings, write_settings
from moodlab.store.history import Step
from moodlab.store.journal import Journal

FOREIGN_WRITES_MS = 1000


class Session(QObject):
    """The one object that pages hold. They read `journal`, and write through `apply`.

    `changed(Changes)` is sent after a write of ours, of an undo, or of another program;
    `settings_changed` after a preference was changed.
    """

    changed = Signal(object)
    settings_changed = Signal(object)

    def __init__(self, journal: Journal, settings: Settings, settings_path: Path) -> None:
        super().__init__()
        self.journal = journal
        self.settings = settings
        self._settings_path = settings_path
        self._data_version = journal.data_version()
        self._watch = QTimer(self)
        self._watch.setInterval(FOREIGN_WRITES_MS)
        self._watch.timeout.connect(self._notice_foreign_writes)
        self._watch.start()

    def stop_watching(self) -> None:
        """Look no longer for what other programs write; the window is gone."""
        self._watch.stop()

    def close(self) -> None:
        """Stop watching the file and close it."""
        self.stop_watching()
        self.journal.close()

    def apply(self, write: Callable[[Journal], Changes]) -> Changes:
        """Run one write; it is durable when this returns. Raises MoodLabError when it is not."""
        changes = write(self.journal)
        if changes:
            self.changed.emit(changes)
        return changes

    def undo(self) -> Step | None:
        """Take back the newest step and tell the pages."""
        return self._tell(self.journal.undo())

    def redo(self) -> Step | None:
        """Bring back the step undone last and tell the pages."""
        return self._tell(self.journal.redo())

    def prefer(self, **preferences: Any) -> None:
        """Change preferences and keep them; a full disk costs the preference, not the session."""
        self.settings = replace(self.settings, **preferences)
        with suppress(OSError):
            write_settings(self._settings_path, self.settings)
        self.settings_changed.emit(self.settings)

    def _tell(self, step: Step | None) -> Step | None:
        if step is not None:
            self.changed.emit(step.changes)
        return step

    def _notice_foreign_writes(self) -> None:
        try:
            version = self.journal.data_version()
        except MoodLabError:
            return
        if version != self._data_version:
            self._data_version = version
            self.changed.emit(Changes.EVERYTHING)
