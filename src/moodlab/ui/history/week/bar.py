"""What stands above the week: back and on, which days it has, and the first of them to choose."""

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from moodlab.domain.days import Period, span_text
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import Button, label

_DAY_WIDTH = 148


class WeekBar(QWidget):
    """`turned(int)` goes a week back or on, `now_wanted` to the present one.

    `first_chosen(date)` is the first day of the week that is wanted, `told(sentence)` what is wrong
    with it.
    """

    turned = Signal(int)
    now_wanted = Signal()
    first_chosen = Signal(object)
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.back = Button("‹", "arrow", lambda: self.turned.emit(-1))
        self.on = Button("›", "arrow", lambda: self.turned.emit(1))
        self.back.setAccessibleName(translate("week", "‹ Previous week"))
        self.on.setAccessibleName(translate("week", "› Next week"))
        self.now = Button(translate("week", "This week"), "", self.now_wanted.emit)
        self.title = label("", "section")
        caption = label(translate("week", "First day"), "muted")
        self.first = DayField()
        self.first.setAccessibleName(translate("week", "First day"))
        self.first.day_changed.connect(self.first_chosen)
        self.first.told.connect(self.told)
        caption.setBuddy(self.first)
        self._day = QWidget()
        day = QHBoxLayout(self._day)
        day.setContentsMargins(0, 0, 0, 0)
        day.addWidget(caption)
        day.addWidget(self.first)
        self._layout = Flow(self)
        for widget in (self.back, self.on, self.now, self.title, self._day):
            self._layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit_look()

    def show_week(self, week: Period, latest: date, *, is_now: bool) -> None:
        """Say which days these are."""
        self.title.setText(span_text(week))
        self.first.be_today(latest)
        self.first.show_day(week.first)
        self.now.setEnabled(not is_now)
        self.on.setEnabled(week.last < latest)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        self._layout.setSpacing(look().px(GRID))
        self.first.setFixedWidth(look().px(_DAY_WIDTH))
        layout = self._day.layout()
        if layout is not None:
            layout.setSpacing(look().px(GRID))
