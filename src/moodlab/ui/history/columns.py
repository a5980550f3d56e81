"""The calendar with the chosen day beside it, or below it where both don't fit."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from moodlab.theme import GRID
from moodlab.ui.look.style import look

# In design pixels: the day beside the calendar, and the least room in which it stands there.
_PANEL_WIDTH, _BESIDE_FROM = 264, 720
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX


class Columns(QWidget):
    """Puts `calendar`, from the top down, at the left of `panel` or above it."""

    def __init__(self, calendar: tuple[QWidget, ...], panel: QWidget) -> None:
        super().__init__()
        self._panel = panel
        self._left = QVBoxLayout()
        for widget in calendar:
            self._left.addWidget(widget)
        self._left.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addLayout(self._left, 1)
        self._line.addWidget(panel)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fold()

    def _fold(self) -> None:
        px = look().px
        is_beside = self.width() >= px(_BESIDE_FROM)
        self._line.setDirection(
            QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        )
        self._line.setSpacing(px(4 * GRID if is_beside else 2 * GRID))
        self._left.setSpacing(px(GRID))
        self._panel.setMinimumWidth(px(_PANEL_WIDTH) if is_beside else 0)
        self._panel.setMaximumWidth(px(_PANEL_WIDTH) if is_beside else _ANY_WIDTH)
