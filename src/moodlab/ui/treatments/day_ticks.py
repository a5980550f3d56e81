"""Fourteen days in a row, each of which can be ticked as one on which something was taken."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.days import WEEKDAYS, Period, long_date, short_date, span_text
from moodlab.domain.texts import LONGEST_WORDS
from moodlab.domain.treatments import Taking, Treatment
from moodlab.i18n import translate, translate_marked
from moodlab.theme import GRID, RADIUS, TYPE
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label

SHOWN_DAYS = 14
_CELL, _HEIGHT = 40, 48
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayTick(QCheckBox):
    """One day: its weekday, its number, and a tick."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.day = day
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_CELL), look().px(_HEIGHT))

    minimumSizeHint = sizeHint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()  # the row knows where they lead
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        current, on = look(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = current.theme.control_border_width
        cell = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        rim = "accent" if on else "control_border" if self.isEnabled() else "hairline"
        painter.setPen(QPen(current.color(rim), edge))
        hovered = self.underMouse() and self.isEnabled()
        fill = "accent" if on else "accent_soft" if hovered else "control"
        painter.setBrush(current.color(fill))
        painter.drawRoundedRect(cell, current.px(RADIUS), current.px(RADIUS))
        painter.setPen(current.color("on_accent" if on else "muted"))
        upper, lower = QRectF(cell), QRectF(cell)
        upper.setBottom(cell.center().y())
        lower.setTop(cell.center().y() - current.px(3))
        painter.setFont(current.font(TYPE.tiny))
        weekday = translate_marked(WEEKDAYS[self.day.weekday()])[:2]
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, "✓" if on else weekday)
        painter.setFont(current.font(TYPE.button, strong=on))
        if not on and self.isEnabled():
            painter.setPen(current.color("text"))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, str(self.day.day))


class DayTicks(QWidget):
    """`ticked(date, bool)` and `worded(Taking, str)`. One tab stop; arrows go from day to day."""

    ticked = Signal(object, bool)
    worded = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._course: Treatment | None = None
        self._takings: Mapping[date, Taking] = {}
        self._today = self._last = date.min
        self._stop: date | None = None
        self.cells: list[DayTick] = []
        self.earlier = Button("‹", "arrow", lambda: self._walk(-SHOWN_DAYS))
        self.later = Button("›", "arrow", lambda: self._walk(SHOWN_DAYS))
        self.earlier.setAccessibleName(translate("treatments", "‹ Earlier days"))
        self.later.setAccessibleName(translate("treatments", "› Later days"))
        self.span = label("", "quiet")
        above = QHBoxLayout()
        above.setSpacing(look().px(GRID))
        above.addWidget(self.span, 1)
        above.addWidget(self.earlier)
        above.addWidget(self.later)
        self._flow = Flow()
        self._flow.setSpacing(look().px(4))
        self.amount = Line()
        self.amount.setMaxLength(LONGEST_WORDS)
        self.amount.editingFinished.connect(self._word)
        self._amount_of = label("", "quiet")
        self._amount_of.setBuddy(self.amount)
        amount = QHBoxLayout()
        amount.setSpacing(look().px(GRID))
        amount.addWidget(self._amount_of)
        amount.addWidget(self.amount, 1)
        amount.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addLayout(above)
        layout.addLayout(self._flow)
        layout.addLayout(amount)

    def show_course(self, course: Treatment, takings: Iterable[Taking], today: date) -> None:
        """Show on which days a course was taken."""
        if self._course is None or course.id != self._course.id or today != self._today:
            self._last = min(today, course.last_day or today)
            self._stop = None
        self._course, self._today = course, today
        self._takings = {each.day: each for each in takings if each.treatment == course.id}
        self._show()

    def focus(self) -> None:
        """Give the keyboard to the last day."""
        for cell in self.cells:
            if cell.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        focused = next((cell for cell in self.cells if cell.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        wanted = focused.day + timedelta(days=step)
        if wanted < self._first and self.earlier.isEnabled():
            self._walk(-SHOWN_DAYS)
        elif wanted > self._last and self.later.isEnabled():
            self._walk(SHOWN_DAYS)
        self._go_to(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for cell in self.cells:
                cell.updateGeometry()

    @property
    def _first(self) -> date:
        return self._last - timedelta(days=SHOWN_DAYS - 1)

    def _walk(self, days: int) -> None:
        self._last = min(self._today, self._last + timedelta(days=days))
        self._stop = None
        self._show()

    def _go_to(self, day: date) -> None:
        cell = next((each for each in self.cells if each.day == day and each.isEnabled()), None)
        if cell is not None:
            self._stop = day
            self._show_stop()
            cell.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self) -> None:
        course = self._course
        if course is None:
            return
        if not self.cells:
            for _ in range(SHOWN_DAYS):
                cell = DayTick(self._today)
                cell.clicked.connect(lambda on, cell=cell: self._tick(cell, on))
                self.cells.append(cell)
                self._flow.addWidget(cell)
        for number, cell in enumerate(self.cells):
            cell.day = self._first + timedelta(days=number)
            cell.setChecked(cell.day in self._takings)
            # A tick outside of the course is an older version's: it can be taken back.
            cell.setEnabled(cell.day in self._takings or self._may_be_ticked(cell.day))
            cell.setAccessibleName(
                translate("treatments", "{name} taken on {day}").format(
                    name=course.name, day=long_date(cell.day)
                )
            )
            cell.update()
        self.span.setText(span_text(Period(self._first, self._last)))
        self.earlier.setEnabled(self._first > course.first_day)
        self.later.setEnabled(self._last < min(self._today, course.last_day or self._today))
        self._show_stop()

    def _may_be_ticked(self, day: date) -> bool:
        return self._course is not None and self._course.holds(day) and day <= self._today

    def _show_stop(self) -> None:
        """Let Tab come to one of the days, and show how much was taken on it."""
        usable = [cell for cell in self.cells if cell.isEnabled()]
        stop = next((cell for cell in usable if cell.day == self._stop), None)
        stop = stop or (usable[-1] if usable else None)
        for cell in self.cells:
            policy = Qt.FocusPolicy.StrongFocus if cell is stop else Qt.FocusPolicy.ClickFocus
            cell.setFocusPolicy(policy)
        taking = self._takings.get(stop.day) if stop is not None else None
        self.amount.setEnabled(taking is not None)
        day = short_date(stop.day) if stop is not None else ""
        caption = translate("treatments", "How much on {day}").format(day=day)
        self._amount_of.setText(caption)
        self.amount.setAccessibleName(caption)
        if not (self.amount.hasFocus() and self.amount.isModified()):
            self.amount.setText(taking.text if taking is not None else "")

    def _tick(self, cell: DayTick, on: bool) -> None:
        self._stop = cell.day
        self.ticked.emit(cell.day, on)

    def _word(self) -> None:
        day = next(
            (c.day for c in self.cells if c.focusPolicy() == Qt.FocusPolicy.StrongFocus), None
        )
        taking = self._takings.get(day) if day is not None else None
        text = " ".join(self.amount.text().split())
        if taking is not None and text != taking.text:
            self.amount.setModified(False)
            self.worded.emit(taking, text)
