"""The same data as a chart, as a table that can be read cell by cell and copied."""

from heapq import nlargest

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from moodlab.charts.chart import Table
from moodlab.charts.table import as_tsv
from moodlab.ui.look.style import look

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_SHOWN_ROWS = 14
_MOST_SHORT_ROWS = 7
_ROW_HEIGHT = 30
# So many of a column's longest texts are measured; the one with most letters need not be widest.
_MEASURED = 200


class TableModel(QAbstractTableModel):
    """Gives the cells of a `Table` to Qt, newest row first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), ())
        # A column, and the sign behind its heading that says how rows are sorted by it.
        self.sort_mark = (-1, "")

    def show_table(self, table: Table) -> None:
        """Take another table."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.table.header)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        # A cell that is cut can be read under the pointer.
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.rows[-1 - index.row()][index.column()]
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            column, sign = self.sort_mark
            heading = self.table.header[section]
            return f"{heading} {sign}" if section == column else heading
        return None


class ChartTable(QTableView):
    """A table of the plotted values. Ctrl+C copies the selected rows, or all of them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = TableModel(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.setCornerWidget(QWidget())  # instead of Fusion's small frame between the scroll bars
        self._fit_rows()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_table(self, table: Table) -> None:
        """Show another table from its newest row on."""
        self._model.show_table(table)
        self.resizeColumnsToContents()
        row = self.verticalHeader().defaultSectionSize()
        self.setMinimumHeight(row * (min(len(table.rows), _SHOWN_ROWS) + 2))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_rows()
        super().changeEvent(event)

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().px(_ROW_HEIGHT))

    def sizeHintForColumn(self, column: int) -> int:
        # Qt would measure a thousand cells of every column, and not see those below.
        rows = self._model.table.rows
        places = {row[column]: number for number, row in enumerate(rows)}
        longest = nlargest(_MEASURED, places, key=len)
        if not longest:
            return 0
        widest = max(longest, key=self.fontMetrics().horizontalAdvance)
        cell = self._model.index(len(rows) - 1 - places[widest], column)
        return self.sizeHintForIndex(cell).width()

    def choose_row(self, row: int) -> None:
        """Select one row alone, also while Ctrl is held for Undo: Qt's own would toggle it."""
        index = self._model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def copy(self) -> int:
        """Put the selected rows, or all, on the clipboard with tabs; return how many."""
        table = self._model.table
        chosen = sorted({-1 - index.row() for index in self.selectionModel().selectedRows()})
        rows = tuple(table.rows[row] for row in chosen) or table.rows
        QGuiApplication.clipboard().setText(as_tsv(Table(table.header, rows)))
        return len(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)


def give_room(table: QTableView) -> None:
    """Make a table within a page as high as its rows, up to seven, with roomy columns."""
    header = table.horizontalHeader()
    last = header.count() - 1
    for column in range(last):
        table.setColumnWidth(column, table.columnWidth(column) + look().px(28))
    header.setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)
    rows = min(table.model().rowCount(), _MOST_SHORT_ROWS)
    row = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(row * rows + header.sizeHint().height() + look().px(4))
