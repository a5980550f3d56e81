"""What stands above the calendar: back and on, which month it is, what is shown, a day to go to."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QWidget

from moodlab.domain.days import MONTHS
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.history.calendar.cells import Subject
from moodlab.ui.look.style import look
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import NEVER_DRAFTED, Button, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# So many letters of a metric's name are always seen.
_SHORTEST_NAME = 14
_DAY_WIDTH = 148


class CalendarBar(QWidget):
    """`turned(int)` goes a month or a year back or on, `today_wanted` to today.

    `subject_chosen(str)` names what is to be shown, `day_typed(date)` the day to go to, `entered`
    that Enter was pressed behind one, and `told(sentence)` what is wrong with it.
    """

    turned = Signal(int)
    today_wanted = Signal()
    subject_chosen = Signal(str)
    day_typed = Signal(object)
    entered = Signal()
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.back = Button("‹", "arrow", lambda: self.turned.emit(-1))
        self.on = Button("›", "arrow", lambda: self.turned.emit(1))
        self.today = Button(translate("history", "Today"), "", self.today_wanted.emit)
        self.title = label("", "section")
        self.subject = QComboBox()
        self.subject.setAccessibleName(translate("history", "Show"))
        self.subject.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.subject.setMinimumContentsLength(_SHORTEST_NAME)
        self.subject.currentIndexChanged.connect(self._tell_subject)
        self.go_to = GoToField(self.entered.emit)
        self.go_to.setAccessibleName(translate("history", "Go to day"))
        self.go_to.setToolTip(translate("history", "Go to a day, such as 3 Nov (Ctrl+G)"))
        self.go_to.day_changed.connect(self.day_typed)
        self.go_to.told.connect(self.told)
        self._lay_out()

    def show_subjects(self, offered: Sequence[Subject], chosen: Subject) -> None:
        """Offer what can be shown, without telling anybody."""
        entries = [(subject.title, subject.id) for subject in offered]
        known = [
            (self.subject.itemText(row), self.subject.itemData(row))
            for row in range(self.subject.count())
        ]
        self.subject.blockSignals(True)
        if entries != known:
            self.subject.clear()
            for text, subject_id in entries:
                self.subject.addItem(text, subject_id)
        self.subject.setCurrentIndex(self.subject.findData(chosen.id))
        self.subject.blockSignals(False)

    def show_day(self, day: date, today: date, *, is_year: bool) -> None:
        """Say which month or year it is, and show the chosen day in the field."""
        month = MONTHS[day.month - 1]
        self.title.setText(f"{day.year}" if is_year else f"{month} {day.year}")
        self.go_to.be_today(today)
        self.go_to.show_day(day)
        self.today.setEnabled(day != today)
        unit = (
            (translate("history", "‹ Previous year"), translate("history", "› Next year"))
            if is_year
            else (translate("history", "‹ Previous month"), translate("history", "› Next month"))
        )
        for button, name in zip((self.back, self.on), unit, strict=True):
            button.setAccessibleName(name)

    def ask_for_day(self) -> None:
        """Give the keyboard to the field of the day."""
        self.go_to.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go_to.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _tell_subject(self) -> None:
        self.subject_chosen.emit(self.subject.currentData())

    def _lay_out(self) -> None:
        self._left, self._right = Flow(), Flow(at_right=True)
        for widget in (self.back, self.on, self.today, self.title):
            self._left.addWidget(widget)
        self._right.addWidget(self.subject)
        self._right.addWidget(self.go_to)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addLayout(self._left, 1)
        self._line.addLayout(self._right)
        self._fit_look()

    def _fit_look(self) -> None:
        px = look().px
        for line in (self._left, self._right, self._line):
            line.setSpacing(px(GRID))
        # As wide as its widest text, so that nothing moves with the month.
        measure = self.title.fontMetrics().horizontalAdvance
        self.title.setMinimumWidth(max(measure(f"{month} 2000") for month in MONTHS))
        self.go_to.setFixedWidth(px(_DAY_WIDTH))
        self._fold()

    def _fold(self) -> None:
        needed = self._left.sizeHint().width() + self._right.sizeHint().width()
        fits = needed + self._line.spacing() <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._line.direction() is not direction:
            self._line.setDirection(direction)
            self._right.at_right = fits
            self.updateGeometry()


class GoToField(DayField):
    """The day to go to. Enter goes there and on to the calendar."""

    def __init__(self, on_enter: Callable[[], object]) -> None:
        super().__init__(translate("history", "3 Nov"))
        self.setProperty(NEVER_DRAFTED, True)
        self._on_enter = on_enter

    def sizeHint(self) -> QSize:
        return QSize(look().px(_DAY_WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        # What can't be read stays, marked, with the keyboard.
        if event.key() in _ENTER and not bool(self.property("invalid")) and self.text().strip():
            self._on_enter()
