"""What people type and labs print, in English and German, and what each becomes.

Sixty-five values and thirty-three ranges. A value with its unit is read as the entry line reads it:
the unit behind the number, or by itself. "asked" and "refused" are the two ways of not guessing.
"""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodlab.domain.errors import MoodLabError, NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import ANALYTES, Analyte, display_unit
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.printed_values import (
    is_result_in_words,
    looks_like_a_number,
    parse_value,
    split_unit,
)
from moodlab.domain.labs.reference_ranges import parse_range
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.units import Conversion
from moodlab.domain.numbers import plain

DRAWN = date(2025, 3, 4)
ASKED, REFUSED = "asked", "refused"

# test, value as typed, unit as chosen, what it becomes: canonical figure, words, asked or refused
INPUTS = [
    # English and German numbers
    ("crp", "3.1", "mg/L", "3.1 mg/L"),
    ("crp", "3,1", "mg/L", "3.1 mg/L"),
    ("crp", "0.31", "mg/dL", "3.1 mg/L"),
    ("crp", "0,31", "mg/dl", "3.1 mg/L"),
    ("crp", "12", "mg/l", "12 mg/L"),
    ("crp", "007", "mg/L", "7 mg/L"),
    ("crp", " 4.20 ", "mg/L", "4.20 mg/L"),
    # Bounds
    ("crp", "<0.3", "mg/L", "<0.3 mg/L"),
    ("crp", "< 0,3", "mg/L", "<0.3 mg/L"),
    ("crp", "≤5", "mg/L", "<=5 mg/L"),
    ("crp", "<=5", "mg/L", "<=5 mg/L"),
    ("crp", ">300", "mg/L", ">300 mg/L"),
    ("crp", "≥ 200", "mg/L", ">=200 mg/L"),
    ("crp", "<0.03", "mg/dL", "<0.3 mg/L"),
    # Flags
    ("crp", "5.0 H", "mg/L", "5.0 mg/L"),
    ("crp", "48 (H)", "mg/L", "48 mg/L"),
    ("crp", "12↑", "mg/L", "12 mg/L"),
    ("crp", "12,4 +", "mg/L", "12.4 mg/L"),
    ("crp", "5.0*", "mg/L", "5.0 mg/L"),
    ("crp", "5.0 mg/L*", "", "5.0 mg/L"),
    # The unit behind the number
    ("crp", "3.1 mg/L", "", "3.1 mg/L"),
    ("crp", "3,1mg/l", "", "3.1 mg/L"),
    ("crp", "<0,3 mg/L", "", "<0.3 mg/L"),
    ("crp", "0.31 mg/dL H", "", "3.1 mg/L"),
    ("crp", "5.0 H mg/L", "mg/L", "5.0 mg/L"),
    ("crp", "3.1 µg/mL", "", "3.1 mg/L"),
    ("crp", "1.43 nmol/L", "", "0.15015 mg/L"),
    ("hba1c", "6,5 %", "", "47.545 mmol/mol"),
    ("hba1c", "48 mmol/mol", "", "48 mmol/mol"),
    ("esr", "12 mm/Std", "", "12 mm/h"),
    ("esr", "12 mm/1h", "", "12 mm/h"),
    ("tsh", "1,9 mE/l", "", "1.9 mIU/L"),
    ("tsh", "1.9 µIU/mL", "mIU/L", REFUSED),
    ("crp", "3.1 mg/dL", "mg/L", REFUSED),
    ("crp", "3.1", "", REFUSED),
    ("crp", "3.1 mmol/L", "", REFUSED),
    # What may separate thousands
    ("ferritin", "1.234", "µg/L", ASKED),
    ("ferritin", "1,234", "µg/L", ASKED),
    ("ferritin", "0,412", "µg/L", "0.412 ng/mL"),
    ("ferritin", "1234", "µg/L", "1234 ng/mL"),
    ("crp", "1.234,5", "mg/L", REFUSED),
    ("crp", "1,234.5", "mg/L", REFUSED),
    ("crp", "1 234", "mg/L", REFUSED),
    ("crp", "1'234", "mg/L", REFUSED),
    ("crp", "1.234.567", "mg/L", REFUSED),
    # What can't be
    ("crp", "0", "mg/L", ASKED),
    ("crp", "0,0", "mg/L", ASKED),
    ("crp", "<0", "mg/L", REFUSED),
    ("crp", "-3", "mg/L", REFUSED),
    ("crp", "3e1", "mg/L", REFUSED),
    ("crp", "3-5", "mg/L", REFUSED),
    ("crp", "3:1", "mg/L", REFUSED),
    ("crp", "10⁹/L", "", REFUSED),
    ("crp", "3½", "mg/L", REFUSED),
    ("crp", "3²", "mg/L", REFUSED),
    ("crp", "about 3", "mg/L", REFUSED),
    # Words
    ("crp", "negative", "", "negative"),
    ("crp", "Neg.", "mg/L", "Neg."),
    ("crp", "negativ", "mg/L", "negativ"),
    ("crp", "n.d.", "mg/L", "n.d."),
    ("crp", "not detected", "", "not detected"),
    ("crp", "nicht nachweisbar", "", "nicht nachweisbar"),
    ("il6", "n. n.", "pg/mL", "n. n."),
    ("crp", "2+", "", "2+"),
    ("crp", "schwach positiv", "mg/L", "schwach positiv"),
]


def read(test: str, value: str, unit: str) -> LabResult:
    return read_entry(LabEntry(DRAWN, test, value, unit), "r")


@pytest.mark.parametrize(("test", "typed", "unit", "becomes"), INPUTS)
def test_what_is_typed_becomes_exactly_this_or_is_not_taken(
    test: str, typed: str, unit: str, becomes: str
) -> None:
    if becomes in (ASKED, REFUSED):
        with pytest.raises(Refused) as refusal:
            read(test, typed, unit)
        assert isinstance(refusal.value, NeedsConfirmation) == (becomes == ASKED)
        assert refusal.value.sentence
        return

    result = read(test, typed, unit)

    assert result.canonical_text == becomes
    assert result.value.is_text == (result.canonical is None)
    if result.value.is_text:
        assert (result.value.text, result.unit, result.position) == (typed, "", None)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("0.31 mg/dL H", "0.31 mg/dL H"), ("5.0 H mg/L", "5.0 mg/L H"),
        ("48 mg/L (H)", "48 mg/L H"), ("<0,3mg/L", "<0,3 mg/L"), ("3.1 ug/mL", "3.1 µg/mL"),
        ("3.1 mg / L", "3.1 mg / L"), ("12 mg/L↑", "12 mg/L ↑"), ("negative", "negative"),
    ],
)  # fmt: skip
def test_what_was_printed_is_printed_again(typed: str, printed: str) -> None:
    assert read("crp", typed, "").printed_with_unit == printed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5.0 H", "5.0 H", ""), ("5 h", "5 h", ""), ("12 g/dl", "12", "g/dl"),
        ("4.5 %", "4.5", "%"), ("2+", "2+", ""), ("1:40", "1:40", ""), ("3.1 5", "3.1 5", ""),
        ("1 234 mg/L", "1 234 mg/L", ""), ("3.1.2 mg/L", "3.1.2 mg/L", ""),
        ("3-5 mg/L", "3-5 mg/L", ""), ("positive mg/L", "positive mg/L", ""),
        ("3e1", "3e1", ""), ("3E-1", "3E-1", ""), ("1O.5", "1O.5", ""), ("3 e2", "3 e2", ""),
        ("4.5 [IU]/mL", "4.5", "[IU]/mL"), ("5 {ratio}", "5", "{ratio}"),
    ],
)  # fmt: skip
def test_the_unit_behind_a_number_is_told_from_flags_and_words(
    text: str, value: str, unit: str
) -> None:
    assert split_unit(text) == (value, unit)


@pytest.mark.parametrize(
    "text", ["1.234,5", "1 234", "-3", "3e5", "3E-1 mg/L", "~3", "3.1 mg/L", ".5", "5.2"]
)
def test_a_number_is_never_taken_for_a_word(text: str) -> None:
    assert looks_like_a_number(text)
    assert not is_result_in_words(text)


@pytest.mark.parametrize("text", ["1:40", "2+", "yellow", "see comment", "A Rh+", "HLA-B27"])
def test_words_are_no_numbers(text: str) -> None:
    assert not looks_like_a_number(text)


RANGES = [
    ("3.6-10.0", "", "3.6", "10.0"), ("3,6–10,0", "", "3.6", "10.0"), ("0–5", "", "0", "5"),
    ("0 - 5 mg/L", "mg/L", "0", "5"), ("0 mg/L - 5 mg/L", "mg/l", "0", "5"),
    ("0-5 µg/mL", "ug/mL", "0", "5"), ("0..5", "", "0", "5"), ("0 to 5", "", "0", "5"),
    ("0 bis 5", "", "0", "5"), ("[0,0 - 5,0]", "", "0.0", "5.0"), ("<5", "", None, "5"),
    ("< 5,0 mg/l", "mg/L", None, "5.0"), ("≤5", "", None, "5"), ("bis 5", "", None, "5"),
    ("bis zu 5", "", None, "5"), ("up to 5", "", None, "5"), ("unter 5", "", None, "5"),
    ("kleiner als 5", "", None, "5"), ("less than 5", "", None, "5"), ("max. 5", "", None, "5"),
    ("> 60", "", "60", None), ("≥60", "", "60", None), ("über 60", "", "60", None),
    ("größer als 60", "", "60", None), ("ab 60", "", "60", None), ("mind. 60", "", "60", None),
    ("at least 60", "", "60", None), ("Ref.: <5", "", None, "5"),
    ("Referenzbereich: 0-5", "", "0", "5"), ("Reference range: 0-5", "", "0", "5"),
    ("0.270-4.200", "", "0.270", "4.200"), ("4.0-6.0 %", "%", "4.0", "6.0"),
    ("4.5-11.0 10*3/uL", "10*3/uL", "4.5", "11.0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "low", "high"), RANGES)
def test_ranges_as_labs_print_them(text: str, unit: str, low: str | None, high: str | None) -> None:
    limits = parse_range(text, unit)

    assert limits is not None
    assert (limits.low, limits.high) == (low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("0-5 mg/dL", "mg/L"), ("0-5 mg/L", ""), ("men: 0-5", ""), ("1.000-2.000", ""),
     ("13.000-150.000", "ng/mL"), ("0,5-1.000", ""), ("<1.000", ""), ("5-0", ""),
     ("0.5–5,0", ""), ("0-5; 0-10", ""), ("negative", "")],
)  # fmt: skip
def test_a_range_that_is_not_certain_stays_text(text: str, unit: str) -> None:
    assert parse_range(text, unit) is None


PAIRS = [(analyte, unit) for analyte in ANALYTES for unit in analyte.conversions]
SIGNS = {"": "", "<": "<", "≤": "<=", "<=": "<=", ">": ">", "≥": ">=", ">=": ">="}


@given(
    st.sampled_from(PAIRS),
    st.sampled_from(sorted(SIGNS)),
    st.decimals(min_value="0.0001", max_value=99999, places=4, allow_nan=False),
    st.booleans(),
)
def test_print_parse_print_is_the_identity_for_every_unit_and_comparator(
    pair: tuple[Analyte, Conversion], sign: str, number: Decimal, is_german: bool
) -> None:
    analyte, conversion = pair
    digits = plain(number).replace(".", "," if is_german else ".")
    printed = f"{sign}{digits} {display_unit(conversion.unit)}"

    result = read(analyte.id, printed, "")
    again = read(analyte.id, result.printed_with_unit, "")

    assert result.printed_with_unit == printed
    assert again == result
    assert (result.value.comparator or "") == SIGNS[sign]


def readings(text: str) -> set[Decimal]:
    """Every number that the digits of `text` may stand for, in any country."""
    digits = text.strip("<>=≤≥ ")
    found = set()
    for decimal_sign in ".,":
        thousands = "," if decimal_sign == "." else "."
        whole, _, rest = digits.partition(decimal_sign)
        groups = whole.split(thousands)
        well_grouped = len(groups) == 1 or (
            1 <= len(groups[0]) <= 3
            and not groups[0].startswith("0")
            and all(len(group) == 3 for group in groups[1:])
        )
        if thousands not in rest and decimal_sign not in rest and well_grouped:
            with suppress(ArithmeticError):
                found.add(Decimal("".join(groups) + ("." + rest if rest else "")))
    return found


@given(st.from_regex(r"(<|>|≤)?[0-9]{1,4}([.,][0-9]{1,4}){0,2}", fullmatch=True))
@example("1.234")
@example("1,234")
@example("0.500")
@example("12.345")
def test_no_accepted_text_means_another_number_in_another_country(text: str) -> None:
    with suppress(MoodLabError):
        value = parse_value(text)

        assert readings(text) == {value.number}
