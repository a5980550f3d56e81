"""Fields under their captions, in as many columns as there is room for."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from moodlab.ui.look.style import look
from moodlab.ui.widgets.text import label

_COLUMN, _MOST_COLUMNS = 180, 4


class FieldCells(QWidget):
    """Shows those of `fields` (name, caption, field) that are asked for, in their order.

    `purpose` tells the fields of two forms of one page apart, for ears and for drafts.
    """

    def __init__(self, fields: Iterable[tuple[str, str, QWidget]], purpose: str) -> None:
        super().__init__()
        self._cells = {}
        for name, caption, field in fields:
            words = label(caption, "quiet")
            words.setBuddy(field)
            field.setAccessibleName(f"{caption}, {purpose}")
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._cells[name] = (words, field)
        self._shown = tuple(self._cells)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self._arrange(1)

    def show_only(self, *names: str) -> None:
        """Show these fields."""
        self._shown = names
        self._arrange(self._fitting(), anew=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self._arrange(self._fitting())

    def _fitting(self) -> int:
        room = self.width() // look().px(_COLUMN)
        return max(1, min(_MOST_COLUMNS, room, len(self._shown)))

    def _arrange(self, columns: int, *, anew: bool = False) -> None:
        if columns == self._columns and not anew:
            return
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 0)
        self._columns = columns
        px = look().px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        place = 0
        for name, (caption, field) in self._cells.items():
            self._grid.removeWidget(caption)
            self._grid.removeWidget(field)
            is_shown = name in self._shown
            row, column = divmod(place, columns)
            place += is_shown
            # First into the grid: what has no parent would be shown as a window of its own.
            self._grid.addWidget(caption, 2 * row, column)
            self._grid.addWidget(field, 2 * row + 1, column)
            caption.setVisible(is_shown)
            field.setVisible(is_shown)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
