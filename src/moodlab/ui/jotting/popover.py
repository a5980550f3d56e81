"""A small panel over the page: a few fields, Enter saves, Esc closes, the keyboard goes back."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import application, look
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.focus_ring import RING_HOST
from moodlab.ui.widgets.text import label

_WIDTH = 460
_TOLD_MS = 5000


class Popover(QFrame):
    """Stands over `host`, below its `bars`, and takes no room from it. Add fields to `form`."""

    def __init__(self, host: QWidget, bars: QWidget, title: str) -> None:
        super().__init__(host)
        self.setObjectName("popover")
        self.setProperty(RING_HOST, True)
        self.setAccessibleName(title)
        self._host, self._bars = host, bars
        self._came_from: QWidget | None = None
        self._title = label(title, "section")
        self.message = label("", "muted", wrap=True)
        self._inside = QWidget()
        self.form = QVBoxLayout(self._inside)
        self.form.setContentsMargins(0, 0, 0, 0)
        hint = label(translate("jotting", "Enter saves, Esc closes."), "quiet")
        self._hint = hint
        self._layout = QVBoxLayout(self)
        for widget in (self._title, self._inside, self.message, hint):
            self._layout.addWidget(widget)
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.setInterval(_TOLD_MS)
        self._told.timeout.connect(self.hide)
        host.installEventFilter(self)
        application().focusChanged.connect(self._follow_focus)
        self.hide()

    def open(self, first: QWidget) -> None:
        """Show the form with the keyboard in `first`."""
        focused = QApplication.focusWidget()
        if self.isHidden() or focused is None or not self.isAncestorOf(focused):
            self._came_from = focused
        self._told.stop()
        self._show_form(True)
        self.refuse("")
        self.show()
        self.raise_()
        self._place()
        announce(self, self.accessibleName())
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what was typed."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, assertive=True)
        self._place()

    def done(self, sentence: str) -> None:
        """Give the keyboard back, and say for a moment what was done."""
        self._give_back()
        self._show_form(False)
        self.message.setText(sentence)
        self.message.show()
        self.show()  # which the keyboard's way back has ended
        self._place()
        self._told.start()
        announce(self, sentence)

    def close_form(self) -> None:
        """Close without saving; what was typed stays for the next time."""
        self._give_back()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Close when the person goes on elsewhere in the window; a list of its own is not."""
        if new is None or new.window() is not self.window() or self._inside.isHidden():
            return
        if not self.isAncestorOf(new):
            self._came_from = None
            self.hide()

    def _show_form(self, is_shown: bool) -> None:
        for widget in (self._title, self._inside, self._hint):
            widget.setVisible(is_shown)

    def _give_back(self) -> None:
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.focusNextChild()

    def _place(self) -> None:
        px = look().px
        self._layout.setContentsMargins(*[px(2 * GRID)] * 4)
        self._layout.setSpacing(px(GRID))
        self.form.setSpacing(px(GRID))
        width = min(px(_WIDTH), self._host.width() - px(2 * GRID))
        height = self._layout.totalHeightForWidth(width) if self._layout.hasHeightForWidth() else -1
        height = max(height, self._layout.totalMinimumSize().height())
        left, top = (self._host.width() - width) // 2, self._bars.height() + px(GRID)
        self.setGeometry(left, top, width, height)
