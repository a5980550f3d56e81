"""What was going on around a draw: a menu in which several things may be ticked."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from moodlab.domain.labs import CONTEXTS
from moodlab.i18n import translate
from moodlab.ui.lab_words import context_words


class ContextChoice(QToolButton):
    """A button that says what is ticked in its menu; `changed` when that becomes another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
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

    def _tell(self) -> None:
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        words = [context_words(context) for context in self.chosen]
        self.setText(", ".join(words) or translate("labs", "nothing"))
        self.setAccessibleName(
            translate("labs", "Around the draw: {what}").format(what=self.text())
        )
