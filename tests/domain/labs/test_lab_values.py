from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import MoodLabError, NeedsConfirmation, Refused
from moodlab.domain.labs.printed_values import is_result_in_words, parse_value, read_typed_value
from moodlab.domain.labs.results import parse_context, presets_excluded

COMPARATORS = {"": None, "<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">="}
NUMBERS = st.decimals(
    min_value=Decimal("0.001"), max_value=Decimal("99999"), places=3, allow_nan=False
)


@pytest.mark.parametrize(
    ("printed", "comparator", "number"),
    [
        ("3.1", None, "3.1"),
        ("0,31", None, "0.31"),
        ("<0.3", "<", "0.3"),
        ("< 0,3", "<", "0.3"),
        ("≤5", "<=", "5"),
        (">300", ">", "300"),
        (">= 200", ">=", "200"),
        ("5.0 H", None, "5.0"),
        ("48 (H)", None, "48"),
        ("12↑", None, "12"),
        ("1234.5", None, "1234.5"),
        ("007", None, "7"),
        ("0,300", None, "0.300"),
    ],
)
def test_what_labs_print_is_read(printed: str, comparator: str | None, number: str) -> None:
    value = parse_value(printed)

    assert (value.text, value.comparator, value.number) == (printed, comparator, Decimal(number))


@pytest.mark.parametrize(
    "text",
    ["", "abc", "1.234,5", "1,234.5", "1 234", "3,1,2", "-3", "−3", "1e3", "1e999", "nan", "NaN",
     "inf", "0x10", "3.", ".5", "<", "<<3", "3 mg/L", "³", "3\u00003", "\ud800", "9" * 5000],
)  # fmt: skip
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_value(text)

    assert not isinstance(refusal.value, NeedsConfirmation)
    assert refusal.value.sentence.strip()


@pytest.mark.parametrize("text", ["0", "0.0", "0,00"])
def test_zero_is_asked_about(text: str) -> None:
    with pytest.raises(NeedsConfirmation):
        parse_value(text)

    assert parse_value(text, confirmed=True).number == 0


@pytest.mark.parametrize("text", ["<0", "<=0", "≤ 0,0"])
def test_less_than_zero_is_refused_even_when_confirmed(text: str) -> None:
    with pytest.raises(Refused):
        parse_value(text, confirmed=True)


@pytest.mark.parametrize("text", ["1,234", "12,345", "999,000"])
def test_a_comma_that_may_separate_thousands_is_asked_about(text: str) -> None:
    with pytest.raises(NeedsConfirmation) as question:
        parse_value(text)

    assert text.replace(",", ".") in question.value.sentence
    assert text.replace(",", "") in question.value.sentence
    assert parse_value(text, confirmed=True).number == Decimal(text.replace(",", "."))


@given(NUMBERS, st.sampled_from(sorted(COMPARATORS)), st.sampled_from(["", " ", "  "]))
def test_every_printed_number_is_kept_exactly(number: Decimal, sign: str, space: str) -> None:
    value = parse_value(f"{sign}{space}{number}", confirmed=True)

    assert value.number == number
    assert format(value.number, "f") == format(number, "f")
    assert value.comparator == COMPARATORS[sign]
    assert value.is_censored == bool(sign)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    with suppress(MoodLabError):
        value = parse_value(text)

        assert value.number is None or (value.number.is_finite() and value.number >= 0)
        assert value.is_text == is_result_in_words(value.text)
        assert value.text == " ".join(text.split())


def test_contexts_are_kept_in_one_order_and_preset_the_exclusion() -> None:
    assert parse_context("fasting, Infection") == ("infection", "fasting")
    assert presets_excluded(parse_context("anti-inflammatory"))
    assert not presets_excluded(parse_context("fasting,smoking"))
    assert parse_context("") == ()
    with pytest.raises(Refused, match="moon"):
        parse_context("infection,moon")


@pytest.mark.parametrize(
    ("typed", "text", "unit", "number"),
    [
        ("<0.3 mg/L", "<0.3", "mg/L", Decimal("0.3")),
        (" 5,0  H ", "5,0 H", "", Decimal("5.0")),
        ("negative", "negative", "", None),
        ("1.250 mg/L", "1.250", "mg/L", None),  # only after a question
        ("mg", "mg", "", None),
        ("", "", "", None),
    ],
)
def test_a_typed_value_is_taken_apart(
    typed: str, text: str, unit: str, number: Decimal | None
) -> None:
    read = read_typed_value(typed)

    assert (read.text, read.unit, read.number) == (text, unit, number)
    assert read_typed_value(typed) is read  # and read once
