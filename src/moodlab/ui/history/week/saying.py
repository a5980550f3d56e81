"""A sentence over the grid, beside the chosen cell, so that it is seen where one looks."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel

from moodlab.ui.widgets.text import label


class Saying:
    """Shows one sentence under the row of the chosen cell; nothing else moves for it."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view = view
        self.label: QLabel = label("", "body", wrap=True)
        self.label.setParent(view.viewport())
        self.label.setObjectName("correction")
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self._follow = _Follow(self)
        view.viewport().installEventFilter(self._follow)

    @property
    def sentence(self) -> str:
        """What is said now; empty where nothing is."""
        return "" if self.label.isHidden() else self.label.text()

    def say(self, sentence: str) -> None:
        """Show a sentence; an empty one takes it away."""
        self.label.setText(sentence)
        self.label.setVisible(bool(sentence))
        self.place()

    def place(self) -> None:
        """Stand below the chosen cell, or above it where there is no room below."""
        if self.label.isHidden():
            return
        room, cell = self._view.viewport().rect(), self._view.visualRect(self._view.currentIndex())
        height = self.label.heightForWidth(room.width())
        below = cell.bottom() + 1
        top = below if below + height <= room.bottom() else max(0, cell.top() - height)
        self.label.setGeometry(0, top, room.width(), height)
        self.label.raise_()


class _Follow(QObject):
    def __init__(self, saying: Saying) -> None:
        super().__init__(saying.label)
        self._saying = saying

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._saying.place()
        return False
