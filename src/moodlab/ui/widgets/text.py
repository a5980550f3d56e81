"""Text and buttons as every page uses them, so that pages look alike."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# A property: what is typed here is not kept as a draft when the window locks or closes.
NEVER_DRAFTED = "neverDrafted"


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Return a label in plain text.

    `role`: ``title``, ``section``, ``heading``, ``body``, ``muted``, ``quiet``, ``figure`` or
    ``error``.
    """
    made = QLabel()
    # People's own words are never markup.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setText(text)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def keep_room(widget: QWidget) -> None:
    """Keep the room of a widget while it is hidden, so that nothing else moves."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def hairline() -> QFrame:
    """Return a decorative line between groups."""
    line = QFrame()
    line.setProperty("role", "hairline")
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


class Button(QPushButton):
    """A push button that Enter presses as well as Space, as everywhere else on the computer.

    A double click is one click, so that it neither takes back nor repeats what the first one did;
    only arrows step as often as they are clicked.
    """

    def __init__(
        self, text: str, role: str = "", on_click: Callable[[], object] | None = None
    ) -> None:
        super().__init__(text)
        if role:
            self.setProperty("role", role)
        self._other_texts: tuple[str, ...] = ()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def keep_width_for(self, *texts: str) -> None:
        """Be as wide as the widest of `texts`, so that nothing moves when one replaces another."""
        self._other_texts = texts
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._widened(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self._widened(super().minimumSizeHint())

    def _widened(self, hint: QSize) -> QSize:
        if self._other_texts:
            measure = self.fontMetrics().horizontalAdvance
            widest = max(map(measure, self._other_texts))
            hint.setWidth(hint.width() + max(0, widest - measure(self.text())))
        return hint

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.property("role") == "arrow":
            super().mouseDoubleClickEvent(event)
        else:
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
            return
        super().keyPressEvent(event)
