"""Hours asleep, typed as people write them, in a line under the row of last night's sleep."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moodlab.domain.errors import Refused
from moodlab.domain.ratings import duration_text, parse_duration_minutes
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.today.rows.rating_row import RatingRow
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import label

WIDTH, HEIGHT = 96, 38


class SleepHours(QWidget):
    """A line with a caption, a field under the buttons of the row above, and its echo.

    `given(minutes)` or `given(None)` for an emptied field; `refused(sentence)` when it can't be
    read, with the text left as it is.
    """

    given = Signal(object)
    refused = Signal(str)

    def __init__(self, row: RatingRow) -> None:
        super().__init__(row.parentWidget())
        self.row = row
        self._minutes: int | None = None
        self.caption = label(translate("today", "Hours asleep"))
        self.field = _HoursEdit()
        self.field.setAccessibleName(translate("today", "Hours asleep"))
        self.field.setPlaceholderText("7:30")
        self.caption.setBuddy(self.field)
        self.echo = label("", "quiet", wrap=True)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.caption)
        self._layout.addWidget(self.field)
        self._layout.addWidget(self.echo, 1)
        row.installEventFilter(self)
        self.field.textEdited.connect(lambda _text: self._echo())
        self.field.returnPressed.connect(self.commit)
        self.field.left.connect(self.commit)
        self._place()
        self._echo()

    def show_minutes(self, minutes: int | None) -> None:
        """Show what the journal has, unless something else is typed there that can't be read."""
        self._minutes = minutes
        if not self.field.isModified():
            self.field.setText("" if minutes is None else f"{minutes // 60}:{minutes % 60:02d}")
            self.field.setModified(False)
            self._echo()

    def in_words(self) -> str:
        """Return what the field holds as it is read out."""
        return self.echo.text()

    def forget(self) -> None:
        """Let go of what could not be read, when the day is left."""
        self.field.setModified(False)

    def commit(self) -> None:
        """Send what was typed, if it can be read and is new."""
        if not self.field.isModified():
            return
        try:
            minutes = self._read()
        except Refused as error:
            self.refused.emit(error.sentence)
            return
        self.field.setModified(False)
        if minutes != self._minutes:
            self._minutes = minutes
            self.given.emit(minutes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._place()
        return False

    def _read(self) -> int | None:
        text = self.field.text().strip()
        return parse_duration_minutes(text) if text else None

    def _echo(self) -> None:
        try:
            minutes = self._read()
            is_bad, text = False, _echo_text(minutes)
        except Refused:
            # Half-typed text is not wrong yet; the sentence comes when the field is left.
            is_bad, text = True, translate("today", "such as 7:30")
        self.echo.setText(text)
        if bool(self.field.property("invalid")) != is_bad:
            self.field.setProperty("invalid", is_bad)
            self.field.style().polish(self.field)

    def _place(self) -> None:
        """Stand where the row has its name and its buttons."""
        px = look().px
        gap = px(8)
        self._layout.setSpacing(gap)
        self.setFixedHeight(px(HEIGHT))
        self.caption.setFixedWidth(self.row.buttons_left - gap)
        self.field.setFixedWidth(px(WIDTH))


class _HoursEdit(Line):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _echo_text(minutes: int | None) -> str:
    return "" if minutes is None else duration_text(minutes)
