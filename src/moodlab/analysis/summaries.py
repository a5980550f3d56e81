"""Middle value and middle half of ratings, with their n, or the reason why there is none.

Ratings are ordinal and have gaps, so these are medians and observed quartiles, and never a figure
from too few days. All arithmetic is on whole thousandths; nothing is a float.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from moodlab.domain.days import Period
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import Rating, within
from moodlab.i18n import translate

FEWEST_IN_PERIOD = 7
# Averages of three end-of-day ratings a week already follow the week (Broderick 2009).
FEWEST_IN_BLOCK = 12
FEWEST_BEFORE_DRAW = 5
BLOCK_DAYS = 28


@dataclass(frozen=True, slots=True)
class Summary:
    """What a stretch of days adds up to, in the metric's unit.

    `median`, `q1` and `q3` are None below `fewest` values, and `reason` then says so; `lowest` and
    `highest` are None only without any value. `unable` counts the answers "could not say", and
    `above_zero` the values that are more than none: the days of a yes.
    """

    n: int
    unable: int
    median: Decimal | None
    q1: Decimal | None
    q3: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    reason: str | None
    above_zero: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A summary of one named stretch of days."""

    period: Period
    summary: Summary


def summarise(ratings: Sequence[Rating], period: Period, fewest: int = FEWEST_IN_PERIOD) -> Summary:
    """Summarise the ratings that describe days of `period`; `ratings` are by day."""
    given = within(ratings, period)
    values = sorted(rating.value for rating in given if rating.value is not None)
    unable = len(given) - len(values)
    above_zero = sum(value > 0 for value in values)
    lowest, highest = (to_unit(values[0]), to_unit(values[-1])) if values else (None, None)
    if len(values) < fewest:
        reason = translate("summary", "{n} of at least {fewest} values").format(
            n=len(values), fewest=fewest
        )
        return Summary(len(values), unable, None, None, None, lowest, highest, reason, above_zero)
    return Summary(
        n=len(values),
        unable=unable,
        median=median_of(values),
        q1=to_unit(quantile(values, Fraction(1, 4))),
        q3=to_unit(quantile(values, Fraction(3, 4))),
        lowest=lowest,
        highest=highest,
        reason=None,
        above_zero=above_zero,
    )


def median_of(ordered: Sequence[int]) -> Decimal:
    """Return the median of ordered thousandths in the metric's unit.

    Exact (n or n.5) for whole numbers, otherwise rounded half up to 0.1, which is as fine as an
    imported scale carries.
    """
    middle = len(ordered) // 2
    twice = ordered[middle] * 2 if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]
    exact = Decimal(twice) / (2 * THOUSAND)
    if all(value % THOUSAND == 0 for value in ordered):
        return shorten(exact)
    return shorten(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def quantile(ordered: Sequence[int], share: Fraction) -> int:
    """Return the smallest observed value with at least `share` of all values at or below it.

    This is the inverted empirical distribution (Hyndman and Fan's definition 1, numpy's
    ``inverted_cdf``): the answer is always a value that was really given.
    """
    rank = -(-len(ordered) * share.numerator // share.denominator)
    return ordered[max(rank, 1) - 1]


def to_unit(thousandths: int) -> Decimal:
    """Return thousandths as an exact decimal without trailing zeros."""
    return shorten(Decimal(thousandths) / THOUSAND)


def shorten(number: Decimal) -> Decimal:
    """Return the same number without trailing zeros or exponent: 7.00 → 7, 6.50 → 6.5."""
    plain = number.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def recent_and_previous(period: Period) -> tuple[Period, Period]:
    """Return the last 28 days of `period` and the 28 days before those.

    A shorter period gives all of itself as the recent block.
    """
    recent = Period.ending(period.last, min(BLOCK_DAYS, len(period)))
    before = date.fromordinal(recent.first.toordinal() - 1)
    return recent, Period.ending(before, BLOCK_DAYS)


def summarise_blocks(ratings: Sequence[Rating], period: Period) -> tuple[Block, Block]:
    """Summarise the two blocks of `recent_and_previous`; each needs 12 values."""
    recent, previous = recent_and_previous(period)
    return (
        Block(recent, summarise(ratings, recent, FEWEST_IN_BLOCK)),
        Block(previous, summarise(ratings, previous, FEWEST_IN_BLOCK)),
    )
