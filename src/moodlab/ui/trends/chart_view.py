"""A chart in the window: a picture that the Worker draws, with a cursor that moves by days.

The picture is painted by a plain widget, so moving the cursor repaints a line and not the chart.
While a new picture is being drawn, the one before it stays.
"""

import math
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from moodlab.charts.chart import Chart, Place
from moodlab.charts.writing import writing
from moodlab.domain.days import Period
from moodlab.ui.look.conventions import decimal_text
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.trends.chart_drawing import ChartPicture, Frame, draw_chart
from moodlab.ui.trends.selected_days import SelectedDays
from moodlab.ui.worker import Task, Worker

_AFTER_RESIZE_MS = 80
# Before the first picture; high enough for the scroll bar to be there already.
_PLACEHOLDER_HEIGHT = 900
_CURSOR_WIDTH = 1.5
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PLACE_STEPS = {**_STEPS, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_WEEK = 7
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChartView(QWidget):
    """Shows one result of `chart` at the widget's width and the height that the chart needs.

    ←/→ move the cursor by a day, with Ctrl by a week, Home/End to the ends, Enter opens the day.
    With Shift, or by dragging, days are selected; Enter or the end of the drag asks to show only
    these. On a chart without a time axis the cursor goes from one of its places to the next.
    `cursor_moved`, `day_opened(date)` and `days_wanted(Period)` tell of it, `painted` of another
    picture.
    """

    cursor_moved = Signal()
    day_opened = Signal(object)
    days_wanted = Signal(object)
    painted = Signal()

    def __init__(self, chart: Chart, worker: Worker) -> None:
        super().__init__()
        self._chart = chart
        self._worker = worker
        self._result: Any = None
        self._period: Period | None = None
        self._picture: ChartPicture | None = None
        self._frame: Frame | None = None  # of the picture that was asked for last
        self._drawing: Task | None = None
        self._day: date | None = None
        self._place: int | None = None
        self._selected = SelectedDays()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look().px(_PLACEHOLDER_HEIGHT))
        self.setAccessibleName(chart.shown_title)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw_if_needed)

    @property
    def cursor_day(self) -> date | None:
        """The day at the cursor, if there is a cursor."""
        return self._day

    @property
    def picture(self) -> ChartPicture | None:
        """What is painted now: the present result, or the one before it until that is drawn."""
        return self._picture

    def frame_for(self, width: int) -> Frame:
        """Return the frame of a picture `width` pixels wide, in the present look and screen."""
        return Frame(width, self.devicePixelRatioF(), look().px(1000) / 1000, look().theme)

    @property
    def is_drawn(self) -> bool:
        """Whether the picture of the present result, size and look is there."""
        return self._picture is not None and self._drawing is None and not self._soon.isActive()

    def show_chart(self, chart: Chart) -> None:
        """Be another chart; nothing is shown until it has a result."""
        self._chart, self._result, self._picture, self._frame = chart, None, None, None
        self.clear_cursor()
        self.setAccessibleName(chart.shown_title)
        self.setAccessibleDescription("")
        self.update()

    def show_result(self, result: Any, period: Period, picture: ChartPicture | None = None) -> None:
        """Show another result; the cursor stays on its day where that is in `period`.

        A `picture` that was drawn with it is shown at once, and drawn again only where the size or
        the look is another one by now.
        """
        if result is self._result:
            self._draw_if_needed()
            return
        self._result, self._period = result, period
        with writing(decimal_text):
            self.setAccessibleDescription(self._chart.describe(result))
        if self._day is not None and self._day not in period:
            self._set_day(None)
        self._set_place(None)
        self._frame = None
        if picture is None:
            self._draw_if_needed()
            return
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None
        self._frame = picture.frame
        self._paint(picture)
        # Later, because the layout gives the widget its width only now.
        self._soon.start(0)

    # Drawing

    def _draw_if_needed(self) -> None:
        """Have the chart drawn in the present size and look, unless it is or is being."""
        self._soon.stop()
        frame = self.frame_for(self.width())
        if self._result is None or self._period is None or not self.isVisible():
            return
        if frame == self._frame:
            return
        if self._drawing is not None:
            self._drawing.cancel()
        self._frame = frame
        chart, result, period = self._chart, self._result, self._period
        self._drawing = task = self._worker.run(
            lambda _journal, progress: draw_chart(chart, result, period, frame, progress),
            lambda picture: self._take(task, picture),
        )

    def _take(self, task: Task, picture: ChartPicture) -> None:
        if task is not self._drawing:
            return  # a newer one is on its way
        self._drawing = None
        self._paint(picture)

    def _paint(self, picture: ChartPicture) -> None:
        self._picture = picture
        self.setFixedHeight(picture.height)
        self.update()
        self.painted.emit()

    # Cursor

    def move_cursor(self, day: date) -> None:
        """Put the cursor on `day`, or on the nearest day that is shown."""
        if self._period is not None:
            self._set_day(min(max(day, self._period.first), self._period.last))

    def clear_cursor(self) -> None:
        """Take the cursor away, with what is selected."""
        self._select_from(None)
        self._set_day(None)
        self._set_place(None)

    def read_cursor(self) -> str:
        """Return what the chart shows at the cursor, in words; empty without one."""
        if self._place is not None:
            return self._places[self._place].words
        if self._day is None or self._result is None:
            return ""
        if (selected := self.selected) is not None:
            return SelectedDays.words(selected)
        with writing(decimal_text):
            return self._chart.read_day(self._result, self._day)

    @property
    def selected(self) -> Period | None:
        """The days that are selected, if any are."""
        return self._selected.period(self._day)

    def _select_from(self, day: date | None) -> None:
        if day != self._selected.began:
            self._selected.began = day if self._chart.follows_range else None
            self.update()
            self.cursor_moved.emit()

    def _show_selected(self) -> None:
        wanted = self.selected
        self._select_from(None)
        if wanted is not None:
            self.days_wanted.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._act_on(event):
            super().keyPressEvent(event)

    @property
    def _places(self) -> tuple[Place, ...]:
        return self._picture.drawn.places if self._picture is not None else ()

    def _walk_places(self, event: QKeyEvent) -> bool:
        """Act on a key where the chart has places instead of days."""
        key, last, place = event.key(), len(self._places) - 1, self._place
        if key in _PLACE_STEPS:
            target = 0 if place is None else min(max(place + _PLACE_STEPS[key], 0), last)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = 0 if key == Qt.Key.Key_Home else last
        elif key in _ENTER and place is not None and self._places[place].day is not None:
            self.day_opened.emit(self._places[place].day)
            return True
        elif key == Qt.Key.Key_Escape and place is not None:
            self.clear_cursor()
            return True
        else:
            return False
        self._set_place(target)
        announce(self, self.read_cursor())
        return True

    def _act_on(self, event: QKeyEvent) -> bool:
        if self._places:
            return self._walk_places(event)
        period, key = self._period, event.key()
        if period is None:
            return False
        if key in _STEPS:
            by_week = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            days = _STEPS[key] * (_WEEK if by_week else 1)
            start = self._day
            # The first press shows the cursor where the newest day is.
            target = period.last if start is None else start + timedelta(days=days)
            selects = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._select_from((self._selected.began or start or target) if selects else None)
        elif key == Qt.Key.Key_Home:
            target = period.first
        elif key == Qt.Key.Key_End:
            target = period.last
        elif key in _ENTER and self.selected is not None:
            self._show_selected()
            return True
        elif key in _ENTER and self._day is not None:
            self.day_opened.emit(self._day)
            return True
        elif key == Qt.Key.Key_Escape and self.selected is not None:
            self._select_from(None)
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
        if self._selected.began is not None:
            self.update()
        self.update(before.united(self._cursor_rect()) if before.isEmpty() else before)
        self.update(self._cursor_rect())
        self.cursor_moved.emit()

    def _set_place(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.update()
            self.cursor_moved.emit()

    def _cursor_x(self) -> float | None:
        if self._day is None or self._picture is None:
            return None
        share = self._picture.share_of(self._day)
        return None if share is None else self.width() * share

    def _cursor_rect(self) -> QRect:
        x = self._cursor_x()
        return QRect() if x is None else QRect(math.floor(x) - 2, 0, 5, self.height())

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), look().color("window"))
        picture = self._picture
        if picture is None:
            return
        self._paint_picture(painter, picture, QRectF(event.rect()))
        self._paint_place(painter)
        if (selected := self.selected) is not None:
            SelectedDays.paint(painter, picture, self.width(), selected)
        x = self._cursor_x()
        if x is not None:
            painter.setPen(QPen(look().color("focus"), _CURSOR_WIDTH))
            top, bottom = picture.drawn.top * picture.height, picture.drawn.bottom * picture.height
            painter.drawLine(round(x), round(top), round(x), round(bottom))
        if self._frame is not None and self._frame.ratio != self.devicePixelRatioF():
            self._soon.start(0)  # the window went to another screen

    def _paint_place(self, painter: QPainter) -> None:
        if self._place is None or self._place >= len(self._places) or self._picture is None:
            return
        place, height = self._places[self._place], self._picture.height
        painter.setPen(QPen(look().color("focus"), _CURSOR_WIDTH))
        painter.drawRect(
            QRectF(
                place.left * self.width(),
                place.top * height,
                (place.right - place.left) * self.width(),
                (place.bottom - place.top) * height,
            )
        )

    def _paint_picture(self, painter: QPainter, picture: ChartPicture, area: QRectF) -> None:
        if self.width() != picture.width:
            # Stretched until the picture for this width arrives.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(0, 0, self.width(), picture.height), picture.image)
            return
        ratio = picture.image.devicePixelRatio()
        source = QRectF(
            area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio
        )
        painter.drawImage(area, picture.image, source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._soon.start(_AFTER_RESIZE_MS)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._soon.start(0)
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start(0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._point_at(event.position()) and event.button() == Qt.MouseButton.LeftButton:
            self._select_from(self._day)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._show_selected()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._point_at(event.position()):
            return
        day = self._day if self._place is None else self._places[self._place].day
        if day is not None:
            self.day_opened.emit(day)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.clear_cursor()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        # The cursor stays while another window or a menu has the focus.
        if event.reason() not in _PASSING:
            self.clear_cursor()
        super().focusOutEvent(event)

    def _point_at(self, at: QPointF) -> bool:
        if self._picture is None:
            return False
        if self._places:
            across, down = at.x() / self.width(), at.y() / self._picture.height
            self._set_place(self._picture.place_at(across, down))
            return self._place is not None
        is_dragging = self._selected.began is not None
        day = self._picture.day_at(at.x() / self.width(), nearest=is_dragging)
        if day is not None:
            self.move_cursor(day)
        return day is not None
