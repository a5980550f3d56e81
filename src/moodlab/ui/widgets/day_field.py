"""One field for a day, the same on every page: typed in any usual way, shown as 3 Nov 2026."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from moodlab.domain.days import EARLIEST_DAY, LATEST_DAY, refuse_future, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import translate
from moodlab.ui.look.conventions import first_weekday
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line, mark

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
# In design pixels: room for what opens the calendar, and the calendar.
_BUTTON, _CALENDAR_WIDTH = 28, 360


class DayField(Line):
    """`day_changed(date)` when another day stands there, `told(sentence)` what is wrong, or "".

    Both are sent when the field is left or Enter is pressed. The arrow keys go up and down by a
    day, Alt+Down opens a calendar. Only where a day `may_come` is one to come taken.
    """

    day_changed = Signal(object)
    told = Signal(str)

    def __init__(self, hint: str = "", *, may_come: bool = False) -> None:
        super().__init__()
        self._may_come = may_come
        self._today = EARLIEST_DAY
        self._day: date | None = None
        self.setPlaceholderText(hint)
        self.pick = QToolButton(self)
        self.pick.setProperty("role", "pick")
        self.pick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pick.setCursor(Qt.CursorShape.ArrowCursor)
        self.pick.setAccessibleName(translate("days", "Choose the date in a calendar…"))
        self.pick.clicked.connect(lambda _checked: self.open_calendar())
        self.editingFinished.connect(self._settle)
        self.textEdited.connect(lambda _text: mark(self, ""))

    @property
    def day(self) -> date | None:
        """The last day that could be read, or was shown."""
        return self._day

    @property
    def today(self) -> date:
        """The day that it is; days without a year are read as seen from it."""
        return self._today

    @property
    def latest(self) -> date:
        """The latest day that can be chosen."""
        return LATEST_DAY if self._may_come else self._today

    def be_today(self, today: date) -> None:
        """Take days up to this one."""
        self._today = today

    def show_day(self, day: date | None) -> None:
        """Show a day, or none, without telling anybody."""
        self._day = day
        self.setText(short_date(day) if day else "")
        mark(self, "")

    def read(self) -> date:
        """Return the day that is typed. Raises Refused for none, and for one to come."""
        day = parse_typed_day(self.text(), self._today, may_come=self._may_come)
        refuse_future(day, self.latest)
        return day

    def read_here(self) -> date:
        """Return the day that is typed. Raises Refused, with the field marked and the keyboard."""
        try:
            return self.read()
        except Refused as error:
            mark(self, error.sentence)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            raise

    def choose(self, day: date) -> None:
        """Put a day there as if it were typed."""
        self._write(short_date(day))
        self.textEdited.emit(self.text())
        self._settle()

    def open_calendar(self) -> None:
        """Let the day be picked from its month."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setLocale(QLocale(QLocale.Language.English))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(first_weekday() + 1))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumWidth(look().px(_CALENDAR_WIDTH))
        plain = QTextCharFormat()
        plain.setForeground(look().color("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)  # no day is told by red
        calendar.setDateRange(_to_qt(EARLIEST_DAY), _to_qt(self.latest))
        calendar.setSelectedDate(_to_qt(self._read_or_today()))

        def take(day: QDate) -> None:
            calendar.close()
            self.choose(_from_qt(day))

        for picked in (calendar.clicked, calendar.activated):
            picked.connect(take)
        corner = self.mapToGlobal(QPoint(0, self.height()))
        room = self.screen().availableGeometry()
        size = calendar.sizeHint()
        calendar.move(
            max(room.left(), min(corner.x(), room.right() - size.width())),
            max(room.top(), min(corner.y(), room.bottom() - size.height())),
        )
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
            else:
                self._step(_STEPS[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = look().px(_BUTTON)
        self.setTextMargins(0, 0, max(0, width - look().px(8)), 0)
        self.pick.setGeometry(self.width() - width - 1, 1, width, self.height() - 2)

    def _step(self, days: int) -> None:
        day = self._read_or_today()
        if self.text().strip():
            day = min(self.latest, max(EARLIEST_DAY, day + timedelta(days=days)))
        self.choose(day)

    def _read_or_today(self) -> date:
        try:
            return self.read()
        except Refused:
            return self._today

    def _write(self, text: str) -> None:
        """Replace the text in a way that Undo takes back."""
        if text != self.text():
            self.selectAll()
            self.insert(text)

    def _settle(self) -> None:
        try:
            day = self.read()
        except Refused as error:
            mark(self, error.sentence if self.text().strip() else "")
            self.told.emit(error.sentence)
            return
        mark(self, "")
        self.told.emit("")
        self._write(short_date(day))
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _from_qt(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
