"""The table of events and appointments, newest first, one of which is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from moodlab.domain.events import Event
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.ui.look.style import look
from moodlab.ui.treatments.lanes import event_days

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOST_ROWS, _ROW, _GAP = 8, 30, 20
_HEADER = (
    QT_TRANSLATE_NOOP("treatments", "Day"),
    QT_TRANSLATE_NOOP("treatments", "Kind"),
    QT_TRANSLATE_NOOP("treatments", "What"),
)


class EventModel(QAbstractTableModel):
    """Gives events to Qt, the newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.events: tuple[Event, ...] = ()

    def show_events(self, events: Sequence[Event]) -> None:
        """Take other events, oldest first."""
        self.beginResetModel()
        self.events = tuple(reversed(events))
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.events)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(_HEADER)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        # A cell that is cut can be read under the pointer.
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        event = self.events[index.row()]
        kind = (
            translate("treatments", "◇ Appointment")
            if event.is_appointment
            else translate("treatments", "● Event")
        )
        return (event_days(event), kind, event.words)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return translate_marked(_HEADER[section])
        return None


class EventTable(QTableView):
    """`opened` at Enter or a double click on a row."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = EventModel(self)
        self.setModel(self._model)
        self.setAccessibleName(translate("treatments", "Events and appointments"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setCornerWidget(QWidget())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(len(_HEADER) - 1, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    @property
    def event_chosen(self) -> Event | None:
        """The chosen event."""
        rows = self.selectionModel().selectedRows()
        return self._model.events[rows[0].row()] if rows else None

    def show_events(self, events: Sequence[Event]) -> None:
        """Show `events`, oldest first; the chosen one stays, or its neighbour is."""
        before, row = self.event_chosen, self.currentIndex().row()
        self._model.show_events(events)
        self._fit_columns()
        if events and (before is None or not self.choose(before.id)):
            self._choose_row(min(max(0, row), len(events) - 1))

    def choose(self, event_id: str) -> bool:
        """Choose an event by its id; say whether it is shown."""
        ids = [event.id for event in self._model.events]
        if event_id in ids:
            self._choose_row(ids.index(event_id))
        return event_id in ids

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now has the table the font of its page.
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._fit_columns()

    def _choose_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _fit_columns(self) -> None:
        header, rows = self.horizontalHeader(), self.verticalHeader()
        rows.setDefaultSectionSize(look().px(_ROW))
        # The widest of all rows: as one scrolls, nothing is pushed aside.
        for column in range(len(_HEADER) - 1):
            texts = {
                self._model.index(row, column).data() for row in range(len(self._model.events))
            }
            widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
            self.setColumnWidth(column, widest + look().px(_GAP))
        shown = min(len(self._model.events), _MOST_ROWS)
        self.setFixedHeight(look().px(_ROW) * shown + header.sizeHint().height() + look().px(4))
