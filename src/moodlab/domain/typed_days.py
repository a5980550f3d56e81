"""Days as people type them into a field: 21.10., 21/10/2025, 21 Oct 2025, 2025-10-21."""

import re
from datetime import date, timedelta

from moodlab.domain.days import LONGEST_YEAR, MONTHS, ONE_DAY, parse_day, refuse_odd_day
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import Refused
from moodlab.i18n import translate

_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY_FIRST = re.compile(rf"(?P<day>[0-9]{{1,2}})[./ ](?P<month>[0-9]{{1,2}})(?:[./ ]{_YEAR}?)?")
# As MoodLab itself shows a day.
_WITH_MONTH = re.compile(rf"(?P<day>[0-9]{{1,2}})\.? (?P<month>[A-Za-z]{{3,9}})\.?(?: {_YEAR})?")
_LIKE_ISO = re.compile(r"[0-9]{4}-.*")


def parse_typed_day(text: str, today: date, *, may_come: bool = False) -> date:
    """Read a day, day before month; without a year, the latest such day up to `today`.

    Where it `may_come`, as for an appointment, the nearest such day.

    Raises Refused with an example for anything else, and for an empty text: a day is never guessed.
    """
    words = " ".join(western_digits(text).split())
    if not words:
        raise Refused(translate("days", "Enter the date first, for example 21.10. or today."))
    match = _DAY_FIRST.fullmatch(words) or _WITH_MONTH.fullmatch(words)
    if match is None:
        if words.lower() in ("today", "yesterday") or _LIKE_ISO.match(words):
            return parse_day(words, today)
        raise _no_day(words)
    day, month = int(match["day"]), _read_month(words, match["month"])
    if match["year"] is not None:
        year = int(match["year"])
        made = _make_day(words, year + (2000 if len(match["year"]) == 2 else 0), month, day)
        refuse_odd_day(made)
        return made
    this_year = _make_day(words, today.year, month, day)
    if may_come:
        years = (today.year - 1, today.year, today.year + 1)
        near = [_make_day(words, year, month, day) for year in years if (month, day) != (2, 29)]
        return min(near or [this_year], key=lambda each: abs((each - today).days))
    return this_year if this_year <= today else _make_day(words, today.year - 1, month, day)


def parse_coming_day(text: str, today: date) -> date:
    """Read a day as `parse_typed_day` does; without a year, the next such day from `today` on."""
    word = text.strip().lower()
    if word in ("today", "tomorrow"):
        return today if word == "today" else today + ONE_DAY
    return parse_typed_day(text, today + timedelta(days=LONGEST_YEAR - 2))


def _read_month(text: str, month: str) -> int:
    if month.isdigit():
        return int(month)
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(month.lower()):
            return number
    raise _no_day(text)


def _make_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_day(text) from None


def _no_day(text: str) -> Refused:
    return Refused(
        translate("days", "“{text}” is not a day. Enter it like 21.10. or 3.11.2025.").format(
            text=text
        )
    )
