"""How a person goes from page to page: a list at the left, or one field in a narrow window."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from moodlab.i18n import translate
from moodlab.theme import GRID, NAVIGATION_WIDTH, RADIUS, TYPE
from moodlab.ui.focus_ring import OWN_RING
from moodlab.ui.icons import icon_pixmap
from moodlab.ui.pages import PageEntry
from moodlab.ui.style import look
from moodlab.ui.widgets.text import Button, label

_ID = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1


class Navigation(QFrame):
    """Words and icons at the left; help stays at the bottom. One tab stop for the list."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.list = PageList([entry for entry in entries if not entry.fixed_at_bottom])
        self.list.chosen.connect(self.chosen)
        self._corner = {
            entry.id: Button(
                entry.shown_title, "corner", lambda page=entry.id: self.chosen.emit(page)
            )
            for entry in entries
            if entry.fixed_at_bottom
        }
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.list, 1)
        for button in self._corner.values():
            self._layout.addWidget(button)
        self._fit_look()

    def mark(self, page_id: str) -> None:
        """Show which page is open, without asking for it again."""
        self.list.mark(page_id)
        for button_id, button in self._corner.items():
            is_current = button_id == page_id
            if button.property("current") != is_current:
                button.setProperty("current", is_current)
                button.style().polish(button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fit_look(self) -> None:
        px = look().px
        self.setFixedWidth(px(NAVIGATION_WIDTH))
        self._layout.setContentsMargins(px(12), px(2.5 * GRID), px(12), px(2 * GRID))
        self._layout.setSpacing(0)


class PageList(QListWidget):
    """The pages in order of use; arrows move and open."""

    chosen = Signal(str)

    def __init__(self, entries: list[PageEntry]) -> None:
        super().__init__()
        self.setProperty(OWN_RING, True)
        self.setAccessibleName(translate("navigation", "Pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_PageDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.setTabKeyNavigation(False)
        for entry in entries:
            item = QListWidgetItem(entry.shown_title)
            item.setData(_ID, entry.id)
            item.setData(_ICON, entry.icon)
            self.addItem(item)
        self.currentItemChanged.connect(self._tell)

    def mark(self, page_id: str) -> None:
        """Select the page without telling anybody; none where it stands elsewhere."""
        self.blockSignals(True)
        rows = (row for row in range(self.count()) if self.item(row).data(_ID) == page_id)
        row = next(rows, -1)
        if row >= 0:
            self.setCurrentRow(row)
        else:
            self.clearSelection()
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._tell(self.currentItem())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        # The current item stays where it was while Help is open, so a click on it opens it again.
        if self.itemAt(event.position().toPoint()) is self.currentItem():
            self._tell(self.currentItem())

    def _tell(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))


class _PageDelegate(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(look().px(80), look().px(42))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        shown = look()
        row = QRectF(option.rect).adjusted(0, 0, 0, -shown.px(2))
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shown.color("accent_soft"))
            painter.setOpacity(1.0 if is_chosen else 0.5)
            painter.drawRoundedRect(row, shown.px(RADIUS), shown.px(RADIUS))
            painter.setOpacity(1.0)
        if is_chosen and shown.theme.control_border_width > 1:
            painter.setPen(QPen(shown.color("text"), shown.theme.control_border_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), shown.px(RADIUS), shown.px(RADIUS))
        size = shown.px(18)
        tint = shown.theme.accent if is_chosen else shown.theme.muted
        icon = icon_pixmap(index.data(_ICON), tint, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(
            int(row.left()) + shown.px(12), int(row.center().y() - size / 2 + 0.5), icon
        )
        painter.setFont(shown.font(TYPE.label, strong=is_chosen))
        painter.setPen(shown.color("text" if is_chosen else "muted"))
        words = row.adjusted(shown.px(42), 0, -shown.px(6), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, index.data())
        if option.state & QStyle.StateFlag.State_HasFocus and option.widget.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shown.color("focus"), 2))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), shown.px(RADIUS), shown.px(RADIUS))
        painter.restore()


class PageChooser(QFrame):
    """The same choice as one field, for windows too narrow for the list."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("pageChooser")
        self._ids = [entry.id for entry in entries]
        self._combo = QComboBox()
        self._combo.addItems([entry.shown_title for entry in entries])
        self._combo.setAccessibleName(translate("navigation", "Page"))
        self._combo.activated.connect(lambda row: self.chosen.emit(self._ids[row]))
        caption = label(translate("navigation", "Page"), "muted")
        caption.setBuddy(self._combo)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(caption)
        self._layout.addWidget(self._combo)
        self._layout.addStretch(1)
        self._layout.setContentsMargins(look().px(40), look().px(8), look().px(40), look().px(8))

    def mark(self, page_id: str) -> None:
        """Show which page is open."""
        self._combo.setCurrentIndex(self._ids.index(page_id))
