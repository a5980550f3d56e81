"""The treatments as a list with lanes: one row each, all on one axis of months."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from moodlab.domain.days import EARLIEST_DAY, Period, span_text
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.theme import TYPE
from moodlab.ui.look.style import look
from moodlab.ui.treatments.lane_painter import LanePainter
from moodlab.ui.treatments.lanes import Lane, LaneKind
from moodlab.ui.treatments.time_axis import TimeAxis

_NAME, _LANE = 0, 1
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# In design pixels.
_ROW, _HEADER, _NAMES, _LEAST_NAMES, _MOST_ROWS, _AFTER = 34, 28, 190, 110, 20, 10
_NAME_SHARE = 0.34


class LaneModel(QAbstractTableModel):
    """Gives names and words to Qt, and with them to screen readers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lanes: list[Lane] = []
        self.period = Period(EARLIEST_DAY, EARLIEST_DAY)

    def show_lanes(self, lanes: list[Lane], period: Period) -> None:
        """Take other rows."""
        self.beginResetModel()
        self.lanes, self.period = lanes, period
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.lanes)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        lane = self.lanes[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return lane.name if index.column() == _NAME else lane.words
        if role == Qt.ItemDataRole.FontRole and lane.kind is LaneKind.HEADING:
            return QFont(look().font(TYPE.heading, strong=True))
        if role == Qt.ItemDataRole.ForegroundRole and lane.kind is not LaneKind.RUNNING:
            return look().color("muted")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return translate("treatments", "Treatment") if section == _NAME else span_text(self.period)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.lanes[index.row()].kind is LaneKind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class LaneDelegate(QStyledItemDelegate):
    """Draws the second column as a lane."""

    def __init__(self, table: "LaneTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        lane = self._table.lane_model.lanes[index.row()]
        painter.save()
        area = QRectF(option.rect)
        if self._table.is_chosen(index.row()):
            painter.fillRect(area, look().color("accent_soft"))
        painter.setClipRect(area)
        drawn = area.adjusted(0, 0, -look().px(_AFTER), 0)
        axis = TimeAxis(self._table.lane_model.period, drawn.width())
        lanes = LanePainter(painter, drawn, axis, self._table.today)
        lanes.paint_backdrop()
        lanes.paint(lane)
        painter.restore()


class AxisHeader(QHeaderView):
    """Names the months above the lanes."""

    def __init__(self, table: "LaneTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        if logical != _LANE:
            super().paintSection(painter, rect, logical)
            return
        painter.save()
        painter.fillRect(rect, look().color("window"))
        painter.setPen(look().color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(look().font(TYPE.heading))
        painter.setPen(look().color("muted"))
        axis = TimeAxis(self._table.lane_model.period, rect.width() - look().px(_AFTER))
        measure = painter.fontMetrics().horizontalAdvance
        for first, name in axis.months(look().px(100) / 100):
            x = rect.left() + axis.x_of(first)
            if x + measure(name) <= rect.right():
                place = QRectF(x, rect.top(), measure(name) + 2, rect.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


class LaneTable(QTableView):
    """`chosen` when another row is, `opened` at Enter or a double click on it."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.today = EARLIEST_DAY
        self.lane_model = LaneModel(self)
        self.setModel(self.lane_model)
        self.setAccessibleName(translate("treatments", "Treatments"))
        self.setHorizontalHeader(AxisHeader(self))
        self.setItemDelegateForColumn(_LANE, LaneDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.setCornerWidget(QWidget())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._fit_look()

    @property
    def lane(self) -> Lane | None:
        """The chosen row."""
        rows = self.selectionModel().selectedRows()
        return self.lane_model.lanes[rows[0].row()] if rows else None

    @property
    def course(self) -> Treatment | None:
        """The chosen treatment."""
        return self.lane.course if self.lane is not None else None

    def show_lanes(self, lanes: Sequence[Lane], period: Period, today: date) -> None:
        """Show these rows; the chosen one stays, or its neighbour is."""
        before, row = self.course, self.currentIndex().row()
        self.today = today
        self.blockSignals(True)
        self.lane_model.show_lanes(list(lanes), period)
        self._fit_look()
        if before is None or not self.choose(before.id):
            self._choose_near(max(0, row))
        self.blockSignals(False)

    def choose(self, course_id: str) -> bool:
        """Choose a treatment by its id; say whether it is shown."""
        for row, lane in enumerate(self.lane_model.lanes):
            if lane.course is not None and lane.course.id == course_id:
                self._choose_row(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def is_chosen(self, row: int) -> bool:
        """Whether a row is the chosen one."""
        return self.selectionModel().isRowSelected(row, _NOTHING)

    def fit_look(self) -> None:
        """Take the sizes of another look."""
        self._fit_look()

    def _choose_near(self, row: int) -> None:
        rows = [number for number, lane in enumerate(self.lane_model.lanes) if lane.course]
        if rows:
            self._choose_row(min(rows, key=lambda number: (abs(number - row), number)))

    def _choose_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.lane_model.index(row, _NAME)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _fit_look(self) -> None:
        px = look().px
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.horizontalHeader().setFixedHeight(px(_HEADER))
        shown = min(len(self.lane_model.lanes), _MOST_ROWS)
        self.setFixedHeight(px(_HEADER) + shown * px(_ROW) + 2)
        self._fit_columns()

    def _fit_columns(self) -> None:
        px, width = look().px, self.viewport().width()
        names = max(px(_LEAST_NAMES), min(px(_NAMES), round(_NAME_SHARE * width)))
        self.setColumnWidth(_NAME, names)
        self.setColumnWidth(_LANE, max(0, width - names))
