"""What stands under the ratings: one sentence, the note, too unwell, what is saved, Done."""

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.theme import GRID, PRIMARY_HEIGHT
from moodlab.ui.look.conventions import clock_text
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.today.as_needed_row import AsNeededRow
from moodlab.ui.today.note_field import NoteField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button, label

# What stands beside the note or the sentence leaves them so much, or goes below.
LEAST_TEXT = 200
_LATE = datetime(2000, 1, 1, 22, 0)  # noqa: DTZ001 - a width is measured


class DayFooter(QWidget):
    """Sends `unwell_toggled`, `finished`, and `typed_at_end(QKeyEvent)` for keys on Done."""

    unwell_toggled = Signal()
    finished = Signal()
    typed_at_end = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.message = label("", "quiet", wrap=True)
        self.note = NoteField()
        self.unwell = Button("", "secondary", self.unwell_toggled.emit)
        self.saved = SavedLine()
        self.done = DoneButton(translate("today", "Done"), self)
        top = Qt.AlignmentFlag.AlignTop
        self._buttons = Flow(at_right=True)
        for widget in (self.unwell, self.saved, self.done):
            self._buttons.addWidget(widget)
        self._bar, self._above = QHBoxLayout(), QHBoxLayout()
        self._bar.addWidget(self.note, 1)
        self._bar.addLayout(self._buttons)
        self._bar.setAlignment(self._buttons, top)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._above.addWidget(self.message, 1)
        self._above.addWidget(self.note.below, 0, top)
        self._rows.addLayout(self._above)
        self._rows.addLayout(self._bar)
        self.as_needed = AsNeededRow(session)
        self._rows.addWidget(self.as_needed)
        self._fit_look()

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What Tab visits here, in order."""
        own = (self.note.editor, self.note.for_doctor, self.unwell, self.done)
        return (*own, *self.as_needed.boxes.values())

    def be_read_only(self) -> None:
        """Show note and mark, and take none."""
        self.note.editor.setReadOnly(True)
        self.note.for_doctor.setEnabled(False)
        self.unwell.setEnabled(False)

    def show_unwell(self, is_unwell: bool) -> None:
        """Offer the mark, or to take it back."""
        texts = translate("today", "Too unwell to log"), translate("today", "Remove “too unwell”")
        self.unwell.setText(texts[is_unwell])
        self.unwell.keep_width_for(*texts)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Put beside the note and the sentence only what leaves them room."""
        room = self.width() - look().px(LEAST_TEXT)
        for line, beside in (
            (self._bar, self._buttons.sizeHint()),
            (self._above, self.note.below.sizeHint()),
        ):
            line.setDirection(
                QBoxLayout.Direction.LeftToRight
                if beside.width() <= room
                else QBoxLayout.Direction.TopToBottom
            )
        self.updateGeometry()

    def _fit_look(self) -> None:
        self._rows.setSpacing(0)
        self._above.setSpacing(look().px(GRID))
        for row in (self._bar, self._buttons):
            row.setSpacing(look().px(1.5 * GRID))
        self.saved.setFixedHeight(look().px(PRIMARY_HEIGHT))


class SavedLine(QLabel):
    """When the day was saved, as wide from the start as it gets, so that Done does not move."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "quiet")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        widest = self.fontMetrics().horizontalAdvance(
            translate("today", "Saved {clock} · {done} of {all}").format(
                clock=clock_text(_LATE), done=10, all=10
            )
        )
        return QSize(max(hint.width(), widest), hint.height())

    minimumSizeHint = sizeHint


class DoneButton(Button):
    """Done; it also takes what is typed after the last row, so that nothing is overwritten."""

    def __init__(self, text: str, footer: DayFooter) -> None:
        super().__init__(text, "secondary", footer.finished.emit)
        self._footer = footer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._footer.typed_at_end.emit(event)
        if not event.isAccepted():
            event.accept()
            super().keyPressEvent(event)
