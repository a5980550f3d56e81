"""The entries that match, each with a second line that says where it leads."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from moodlab.i18n import translate
from moodlab.theme import RADIUS, TYPE
from moodlab.ui.look.style import look
from moodlab.ui.palette.entry import Entry

_ROW, _PADDING = 48, 12
_MOST_SHOWN = 8
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()


class EntryList(QListView):
    """`picked(Entry)` at a click. The keyboard stays in the field above, which moves the choice."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entries = _Entries()
        self.setModel(self._entries)
        self.setItemDelegate(_Lines(self))
        self.setAccessibleName(translate("palette", "Results"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(lambda index: self.picked.emit(self._entries.entries[index.row()]))

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown, the likeliest first."""
        return self._entries.entries

    @property
    def current(self) -> Entry | None:
        """The entry that Enter would take."""
        row = self.currentIndex().row()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def show_entries(self, entries: Sequence[Entry], room: int) -> None:
        """Show other entries in a height of at most `room`, the first of them chosen."""
        self._entries.show_entries(entries)
        rows = min(len(entries), _MOST_SHOWN, max(1, room // look().px(_ROW)))
        self.setFixedHeight(rows * look().px(_ROW))
        self.setVisible(bool(entries))
        self.setCurrentIndex(self._entries.index(0, 0))
        self.scrollToTop()

    def step(self, steps: int) -> None:
        """Move the choice; a single step goes on at the other end."""
        count = len(self.entries)
        if not count:
            return
        row = self.currentIndex().row() + steps
        row = row % count if abs(steps) == 1 else min(max(row, 0), count - 1)
        self.setCurrentIndex(self._entries.index(row, 0))

    @property
    def page(self) -> int:
        """How many entries are seen at once."""
        return max(1, self.height() // look().px(_ROW))


def entry_words(entry: Entry) -> str:
    """Return an entry as it is read out."""
    return ", ".join(filter(None, (entry.title, entry.leads, entry.keys)))


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        return entry_words(entry) if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Lines(QStyledItemDelegate):
    """Paints the title above where it leads, and the keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(look().px(160), look().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, _Entries):
            return
        entry, shown = model.entries[index.row()], look()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shown.color("accent_soft"))
            painter.drawRoundedRect(QRectF(area), shown.px(RADIUS), shown.px(RADIUS))
            # Not by colour alone.
            painter.setBrush(shown.color("accent"))
            bar = QRectF(area.left(), area.top(), shown.px(3), area.height())
            painter.drawRect(bar)
        inner = area.adjusted(shown.px(_PADDING), shown.px(5), -shown.px(_PADDING), -shown.px(5))
        quiet = shown.font(TYPE.quiet)
        painter.setFont(quiet)
        painter.setPen(shown.color("muted"))
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.keys
        )
        taken = QFontMetrics(quiet).horizontalAdvance(entry.keys)
        left = inner.adjusted(0, 0, -(taken + shown.px(_PADDING)) if taken else 0, 0)
        self._write(painter, left, entry.leads, quiet_at_foot=True)
        painter.setPen(shown.color("text"))
        painter.setFont(shown.font(TYPE.body, strong=is_current))
        self._write(painter, left, entry.title, quiet_at_foot=False)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, text: str, *, quiet_at_foot: bool) -> None:
        where = Qt.AlignmentFlag.AlignBottom if quiet_at_foot else Qt.AlignmentFlag.AlignTop
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | where, fitting)
