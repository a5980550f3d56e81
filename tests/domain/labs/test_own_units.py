"""How many of one unit another is, as the person tells it: exactly that, or not taken."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import own_analyte, unit_as_printed
from moodlab.domain.labs.own_units import parse_factor, with_unit
from moodlab.domain.labs.printed_values import parse_value
from moodlab.domain.numbers import plain

CALPROTECTIN = own_analyte("Calprotectin", [unit_as_printed("µg/g")])


@pytest.mark.parametrize(
    ("typed", "factor"),
    [
        ("10", "10"), ("0.1", "0.1"), ("0,1", "0.1"), (" 2.50 ", "2.5"), ("0,001", "0.001"),
        ("0.0113", "0.0113"), ("88,42", "88.42"), ("1000", "1000"), ("007", "7"),
        ("123456789012.123456789012", "123456789012.123456789012"),
    ],
)  # fmt: skip
def test_a_factor_is_exactly_what_was_typed(typed: str, factor: str) -> None:
    assert parse_factor(typed) == Decimal(factor)


@pytest.mark.parametrize("typed", ["1.234", "1,000", "10.000", "999,999"])
def test_a_sign_that_may_separate_thousands_is_asked_about(typed: str) -> None:
    with pytest.raises(NeedsConfirmation, match="can be read as"):
        parse_factor(typed)

    assert parse_factor(typed, confirmed=True) == Decimal(typed.replace(",", "."))


@pytest.mark.parametrize(
    "typed",
    ["", " ", "0", "0,0", "-10", "+10", "<10", "10 H", "1e3", "ten", "1/10", "1:10", "10 mg/L",
     "1.234,5", "1'000", "1 000", "NaN", "Infinity", "½", "¹⁰", "1" * 13],
)  # fmt: skip
def test_anything_but_a_number_above_0_is_refused(typed: str) -> None:
    for confirmed in (False, True):
        with pytest.raises(Refused) as refusal:
            parse_factor(typed, confirmed=confirmed)
        assert not isinstance(refusal.value, NeedsConfirmation)


DIGITS = st.from_regex(r"[0-9]{1,12}(?:[.,][0-9]{1,12})?", fullmatch=True)


@given(DIGITS, DIGITS)
def test_values_turn_into_the_first_unit_and_back_exactly(factor: str, value: str) -> None:
    try:
        told = parse_factor(factor, confirmed=True)
    except Refused:
        assert not Decimal(factor.replace(",", "."))
        return
    test = with_unit(CALPROTECTIN, "mg/kg", told)
    number = parse_value(value, confirmed=True).number

    canonical = test.conversion("MG/kg").to_canonical(number)

    # As fractions of whole numbers, which no rounding and no sign can change.
    top, bottom = canonical.as_integer_ratio()
    (a, b), (c, d) = told.as_integer_ratio(), number.as_integer_ratio()
    assert top * b * d == a * c * bottom
    assert "E" not in plain(canonical)


def test_a_power_of_ten_adds_no_digits() -> None:
    for typed in ("10", "10.0", "10,0"):
        test = with_unit(CALPROTECTIN, "mg/dL", parse_factor(typed))
        assert plain(test.conversion("mg/dL").to_canonical(Decimal("0.31"))) == "3.1"


@pytest.mark.parametrize(
    "unit",
    ["", "  ", "10", "5 mg/L", "<3", "0,31 mg/dL", "x" * 31, "µg/g", "UG/G", "μg / g", "mcg/g"],
)
def test_a_unit_that_is_none_or_known_already_is_refused(unit: str) -> None:
    with pytest.raises(Refused):
        with_unit(CALPROTECTIN, unit, Decimal(10))


@pytest.mark.parametrize("unit", ["10^9/L", "10*3/uL", "10⁹/L", "/µL", "1/µL", "%", "‰", "x10E9/L"])
def test_units_that_begin_with_digits_or_signs_are_units(unit: str) -> None:
    assert with_unit(CALPROTECTIN, unit, Decimal(10)).conversions[1].unit == unit


@pytest.mark.parametrize(
    "factor", ["0", "-1", "NaN", "Infinity", "1E+40", "1E-40", "1." + "1" * 30]
)
def test_a_factor_that_is_not_exact_is_refused(factor: str) -> None:
    with pytest.raises(Refused):
        with_unit(CALPROTECTIN, "mg/kg", Decimal(factor))


def test_the_first_unit_of_a_test_in_words_is_its_canonical_one() -> None:
    words: Analyte = own_analyte("Antibodies")

    with pytest.raises(Refused, match="first unit"):
        with_unit(words, "U/mL", Decimal(10))
    first = with_unit(words, " U / mL ", Decimal(1))
    second = with_unit(first, "kU/L", Decimal(1))

    assert first.canonical_unit == second.canonical_unit == "U / mL"
    assert second.conversion("KU/l").factor == 1
