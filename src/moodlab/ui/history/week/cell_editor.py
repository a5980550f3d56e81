"""The fields that open over a cell: a line for a value, a few lines for a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from moodlab.domain.ratings import NOTE_LENGTH
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import NEVER_DRAFTED

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ValueEditor(Line):
    """`entered(int)` by Enter (0) or an arrow up or down (-1, 1), `left` when the keyboard goes.

    `cancelled` by Escape.
    """

    entered = Signal(int)
    left = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(NEVER_DRAFTED, True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def written(self) -> str:
        """Return what is typed."""
        return self.text().strip()

    def begin(self, text: str, typed: str) -> None:
        """Begin with what stands there, or with the first letter typed over it."""
        self.setText(typed or text)
        if not typed:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.entered.emit(0)
        elif event.key() in _STEPS:
            self.entered.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class NoteEditor(QPlainTextEdit):
    """The same for a note. Shift+Enter begins a new line, Tab leaves."""

    entered = Signal(int)
    left = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(NEVER_DRAFTED, True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._keep_length)

    def written(self) -> str:
        """Return what is written."""
        return self.toPlainText().strip()

    def begin(self, text: str, typed: str) -> None:
        """Begin with what stands there, and what was typed behind it."""
        self.setPlainText(f"{text} {typed}".lstrip() if typed else text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not is_shifted:
            self.entered.emit(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _keep_length(self) -> None:
        text = self.toPlainText()
        if len(text) > NOTE_LENGTH:
            at = min(self.textCursor().position(), NOTE_LENGTH)
            self.setPlainText(text[:NOTE_LENGTH])
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)
