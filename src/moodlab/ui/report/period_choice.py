"""Which days the page is about: a few usual stretches, or own dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.text import label

SINCE, OWN = "since", "own"
DAYS = {"4 weeks": 28, "12 weeks": 84, "6 months": 182}


@dataclass(frozen=True, slots=True)
class ChosenPeriod:
    """A preset's id; `first` and `last` only where the dates are the person's own."""

    preset: str
    first: date | None = None
    last: date | None = None


class PeriodChoice(QWidget):
    """Sends `chosen(ChosenPeriod)` when the person picks another stretch or date."""

    chosen = Signal(object)

    def __init__(self, preset: str, today: date) -> None:
        super().__init__()
        names = {
            SINCE: translate("report", "Since the last appointment"),
            "4 weeks": translate("report", "4 weeks"),
            "12 weeks": translate("report", "12 weeks"),
            "6 months": translate("report", "6 months"),
            OWN: translate("report", "Own dates"),
        }
        self._group = QButtonGroup(self)
        self.buttons = {name: QRadioButton(text) for name, text in names.items()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(4))
        for button in self.buttons.values():
            self._group.addButton(button)
            layout.addWidget(button)
        self.why = label("", "quiet", wrap=True)
        self.why.hide()
        layout.insertWidget(1, self.why)
        self.first, self.last = DayField(), DayField()
        self.be_today(today)
        self.last.show_day(today)
        self.first.show_day(today - timedelta(days=DAYS["12 weeks"] - 1))
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self._dates = QWidget()
        grid = QGridLayout(self._dates)
        grid.setContentsMargins(look().px(26), look().px(4), 0, 0)
        grid.setColumnStretch(1, 1)
        for row, (title, field) in enumerate(
            ((translate("report", "From"), self.first), (translate("report", "To"), self.last))
        ):
            field.setAccessibleName(title)
            grid.addWidget(label(title), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.trouble, 2, 0, 1, 2)
        layout.addWidget(self._dates)
        self.buttons.get(preset, self.buttons[SINCE]).setChecked(True)
        self._dates.setVisible(self.choice.preset == OWN)
        self._group.buttonToggled.connect(lambda _button, on: self._tell() if on else None)
        for field in (self.first, self.last):
            field.day_changed.connect(lambda _day: self._tell())
            field.told.connect(self._say)

    @property
    def choice(self) -> ChosenPeriod:
        """What is chosen now."""
        preset = next(name for name, button in self.buttons.items() if button.isChecked())
        if preset != OWN:
            return ChosenPeriod(preset)
        return ChosenPeriod(OWN, self.first.day, self.last.day)

    def offer_since(self, offered: bool, why: str = "") -> None:
        """Say whether there is an appointment to count from; without one, 12 weeks stand in.

        `why` says what is in the way of one that there is.
        """
        self.why.setText(why)
        self.why.setVisible(bool(why))
        since = self.buttons[SINCE]
        since.setEnabled(offered)
        if not offered and since.isChecked():
            with QSignalBlocker(self._group):
                self.buttons["12 weeks"].setChecked(True)

    def be_today(self, today: date) -> None:
        """Move the last possible date."""
        for field in (self.first, self.last):
            field.be_today(today)

    def focus_chosen(self) -> None:
        """Take the keyboard at the choice that holds."""
        self.buttons[self.choice.preset].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        for field in (self.first, self.last):
            field.setModified(False)  # chosen, and not half typed
        self._dates.setVisible(self.choice.preset == OWN)
        self.chosen.emit(self.choice)

    def _say(self, sentence: str) -> None:
        """Say what is wrong with a date; the page stays as it is until it can be read."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        announce(self, sentence, assertive=True)
