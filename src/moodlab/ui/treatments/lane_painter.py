"""How a lane is drawn: bars of doses, strokes of single days, marks of events."""

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from moodlab.domain.days import ONE_DAY, short_date
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.theme import TYPE
from moodlab.ui.look.style import look
from moodlab.ui.treatments.lanes import Lane, LaneKind, is_stopped
from moodlab.ui.treatments.time_axis import TimeAxis

# In design pixels.
_BAR, _TICK, _MARK, _LEAST_TEXT, _TIP = 20, 14, 5, 26, 6


class LanePainter:
    """Paints into `area`, whose left edge is the first day of `axis`."""

    def __init__(self, painter: QPainter, area: QRectF, axis: TimeAxis, today: date) -> None:
        self._painter = painter
        self._area = area
        self._axis = axis
        self._today = today

    def paint_backdrop(self) -> None:
        """Draw the lines of the months, and today."""
        self._painter.setPen(QPen(look().color("grid"), 1))
        for first, _ in self._axis.months(look().px(100) / 100):
            self._rule(first)
        self._painter.setPen(QPen(look().color("control_border"), 1, Qt.PenStyle.DashLine))
        self._rule(self._today + ONE_DAY)

    def paint(self, lane: Lane) -> None:
        """Draw what a row shows."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if lane.course is not None:
            self._paint_course(lane.course)
        elif lane.kind in (LaneKind.EVENTS, LaneKind.APPOINTMENTS):
            for event in lane.events:
                last = event.last_day or event.first_day
                self._paint_event(event.first_day, last, lane.kind is LaneKind.APPOINTMENTS)

    def _rule(self, day: date) -> None:
        if day in self._axis.period:
            x = round(self._x(day)) + 0.5
            self._painter.drawLine(QPointF(x, self._area.top()), QPointF(x, self._area.bottom()))

    def _x(self, day: date) -> float:
        return self._area.left() + self._axis.x_of(day)

    def _paint_course(self, course: Treatment) -> None:
        period = self._axis.period
        if course.last_day is not None and course.last_day < period.first:
            self._say_earlier(course.last_day)
            return
        if course.as_needed_days:
            self._paint_single_days(course)
            return
        for number, dose in enumerate(course.doses):
            last = course.last_day_of(number)
            is_open = last is None
            until = max(self._today, dose.first_day) if last is None else last
            if until >= period.first and dose.first_day <= period.last:
                self._paint_bar(course, dose.first_day, until, dose.text, is_open=is_open)

    def _paint_bar(
        self, course: Treatment, first: date, last: date, text: str, *, is_open: bool
    ) -> None:
        px, colors = look().px, look()
        left = max(self._area.left(), self._x(first))
        right = min(self._area.right(), max(self._x(last + ONE_DAY), left + 3))
        middle, half = self._area.center().y(), px(_BAR) / 2
        tip = px(_TIP) if is_open else 0
        outline = QPolygonF(
            [
                QPointF(left, middle - half),
                QPointF(right, middle - half),
                QPointF(right + tip, middle),
                QPointF(right, middle + half),
                QPointF(left, middle + half),
            ]
        )
        stopped = is_stopped(course, self._today)
        self._painter.setPen(QPen(colors.color("control_border" if stopped else "data_line"), 1))
        self._painter.setBrush(colors.color("range_band" if stopped else "band"))
        if first > self._today:  # agreed, and not begun
            self._painter.setPen(QPen(colors.color("data_line"), 1, Qt.PenStyle.DashLine))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolygon(outline)
        self._write(QRectF(left, middle - half, right - left, 2 * half), text)

    def _write(self, room: QRectF, text: str) -> None:
        """Write as much of a dose as there is room for."""
        room = room.adjusted(look().px(6), 0, -look().px(4), 0)
        if not text or room.width() < look().px(_LEAST_TEXT):
            return
        self._painter.setFont(look().font(TYPE.quiet))
        self._painter.setPen(look().color("text"))
        metrics = self._painter.fontMetrics()
        if metrics.horizontalAdvance(text) > room.width() and text[0].isdigit():
            # No figure is cut: "50 mg" of "50 mg in the morning", or nothing.
            text = " ".join(text.split()[:2])
            if metrics.horizontalAdvance(text) > room.width():
                return
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        self._painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_single_days(self, course: Treatment) -> None:
        """A line while it may be taken, and a stroke for each day on which it was."""
        middle, colors = self._area.center().y(), look()
        until = course.last_day or max(self._today, course.first_day)
        left = max(self._area.left(), self._x(course.first_day))
        right = min(self._area.right(), self._x(until + ONE_DAY))
        self._painter.setPen(QPen(colors.color("control_border"), 1))
        self._painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        if course.last_day is not None:
            end = look().px(_MARK)
            self._painter.drawLine(QPointF(right, middle - end), QPointF(right, middle + end))
        self._painter.setPen(QPen(colors.color("data_line"), max(2.0, self._axis.day_width / 2)))
        half = look().px(_TICK) / 2
        for day in course.as_needed_days:
            if day in self._axis.period:
                x = self._x(day) + self._axis.day_width / 2
                self._painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))

    def _paint_event(self, first: date, last: date, is_appointment: bool) -> None:
        period = self._axis.period
        if last < period.first or first > period.last:
            return
        size, middle = look().px(_MARK), self._area.center().y()
        start = max(self._area.left() + size, self._x(first) + self._axis.day_width / 2)
        end = min(self._area.right() - size, self._x(last) + self._axis.day_width / 2)
        self._painter.setPen(QPen(look().color("text"), 1.2))
        if end - start > 2 * size:
            self._painter.drawLine(QPointF(start, middle), QPointF(end, middle))
            self._painter.drawLine(QPointF(end, middle - size), QPointF(end, middle + size))
        if is_appointment:
            self._painter.setBrush(look().color("window"))
            self._painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(start, middle - size - 1),
                        QPointF(start + size + 1, middle),
                        QPointF(start, middle + size + 1),
                        QPointF(start - size - 1, middle),
                    ]
                )
            )
        else:
            self._painter.setBrush(look().color("text"))
            self._painter.drawEllipse(QPointF(start, middle), size - 1, size - 1)

    def _say_earlier(self, last_day: date) -> None:
        self._painter.setFont(look().font(TYPE.quiet))
        self._painter.setPen(look().color("muted"))
        words = translate("treatments", "‹ ended {day}").format(day=short_date(last_day))
        self._painter.drawText(self._area, Qt.AlignmentFlag.AlignVCenter, words)
