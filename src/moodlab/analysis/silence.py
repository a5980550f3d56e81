"""Stretches of days without a value, found from the values: a longer period costs no more."""

from collections.abc import Iterator, Sequence
from datetime import date

from moodlab.domain.days import Period
from moodlab.domain.diary import TrackedMetric

# First and last day of a stretch, as ordinals.
Stretch = tuple[int, int]


def find_silences(days: Sequence[date], begins: date, period: Period) -> Iterator[Stretch]:
    """Yield the stretches of `period` from `begins` on that have none of `days`, in order."""
    next_day = max(begins, period.first).toordinal()
    for day in days:
        number = day.toordinal()
        if number > next_day:
            yield next_day, number - 1
        next_day = max(next_day, number + 1)
    if next_day <= period.last.toordinal():
        yield next_day, period.last.toordinal()


def find_asked(tracked: TrackedMetric, period: Period) -> list[Stretch]:
    """Return the stretches of `period` in which the metric was asked, in order and apart."""
    asked: list[Stretch] = []
    for begin, end in sorted(
        (
            max(begin or period.first, period.first).toordinal(),
            min(end or period.last, period.last).toordinal(),
        )
        for begin, end in tracked.spans
    ):
        if begin > end:
            continue
        if asked and begin <= asked[-1][1] + 1:
            asked[-1] = (asked[-1][0], max(end, asked[-1][1]))
        else:
            asked.append((begin, end))
    return asked


def share(stretch: Stretch, others: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the parts of `stretch` that lie in one of `others`."""
    for first, last in others:
        if first <= stretch[1] and last >= stretch[0]:
            yield max(first, stretch[0]), min(last, stretch[1])


def leave(stretch: Stretch, others: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the parts of `stretch` that lie in none of `others`."""
    begin = stretch[0]
    for first, last in share(stretch, others):
        if first > begin:
            yield begin, first - 1
        begin = last + 1
    if begin <= stretch[1]:
        yield begin, stretch[1]
