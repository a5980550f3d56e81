"""Help where no page can be opened: while the diary is locked, hidden, unopened or not begun."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.page_frame import PageFrame
from moodlab.ui.widgets.text import Button, label

READING_WIDTH = 680


class HelpAtHand(QWidget):
    """Shows `content`, and in its place whom to call, as soon as somebody asks.

    `country` is whose numbers are shown; `country_chosen(code)` tells of another. Ctrl+H opens it.
    """

    country_chosen = Signal(str)

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.country = ""
        self._content = content
        self._help: _HelpFrame | None = None
        self._before: QWidget | None = None
        self.button = Button(translate("pages", "If you need help now"), "corner", self.open)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(content, 1)
        corner = QHBoxLayout()
        corner.setContentsMargins(look().px(12), 0, 0, look().px(2 * GRID))
        corner.addWidget(self.button)
        corner.addStretch(1)
        self._layout.addLayout(corner)
        QShortcut(QKeySequence("Ctrl+H"), self, self.open)

    @property
    def is_open(self) -> bool:
        """Whether the help is shown."""
        return self._help is not None

    def open(self) -> None:
        """Show whom to call."""
        if self._help is not None:
            return
        self._before = self.window().focusWidget()
        self._help = _HelpFrame(self.country)
        self._help.back.clicked.connect(self.close_help)
        self._help.left.connect(self.close_help)
        self._help.advice.chosen.connect(self._keep_country)
        self._content.hide()
        self.button.hide()
        self._layout.insertWidget(0, self._help, 1)
        self._help.show()
        self._help.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_help(self) -> None:
        """Go back to what was there, and to where the keyboard was."""
        if self._help is None:
            return
        former, self._help = self._help, None
        self._content.show()
        self.button.show()
        (self._before or self.button).setFocus(Qt.FocusReason.OtherFocusReason)
        former.hide()
        former.deleteLater()

    def _keep_country(self, code: str) -> None:
        self.country = code
        self.country_chosen.emit(code)


class _HelpFrame(PageFrame):
    """The advice as a page, with the way back. `left` is Esc."""

    left = Signal()

    def __init__(self, country: str) -> None:
        from moodlab.ui.help_now.advice import Advice

        super().__init__(
            translate("help now", "If you need help now"),
            max_width=READING_WIDTH,
        )
        self.back = Button(translate("help now", "Back"), "secondary")
        self.corner.addWidget(self.back)
        self.advice = Advice(country)
        self.body.addWidget(self.advice)
        self.body.addSpacing(look().px(2 * GRID))
        words = translate("help now", "Your own contacts are kept in your diary.")
        self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addStretch(1)

    def event(self, event: QEvent) -> bool:
        # Esc means this page, whatever it means on the screen beneath.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
