"""The line through the points: a seven-day median, or boxes when single days are too small.

One bad day hardly moves a median, it never leaves the scale, and it can be checked by hand. It is
drawn only where at least four of the seven days have a value, and never across a real gap.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moodlab.domain.days import Period

WINDOW_DAYS = 7
FEWEST_IN_WINDOW = 4
GAP_DAYS = 3

LONGEST_DAILY = 183
LONGEST_WEEKLY = 1100


@dataclass(frozen=True, slots=True)
class RollingMiddle:
    """The centred seven-day median and middle half, one entry for each day of the period.

    In thousandths of the metric's unit; None where nothing is drawn. A median between two values
    lies halfway, quartiles are values that were observed.
    """

    medians: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """The values of one week or month; middle and quartiles are None where there are too few."""

    period: Period
    n: int
    median: float | None
    q1: float | None
    q3: float | None


@dataclass(frozen=True, slots=True)
class BinRule:
    """How a long period is cut into boxes: where the next one begins, and the fewest values."""

    name: str
    fewest: int
    first_after: Callable[[date], date]
    """The first day of the bin that follows the one holding the given day."""


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


WEEKLY = BinRule("week", 3, _next_monday)
MONTHLY = BinRule("month", 8, _next_month)


def bin_rule(days: int) -> BinRule | None:
    """Return how a period of `days` is binned: None (day by day), by week, or by month."""
    if days <= LONGEST_DAILY:
        return None
    return WEEKLY if days <= LONGEST_WEEKLY else MONTHLY


def cut(period: Period, rule: BinRule) -> tuple[Period, ...]:
    """Cut `period` into calendar weeks or months; the first and the last may be shorter."""
    bins = []
    first = period.first
    while first <= period.last:
        following = rule.first_after(first)
        bins.append(Period(first, min(following - timedelta(days=1), period.last)))
        first = following
    return tuple(bins)


def find_runs(holds: Iterable[bool], fewest: int) -> tuple[tuple[int, int], ...]:
    """Return the (first, last) positions of runs of at least `fewest` that hold."""
    runs, begin = [], None
    for position, held in enumerate((*holds, False)):
        if held:
            begin = position if begin is None else begin
        elif begin is not None:
            if position - begin >= fewest:
                runs.append((begin, position - 1))
            begin = None
    return tuple(runs)


def roll(values: Sequence[int | None]) -> RollingMiddle:
    """Return the rolling middle of consecutive days; None stands for a day without a value.

    There is none before the values span seven days: a first week shows its points alone.
    """
    import numpy as np

    days = len(values)
    half = WINDOW_DAYS // 2
    padded = np.full(days + 2 * half, np.nan)
    padded[half : half + days] = [np.nan if value is None else value for value in values]
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_DAYS)
    ordered = np.sort(windows, axis=1)  # NaN sorts last, so the first n are the values
    count = np.sum(~np.isnan(windows), axis=1)

    drawn = count >= FEWEST_IN_WINDOW
    given = np.flatnonzero(~np.isnan(padded[half : half + days]))
    if given.size and given[-1] - given[0] + 1 >= WINDOW_DAYS:
        drawn[: given[0]] = False
        drawn[given[-1] + 1 :] = False
    else:
        drawn[:] = False
    for first, last in find_runs((value is None for value in values), GAP_DAYS):
        drawn[first : last + 1] = False

    rows, n = np.arange(days), np.maximum(count, 1)
    middle = (ordered[rows, (n - 1) // 2] + ordered[rows, n // 2]) / 2

    def column(picked: "np.ndarray") -> tuple[float | None, ...]:
        return tuple(
            number if keep else None
            for number, keep in zip(picked.tolist(), drawn.tolist(), strict=True)
        )

    # The smallest observed value with at least a quarter (three quarters) of all at or below it.
    return RollingMiddle(
        medians=column(middle),
        lows=column(ordered[rows, (n + 3) // 4 - 1]),
        highs=column(ordered[rows, (3 * n + 3) // 4 - 1]),
    )


def fill_boxes(
    days: Sequence[date], values: Sequence[int], bins: Sequence[Period], fewest: int
) -> tuple[Box, ...]:
    """Return one box for each of `bins`, from values in thousandths given in order of `days`."""
    import numpy as np

    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    numbers = np.array(values, dtype=np.int64)
    begins = np.searchsorted(ordinals, [each.first.toordinal() for each in bins], side="left")
    ends = np.searchsorted(ordinals, [each.last.toordinal() for each in bins], side="right")
    boxes = []
    for each, begin, end in zip(bins, begins.tolist(), ends.tolist(), strict=True):
        n = end - begin
        if n < fewest:
            boxes.append(Box(each, n, None, None, None))
            continue
        ordered = np.sort(numbers[begin:end]).tolist()
        boxes.append(
            Box(
                each,
                n,
                (ordered[(n - 1) // 2] + ordered[n // 2]) / 2,
                float(ordered[(n + 3) // 4 - 1]),
                float(ordered[(3 * n + 3) // 4 - 1]),
            )
        )
    return tuple(boxes)
