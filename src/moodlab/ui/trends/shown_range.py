"""Which days Trends shows: one of the fixed ranges, or a person's own dates.

Kept in the preferences as the name of a range, or as ``2026-01-05/2026-02-20``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.domain.days import EARLIEST_DAY, Period
from moodlab.domain.errors import Refused
from moodlab.ui.trends.range_data import RANGES, range_number

OWN = len(RANGES)
ALL_OF_IT = next(number for number, (_name, days) in enumerate(RANGES) if not days)
# Nearer than a week there is nothing more to see.
SHORTEST = 7


@dataclass(frozen=True, slots=True)
class ShownRange:
    """A range up to `last` (None: today), or the `own_days` days up to it where `number` is OWN."""

    number: int
    last: date | None = None
    own_days: int = 0

    @property
    def days(self) -> int:
        """How many days are shown; 0 for all."""
        return self.own_days if self.number == OWN else RANGES[self.number][1]

    @property
    def stored(self) -> str:
        """How the preferences remember it."""
        if self.number != OWN or self.last is None:
            return RANGES[self.number][0]
        first = self.last - timedelta(days=self.own_days - 1)
        return f"{first.isoformat()}/{self.last.isoformat()}"


def own_range(period: Period) -> ShownRange:
    """Return the range that shows exactly these days."""
    return ShownRange(OWN, period.last, len(period))


def stored_range(text: str, today: date) -> ShownRange:
    """Return the range that was remembered; the usual one for what is not known or to come."""
    first, separator, last = text.partition("/")
    if separator:
        try:
            period = Period(date.fromisoformat(first), date.fromisoformat(last))
        except (ValueError, Refused):
            return ShownRange(range_number(""))
        if period.first >= EARLIEST_DAY and period.last <= today:
            return own_range(period)
    return ShownRange(range_number(text))


def step_range(shown: ShownRange, step: int) -> ShownRange:
    """Return the next longer (1) or shorter (-1) fixed range; the same at the end of them."""
    if shown.number != OWN:
        return ShownRange(min(max(shown.number + step, 0), ALL_OF_IT), shown.last)
    longer = [number for number, (_, days) in enumerate(RANGES) if not days or days > shown.days]
    shorter = [number for number, (_, days) in enumerate(RANGES) if 0 < days < shown.days]
    if step > 0:
        return ShownRange(longer[0], shown.last)
    return ShownRange(shorter[-1], shown.last) if shorter else shown


def zoom_in(shown: Period, around: date) -> Period | None:
    """Return half of the days that are shown, around a day; None where no fewer can be."""
    days = max(SHORTEST, len(shown) // 2)
    if days >= len(shown):
        return None
    first = around - timedelta(days=days // 2)
    first = max(shown.first, min(first, shown.last - timedelta(days=days - 1)))
    return Period(first, first + timedelta(days=days - 1))


def zoom_out(shown: Period, whole: Period) -> Period | None:
    """Return twice the days that are shown, within `whole`; None where that is all of it."""
    first = max(whole.first, shown.first - timedelta(days=len(shown) // 2))
    last = min(whole.last, first + timedelta(days=2 * len(shown) - 1))
    first = max(whole.first, last - timedelta(days=2 * len(shown) - 1))
    return None if (first, last) == (whole.first, whole.last) else Period(first, last)
