"""The week's cells as Qt asks for them, and how each is painted."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from moodlab.domain.days import long_date
from moodlab.theme import TYPE
from moodlab.ui.history.week.entries import (
    UNABLE_SIGN,
    Place,
    Row,
    RowKind,
    WeekEntries,
    day_heading,
    scale_words,
)
from moodlab.ui.look.style import look

_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
WaitingText = Callable[[date, str], str | None]


class WeekModel(QAbstractTableModel):
    """Rows of what is asked, columns of days. `waiting_text` tells what is typed and not saved."""

    def __init__(
        self, entries: WeekEntries, waiting_text: WaitingText, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.entries = entries
        self.has_brief_headings = False
        self._waiting_text = waiting_text

    def show_entries(self, entries: WeekEntries) -> None:
        """Take what the journal has now; rows and days stay where they are the same."""
        same = (entries.rows, entries.week) == (self.entries.rows, self.entries.week)
        if same:
            self.entries = entries
            corners = self.index(0, 0), self.index(len(entries.rows) - 1, len(entries.week) - 1)
            self.dataChanged.emit(*corners)
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def row_at(self, index: _Index) -> Row:
        """Return what a cell's row is about."""
        return self.entries.rows[index.row()]

    def day_at(self, index: _Index) -> date:
        """Return the day of a cell."""
        return self.entries.days[index.column()]

    def place_of(self, index: _Index) -> Place:
        """Return a cell by its day and row, which stays true when rows come and go."""
        return Place(self.day_at(index), self.row_at(index).id)

    def index_of(self, place: Place) -> QModelIndex:
        """Return where a cell stands now; none where it does not."""
        ids = [row.id for row in self.entries.rows]
        if place.row_id not in ids or place.day not in self.entries.week:
            return QModelIndex()
        return self.index(ids.index(place.row_id), self.entries.days.index(place.day))

    def is_unsaved(self, index: _Index) -> bool:
        """Whether what stands in a cell is not saved yet."""
        return self._waiting_text(self.day_at(index), self.row_at(index).id) is not None

    def is_closed(self, index: _Index) -> bool:
        """Whether a cell can't be filled in."""
        return bool(self.entries.why_closed(self.row_at(index), self.day_at(index)))

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.entries.rows)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.entries.week)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row, day = self.row_at(index), self.day_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            waiting = self._waiting_text(day, row.id)
            return self.entries.text(row, day) if waiting is None else waiting
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.entries.words(row, day)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        if orientation == Qt.Orientation.Horizontal:
            day = self.entries.days[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return day_heading(day, self.entries.today, is_brief=self.has_brief_headings)
            return long_date(day) if role == Qt.ItemDataRole.AccessibleTextRole else None
        row = self.entries.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.label}: {scale_words(row)}"
        return None


class CellPainter(QStyledItemDelegate):
    """Paints a cell: its value, whether it can be filled in, and the frame of the chosen one."""

    def __init__(self, view: QAbstractItemView, model: WeekModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown, area = look(), option.rect
        painter.save()
        if self._model.is_closed(index):
            painter.fillRect(area, shown.color("panel"))
            painter.setClipRect(area)
            # Hatched as well: a grey alone could be overlooked.
            painter.setPen(QPen(shown.color("hairline"), max(1, shown.px(1))))
            step = shown.px(8)
            for left in range(area.left() - area.height(), area.right(), step):
                painter.drawLine(left, area.bottom(), left + area.height(), area.top())
            painter.setClipping(False)
        painter.setPen(QPen(shown.color("hairline"), max(1, shown.px(1))))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_text(painter, area, index)
        if self._is_current(index):
            has_keys = self._view.hasFocus()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(shown.color("focus" if has_keys else "control_border"), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -2, -2), 3, 3)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRect, index: _Index) -> None:
        shown, row = look(), self._model.row_at(index)
        text = str(index.data() or "")
        if not text:
            return
        is_note = row.kind is RowKind.NOTE
        if is_note:
            painter.setFont(shown.font(TYPE.quiet))
        else:
            painter.setFont(shown.font(TYPE.body, strong=text != UNABLE_SIGN))
        painter.setPen(shown.color("text"))
        edge = shown.px(6 if is_note else 2)
        inside = area.adjusted(edge, 0, -edge, 0)
        side = Qt.AlignmentFlag.AlignLeft if is_note else Qt.AlignmentFlag.AlignHCenter
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)
        if self._model.is_unsaved(index):
            painter.setFont(shown.font(TYPE.tiny))
            corner = area.adjusted(0, shown.px(2), -shown.px(4), 0)
            painter.drawText(corner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "▲")

    def _is_current(self, index: _Index) -> bool:
        return bool(self._view.currentIndex() == index)
