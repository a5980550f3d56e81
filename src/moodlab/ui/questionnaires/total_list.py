"""The dated totals of questionnaires, newest first, one of which can be changed or deleted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.charts.chart import Table
from moodlab.domain.days import short_date
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.chart_table import ChartTable, give_room
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class TotalList(QWidget):
    """`change_asked` and `delete_asked` are about the chosen total."""

    change_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._given: tuple[Questionnaire, ...] = ()
        self.empty = label(translate("questionnaires", "No totals yet."), "muted")
        self.table = ChartTable(translate("questionnaires", "Totals"))
        self.table.doubleClicked.connect(lambda _index: self.change_asked.emit())
        self.change = Button(translate("questionnaires", "Change…"), "", self.change_asked.emit)
        self.remove = Button(translate("questionnaires", "Delete"), "", self.delete_asked.emit)
        self._buttons = QWidget()
        row = Flow(self._buttons)
        row.setSpacing(look().px(GRID))
        row.addWidget(self.change)
        row.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addWidget(label(translate("questionnaires", "Totals by date"), "heading"))
        layout.addWidget(self.empty)
        layout.addWidget(self.table)
        layout.addWidget(self._buttons)

    @property
    def chosen(self) -> Questionnaire | None:
        """The chosen total."""
        rows = self.table.selectionModel().selectedRows()
        return self._given[-1 - rows[0].row()] if rows else None

    def show_totals(self, given: Sequence[Questionnaire]) -> None:
        """Show totals, oldest first; the chosen one stays, or its neighbour is chosen."""
        before, row = self.chosen, self._row()
        self._given = tuple(given)
        self.table.show_table(
            Table(
                (
                    translate("questionnaires", "Date"),
                    translate("questionnaires", "Questionnaire"),
                    translate("questionnaires", "Total"),
                    translate("questionnaires", "Goes from – to"),
                ),
                tuple(
                    (short_date(each.day), each.name, each.total, _bounds(each))
                    for each in self._given
                ),
            )
        )
        give_room(self.table)
        for widget in (self.table, self._buttons):
            widget.setVisible(bool(self._given))
        self.empty.setVisible(not self._given)
        if self._given and not (before and self.choose(before.id)):
            self.table.choose_row(min(row, len(self._given) - 1))

    def choose(self, total_id: str) -> bool:
        """Choose a total by its id; say whether there is one."""
        ids = [each.id for each in reversed(self._given)]
        if total_id not in ids:
            return False
        self.table.choose_row(ids.index(total_id))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.table.hasFocus() and self.chosen is not None:
            if event.key() in _ENTER:
                self.change_asked.emit()
                return
            if event.key() == Qt.Key.Key_Delete:
                self.delete_asked.emit()
                return
        super().keyPressEvent(event)

    def _row(self) -> int:
        rows = self.table.selectionModel().selectedRows()
        return rows[0].row() if rows else 0


def _bounds(given: Questionnaire) -> str:
    return f"{given.lowest} – {given.highest}".strip(" –") if given.highest else given.lowest
