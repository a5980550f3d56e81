"""The journal's blood results as a table, newest first, one of which is chosen."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent

from moodlab.charts.chart import Table
from moodlab.domain.days import short_date
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.words import all_context_words, marked_left_out, position_words
from moodlab.i18n import translate
from moodlab.report.page.lab_list import lab_text, test_name
from moodlab.ui.look.style import look
from moodlab.ui.widgets.chart_table import ChartTable

_SHOWN_ROWS = 5
_AROUND, _LABORATORY, _LEAST_ROOM = 5, 6, 110


class LabTable(ChartTable):
    """`chosen(LabResult)` when the person chooses another row.

    Results that are not the journal's yet have nothing `around` the draw.
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, around: bool = True) -> None:
        super().__init__(name)
        self._around = around
        self._results: tuple[LabResult, ...] = ()
        self._others = self._around_width = 0
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell())

    @property
    def result(self) -> LabResult | None:
        """The chosen result."""
        rows = self.selectionModel().selectedRows()
        return self._results[-1 - rows[0].row()] if rows else None

    def show_results(self, results: tuple[LabResult, ...]) -> LabResult | None:
        """Show `results`, oldest first, and return the chosen one: the same as before if it stands.

        Otherwise it is the newest.
        """
        before = self.result
        self.blockSignals(True)
        self._results = results
        self.show_table(_tabulate(results))
        self._fit_columns()
        ids = [result.id for result in reversed(results)]
        if ids:
            self.choose_row(ids.index(before.id) if before and before.id in ids else 0)
        self.blockSignals(False)
        return self.result

    def choose(self, result_id: str) -> None:
        """Choose a result, if it is here."""
        ids = [result.id for result in reversed(self._results)]
        if result_id in ids:
            self.choose_row(ids.index(result_id))

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
        self._others = sum(self.columnWidth(column) for column in range(_LABORATORY))
        self._around_width = self.columnWidth(_AROUND)
        row = self.verticalHeader().defaultSectionSize()
        rows = min(len(self._results), _SHOWN_ROWS)
        self.setMinimumHeight(row * rows + header.sizeHint().height() + row // 2)
        self._make_room()

    def _make_room(self) -> None:
        """Leave to the words under the table what would be cut: first the laboratory."""
        room = self.viewport().width() - self._others
        self.setColumnHidden(_LABORATORY, room < look().px(_LEAST_ROOM))
        self.setColumnHidden(_AROUND, not self._around or room < 0)
        if room < 0:
            room += self._around_width
        # Rows reach to the right edge, but no column is squeezed for it.
        self.horizontalHeader().setStretchLastSection(room >= 0)

    def _tell(self) -> None:
        if (result := self.result) is not None:
            self.chosen.emit(result)


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
                ", ".join(text for text in (result.lab, result.method) if text),
            )
            for result in results
        ),
    )


def _around(result: LabResult) -> str:
    words = all_context_words(result.context)
    return marked_left_out(words).lstrip() if result.excluded else words
