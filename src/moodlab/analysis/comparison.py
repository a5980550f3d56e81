"""Two stretches of days side by side, each with its n, or the reason why they are not compared.

Nothing is tested: the middle values stand beside each other, and a difference of less than one
point is called about the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from moodlab.analysis.summaries import FEWEST_IN_BLOCK, Summary, summarise
from moodlab.domain.days import ONE_DAY, Period
from moodlab.domain.diary import Diary
from moodlab.domain.metrics import THOUSAND, Kind, Metric
from moodlab.domain.ratings import Rating, within
from moodlab.i18n import translate

ABOUT_THE_SAME = Decimal(1)
HIGHEST = 10
AROUND_DAYS = 28


def are_about_the_same(difference: Decimal) -> bool:
    """Whether two middle values that differ so much are called about the same."""
    return abs(difference) < ABOUT_THE_SAME


def about_the_same_words() -> str:
    """Return the words for it, which say what is meant: the same everywhere."""
    return translate("figures", "about the same (less than 1 point apart)")


@dataclass(frozen=True, slots=True)
class Side:
    """One metric in one of the two stretches.

    `counts` says on how many days each rating 0 to 10 was given (an imported 6.7 counts as 7); it
    is empty for what is no rating.
    """

    summary: Summary
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MetricPair:
    """One metric in both stretches; each side needs 12 values for a middle value."""

    metric: Metric
    first: Side
    second: Side

    @property
    def difference(self) -> Decimal | None:
        """The second median less the first; None where one is missing."""
        first, second = self.first.summary.median, self.second.summary.median
        return None if first is None or second is None else second - first

    @property
    def is_about_the_same(self) -> bool:
        """Whether both middle values of a rating lie less than one point apart."""
        difference = self.difference
        return difference is not None and are_about_the_same(difference)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two stretches of days. `around` is the day between them that they were chosen for, if any."""

    first: Period
    second: Period
    pairs: tuple[MetricPair, ...]
    is_example: bool
    around: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no metric has enough values on both sides."""
        return all(pair.difference is None for pair in self.pairs)


def compare(diary: Diary, first: Period, second: Period, around: date | None = None) -> Comparison:
    """Set two stretches of days beside each other; metrics without any value there are left out."""
    pairs = [
        MetricPair(
            tracked.metric,
            _side(tracked.metric, ratings, first),
            _side(tracked.metric, ratings, second),
        )
        for tracked in diary.metrics
        if (ratings := diary.ratings.get(tracked.metric.id, ()))
    ]
    return Comparison(
        first,
        second,
        tuple(pair for pair in pairs if pair.first.summary.n or pair.second.summary.n),
        diary.is_example,
        around,
    )


def compare_around(diary: Diary, day: date, days: int = AROUND_DAYS) -> Comparison:
    """Compare the `days` days before `day` with those that begin on it."""
    before = Period.ending(day - ONE_DAY, days)
    return compare(diary, before, Period(day, day + timedelta(days=days - 1)), day)


def _side(metric: Metric, ratings: Sequence[Rating], period: Period) -> Side:
    counts = [0] * (HIGHEST + 1) if metric.kind is Kind.SCALE else []
    if counts:
        for rating in within(ratings, period):
            if rating.value is not None:
                counts[min((rating.value + THOUSAND // 2) // THOUSAND, HIGHEST)] += 1
    return Side(summarise(ratings, period, FEWEST_IN_BLOCK), tuple(counts))
