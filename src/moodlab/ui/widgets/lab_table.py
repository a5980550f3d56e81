"""The journal's blood results as a table, newest first, one of which is chosen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

from moodlab.charts.chart import Table
from moodlab.domain.days import short_date
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import all_context_words, marked_left_out, position_words
from moodlab.i18n import translate
from moodlab.report.page.lab_list import lab_text, test_name
from moodlab.ui.look.style import look
from moodlab.ui.widgets.chart_table import ChartTable

_SHOWN_ROWS = 4
_DAY, _TEST, _PRINTED, _RANGE, _POSITION, _AROUND, _LABORATORY = range(7)
# In design pixels: the laboratory's column, and the least and most of a test's name.
_LEAST_ROOM, _SHORT_NAME, _LONG_NAME = 110, 96, 220
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LabTable(ChartTable):
    """`chosen(LabResult)` when another row is chosen, `opened` at Enter on it.

    A click on a heading, or `sort_here`, sorts by that column. Results that are not the journal's
    yet have nothing `around` the draw.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, name: str, *, around: bool = True) -> None:
        super().__init__(name)
        self._around = around
        self._all: tuple[LabResult, ...] = ()
        self._results: tuple[LabResult, ...] = ()
        self._only = ""
        self._others = self._around_width = self._name_width = 0
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicator(_DAY, Qt.SortOrder.DescendingOrder)
        header.sortIndicatorChanged.connect(lambda *_: self._arrange_anew())

    @property
    def result(self) -> LabResult | None:
        """The chosen result."""
        row = self._row
        return None if row is None else self._results[-1 - row]

    @property
    def shown(self) -> tuple[LabResult, ...]:
        """The results that are shown, from the last row to the first."""
        return self._results

    def show_results(self, results: tuple[LabResult, ...], *, only: str = "") -> LabResult | None:
        """Show `results`, oldest first, and return the chosen one: the same as before if it stands.

        Otherwise it is its neighbour, and at first the newest. `only` is a test's id, or all.
        """
        self._all, self._only = results, only
        self._arrange()
        return self.result

    def show_only(self, test_id: str) -> None:
        """Show one test over time, or all of them."""
        self._only = test_id
        self._arrange_anew()

    def choose(self, result_id: str) -> bool:
        """Choose a result and scroll to it; say whether it is shown."""
        ids = [result.id for result in reversed(self._results)]
        if result_id not in ids:
            return False
        self.choose_row(ids.index(result_id))
        return True

    def sort_here(self) -> None:
        """Sort by the column that the arrow keys came to, and the other way the second time."""
        header, column = self.horizontalHeader(), max(0, self.currentIndex().column())
        is_down = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        order = (
            Qt.SortOrder.AscendingOrder
            if is_down or header.sortIndicatorSection() != column
            else Qt.SortOrder.DescendingOrder
        )
        header.setSortIndicator(column, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.result is not None:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    @property
    def _row(self) -> int | None:
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _arrange_anew(self) -> None:
        self._arrange()
        self._tell()

    def _arrange(self) -> None:
        """Show the rows that are wanted in the order that is wanted; the choice stays."""
        row, before = self._row or 0, self.result
        column = max(0, self.currentIndex().column())
        header = self.horizontalHeader()
        is_down = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self._model.sort_mark = (header.sortIndicatorSection(), "↓" if is_down else "↑")
        shown = [each for each in self._all if self._only in ("", each.catalogue_id)]
        # Within one day, test or laboratory the newest stands first, whichever way it is sorted.
        shown.reverse()
        shown.sort(key=_SORT_KEYS[header.sortIndicatorSection()], reverse=is_down)
        shown.reverse()
        self.blockSignals(True)
        self._results = tuple(shown)
        self.show_table(_tabulate(self._results))
        self._fit_columns()
        if self._results:
            if before is None or not self.choose(before.id):
                self.choose_row(min(row, len(self._results) - 1))
            # Where the arrow keys were, so that sorting twice is one key twice.
            self.selectionModel().setCurrentIndex(
                self.model().index(self._row or 0, column),
                QItemSelectionModel.SelectionFlag.NoUpdate,
            )
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now has the table the font of its page.
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        self.setColumnHidden(_AROUND, not self._around)
        self.setColumnHidden(_LABORATORY, False)
        self.resizeColumnsToContents()
        self._name_width = self.columnWidth(_TEST)
        self._around_width = self.columnWidth(_AROUND)
        self._others = sum(
            self.columnWidth(column) for column in (_DAY, _PRINTED, _RANGE, _POSITION)
        )
        row = self.verticalHeader().defaultSectionSize()
        rows = min(len(self._results), _SHOWN_ROWS)
        self.setMinimumHeight(row * rows + header.sizeHint().height() + row // 2)
        self._make_room()

    def _make_room(self) -> None:
        """Leave to the words under the table what would be cut: first the laboratory."""
        room = self.viewport().width() - self._others
        # A long name is cut before the values are pushed out.
        name = min(self._name_width, look().px(_LONG_NAME), max(look().px(_SHORT_NAME), room))
        self.setColumnWidth(_TEST, name)
        room -= name + self._around_width
        self.setColumnHidden(_LABORATORY, room < look().px(_LEAST_ROOM))
        self.setColumnHidden(_AROUND, not self._around or room < 0)
        if room < 0:
            room += self._around_width
        # Rows reach to the right edge, but no column is squeezed for it.
        self.horizontalHeader().setStretchLastSection(room >= 0)

    def _tell(self) -> None:
        if (result := self.result) is not None:
            self.chosen.emit(result)


def _place_of(result: LabResult) -> int:
    return -1 if result.position is None else list(Position).index(result.position)


_SORT_KEYS: tuple[Callable[[LabResult], Any], ...] = (
    lambda result: result.collected,
    lambda result: test_name(result).casefold(),
    # Figures are compared within a test; words stand before them.
    lambda result: (
        test_name(result).casefold(),
        result.canonical is not None,
        result.canonical or 0,
    ),
    lambda result: result.range_text.casefold(),
    _place_of,
    lambda result: _around(result).casefold(),
    lambda result: _laboratory(result).casefold(),
)


def _tabulate(results: tuple[LabResult, ...]) -> Table:
    return Table(
        header=(
            translate("labs", "Collected"),
            translate("labs", "Test"),
            translate("labs", "As printed"),
            translate("labs", "Lab's range"),
            translate("labs", "Position"),
            translate("labs", "Around the draw"),
            translate("labs", "Laboratory"),
        ),
        rows=tuple(
            (
                short_date(result.collected),
                test_name(result),
                lab_text(result),
                result.range_text,
                position_words(result.position) if result.position else "",
                _around(result),
                _laboratory(result),
            )
            for result in results
        ),
    )


def _around(result: LabResult) -> str:
    words = all_context_words(result.context)
    return marked_left_out(words).lstrip() if result.excluded else words


def _laboratory(result: LabResult) -> str:
    return ", ".join(text for text in (result.lab, result.method) if text)
