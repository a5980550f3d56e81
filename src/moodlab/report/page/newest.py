"""Tables that end: on the detail sheets the newest rows, and a sentence about the others."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from moodlab.domain.days import Period, short_date, span_text
from moodlab.i18n import translate

T = TypeVar("T")

# Three or four sheets. Nobody reads a longer list to its end.
MOST_LISTED = 120


def keep_newest(items: Sequence[T], day_of: Callable[[T], date]) -> tuple[Sequence[T], str]:
    """Return at most `MOST_LISTED` items in their order, and a sentence about those left out."""
    if len(items) <= MOST_LISTED:
        return items, ""
    by_day = sorted(range(len(items)), key=lambda number: (day_of(items[number]), number))
    left = by_day[:-MOST_LISTED]
    listed = [items[number] for number in sorted(by_day[-MOST_LISTED:])]
    sentence = translate(
        "page",
        "The newest {listed} of {n}. The {left} before them ({span}) are in this report saved as"
        " JSON.",
    ).format(
        listed=len(listed),
        n=len(items),
        left=len(left),
        span=span_of_days(day_of(items[left[0]]), day_of(items[left[-1]])),
    )
    return listed, sentence


def span_of_days(first: date, last: date) -> str:
    """Return ``3 Mar 2019 – 4 Nov 2025``, or the one day."""
    return short_date(first) if first == last else span_text(Period(first, last))
