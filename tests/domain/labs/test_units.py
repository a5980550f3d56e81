from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import Refused
from moodlab.domain.labs.analytes import ANALYTES, Analyte, display_unit
from moodlab.domain.labs.catalogue import BUILT_IN
from moodlab.domain.labs.loinc import is_loinc
from moodlab.domain.labs.printed_values import parse_value
from moodlab.domain.labs.units import Conversion, fold_unit
from moodlab.domain.numbers import plain

PAIRS = [(analyte, unit) for analyte in ANALYTES for unit in analyte.conversions]
NUMBERS = st.decimals(min_value=0, max_value=Decimal(10) ** 11, places=6, allow_nan=False)


def check_digit(code: str) -> int:
    """LOINC's mod 10: from the right, double every other digit, then add all digits."""
    total = 0
    for place, digit in enumerate(reversed(code)):
        figure = int(digit) * (2 if place % 2 == 0 else 1)
        total += sum(int(part) for part in str(figure))
    return (10 - total % 10) % 10


CODES = [code for analyte in ANALYTES for code in (analyte.loinc, *analyte.other_loincs)]


@pytest.mark.parametrize("loinc", CODES)
def test_each_loinc_code_carries_its_check_digit(loinc: str) -> None:
    code, digit = loinc.split("-")

    assert check_digit(code) == int(digit)


@given(st.integers(1, 9_999_999), st.integers(0, 9))
def test_a_loinc_code_is_known_by_its_check_digit(number: int, digit: int) -> None:
    assert is_loinc(f"{number}-{digit}") == (check_digit(str(number)) == digit)


@pytest.mark.parametrize("text", ["", "1988", "19885", "LP14635-4", "1988-5 ", "1988-٥", "x-1"])
def test_other_texts_are_no_loinc_codes(text: str) -> None:
    assert not is_loinc(text)


def test_the_check_would_notice_a_well_known_slip() -> None:
    assert check_digit("13629") != 3  # often quoted for IL-1β; the code ends in 1


def test_loinc_codes_and_ids_are_each_their_own() -> None:
    assert len(set(CODES)) == len(CODES)
    assert len({analyte.id for analyte in ANALYTES}) == len(ANALYTES)


@pytest.mark.parametrize("analyte", ANALYTES, ids=lambda analyte: analyte.id)
def test_no_two_units_of_an_analyte_are_read_alike(analyte: Analyte) -> None:
    folded = [fold_unit(conversion.unit) for conversion in analyte.conversions]

    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize(("analyte", "conversion"), PAIRS)
def test_a_unit_written_as_people_write_it_is_read_back(
    analyte: Analyte, conversion: Conversion
) -> None:
    for spelling in (
        conversion.unit, display_unit(conversion.unit), display_unit(conversion.unit).upper(),
        display_unit(conversion.unit).replace("µ", "μ"), f" {conversion.unit} ",
    ):  # fmt: skip
        assert analyte.conversion(spelling) is conversion


@given(st.sampled_from(PAIRS), NUMBERS)
def test_the_canonical_number_is_the_exact_product(
    pair: tuple[Analyte, Conversion], number: Decimal
) -> None:
    _, conversion = pair

    canonical = conversion.to_canonical(number)

    assert Fraction(canonical) == (
        Fraction(number) * Fraction(conversion.factor) + Fraction(conversion.offset)
    )
    assert "E" not in plain(canonical)
    back = (Fraction(canonical) - Fraction(conversion.offset)) / Fraction(conversion.factor)
    assert back == Fraction(number)


@given(NUMBERS.filter(bool), st.sampled_from(["", "<", "<=", ">", ">="]))
def test_what_is_printed_is_read_again_as_the_same(number: Decimal, sign: str) -> None:
    value = parse_value(f"{sign}{plain(number)}")

    again = parse_value(value.text)

    assert again == value


@pytest.mark.parametrize(
    ("test", "number", "unit", "canonical"),
    [
        ("crp", "0.31", "mg/dL", "3.1"),
        ("CRP", "5", "mg/dl", "50"),
        ("hs-CRP", "3.1", "µg/mL", "3.1"),
        ("crp", "1.43", "nmol/L", "0.15015"),
        ("IL-6", "3.9", "ng/L", "3.9"),
        ("vitamin d", "20", "ng/mL", "49.920"),
        ("tsh", "1.9", "µIU/mL", "1.9"),
        ("HbA1c", "6.5", "%", "47.545"),
        ("ferritin", "80", "µg/L", "80"),
        ("ESR", "12", "mm/1h", "12"),
    ],
)
def test_known_conversions(test: str, number: str, unit: str, canonical: str) -> None:
    analyte = BUILT_IN.find(test)

    converted = analyte.conversion(unit).to_canonical(Decimal(number))

    assert str(converted) == canonical


@pytest.mark.parametrize(
    ("test", "unit"),
    [("crp", ""), ("crp", " "), ("il6", "mg/L"), ("il6", "IU/mL"), ("esr", "mm/2h"), ("crp", "mg")],
)
def test_a_missing_or_strange_unit_is_refused_with_those_known(test: str, unit: str) -> None:
    with pytest.raises(Refused) as refusal:
        BUILT_IN.find(test).conversion(unit)

    assert display_unit(BUILT_IN.find(test).canonical_unit) in refusal.value.sentence


def test_an_unknown_test_is_refused_with_those_known() -> None:
    with pytest.raises(Refused, match="hs-CRP"):
        BUILT_IN.find("cortisol")
