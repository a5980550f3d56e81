"""One month of days, each with its number and value."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from moodlab.domain.days import WEEKDAYS
from moodlab.i18n import translate_marked
from moodlab.theme import TYPE
from moodlab.ui.history.calendar.drawing import LARGE, paint_cell, paint_chosen
from moodlab.ui.history.calendar.grid import WEEK, DayGrid, column_of
from moodlab.ui.look.style import look

# In design pixels. Six rows, so that nothing below moves with the month.
_ROWS = 6
_HEADER, _MARGIN, _GAP = 24, 4, 6
_NARROWEST, _LOWEST, _HIGHEST = 28, 40, 60
_USUAL_WIDTH = 480
_PROPORTION = 0.8


class MonthGrid(DayGrid):
    """The month of the chosen day. Weeks are rows."""

    def height_for(self, width: int) -> int:
        px = look().px
        return px(_HEADER) + round(_ROWS * self._pitch_y(width)) + px(_MARGIN)

    def sizeHint(self) -> QSize:
        width = look().px(_USUAL_WIDTH)
        return QSize(width, self.height_for(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(WEEK * _NARROWEST), look().px(_HEADER + _ROWS * _LOWEST + _MARGIN))

    def area_of(self, day: date) -> QRectF:
        place = self._place_of(day)
        return self._area(place % WEEK, place // WEEK)

    def day_at(self, spot: QPointF) -> date | None:
        return next((day for day in self.cells if self.area_of(day).contains(spot)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_weekdays(painter)
        for day, area in self.areas_in(event.rect()):
            paint_cell(painter, area, self.cells[day], str(day.day))
        if self.day in self.cells:
            paint_chosen(painter, self.area_of(self.day), LARGE, has_focus=self.hasFocus())

    def _paint_weekdays(self, painter: QPainter) -> None:
        shown = look()
        painter.setFont(shown.font(TYPE.quiet))
        painter.setPen(shown.color("muted"))
        for column in range(WEEK):
            name = translate_marked(WEEKDAYS[(self.first_weekday + column) % WEEK])[:3]
            place = self._area(column, 0)
            place.setRect(place.left() + shown.px(7), 0, place.width(), shown.px(_HEADER - 4))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                             name)  # fmt: skip

    def _place_of(self, day: date) -> int:
        """Return the number of a day's cell, counted from the first one of the first row."""
        return column_of(day.replace(day=1), self.first_weekday) + day.day - 1

    def _pitch_y(self, width: int) -> float:
        px = look().px
        return min(max(width / WEEK * _PROPORTION, px(_LOWEST)), px(_HIGHEST))

    def _area(self, column: int, row: int) -> QRectF:
        px = look().px
        pitch = (self.width() - 2 * px(_MARGIN) + px(_GAP)) / WEEK
        high = self._pitch_y(self.width())
        return QRectF(
            round(px(_MARGIN) + column * pitch),
            round(px(_HEADER) + row * high),
            round(pitch - px(_GAP)),
            round(high - px(_GAP)),
        )
