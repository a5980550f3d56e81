"""Controls that choose one of a few values: of a preference, or the end of the journal's day."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from moodlab.domain.days import DEFAULT_DAY_END_MINUTES
from moodlab.domain.errors import MoodLabError
from moodlab.preferences import CHOICES
from moodlab.settings import Settings
from moodlab.ui.look.conventions import clock_text
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.widgets.segments import Segments

# More stand in a list that opens.
_MOST_SIDE_BY_SIDE = 5
_LATEST_OFFERED, _STEP = 6 * 60, 30
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - only its clock is shown


class PreferenceControl(Control):
    """The values of one preference, side by side or in a list."""

    def __init__(self, around: Surroundings, field: str, name: str) -> None:
        super().__init__(around)
        self._field = field
        self._values = [choice.value for choice in CHOICES[field]]
        self._choice = make_choice(name, [choice.shown for choice in CHOICES[field]], self._choose)
        self.column.addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_now()

    @property
    def first(self) -> QWidget:
        return first_of(self._choice)

    @property
    def is_usual(self) -> bool:
        return self._now(self.around.session.settings) == self._now(Settings())

    def show_now(self) -> None:
        now = self._now(self.around.session.settings)
        if now in self._values:
            show_choice(self._choice, self._values.index(now))

    def reset(self) -> None:
        self.around.session.prefer(**{self._field: self._now(Settings())})

    def _now(self, settings: Settings) -> object:
        return settings._asdict()[self._field]

    def _choose(self, index: int) -> None:
        self.around.session.prefer(**{self._field: self._values[index]})


class DayEndControl(Control):
    """When a day ends: kept in the journal, as it decides what a late evening belongs to."""

    is_of_journal = True

    def __init__(self, around: Surroundings, name: str) -> None:
        super().__init__(around)
        self.choice = QComboBox()
        self.choice.setAccessibleName(name)
        self.choice.activated.connect(self._choose)
        self.column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._minutes: list[int] = []
        self.show_now()

    @property
    def first(self) -> QWidget:
        return self.choice

    @property
    def is_usual(self) -> bool:
        return self.around.session.journal.day_end_minutes == DEFAULT_DAY_END_MINUTES

    def show_now(self) -> None:
        now = self.around.session.journal.day_end_minutes
        # A command may have set another.
        self._minutes = sorted({*range(0, _LATEST_OFFERED + 1, _STEP), now})
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItems(
                [clock_text(_MIDNIGHT + timedelta(minutes=each)) for each in self._minutes]
            )
            self.choice.setCurrentIndex(self._minutes.index(now))

    def reset(self) -> None:
        self._save(DEFAULT_DAY_END_MINUTES)

    def _choose(self, index: int) -> None:
        self._save(self._minutes[index])

    def _save(self, minutes: int) -> None:
        written = {"day_end_minutes": str(minutes)}
        try:
            self.around.session.apply(lambda journal: journal.set_settings(written))
        except MoodLabError as error:
            self.around.tell(error.sentence)
            self.show_now()


def make_choice(name: str, texts: Sequence[str], choose: Callable[[int], object]) -> QWidget:
    """Return the control for one of `texts`, which tells `choose` what a person picked."""
    if len(texts) <= _MOST_SIDE_BY_SIDE:
        segments = Segments(name, texts)
        segments.chosen.connect(choose)
        return segments
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.addItems(list(texts))
    choice.activated.connect(choose)
    return choice


def show_choice(control: QWidget, index: int) -> None:
    """Show which one holds, without telling anybody."""
    if isinstance(control, Segments):
        if control.index != index:
            control.choose(index)
    elif isinstance(control, QComboBox):
        control.setCurrentIndex(index)


def first_of(control: QWidget) -> QWidget:
    """Return what of it gets the keyboard."""
    return control.buttons[max(control.index, 0)] if isinstance(control, Segments) else control
