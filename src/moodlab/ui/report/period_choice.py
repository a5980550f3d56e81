"""Which days the page is about: a few usual stretches, or own dates."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from moodlab.i18n import translate
from moodlab.ui.look.style import look
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
        self.first, self.last = QDateEdit(), QDateEdit()
        for field in (self.first, self.last):
            field.setCalendarPopup(True)
            field.setDisplayFormat("d MMM yyyy")
            field.setDateRange(QDate(1900, 1, 1), _to_qt(today))
        self.last.setDate(_to_qt(today))
        self.first.setDate(_to_qt(today).addDays(-83))
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
        layout.addWidget(self._dates)
        self.buttons.get(preset, self.buttons[SINCE]).setChecked(True)
        self._dates.setVisible(self.choice.preset == OWN)
        self._group.buttonToggled.connect(lambda _button, on: self._tell() if on else None)
        self.first.dateChanged.connect(lambda _day: self._tell())
        self.last.dateChanged.connect(lambda _day: self._tell())

    @property
    def choice(self) -> ChosenPeriod:
        """What is chosen now."""
        preset = next(name for name, button in self.buttons.items() if button.isChecked())
        if preset != OWN:
            return ChosenPeriod(preset)
        return ChosenPeriod(OWN, _from_qt(self.first.date()), _from_qt(self.last.date()))

    def offer_since(self, offered: bool) -> None:
        """Say whether there is an appointment to count from; without one, 12 weeks stand in."""
        since = self.buttons[SINCE]
        since.setEnabled(offered)
        if not offered and since.isChecked():
            with QSignalBlocker(self._group):
                self.buttons["12 weeks"].setChecked(True)

    def be_today(self, today: date) -> None:
        """Move the last possible date."""
        for field in (self.first, self.last):
            field.setMaximumDate(_to_qt(today))

    def focus_chosen(self) -> None:
        """Take the keyboard at the choice that holds."""
        self.buttons[self.choice.preset].setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self._dates.setVisible(self.choice.preset == OWN)
        self.chosen.emit(self.choice)


def _to_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _from_qt(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
