"""How the window writes times and numbers, and on which day a week begins.

Like the look, it is one for the whole window and follows the settings. What a lab printed stays as
printed, and the page for the doctor follows its own language.
"""

import re
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QLocale

from moodlab.settings import Settings

# Between digits only: a unit may end with a point of its own.
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}


class Conventions(NamedTuple):
    """`first_weekday` counts from Monday, 0."""

    has_24_hours: bool = True
    decimal_sign: str = "."
    first_weekday: int = 0


class _Current:
    settings = Settings()
    conventions: Conventions | None = None


def use_conventions(settings: Settings) -> bool:
    """Write from now on as `settings` say; say whether that is another way than before."""
    before = conventions() if _Current.conventions is not None else None
    _Current.settings, _Current.conventions = settings, None
    return before is not None and conventions() != before


def conventions() -> Conventions:
    """Return how the window writes now."""
    # The system is asked when something is first written, not at the start.
    if _Current.conventions is None:
        _Current.conventions = _choose(_Current.settings)
    return _Current.conventions


def first_weekday() -> int:
    """Return the weekday in the first column of a calendar; Monday is 0."""
    return conventions().first_weekday


def clock_text(moment: datetime) -> str:
    """Return the time of a moment: ``21:14`` or ``9:14 pm``."""
    if conventions().has_24_hours:
        return f"{moment:%H:%M}"
    half = "am" if moment.hour < 12 else "pm"
    return f"{(moment.hour - 1) % 12 + 1}:{moment:%M} {half}"


def decimal_text(figure: str) -> str:
    """Return a figure that MoodLab worked out, with its unit, as chosen: 6.5 or 6,5."""
    sign = conventions().decimal_sign
    return figure if sign == "." else _POINT.sub(sign, figure)


def _choose(settings: Settings) -> Conventions:
    locale = QLocale.system()
    short = locale.timeFormat(QLocale.FormatType.ShortFormat).lower()
    usual = Conventions(
        "ap" not in short and " a" not in short,
        "," if locale.decimalPoint() == "," else ".",
        locale.firstDayOfWeek().value - 1,
    )
    return Conventions(
        settings.clock == "24" if settings.clock in ("12", "24") else usual.has_24_hours,
        {"comma": ",", "point": "."}.get(settings.decimal_sign, usual.decimal_sign),
        _WEEKDAYS.get(settings.week_start, usual.first_weekday),
    )
