"""A table of a few rows within a page: as high as its rows, up to seven, and roomy columns."""

from PySide6.QtWidgets import QHeaderView, QTableView

from moodlab.ui.look.style import look

MOST_ROWS = 7


def give_room(table: QTableView) -> None:
    """Fit a table to the rows that it has now; the last column takes what is left."""
    header = table.horizontalHeader()
    last = header.count() - 1
    for column in range(last):
        table.setColumnWidth(column, table.columnWidth(column) + look().px(28))
    header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
    rows = min(table.model().rowCount(), MOST_ROWS)
    row = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(row * rows + header.sizeHint().height() + look().px(4))
