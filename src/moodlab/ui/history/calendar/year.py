"""A year at a glance: twelve small months, a cell for each day."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from moodlab.domain.days import MONTHS
from moodlab.theme import TYPE
from moodlab.ui.history.calendar.drawing import SMALL, paint_chosen, paint_small_cell
from moodlab.ui.history.calendar.grid import WEEK, DayGrid, column_of
from moodlab.ui.look.style import look

# In design pixels.
_ROWS = 6
_NAME, _MARGIN, _BETWEEN, _GAP = 26, 5, 20, 2
_SMALLEST, _LARGEST = 14, 22
_USUAL_WIDTH = 480
_MONTHS = 12


class YearGrid(DayGrid):
    """The year of the chosen day, in as many columns of months as there is room for."""

    def height_for(self, width: int) -> int:
        px, columns = look().px, self._columns(width)
        lines = -(-_MONTHS // columns)
        return round(lines * self._month_height(width)) + px(_MARGIN)

    def sizeHint(self) -> QSize:
        width = look().px(_USUAL_WIDTH)
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        width = look().px(WEEK * _SMALLEST + 2 * _MARGIN)
        return QSize(width, look().px(_NAME + _ROWS * _SMALLEST))

    def area_of(self, day: date) -> QRectF:
        pitch = self._pitch(self.width())
        corner = self._month_corner(day.month)
        place = column_of(day.replace(day=1), self.first_weekday) + day.day - 1
        return QRectF(
            round(corner.x() + place % WEEK * pitch),
            round(corner.y() + look().px(_NAME) + place // WEEK * pitch),
            round(pitch - look().px(_GAP)),
            round(pitch - look().px(_GAP)),
        )

    def day_at(self, spot: QPointF) -> date | None:
        reach = look().px(_GAP) / 2
        return next(
            (
                day
                for day in self.cells
                if self.area_of(day).adjusted(-reach, -reach, reach, reach).contains(spot)
            ),
            None,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        for day, area in self.areas_in(event.rect()):
            paint_small_cell(painter, area, self.cells[day])
        if self.day in self.cells:
            paint_chosen(painter, self.area_of(self.day), SMALL, has_focus=self.hasFocus())

    def _paint_names(self, painter: QPainter) -> None:
        shown = look()
        width = WEEK * self._pitch(self.width())
        for number, name in enumerate(MONTHS, start=1):
            is_chosen = number == self.day.month
            painter.setFont(shown.font(TYPE.quiet, strong=is_chosen))
            painter.setPen(shown.color("text" if is_chosen else "muted"))
            corner = self._month_corner(number)
            place = QRectF(corner.x(), corner.y(), width, shown.px(_NAME - 4))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name
            )

    def _columns(self, width: int) -> int:
        """Return how many months stand side by side: as many as keep days large enough."""
        px = look().px
        for columns in (4, 3, 2):
            if self._pitch_in(width, columns) >= px(_SMALLEST):
                return columns
        return 1

    def _pitch(self, width: int) -> float:
        return self._pitch_in(width, self._columns(width))

    def _pitch_in(self, width: int, columns: int) -> float:
        px = look().px
        room = width - 2 * px(_MARGIN) - (columns - 1) * px(_BETWEEN)
        return min(room / columns / WEEK, px(_LARGEST))

    def _month_height(self, width: int) -> float:
        return float(look().px(_NAME)) + _ROWS * self._pitch(width) + look().px(_GAP)

    def _month_corner(self, month: int) -> QPointF:
        px, width = look().px, self.width()
        columns = self._columns(width)
        across = (width - 2 * px(_MARGIN) + px(_BETWEEN)) / columns
        return QPointF(
            px(_MARGIN) + (month - 1) % columns * across,
            (month - 1) // columns * self._month_height(width),
        )
