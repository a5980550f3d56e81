"""What is chosen on the screens of a first start."""

from typing import NamedTuple

from moodlab.domain.days import DEFAULT_DAY_END_MINUTES
from moodlab.domain.metrics import METRICS, SHORT_VERSION

DAILY = tuple(metric for metric in METRICS if metric.daily)
_ALL = frozenset(metric.id for metric in DAILY)


class Chosen(NamedTuple):
    """What a new diary asks, by the metrics' ids, and when its days end."""

    rated: frozenset[str] = _ALL
    short: frozenset[str] = frozenset(SHORT_VERSION)
    day_end: int = DEFAULT_DAY_END_MINUTES


class Back(NamedTuple):
    """The decision to see the screen before once more."""
