"""A line that offers what was typed there before."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from moodlab.ui.widgets.line import Line

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OfferingLine(Line):
    """Down in the empty line shows all; Enter in the list takes one, and only that."""

    def __init__(self) -> None:
        super().__init__()
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def offer(self, texts: Iterable[str]) -> None:
        """Offer `texts` in their order, each once."""
        once = list(dict.fromkeys(text for text in texts if text))
        if once != self._offers.stringList():
            self._offers.setStringList(once)

    @property
    def offered(self) -> list[str]:
        """What is offered."""
        return self._offers.stringList()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        completer = self.completer()
        popup = completer.popup()
        is_open = popup is not None and popup.isVisible()
        if event.key() in _ENTER and popup and is_open and popup.currentIndex().isValid():
            popup.hide()
            return
        if event.key() == Qt.Key.Key_Down and not is_open and self._offers.rowCount():
            completer.setCompletionPrefix(self.text())
            completer.complete()
            return
        super().keyPressEvent(event)
