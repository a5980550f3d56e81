"""Which days the lanes show, and where each stands."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from moodlab.domain.days import MONTHS, Period
from moodlab.domain.events import Event
from moodlab.domain.treatments import Treatment
from moodlab.i18n import QT_TRANSLATE_NOOP

# The choices of days before today; None: all of them.
RANGES = (
    (QT_TRANSLATE_NOOP("treatments", "6 months"), 182),
    (QT_TRANSLATE_NOOP("treatments", "1 year"), 365),
    (QT_TRANSLATE_NOOP("treatments", "All"), None),
)
_LEAST_DAYS = 56
# At least so many pixels (at 100 %) lie between two names of months.
_LEAST_GAP = 44


class TimeAxis(NamedTuple):
    """Days from left to right over `width` pixels."""

    period: Period
    width: float

    def x_of(self, day: date) -> float:
        """Return where `day` begins."""
        return (day - self.period.first).days * self.width / len(self.period)

    @property
    def day_width(self) -> float:
        """The room of one day."""
        return self.width / len(self.period)

    def months(self, scale: float) -> Iterator[tuple[date, str]]:
        """Yield the first days that are named, with their names: months, quarters or years."""
        per_month = 30.4 * self.day_width
        step = next(
            (months for months in (1, 2, 3, 6) if months * per_month >= _LEAST_GAP * scale), 12
        )
        years = 1
        while step == 12 and years * 12 * per_month < _LEAST_GAP * scale:
            years += 1
        for year in range(self.period.first.year, self.period.last.year + 1):
            for month in range(1, 13, step):
                first = date(year, month, 1)
                if first in self.period and (step < 12 or year % years == 0):
                    yield first, str(year) if month == 1 else MONTHS[month - 1][:3]


def find_period(
    treatments: Sequence[Treatment], events: Sequence[Event], today: date, days: int | None
) -> Period:
    """Return the days to show: the last `days` or all, and those to come that are known."""
    known = [dose.first_day for each in treatments for dose in each.doses]
    known += [each.last_day for each in treatments if each.last_day is not None]
    known += [day for each in treatments for day in each.as_needed_days]
    known += [day for each in events for day in (each.first_day, each.last_day) if day is not None]
    last = max([today, *(day for day in known if (day - today).days <= 400)])
    first = today - timedelta(days=_LEAST_DAYS)
    if days is not None:
        first = today - timedelta(days=days)
    elif known:
        first = min(first, *known)
    return Period(first, last + timedelta(days=max(1, (last - first).days // 40)))
