"""The list of times at which a day may end."""

from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from moodlab.ui.look.conventions import clock_text

_LATEST_OFFERED, _STEP = 6 * 60, 30
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - only its clock is shown


class DayEndChoice(QComboBox):
    """Midnight to six in half hours. `picked(minutes)` when a person chose another."""

    picked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._minutes: list[int] = []
        self.activated.connect(lambda index: self.picked.emit(self._minutes[index]))

    @property
    def minutes(self) -> int:
        """The minutes after midnight that are chosen."""
        return self._minutes[self.currentIndex()]

    def show_minutes(self, now: int) -> None:
        """Show this end of the day; a command may have set one between those offered."""
        self._minutes = sorted({*range(0, _LATEST_OFFERED + 1, _STEP), now})
        with QSignalBlocker(self):
            self.clear()
            self.addItems(
                [clock_text(_MIDNIGHT + timedelta(minutes=each)) for each in self._minutes]
            )
            self.setCurrentIndex(self._minutes.index(now))
