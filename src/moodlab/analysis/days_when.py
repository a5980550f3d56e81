"""How often the conditions that the person chose held together, as a count with its denominator."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from moodlab.analysis.smoothing import MONTHLY, WEEKLY, cut
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary, Pin
from moodlab.domain.metrics import Metric

COMPARE: Mapping[str, Callable[[int, int], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True)
class DaysWhen:
    """`days` of the `of` days on which every metric concerned has a value met all conditions."""

    pin: Pin
    days: int
    of: int


def count_days_when(diary: Diary, pin: Pin, period: Period) -> DaysWhen:
    """Count the days of `period` on which all conditions of `pin` hold."""
    by_day: dict[date, dict[str, int]] = {}
    for metric in {metric for metric, _, _ in pin.conditions}:
        for rating in diary.ratings.get(metric, ()):
            if rating.value is not None and rating.day in period:
                by_day.setdefault(rating.day, {})[metric] = rating.value
    complete = [
        values
        for values in by_day.values()
        if all(metric in values for metric, _, _ in pin.conditions)
    ]
    met = sum(
        all(COMPARE[sign](values[metric], bound) for metric, sign, bound in pin.conditions)
        for values in complete
    )
    return DaysWhen(pin, met, len(complete))


# A period up to this long is counted week by week, a longer one by months.
LONGEST_BY_WEEK = 84


@dataclass(frozen=True, slots=True)
class DaysWhenOverTime:
    """The count over `period`, and in each week or month of it.

    `metrics` are all that the journal knows, to name the conditions.
    """

    period: Period
    total: DaysWhen
    parts: tuple[tuple[Period, DaysWhen], ...]
    metrics: tuple[Metric, ...]
    is_by_week: bool
    is_example: bool


def count_over_time(diary: Diary, period: Period, pin: Pin) -> DaysWhenOverTime:
    """Count the days of each week or month on which all conditions of `pin` hold."""
    is_by_week = len(period) <= LONGEST_BY_WEEK
    return DaysWhenOverTime(
        period,
        count_days_when(diary, pin, period),
        tuple(
            (part, count_days_when(diary, pin, part))
            for part in cut(period, WEEKLY if is_by_week else MONTHLY)
        ),
        tuple(tracked.metric for tracked in diary.metrics),
        is_by_week,
        diary.is_example,
    )
