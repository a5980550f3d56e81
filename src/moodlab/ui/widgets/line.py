"""One line of text."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


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
        return (event.matches(keys.Undo) and not self.isUndoAvailable()) or (
            event.matches(keys.Redo) and not self.isRedoAvailable()
        )
