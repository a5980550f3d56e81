"""The calm screen in the window's place while no journal is open: first start, unlocking, trouble.

One column of text and controls, as wide as reads well, with the same edges as a page.
"""

from base64 import b64decode
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.help_now.at_hand import HelpAtHand
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.first_size import fit_to_screen
from moodlab.ui.shell.focus_ring import FocusRing
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.page_frame import PageFrame
from moodlab.ui.widgets.text import Button, label

SIZE = (1040, 720)
Decided = TypeVar("Decided")
COLUMN = 600


class StartScreen(QWidget, Generic[Decided]):
    """Waits until the person has decided: `wait` returns what was given to `leave`.

    Closing the window decides for None. Content goes into `body`, buttons into `buttons`. Whom to
    call is always at hand (`help_now`).
    """

    def __init__(self, title: str, geometry: str = "") -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.setWindowTitle("MoodLab")
        self._loop = QEventLoop()
        self._decided: Decided | None = None
        self.frame = PageFrame(title)
        self.body: QVBoxLayout = self.frame.body
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.buttons = Flow()
        self.buttons.setSpacing(look().px(1.5 * GRID))
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.frame, 100)
        row.addStretch(1)
        self.help_now = HelpAtHand(content)
        self._outer = outer = QVBoxLayout(self)
        self._fit_look()
        outer.addWidget(self.help_now)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        self._ring = FocusRing(self)
        fit_to_screen(self, SIZE)
        if geometry:
            self.restoreGeometry(QByteArray(b64decode(geometry.encode("ascii"), validate=False)))

    def wait(self) -> Decided | None:
        """Show the screen until something is decided, and return it. The screen stays visible."""
        self.show()
        self.activateWindow()
        self._loop.exec()
        return self._decided

    def leave(self, decided: Decided) -> None:
        """End waiting."""
        self._decided = decided
        self._loop.quit()

    def say(self, sentence: str, *, is_question: bool = False) -> None:
        """Show what went wrong, or what is asked, and have it read out."""
        self.trouble.setText(sentence)
        if is_question != (self.trouble.property("role") == "body"):
            self.trouble.setProperty("role", "body" if is_question else "error")
            self.trouble.style().polish(self.trouble)
        self.trouble.setVisible(bool(sentence))
        announce(self, sentence, assertive=True)

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard first."""
        return None

    def add_text(self, text: str, role: str = "body") -> QLabel:
        """Add a paragraph."""
        made = label(text, role, wrap=True)
        self.body.addWidget(made)
        return made

    def add_space(self, steps: float = 1.0) -> None:
        """Add so many steps of the grid."""
        self.body.addSpacing(look().px(steps * GRID))

    def add_end(self, *buttons: Button) -> None:
        """Add the line for trouble and the row of buttons, the last one at the right."""
        self.body.addWidget(self.trouble)
        self.add_space(1)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.buttons.addWidget(button)
        self.body.addLayout(self.buttons)
        self.body.addStretch(1)

    def add_below(self, button: Button) -> None:
        """Add a quiet way on under the row of buttons."""
        at = self.body.count() - 1
        self.body.insertSpacing(at, look().px(GRID))
        self.body.insertWidget(at + 1, button, 0, Qt.AlignmentFlag.AlignLeft)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self._fit_look()

    def _fit_look(self) -> None:
        self.frame.setMaximumWidth(look().px(COLUMN + 2 * PAGE_MARGIN))
        self._outer.setContentsMargins(0, look().px(6 * GRID), 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        target = self.first_focus()
        if target is not None:
            QTimer.singleShot(0, lambda: target.setFocus(Qt.FocusReason.OtherFocusReason))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._loop.quit()
