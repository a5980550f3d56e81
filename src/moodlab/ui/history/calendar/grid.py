"""What a month and a year of days have in common: one chosen day, keys, mouse, what is read out."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from moodlab.i18n import translate
from moodlab.ui.history.calendar.cells import DayCell
from moodlab.ui.history.calendar.drawing import RING
from moodlab.ui.shell.focus_ring import OWN_RING

WEEK = 7
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEK,
    Qt.Key.Key_Down: WEEK,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DayGrid(QWidget):
    """Days as cells; the grid is one tab stop, and one of its days is chosen.

    `stepped(int)` asks for the day so many days later, `month_end_wanted(bool)` for the first or,
    if True, the last day of the month, `picked(date)` for a day under the pointer, and `opened`
    opens the chosen day. Its accessible name is what the chosen day says.
    """

    stepped = Signal(int)
    month_end_wanted = Signal(bool)
    picked = Signal(object)
    opened = Signal()

    def __init__(self, first_weekday: int) -> None:
        super().__init__()
        self.first_weekday = first_weekday
        self.cells: Mapping[date, DayCell] = {}
        self.day = date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_RING, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(
            translate(
                "history",
                "Calendar. Arrow keys go by day and week, Page Up and Page Down by month. Enter"
                " opens the day.",
            )
        )

    def show_cells(self, cells: Mapping[date, DayCell], day: date) -> None:
        """Show these days, with `day` chosen."""
        before = self.day
        is_step = cells is self.cells and before.month == day.month
        self.cells, self.day = cells, day
        self.setAccessibleName(cells[day].words)
        if not is_step:
            self.update()
            return
        for changed in (before, day):
            self.update(self.area_of(changed).toRect().adjusted(-RING, -RING, RING, RING))

    def areas_in(self, seen: QRect) -> list[tuple[date, QRectF]]:
        """Return the days whose cells reach into what is painted anew, each with its place."""
        places = ((day, self.area_of(day)) for day in self.cells)
        return [(day, area) for day, area in places if area.toRect().intersects(seen)]

    @abstractmethod
    def height_for(self, width: int) -> int:
        """Return how high the grid is at this width."""

    @abstractmethod
    def area_of(self, day: date) -> QRectF:
        """Return where a day stands."""

    @abstractmethod
    def day_at(self, spot: QPointF) -> date | None:
        """Return the day that stands there."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.month_end_wanted.emit(key == Qt.Key.Key_End)
        elif key in _ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.day_at(event.position()) == self.day:
            self.opened.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            words = self.cells[day].words if day is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.height_for(self.width()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def column_of(day: date, first_weekday: int) -> int:
    """Return the column in which a day stands, where weeks begin with `first_weekday`."""
    return (day.weekday() - first_weekday) % WEEK
