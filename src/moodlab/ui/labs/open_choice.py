"""A choice with one more line at its end, for what is not in the list yet."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OpenChoice(QComboBox):
    """`chosen(name)` when an entry was chosen; `another_asked(at_once)` at the line for another.

    `at_once` is False when the arrow keys only came past it; Enter there says so too.
    """

    chosen = Signal(str)
    another_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._last = ""
        self._was_open = False
        self.currentIndexChanged.connect(lambda _index: self._tell())
        self.activated.connect(lambda _index: self._ask_for_another())

    @property
    def has_another(self) -> bool:
        """Whether there is a line for another one."""
        return self.count() > 0 and self.itemData(self.count() - 1) is None

    @property
    def is_at_another(self) -> bool:
        """Whether the line for another one is chosen."""
        return self.has_another and self.currentIndex() == self.count() - 1

    def choose(self, name: str) -> None:
        """Choose an entry by its name."""
        self.setCurrentIndex(max(0, self.findData(name)))

    def step_back(self) -> None:
        """Return from the line for another one to what was chosen before."""
        self.choose(self._last)

    def showPopup(self) -> None:
        self._was_open = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._was_open = False
        if event.key() in _ENTER and self.is_at_another:
            self.another_asked.emit(True)
            return
        super().keyPressEvent(event)

    def _list(self, entries: Iterable[tuple[str, str]], another: str, chosen: str) -> None:
        """Offer (text, name) pairs and `another`, where there is one, without telling anybody."""
        self.blockSignals(True)
        self.clear()
        for text, name in entries:
            self.addItem(text, name)
        if another:
            self.addItem(another)
        self.choose(chosen)
        self._last = self.currentData() or ""
        self.blockSignals(False)

    def _tell(self) -> None:
        if self.is_at_another:
            self.another_asked.emit(False)
        else:
            self._last = self.currentData() or ""
            self.chosen.emit(self._last)

    def _ask_for_another(self) -> None:
        if self._was_open and self.is_at_another:
            self.another_asked.emit(True)
        self._was_open = False
