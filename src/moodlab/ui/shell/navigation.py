"""How a person goes from page to page: words and icons at the left, help at the bottom."""

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from moodlab.i18n import translate
from moodlab.theme import GRID, NAVIGATION_WIDTH, RADIUS, TYPE
from moodlab.ui.look.style import look
from moodlab.ui.page_registry import PageEntry
from moodlab.ui.widgets.text import Button


class Navigation(QFrame):
    """Words and icons at the left; help stays at the bottom. One tab stop for the list."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.list = PageList(
            [entry for entry in entries if entry.in_navigation and not entry.fixed_at_bottom]
        )
        self.list.chosen.connect(self.chosen)
        self._corner = {
            entry.id: Button(entry.shown_title, "corner", partial(self.chosen.emit, entry.id))
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
            if bool(button.property("current")) != is_current:
                button.setProperty("current", is_current)
                button.style().polish(button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fit_look(self) -> None:
        px = look().px
        self.setFixedWidth(px(NAVIGATION_WIDTH))
        self._layout.setContentsMargins(px(6), px(2.5 * GRID), px(6), px(2 * GRID))
        self._layout.setSpacing(0)


class PageList(QWidget):
    """The pages in order of use, as one tab stop; arrows move and open.

    Radio buttons and not an item view: they tell their role and state by themselves, and item views
    cost a tenth of the whole start.
    """

    chosen = Signal(str)

    def __init__(self, entries: list[PageEntry]) -> None:
        super().__init__()
        self.setAccessibleName(translate("navigation", "Pages"))
        self._group = QButtonGroup(self)
        self._items = [PageItem(entry, self) for entry in entries]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for item in self._items:
            self._group.addButton(item)
            layout.addWidget(item)
            item.clicked.connect(lambda _on, page=item.page_id: self.chosen.emit(page))
        layout.addStretch(1)
        self.has_icons = False

    def mark(self, page_id: str) -> None:
        """Select the page without telling anybody; none where it stands elsewhere."""
        self._group.setExclusive(False)
        for item in self._items:
            item.setChecked(item.page_id == page_id)
        self._group.setExclusive(True)
        stop = next((item for item in self._items if item.isChecked()), self._items[0])
        for item in self._items:
            item.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if item is stop else Qt.FocusPolicy.ClickFocus
            )

    def has_focus(self) -> bool:
        """Whether a person is walking through the list with the keyboard."""
        return any(item.hasFocus() for item in self._items)

    def bring_icons(self) -> None:
        """Add the icons, a moment after the words: to draw SVG is a fiftieth of the start."""
        self.has_icons = True
        for item in self._items:
            item.update()

    def step(self, item: "PageItem", by: int) -> None:
        """Go on to the neighbour of `item` and open it."""
        index = self._items.index(item) + by
        if 0 <= index < len(self._items):
            self._items[index].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(self._items[index].page_id)


class PageItem(QRadioButton):
    """One page in the list."""

    def __init__(self, entry: PageEntry, pages: PageList) -> None:
        super().__init__(entry.shown_title.replace("&", "&&"), pages)
        self._words = entry.shown_title
        self.page_id = entry.id
        self._icon = entry.icon
        self._pages = pages
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(80), look().px(40))

    minimumSizeHint = sizeHint

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._pages.step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(self.rect())
        is_chosen = self.isChecked()
        if is_chosen or self.underMouse():
            edge = shown.theme.control_border_width
            painter.setPen(
                QPen(shown.color("text"), edge) if is_chosen and edge > 1 else Qt.PenStyle.NoPen
            )
            painter.setBrush(shown.color("accent_soft"))
            painter.setOpacity(1.0 if is_chosen else 0.5)
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), shown.px(RADIUS), shown.px(RADIUS))
            painter.setOpacity(1.0)
        if self._pages.has_icons:
            self._paint_icon(painter, shown.theme.accent if is_chosen else shown.theme.muted)
        painter.setFont(shown.font(TYPE.label, strong=is_chosen))
        painter.setPen(shown.color("text" if is_chosen else "muted"))
        words = row.adjusted(shown.px(36), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)

    def _paint_icon(self, painter: QPainter, tint: str) -> None:
        from moodlab.ui.look.icons import icon_pixmap

        size = look().px(18)
        icon = icon_pixmap(self._icon, tint, size, self.devicePixelRatioF())
        top = int(QRectF(self.rect()).center().y() - size / 2 + 0.5)
        painter.drawPixmap(look().px(12), top, icon)
