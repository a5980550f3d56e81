"""One question of a questionnaire with its four answers, by mouse, arrows or the keys 0 to 3."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.tracking.instruments import ANSWERS
from moodlab.ui.look.style import look
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import label

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class ItemRow(QWidget):
    """`answered` after every change, `left(steps)` when the keyboard goes on to another row."""

    answered = Signal()
    left = Signal(int)

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        words = label(f"{number}. {text}", "body", wrap=True)
        # Typed as they are numbered, so the number stands before each.
        self.answers = Segments(text, [f"{value} {each}" for value, each in enumerate(ANSWERS)])
        for button in self.answers.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.installEventFilter(self)
        # One tab stop a row; once there is an answer Qt makes that the stop.
        self.answers.buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.answers.chosen.connect(lambda _index: self.answered.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(4))
        layout.addWidget(words)
        layout.addWidget(self.answers)

    @property
    def value(self) -> int | None:
        """What the answer counts; None while there is none."""
        return self.answers.index if self.answers.index >= 0 else None

    def take_focus(self) -> None:
        """Give the keyboard to the answer, or to the first one while there is none."""
        button = self.answers.buttons[self.value or 0]
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        text, key = event.text(), event.key()
        if key in _STEPS:
            self.left.emit(_STEPS[Qt.Key(key)])
        elif key in _CLEARING:
            self.answers.choose_none()
            self.answered.emit()
            self.take_focus()
        elif len(text) == 1 and text in "0123":
            self.answers.choose(int(text))
            self.answered.emit()
            self.left.emit(1)
        else:
            return False
        return True
