"""The day on which a week begins."""

from PySide6.QtCore import QLocale


def first_weekday() -> int:
    """Return the weekday in the first column of a calendar, as where the person lives; Monday 0."""
    return int(QLocale.system().firstDayOfWeek().value) - 1
