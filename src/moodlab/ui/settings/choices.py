"""Controls that choose one of a few values: of a preference, or the end of the journal's day."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from moodlab.domain.days import DEFAULT_DAY_END_MINUTES
from moodlab.domain.errors import MoodLabError
from moodlab.preferences import CHOICES
from moodlab.settings import Settings
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.widgets.preferences.choice import first_of, make_choice, show_choice
from moodlab.ui.widgets.preferences.day_end_choice import DayEndChoice


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
        self.choice = DayEndChoice(name)
        self.choice.picked.connect(self._save)
        self.column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_now()

    @property
    def first(self) -> QWidget:
        return self.choice

    @property
    def is_usual(self) -> bool:
        return self.around.session.journal.day_end_minutes == DEFAULT_DAY_END_MINUTES

    def show_now(self) -> None:
        self.choice.show_minutes(self.around.session.journal.day_end_minutes)

    def reset(self) -> None:
        self._save(DEFAULT_DAY_END_MINUTES)

    def _save(self, minutes: int) -> None:
        written = {"day_end_minutes": str(minutes)}
        try:
            self.around.session.apply(lambda journal: journal.set_settings(written))
        except MoodLabError as error:
            self.around.tell(error.sentence)
            self.show_now()
