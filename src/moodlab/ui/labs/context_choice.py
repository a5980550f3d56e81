"""What was going on around a draw: a menu in which several things may be ticked."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from moodlab.domain.labs.results import CONTEXTS
from moodlab.domain.labs.words import context_words
from moodlab.i18n import translate
from moodlab.ui.look.style import look

# Room before and behind the text, in design pixels, as in a field with a list.
_BEFORE, _BEHIND = 12, 30


class ContextChoice(QPushButton):
    """A button that says what is ticked in its menu; `changed` when that becomes another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        menu = QMenu(self)
        for context in CONTEXTS:
            action = menu.addAction(context_words(context))
            action.setCheckable(True)
            action.setData(context)
            action.toggled.connect(lambda _checked: self._tell())
        self.setMenu(menu)
        self._name()

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, in the order of the menu."""
        ticked = {action.data() for action in self.menu().actions() if action.isChecked()}
        return tuple(context for context in CONTEXTS if context in ticked)

    def choose(self, contexts: Collection[str]) -> None:
        """Tick just these."""
        for action in self.menu().actions():
            action.setChecked(action.data() in contexts)

    def tick(self, context: str) -> None:
        """Tick one more."""
        self.choose((*self.chosen, context))

    def paintEvent(self, event: QPaintEvent) -> None:
        # Where the mark of the menu is styled, Qt forgets the padding before the text.
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        room = self.rect().adjusted(look().px(_BEFORE), 0, -look().px(_BEHIND), 0)
        elided = Qt.TextElideMode.ElideRight
        painter.drawItemText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.palette(),
            self.isEnabled(),
            self.fontMetrics().elidedText(self.text(), elided, room.width()),
            QPalette.ColorRole.ButtonText,
        )

    def _tell(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        words = [context_words(context) for context in self.chosen]
        self.setText(", ".join(words) or translate("labs", "nothing"))
        self.setAccessibleName(
            translate("labs", "Around the draw: {what}").format(what=self.text())
        )
