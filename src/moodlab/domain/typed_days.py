"""Days as people type them into a field: 21.10., 21/10/2025, 2025-10-21. Always echoed in words."""

import re
from datetime import date

from moodlab.domain.days import parse_day
from moodlab.domain.errors import Refused
from moodlab.i18n import translate

_DAY_FIRST = re.compile(r"([0-9]{1,2})[./ ]([0-9]{1,2})(?:[./ ]([0-9]{4}|[0-9]{2})?)?")


def parse_typed_day(text: str, today: date) -> date:
    """Read a day, day before month; without a year, the latest such day up to `today`.

    An empty text is today. Raises Refused with an example for anything else.
    """
    words = " ".join(text.split())
    if not words:
        return today
    match = _DAY_FIRST.fullmatch(words)
    if match is None:
        return parse_day(words, today)
    day, month, year = int(match[1]), int(match[2]), match[3]
    if year is not None:
        made = _make_day(words, int(year) + (2000 if len(year) == 2 else 0), month, day)
        return parse_day(made.isoformat(), today)
    this_year = _make_day(words, today.year, month, day)
    return this_year if this_year <= today else _make_day(words, today.year - 1, month, day)


def _make_day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(
            translate("days", "{text} is not a day. Enter day, month, year.").format(text=text)
        ) from None
