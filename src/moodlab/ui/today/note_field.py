"""A day's note: one line that grows to five, private unless ticked for the doctor."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from moodlab.domain.ratings import NOTE_LENGTH
from moodlab.i18n import translate
from moodlab.theme import PRIMARY_HEIGHT
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import leaves_to_window
from moodlab.ui.widgets.text import NEVER_DRAFTED, keep_room, label

MOST_LINES = 5
SAVE_AFTER_MS = 1500
WARN_FROM = NOTE_LENGTH - 200


class NoteField(QWidget):
    """Sends `changed(text, for_doctor)` when the person pauses, leaves, or ticks.

    `entered` tells of Enter, which saves. `below` is the tick and the length, which the page
    places where it has kept room for them.
    """

    changed = Signal(str, bool)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(NEVER_DRAFTED, True)
        self.editor = _NoteEditor()
        self.for_doctor = QCheckBox(translate("today", "Print this note for my doctor"))
        self._length = label("", "quiet")
        self.below = QWidget()
        below = QHBoxLayout(self.below)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.for_doctor)
        below.addWidget(self._length)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.editor)
        keep_room(self.below)
        self.below.hide()
        self._shown = ("", False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_AFTER_MS)
        self._pause.timeout.connect(self.tell_changes)
        self.editor.textChanged.connect(self._typed)
        self.editor.left.connect(self.tell_changes)
        self.editor.entered.connect(self.tell_changes)
        self.editor.entered.connect(self.entered)
        self.for_doctor.toggled.connect(lambda _on: self.tell_changes())

    def show_note(self, text: str, *, for_doctor: bool) -> None:
        """Show what the journal has, unless the person is writing at this moment."""
        if self._is_changed() and self.editor.hasFocus():
            return
        self._shown = (text, for_doctor)
        self._pause.stop()
        with QSignalBlocker(self.editor), QSignalBlocker(self.for_doctor):
            if self.editor.toPlainText().strip() != text:
                self.editor.setPlainText(text)
            self.for_doctor.setChecked(for_doctor)
        self._show_below()
        self.editor.fit()

    def tell_changes(self) -> None:
        """Send what was written since the last time."""
        self._pause.stop()
        if self._is_changed():
            self._shown = self._written()
            self.changed.emit(*self._shown)

    def _written(self) -> tuple[str, bool]:
        return self.editor.toPlainText().strip(), self.for_doctor.isChecked()

    def _is_changed(self) -> bool:
        return self._written() != self._shown

    def _typed(self) -> None:
        text = self.editor.toPlainText()
        if len(text) > NOTE_LENGTH:
            cursor = self.editor.textCursor()
            at = min(cursor.position(), NOTE_LENGTH)
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(text[:NOTE_LENGTH])
            cursor = self.editor.textCursor()
            cursor.setPosition(at)
            self.editor.setTextCursor(cursor)
        self._show_below()
        self.editor.fit()
        self._pause.start()

    def _show_below(self) -> None:
        length = len(self.editor.toPlainText())
        self.below.setVisible(length > 0)
        self._length.setText(
            translate("today", "{count} of {most} characters").format(
                count=length, most=NOTE_LENGTH
            )
            if length >= WARN_FROM
            else ""
        )


class _NoteEditor(QPlainTextEdit):
    """Plain text; Tab leaves, Enter saves, Shift+Enter adds a line."""

    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("today", "Note (optional)"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text, from one line to five; the hint keeps to one line."""
        hint = translate("today", "Note (optional, stays private)")
        if self.fontMetrics().horizontalAdvance(hint) > self.contentsRect().width():
            hint = translate("today", "Note (optional)")
        if hint != self.placeholderText():
            self.setPlaceholderText(hint)
        blocks = self.document().size().height()
        lines = min(max(1, round(blocks)), MOST_LINES)
        padding = look().px(PRIMARY_HEIGHT) - self.fontMetrics().lineSpacing()
        height = self.fontMetrics().lineSpacing() * lines + padding
        inside = padding // 2 - look().theme.control_border_width - 1
        if self.viewportMargins().top() != inside - look().px(8):
            self.setViewportMargins(0, inside - look().px(8), 0, 0)
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and leaves_to_window(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.fit()
