"""A sentence with its answers in one line: across the window, or calm within a page."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button, keep_room, label

# A line of text with buttons, in design pixels.
_LINE_HEIGHT = 46
_AROUND = 8
# The answers stand below a sentence that would keep less of the line than this.
_SENTENCE_SHARE = 0.4


class Strip(QFrame):
    """Is seen only while it says something."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        self._buttons: list[Button] = []
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._text, 1)
        self._answers = Flow()
        self._layout.addLayout(self._answers)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._text.text()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its answers, in order."""
        return tuple(self._buttons)

    def say(self, sentence: str, *answers: tuple[str, Callable[[], object]]) -> None:
        """Show `sentence` with a button for each (text, what it does); an empty one hides it."""
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._text.setText(sentence)
        self._buttons = [Button(text, "", do) for text, do in answers]
        for button in self._buttons:
            self._answers.addWidget(button)
        self._fold()
        self.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Put the answers below the sentence where both don't fit into a line."""
        self._answers.setSpacing(look().px(8))
        fits = self._answers.sizeHint().width() <= (1 - _SENTENCE_SHARE) * self.width()
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        )
        self.updateGeometry()


def one_place(*widgets: QWidget) -> QWidget:
    """Return a place of a notice's height in which one of `widgets` is seen at a time, or none."""
    place = _Place()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return place


class _Place(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._fit_look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        self.setMinimumHeight(look().px(_LINE_HEIGHT))


class Notice(Strip):
    """A sentence with buttons of equal weight; at most one stands on a page.

    With `keeps_room` the page keeps a line free for it, so that nothing moves when it comes.
    """

    def __init__(self, *, keeps_room: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._keeps_room = keeps_room
        if keeps_room:
            keep_room(self)
        self._fit_look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        if self._keeps_room:
            self.setMinimumHeight(look().px(_LINE_HEIGHT))

    def ask(self, sentence: str, answers: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Show `sentence` with a button for each (text, what it does)."""
        px = look().px
        self._layout.setContentsMargins(px(14), px(4), px(4), px(4))
        self._layout.setSpacing(px(8))
        self.say(sentence, *answers)
        if sentence:
            # When its place is known.
            QTimer.singleShot(0, self, self._come_into_view)

    def _come_into_view(self) -> None:
        """Scroll the page to what is said: with large text its place may lie below the window."""
        # Asked first: to walk up to the page has PySide make enumerations, a tenth of the start.
        if self.visibleRegion().boundingRect().height() >= self.height():
            return
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is not None and self.isVisible():
            page.ensureWidgetVisible(self, 0, look().px(_AROUND))
