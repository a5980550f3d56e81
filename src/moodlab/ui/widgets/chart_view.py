"""A chart in the window: drawn by matplotlib into a picture, walked day by day with the keyboard.

The picture is made by Agg and painted by a plain widget. So it stays one widget while matplotlib is
still being loaded, moving the cursor repaints a line and not the chart, and nothing of matplotlib's
own event handling is needed.
"""

import math
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from moodlab.charts.chart import Chart, Drawn
from moodlab.domain.days import Period
from moodlab.ui.announce import announce
from moodlab.ui.style import look

_POINTS_PER_PX = 0.75
_REDRAW_AFTER_MS = 50
_CURSOR_WIDTH = 1.5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WEEK = 7
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChartView(QWidget):
    """Shows one result of `chart` at the widget's width and the height that the chart needs.

    ←/→ move the cursor by a day, with Ctrl by a week, Home/End to the ends, Enter opens the day.
    `cursor_moved(date or None)` and `day_opened(date)` tell of it.
    """

    cursor_moved = Signal(object)
    day_opened = Signal(object)

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._chart = chart
        self._result: Any = None
        self._period: Period | None = None
        self._image: QImage | None = None
        self._drawn: Drawn | None = None
        self._day: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chart.shown_title)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_REDRAW_AFTER_MS)
        self._soon.timeout.connect(self.draw_now)

    @property
    def cursor_day(self) -> date | None:
        """The day at the cursor, if there is a cursor."""
        return self._day

    @property
    def is_drawn(self) -> bool:
        """Whether the picture of the present result is there."""
        return self._image is not None and not self._soon.isActive()

    def show_result(self, result: Any, period: Period) -> None:
        """Show another result; the cursor stays on its day where that is in `period`."""
        self._result, self._period = result, period
        self.setAccessibleDescription(self._chart.describe(result))
        self._fit_height()
        if self._day is not None and self._day not in period:
            self._set_day(None)
        self.draw_now()

    def draw_now(self) -> None:
        """Draw the chart in the present look and size."""
        self._soon.stop()
        if self._result is None or self.width() < 2:
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        from moodlab.charts.render import new_figure

        ratio = self.devicePixelRatioF()
        scale = self._scale()
        figure = new_figure(
            self.width() * _POINTS_PER_PX / scale,
            self.height() * _POINTS_PER_PX / scale,
            72 / _POINTS_PER_PX * scale * ratio,
        )
        canvas = FigureCanvasAgg(figure)
        self._drawn = self._chart.draw(figure, self._result, look().theme)
        canvas.draw()
        width, height = canvas.get_width_height(physical=True)
        pixels = QImage(
            canvas.buffer_rgba(), width, height, 4 * width, QImage.Format.Format_RGBA8888
        )
        self._image = pixels.convertToFormat(QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)
        self.update()

    # Cursor

    def move_cursor(self, day: date) -> None:
        """Put the cursor on `day`, or on the nearest day that is shown."""
        if self._period is not None:
            self._set_day(min(max(day, self._period.first), self._period.last))

    def clear_cursor(self) -> None:
        """Take the cursor away."""
        self._set_day(None)

    def read_cursor(self) -> str:
        """Return what the chart shows at the cursor, in words; empty without one."""
        if self._day is None or self._result is None:
            return ""
        return self._chart.read_day(self._result, self._day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act_on(event):
            super().keyPressEvent(event)

    def _act_on(self, event: QKeyEvent) -> bool:
        period, key = self._period, event.key()
        if period is None:
            return False
        if key in _STEPS:
            by_week = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            days = _STEPS[key] * (_WEEK if by_week else 1)
            start = self._day
            # The first press shows the cursor where the newest day is.
            target = period.last if start is None else start + timedelta(days=days)
        elif key == Qt.Key.Key_Home:
            target = period.first
        elif key == Qt.Key.Key_End:
            target = period.last
        elif key in _ENTER and self._day is not None:
            self.day_opened.emit(self._day)
            return True
        elif key == Qt.Key.Key_Escape and self._day is not None:
            self.clear_cursor()
            return True
        else:
            return False
        self.move_cursor(target)
        announce(self, self.read_cursor())
        return True

    def _set_day(self, day: date | None) -> None:
        if day == self._day:
            return
        before = self._cursor_rect()
        self._day = day
        self.update(before.united(self._cursor_rect()) if before.isEmpty() else before)
        self.update(self._cursor_rect())
        self.cursor_moved.emit(day)

    def _cursor_x(self) -> float | None:
        if self._day is None or self._drawn is None or self._period is None:
            return None
        share = ((self._day - self._period.first).days + 0.5) / len(self._period)
        return self.width() * (self._drawn.left + share * (self._drawn.right - self._drawn.left))

    def _cursor_rect(self) -> QRect:
        x = self._cursor_x()
        return QRect() if x is None else QRect(math.floor(x) - 2, 0, 5, self.height())

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), look().color("window"))
        if self._image is None or self._drawn is None:
            return
        ratio = self._image.devicePixelRatio()
        area = QRectF(event.rect())
        source = QRectF(
            area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio
        )
        painter.drawImage(area, self._image, source)
        x = self._cursor_x()
        if x is not None:
            painter.setPen(QPen(look().color("focus"), _CURSOR_WIDTH))
            top, bottom = self._drawn.top * self.height(), self._drawn.bottom * self.height()
            painter.drawLine(round(x), round(top), round(x), round(bottom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._result is not None and event.size() != event.oldSize():
            self._fit_height()
            self._soon.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._fit_height()
            self._soon.start()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._point_at(event.position().x()) and self._day is not None:
            self.day_opened.emit(self._day)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.clear_cursor()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Another window in front, or a menu, does not lose the place.
        if event.reason() not in _PASSING:
            self.clear_cursor()
        super().focusOutEvent(event)

    def _point_at(self, x: float) -> bool:
        if self._drawn is None or self._period is None:
            return False
        left, right = self._drawn.left * self.width(), self._drawn.right * self.width()
        share = (x - left) / (right - left)
        if not 0 <= share <= 1:
            return False
        days = min(int(share * len(self._period)), len(self._period) - 1)
        self.move_cursor(self._period.first + timedelta(days=days))
        return True

    def _scale(self) -> float:
        """Return how much larger than at 100 % things are in this look."""
        return look().px(1000) / 1000

    def _fit_height(self) -> None:
        if self._result is not None:
            scale = self._scale() / _POINTS_PER_PX
            points = self._chart.measure(self._result, self.width() / scale)
            self.setFixedHeight(math.ceil(points * scale))
