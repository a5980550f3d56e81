"""A row of widgets that goes on in the next line where it is too narrow for all of them."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Puts widgets side by side in their own width, and onto further lines when there is no room.

    No line is wider than the layout; a widget alone in its line is narrowed to it. With `at_right`
    lines end at the right edge.
    """

    def __init__(self, parent: QWidget | None = None, *, at_right: bool = False) -> None:
        super().__init__(*([parent] if parent is not None else []))
        self._items: list[QLayoutItem] = []
        # Asked for several times in each layout, and each item is asked in Python.
        self._known: dict[int, list[list[tuple[QLayoutItem, QSize]]]] = {}
        self.at_right = at_right
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._known.clear()

    def invalidate(self) -> None:
        self._known.clear()
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._known.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        gaps = self.spacing() * max(len(lines) - 1, 0)
        return gaps + sum(max(size.height() for _, size in line) for line in lines)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        top = area.top()
        for line in self._lines(area.width()):
            height = max(size.height() for _, size in line)
            width = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
            left = area.left() + (area.width() - width if self.at_right else 0)
            for item, size in line:
                # Controls of different height stand on one middle line.
                place = QPoint(left, top + (height - size.height()) // 2)
                item.setGeometry(QRect(place, size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        if width not in self._known:
            self._known[width] = self._fill_lines(width)
        return self._known[width]

    def _fill_lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = width + 1  # the first item begins the first line
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width:
                size.setWidth(max(width, item.minimumSize().width()))
                if item.hasHeightForWidth():
                    size.setHeight(item.heightForWidth(size.width()))
            if left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self.spacing()
        return lines
