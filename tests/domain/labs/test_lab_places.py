"""Where a result lies, against a model that reads value and range as sets of numbers.

The model knows nothing of bounds being included or not in the code's way: it takes a grid of exact
numbers, keeps those that the value may stand for, and looks where they all are.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.labs.printed_values import PrintedValue
from moodlab.domain.labs.reference_ranges import Position, PrintedRange, parse_range, place

# Whole limits and a grid of halves: between any two limits, and beyond them, there is a number.
GRID = [Decimal(step) / 2 for step in range(0, 61)]
LIMITS = st.integers(min_value=0, max_value=14).map(lambda whole: Decimal(whole * 2))
TESTS = {
    None: lambda number, bound: number == bound,
    "<": lambda number, bound: number < bound,
    "<=": lambda number, bound: number <= bound,
    ">": lambda number, bound: number > bound,
    ">=": lambda number, bound: number >= bound,
}


def position_by_model(value: PrintedValue, limits: PrintedRange) -> Position:
    possible = [number for number in GRID if TESTS[value.comparator](number, value.number)]

    def side(number: Decimal) -> Position:
        if limits.low is not None and (
            number < limits.low or (number == limits.low and not limits.low_included)
        ):
            return Position.BELOW
        if limits.high is not None and (
            number > limits.high or (number == limits.high and not limits.high_included)
        ):
            return Position.ABOVE
        return Position.WITHIN

    sides = {side(number) for number in possible}
    return sides.pop() if len(sides) == 1 else Position.CANNOT_BE_PLACED


@st.composite
def ranges(draw: st.DrawFn) -> PrintedRange:
    low, high = sorted((draw(LIMITS), draw(LIMITS)))
    kind = draw(st.sampled_from(["both", "low", "high"]))
    included = draw(st.booleans())
    if kind == "both":
        return PrintedRange("", low, high)
    if kind == "low":
        return PrintedRange("", low, None, low_included=included)
    return PrintedRange("", None, high or Decimal(2), high_included=included)


@st.composite
def values(draw: st.DrawFn) -> PrintedValue:
    comparator = draw(st.sampled_from(sorted(TESTS, key=str)))
    number = draw(LIMITS)
    if comparator in ("<", "<=") and not number:
        number = Decimal(2)
    return PrintedValue("", comparator, number)


@given(values(), ranges())
def test_a_result_is_placed_only_where_all_it_may_stand_for_lies(
    value: PrintedValue, limits: PrintedRange
) -> None:
    assert place(value, limits) == position_by_model(value, limits)


@pytest.mark.parametrize(
    ("printed", "comparator", "number", "position"),
    [
        ("0–5", None, "5", Position.WITHIN),
        ("<5", None, "5", Position.ABOVE),
        ("<5", "<", "0.3", Position.WITHIN),
        ("<5", "<", "5", Position.WITHIN),
        ("<5", "<=", "5", Position.CANNOT_BE_PLACED),
        ("<5", "<", "10", Position.CANNOT_BE_PLACED),
        ("<5", ">", "300", Position.ABOVE),
        ("<5", ">", "3", Position.CANNOT_BE_PLACED),
        ("3.6-10.0", "<", "3.6", Position.BELOW),
        ("3.6-10.0", None, "3.5", Position.BELOW),
        (">50", None, "50", Position.BELOW),
        (">50", ">", "50", Position.WITHIN),
        (">0", "<", "2", Position.CANNOT_BE_PLACED),
    ],
)
def test_examples_of_placing(
    printed: str, comparator: str | None, number: str, position: Position
) -> None:
    value = PrintedValue("", comparator, Decimal(number))

    assert place(value, parse_range(printed)) is position


def test_a_range_that_cannot_be_read_places_nothing() -> None:
    assert place(PrintedValue("3", None, Decimal(3)), None) is Position.CANNOT_BE_PLACED


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "low_included", "high_included"),
    [
        ("0-5", "", "0", "5", True, True),
        ("0 – 5,0", "", "0", "5.0", True, True),
        ("[3.6 - 10.0]", "", "3.6", "10.0", True, True),
        ("(0.4–4.0)", "", "0.4", "4.0", True, True),
        ("0 bis 5", "", "0", "5", True, True),
        ("0..5", "", "0", "5", True, True),
        ("<5", "", None, "5", True, False),
        ("< 5,0 mg/L", "mg/L", None, "5.0", True, False),
        ("≤5", "", None, "5", True, True),
        ("up to 5", "", None, "5", True, True),
        ("bis 5", "", None, "5", True, True),
        ("> 50", "", "50", None, False, True),
        ("≥50", "", "50", None, True, True),
        ("ab 50", "", "50", None, True, True),
    ],
)
def test_printed_ranges_are_read(
    text: str, unit: str, low: str | None, high: str | None,
    low_included: bool, high_included: bool,
) -> None:  # fmt: skip
    limits = parse_range(text, unit)

    assert limits is not None
    assert limits.text == text
    assert limits.low == (low and Decimal(low))
    assert limits.high == (high and Decimal(high))
    assert (limits.low_included, limits.high_included) == (low_included, high_included)


@pytest.mark.parametrize(
    "text", ["", "see note", "5-0", "0-5-10", "men 0-5", "negative", "<", "1.234,5-2", "9" * 5000]
)
def test_other_ranges_stay_text(text: str) -> None:
    assert parse_range(text) is None


@given(st.text(max_size=30))
def test_any_range_text_is_read_or_left_alone(text: str) -> None:
    limits = parse_range(text)

    assert limits is None or limits.text == text
