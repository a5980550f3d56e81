"""Two fields for the first and the last day of a range of one's own."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from moodlab.domain.days import Period
from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import NEVER_DRAFTED, label

_FIELD_WIDTH = 148


class RangeDates(QWidget):
    """`period_chosen(Period)` when both days can be read, and one of them is another one."""

    period_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = DayField(), DayField()
        self.trouble = label("", "error")
        layout = Flow(self)
        layout.setSpacing(look().px(8))
        for field, shown, name in (
            (self.first, translate("trends", "From"), translate("trends", "First day")),
            (self.last, translate("trends", "to"), translate("trends", "Last day")),
        ):
            field.setAccessibleName(name)
            field.setFixedWidth(look().px(_FIELD_WIDTH))
            field.setProperty(NEVER_DRAFTED, True)
            field.day_changed.connect(lambda _day: self._tell())
            field.told.connect(self._say)
            layout.addWidget(label(shown))
            layout.addWidget(field)
        layout.addWidget(self.trouble)

    def show_period(self, period: Period, today: date) -> None:
        """Show which days are drawn; what is being typed stays."""
        for field, day in ((self.first, period.first), (self.last, period.last)):
            field.be_today(today)
            if not field.isModified() or not field.hasFocus():
                field.show_day(day)
        self._say("")

    def _tell(self) -> None:
        if self.first.day is None or self.last.day is None:
            return
        try:
            period = Period(self.first.day, self.last.day)
        except Refused as error:
            self._say(error.sentence)
            return
        for field in (self.first, self.last):
            field.setModified(False)
        self.period_chosen.emit(period)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        if sentence:
            announce(self, sentence, assertive=True)
