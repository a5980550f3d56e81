from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.smoothing import (
    MONTHLY,
    WEEKLY,
    bin_rule,
    cut,
    fill_boxes,
    find_runs,
    roll,
)
from moodlab.domain.days import Period

days = st.lists(
    st.one_of(st.none(), st.integers(0, 10).map(lambda n: n * 1000)), min_size=1, max_size=60
)


def observed(ordered: list[int], share: Fraction) -> int:
    """The smallest value that at least this share of all values does not exceed."""
    return next(
        value
        for value in ordered
        if Fraction(sum(other <= value for other in ordered), len(ordered)) >= share
    )


def middle(ordered: list[int]) -> float:
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def in_gap(values: list[int | None], day: int) -> bool:
    """Whether three days in a row around `day`, itself among them, have no value."""
    return any(
        start >= 0 and start + 3 <= len(values) and values[start : start + 3] == [None] * 3
        for start in range(day - 2, day + 1)
    )


@given(days)
def test_the_rolling_middle_is_what_a_person_would_count(values: list[int | None]) -> None:
    rolled = roll(values)
    given_days = [day for day, value in enumerate(values) if value is not None]
    spans_a_week = bool(given_days) and given_days[-1] - given_days[0] >= 6
    for day in range(len(values)):
        window = sorted(v for v in values[max(day - 3, 0) : day + 4] if v is not None)
        is_drawn = (
            spans_a_week
            and len(window) >= 4
            and given_days[0] <= day <= given_days[-1]
            and not in_gap(values, day)
        )
        got = rolled.medians[day], rolled.lows[day], rolled.highs[day]
        if not is_drawn:
            assert got == (None, None, None)
        else:
            assert got == (
                middle(window),
                observed(window, Fraction(1, 4)),
                observed(window, Fraction(3, 4)),
            )


def test_with_three_values_in_seven_days_nothing_is_drawn_and_with_four_it_is() -> None:
    three = [5000, None, None, 5000, None, None, 5000]
    assert set(roll(three).medians) == {None}
    four = [5000, None, 6000, None, 7000, None, 8000]
    assert roll(four).medians[3] == 6500


def test_no_line_crosses_three_days_without_a_value() -> None:
    rolled = roll([4000] * 10 + [None] * 3 + [8000] * 10)
    assert rolled.medians[10:13] == (None, None, None)
    assert rolled.medians[9] == 4000
    assert rolled.medians[13] == 8000


def test_two_days_without_a_value_are_bridged() -> None:
    assert None not in roll([4000] * 10 + [None] * 2 + [4000] * 10).medians[3:19]


def test_a_first_week_shows_points_alone() -> None:
    assert set(roll([5000] * 6 + [None] * 20).medians) == {None}
    assert 5000 in roll([5000] * 7 + [None] * 20).medians


@given(st.lists(st.booleans(), max_size=40), st.integers(1, 4))
def test_runs_are_maximal_and_long_enough(holds: list[bool], fewest: int) -> None:
    covered = set()
    for first, last in find_runs(holds, fewest):
        assert last - first + 1 >= fewest
        assert all(holds[first : last + 1])
        assert first == 0 or not holds[first - 1]
        assert last == len(holds) - 1 or not holds[last + 1]
        covered |= set(range(first, last + 1))
    for start in range(len(holds) - fewest + 1):
        if all(holds[start : start + fewest]):
            assert set(range(start, start + fewest)) <= covered


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(1, 1500),
    st.sampled_from((WEEKLY, MONTHLY)),
)
def test_bins_cover_every_day_once(first: date, length: int, rule) -> None:
    period = Period(first, first + timedelta(days=length - 1))
    bins = cut(period, rule)
    assert [day for each in bins for day in each] == list(period)
    for each in bins[1:]:
        assert (each.first.weekday() if rule is WEEKLY else each.first.day - 1) == 0


def test_days_are_drawn_to_half_a_year_weeks_to_three_years_then_months() -> None:
    assert [bin_rule(n) for n in (1, 183, 184, 1100, 1101)] == [
        None, None, WEEKLY, WEEKLY, MONTHLY,
    ]  # fmt: skip


@given(st.dictionaries(st.integers(0, 59), st.integers(0, 10).map(lambda n: n * 1000)))
def test_boxes_hold_the_values_of_their_week(by_day: dict[int, int]) -> None:
    period = Period(date(2025, 1, 1), date(2025, 3, 1))
    ordered = sorted(by_day)
    boxes = fill_boxes(
        [period.first + timedelta(days=day) for day in ordered],
        [by_day[day] for day in ordered],
        cut(period, WEEKLY),
        WEEKLY.fewest,
    )
    assert sum(each.n for each in boxes) == len(by_day)
    for each in boxes:
        values = sorted(
            value for day, value in by_day.items()
            if period.first + timedelta(days=day) in each.period
        )  # fmt: skip
        assert each.n == len(values)
        if len(values) < 3:
            assert (each.median, each.q1, each.q3) == (None, None, None)
        else:
            assert each.median == middle(values)
            assert each.q1 == observed(values, Fraction(1, 4))
            assert each.q3 == observed(values, Fraction(3, 4))
