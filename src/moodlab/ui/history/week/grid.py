"""The week grid: seven days by what is asked, typed through a day at a time."""

from datetime import date

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from moodlab.domain.metrics import THOUSAND
from moodlab.i18n import translate
from moodlab.ui.history.week.cell_field import CellField
from moodlab.ui.history.week.entries import Place, Row, RowKind, WeekEntries, day_heading
from moodlab.ui.history.week.model import CellPainter, WaitingText, WeekModel
from moodlab.ui.history.week.ten_slip import Slip, TenSlip
from moodlab.ui.look.style import look
from moodlab.ui.shell.focus_ring import OWN_RING

_TEN = (Qt.Key.Key_X, Qt.Key.Key_Plus, Qt.Key.Key_Asterisk)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WALKING = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
_YES = (Qt.Key.Key_Y, Qt.Key.Key_1)
_NO = (Qt.Key.Key_N, Qt.Key.Key_0)
_HIGHEST = 10
# In design pixels.
_ROW, _LEAST_DAY, _LEAST_NAME = 36, 38, 88
_NAME_SHARE = 0.32


class WeekGrid(QTableView):
    """Turns keys into wishes; it saves nothing itself.

    `rated(day, metric, thousandths or None)`, `cleared(day, metric)`, `unwell_wanted(day, bool)`
    and `noted(day, text)` ask for a write; `meant_ten(Slip)` asks to put a slip right. `moved`
    tells that another cell is chosen, `ended` that there is none further on, `told(sentence)` what
    a key could not do, and `slip_changed` that there is a question about 1 and 0, or no more.
    """

    rated = Signal(object, object, object)
    cleared = Signal(object, object)
    unwell_wanted = Signal(object, bool)
    noted = Signal(object, str)
    meant_ten = Signal(object)
    moved = Signal()
    ended = Signal()
    told = Signal(str)
    slip_changed = Signal()

    def __init__(self, entries: WeekEntries, waiting_text: WaitingText) -> None:
        super().__init__()
        self.cells = WeekModel(entries, waiting_text, self)
        self.setModel(self.cells)
        self.setItemDelegate(CellPainter(self, self.cells))
        self.slip = TenSlip()
        self.field = CellField(self.viewport(), self.cells, self.visualRect)
        self.field.written.connect(self._take_written)
        self.field.emptied.connect(self._clear)
        self.field.told.connect(self.told)
        self.field.entered.connect(self._go_on)
        self.field.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.setAccessibleName(translate("week", "Week from paper"))
        self.setProperty(OWN_RING, True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self._fit()

    # What stands in it

    @property
    def entries(self) -> WeekEntries:
        """The week that is shown."""
        return self.cells.entries

    @property
    def row(self) -> Row:
        """What the chosen cell is about."""
        return self.cells.row_at(self.currentIndex())

    @property
    def day(self) -> date:
        """The day of the chosen cell."""
        return self.cells.day_at(self.currentIndex())

    def show_entries(self, entries: WeekEntries) -> None:
        """Show what the journal has now. The chosen cell stays where it still stands."""
        before, week = self.row.id, self.entries.week
        column = self.currentIndex().column()
        self.cells.show_entries(entries)
        if self.currentIndex().isValid():
            return
        self.field.close()
        self._fit()
        ids = [row.id for row in entries.rows]
        if week == entries.week and before in ids:
            self.choose(self.cells.index(ids.index(before), column))
        else:
            self.choose_first_open()

    def choose(self, index: QModelIndex) -> None:
        """Choose a cell."""
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def choose_first_open(self) -> None:
        """Choose the first rating that is waited for, or else the first cell."""
        cells = self._chain()
        ratings = [cell for cell in cells if self.cells.row_at(cell).kind is RowKind.RATING]
        empty = [
            cell
            for cell in ratings
            if not self._holds(cell) and not self.entries.is_marked(self.cells.day_at(cell))
        ]
        self.choose(next(iter(empty or ratings or cells), self.cells.index(0, 0)))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        harmless = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~harmless or not self.currentIndex().isValid():
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            return
        if self._correct_with(event):
            return
        self._press(event)

    def _press(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        one = self.slip.take_one()
        if key in _ENTER:
            self.step(1)
        elif key == Qt.Key.Key_Delete or (key == Qt.Key.Key_Backspace and self._holds(index)):
            self._clear(index)
        elif key == Qt.Key.Key_Backspace:
            self.step(-1)
        elif key in _WALKING:
            super().keyPressEvent(event)
        elif self.cells.is_closed(index) and (event.text().strip() or key == Qt.Key.Key_F2):
            self.told.emit(self.entries.why_closed(self.row, self.day))
        elif key == Qt.Key.Key_F2:
            self.edit_cell(index)
        elif key == Qt.Key.Key_U and self.row.kind is not RowKind.NOTE:
            self._toggle_unwell()
        else:
            self._answer(index, event, one)

    def _answer(self, index: QModelIndex, event: QKeyEvent, one: Place | None) -> None:
        kind, key = self.row.kind, event.key()
        is_zero_after_one = key == Qt.Key.Key_0 and one is not None and self._follows(one, index)
        if kind is RowKind.RATING and (number := _typed_number(event)) is not None:
            replaced = self.entries.rating(self.row, self.day)
            self._rate(index, number * THOUSAND)
            if key == Qt.Key.Key_1:
                self.slip.remember(self.cells.place_of(index))
            elif is_zero_after_one and one is not None:
                self._offer(Slip(one, self.cells.place_of(index), replaced))
        elif is_zero_after_one and one is not None:
            self._offer(Slip(one, None))
        elif kind in (RowKind.RATING, RowKind.YES_NO) and key == Qt.Key.Key_Minus:
            self._rate(index, None)
        elif kind is RowKind.YES_NO and key in (*_YES, *_NO):
            self._rate(index, THOUSAND if key in _YES else 0)
        elif kind is RowKind.STATE and key in (Qt.Key.Key_Space, *_TEN, *_YES):
            self._toggle_unwell()
        elif kind in (RowKind.VALUE, RowKind.NOTE) and event.text().isprintable() and event.text():
            self.edit_cell(index, event.text().strip())
        else:
            event.ignore()

    def step(self, by: int) -> None:
        """Go to the next cell that takes an answer: down the day, then to the next day."""
        here = self._order(self.currentIndex())
        cells = sorted(self._chain(), key=self._order, reverse=by < 0)
        ahead = [cell for cell in cells if (self._order(cell) - here) * by > 0]
        if ahead:
            self.choose(ahead[0])
        elif by > 0:
            self.ended.emit()

    def _rate(self, index: QModelIndex, value: int | None) -> None:
        metric = self.cells.row_at(index).metric
        self.rated.emit(self.cells.day_at(index), metric, value)
        self.step(1)

    def _clear(self, index: QModelIndex) -> None:
        row, day = self.cells.row_at(index), self.cells.day_at(index)
        if not self._holds(index):
            return
        if row.metric is not None:
            self.cleared.emit(day, row.metric)
        elif row.kind is RowKind.STATE:
            self.unwell_wanted.emit(day, False)
        else:
            self.noted.emit(day, "")

    def _toggle_unwell(self) -> None:
        self.unwell_wanted.emit(self.day, not self.entries.is_unwell(self.day))

    # 1 and 0

    def _offer(self, slip: Slip) -> None:
        self.slip.offer(slip)
        self.slip_changed.emit()

    def _correct_with(self, event: QKeyEvent) -> bool:
        """Take X as "I meant ten" while that is asked; any other key ends the question."""
        slip = self.slip.dismiss()
        if slip is None:
            return False
        self.slip_changed.emit()
        if event.key() in _TEN:
            self.meant_ten.emit(slip)
            if slip.second is not None:
                self.choose(self.cells.index_of(slip.second))
            return True
        if slip.second is None and event.text().strip() and self.row.kind is RowKind.VALUE:
            # The 0 was the beginning of a value after all.
            self.edit_cell(self.currentIndex(), f"0{event.text()}")
            return True
        return False

    def _follows(self, one: Place, index: QModelIndex) -> bool:
        """Whether a cell is the next one that takes an answer after that of `one`."""
        first, second = self._order(self.cells.index_of(one)), self._order(index)
        between = [cell for cell in self._chain() if first < self._order(cell) < second]
        return first < second and not between

    # Values and notes that are written out

    def edit_cell(self, index: QModelIndex, typed: str = "") -> None:
        """Open a field over a cell, with what stands there or with the letter typed over it."""
        if self.cells.row_at(index).kind is RowKind.STATE:
            self._toggle_unwell()
        else:
            self.field.open(index, typed)

    def _take_written(self, index: QModelIndex, value: object) -> None:
        row, day = self.cells.row_at(index), self.cells.day_at(index)
        if row.metric is None:
            self.noted.emit(day, value)
        else:
            self.rated.emit(day, row.metric, value)

    def _go_on(self, by: int) -> None:
        """Go on from a value that was entered; a note is no step of the way."""
        row = self.currentIndex().row() + by
        if by and 0 <= row < self.cells.rowCount():
            self.choose(self.currentIndex().siblingAtRow(row))
        elif not by and self.row.kind is not RowKind.NOTE:
            self.step(1)

    # Cells

    def _chain(self) -> list[QModelIndex]:
        """Return the cells that Enter and digits walk through, day by day."""
        model = self.cells
        cells = (
            model.index(row, column)
            for column in range(model.columnCount())
            for row in range(model.rowCount())
            if model.entries.rows[row].is_answer
        )
        return [cell for cell in cells if not model.is_closed(cell)]

    def _order(self, index: QModelIndex) -> int:
        return index.column() * self.cells.rowCount() + index.row()

    def _holds(self, index: QModelIndex) -> bool:
        return self.entries.holds(self.cells.row_at(index), self.cells.day_at(index))

    # Qt's own

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.cells.is_closed(index):
            self.told.emit(
                self.entries.why_closed(self.cells.row_at(index), self.cells.day_at(index))
            )
        elif index.isValid():
            self.edit_cell(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self.field.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Be as high as the rows; the page scrolls, not the grid."""
        row = look().px(_ROW)
        self.verticalHeader().setDefaultSectionSize(row)
        self._fit_columns()
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        rows = row * self.cells.rowCount()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + below + 2)

    def _fit_columns(self) -> None:
        px, measure = look().px, self.fontMetrics().horizontalAdvance
        most = max(px(_LEAST_NAME), round(self.width() * _NAME_SHARE))
        longest = max(measure(row.label) for row in self.entries.rows) + px(24)
        name = min(longest, most)
        self.verticalHeader().setFixedWidth(name)
        room = self.width() - name - 2
        count = self.cells.columnCount()
        for column in range(count):
            # The last days take what is left of the division.
            width = room * (column + 1) // count - room * column // count
            self.setColumnWidth(column, max(px(_LEAST_DAY), width))
        widest = max(measure(day_heading(day, self.entries.today)[4:]) for day in self.entries.days)
        is_brief = widest + px(8) > room // count
        if is_brief != self.cells.has_brief_headings:
            self.cells.has_brief_headings = is_brief
            self.horizontalHeader().viewport().update()


def _typed_number(event: QKeyEvent) -> int | None:
    """Return the rating that a key stands for, from the main row, the keypad, or X for ten."""
    if event.key() in _TEN:
        return _HIGHEST
    if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
        return int(event.key()) - int(Qt.Key.Key_0)
    return None
