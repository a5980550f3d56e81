"""Digits of other scripts are read as the same numbers, by commands and window alike."""

from datetime import date
from decimal import Decimal

import pytest

from moodlab.domain.days import parse_day
from moodlab.domain.digits import western_digits
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.printed_values import parse_value, split_unit
from moodlab.domain.labs.reference_ranges import parse_range
from moodlab.domain.metrics import BY_ID
from moodlab.domain.ratings import parse_duration_minutes, parse_rating


@pytest.mark.parametrize(
    ("typed", "number"),
    [("۷", "7"), ("٧", "7"), ("７", "7"), ("७", "7"), ("۶٫۷", "6.7"), ("7", "7"), ("½²", "½²")],
)
def test_every_scripts_digits_are_the_same_digits(typed: str, number: str) -> None:
    assert western_digits(typed) == number


def test_ratings_nights_and_days_are_read_in_persian_and_arabic() -> None:
    assert parse_rating(BY_ID["mood"], "۷") == 7000
    assert parse_rating(BY_ID["weight"], "۷۱٫۳۵") == 71350
    assert parse_duration_minutes("٧:٣٠") == 450
    assert parse_day("۲۰۲۵-۱۱-۰۴", date(2026, 1, 1)) == date(2025, 11, 4)


def test_lab_values_and_ranges_are_read_in_persian_and_arabic() -> None:
    assert parse_value("<۰٫۳").number == Decimal("0.3")
    assert split_unit("۳٫۱ mg/L") == ("3.1", "mg/L")
    limits = parse_range("۰–۵", "mg/L")
    assert limits is not None
    assert (limits.low, limits.high) == (0, 5)
    with pytest.raises(NeedsConfirmation, match="1234"):
        parse_value("۱٬۲۳۴")


@pytest.mark.parametrize(
    ("metric", "example"),
    [("weight", "70"), ("waist", "85"), ("temperature", "36.6"), ("resting_heart_rate", "65"),
     ("activity_minutes", "30"), ("mood", "7")],
)  # fmt: skip
def test_a_refusal_suggests_what_a_person_may_have(metric: str, example: str) -> None:
    with pytest.raises(Refused, match=rf"Try {example}\."):
        parse_rating(BY_ID[metric], "much")
    assert parse_rating(BY_ID[metric], example)
