"""One line of text, and the mark of a field whose text can't be taken."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class Line(QLineEdit):
    """A line in which Undo takes back typing, and what was saved once no typing is left.

    Qt's own keeps the keys for itself even where it has nothing to take back.
    """

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_idle_for(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def empty(self) -> None:
        """Take out the text, and with it what Undo would bring back: it is saved elsewhere."""
        self.setText("")

    def _is_idle_for(self, event: QKeyEvent) -> bool:
        keys = QKeySequence.StandardKey
        return (
            leaves_to_window(event)
            or (event.matches(keys.Undo) and not self.isUndoAvailable())
            or (event.matches(keys.Redo) and not self.isRedoAvailable())
        )


def leaves_to_window(event: QKeyEvent) -> bool:
    """Whether a field leaves a key to the window: Ctrl+K, which deletes to the end on Linux."""
    return event.matches(QKeySequence.StandardKey.DeleteEndOfLine)


def mark(field: QWidget, trouble: str) -> None:
    """Mark a field as the one that `trouble` is about, for eyes and ears; nothing unmarks it."""
    if trouble or bool(field.property("invalid")):
        field.setAccessibleDescription(trouble)
    if bool(field.property("invalid")) != bool(trouble):
        field.setProperty("invalid", bool(trouble))
        field.style().polish(field)
