"""Fields with captions in as many columns as there is room for, and one button at their end."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.text import label

# At 100 % text size a column of fields is this wide, in design pixels.
COLUMN_WIDTH = 140
FEWEST_COLUMNS, MOST_COLUMNS = 2, 5


class FieldGrid(QWidget):
    """Keeps the order of `fields`, pairs of a caption with its key and a field."""

    def __init__(self, fields: Sequence[tuple[str, QWidget]], button: QPushButton) -> None:
        super().__init__()
        self._fields = []
        for text, field in fields:
            caption = label(text, "quiet")
            caption.setBuddy(field)
            # One whose name says more, such as what is ticked, keeps it.
            field.setAccessibleName(field.accessibleName() or text.replace("&", ""))
            # Columns are alike, however long the longest test or context is.
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._fields.append((caption, field))
        self._button = button
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self._arrange(MOST_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() // look().px(COLUMN_WIDTH)
        self._arrange(max(FEWEST_COLUMNS, min(MOST_COLUMNS, room)))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 0)
        self._columns = columns
        px = look().px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        for number, (caption, field) in enumerate(self._fields):
            row, column = divmod(number, columns)
            # A caption stands nearer to its own field than to the one above it.
            caption.setContentsMargins(0, px(GRID) if row else 0, 0, 0)
            self._grid.addWidget(caption, 2 * row, column)
            # The button is higher than a field; all fields stand at one height.
            self._grid.addWidget(field, 2 * row + 1, column, Qt.AlignmentFlag.AlignTop)
        row, column = divmod(len(self._fields), columns)
        at_right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._button, 2 * row + 1, column, 1, columns - column, at_right)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)
