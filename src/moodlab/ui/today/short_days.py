"""The days of which only the short version is shown."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from moodlab.settings import Settings
from moodlab.ui.session import Session


class ShortDays(QObject):
    """Those on which a person chose it, and every day that is opened while it is the setting.

    `changed` is sent when the open day may be shown in the other way now.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._days: set[date] = set()
        self._open = date.min
        self._is_usual = session.settings.short_version
        session.settings_changed.connect(self._follow)

    def __contains__(self, day: date) -> bool:
        return day in self._days

    def open(self, day: date) -> None:
        """Note which day is open now."""
        self._open = day
        if self._is_usual:
            self._days.add(day)

    def toggle(self, day: date) -> None:
        """Show the other version of this day."""
        self._days ^= {day}
        self.changed.emit()

    def _follow(self, settings: Settings) -> None:
        if settings.short_version != self._is_usual:
            self._is_usual = settings.short_version
            self._days = {self._open} if self._is_usual else set()
            self.changed.emit()
