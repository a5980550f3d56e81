from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import Refused
from moodlab.domain.typed_days import parse_typed_day

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", TODAY),
        ("today", TODAY),
        ("yesterday", date(2026, 3, 3)),
        ("2025-10-21", date(2025, 10, 21)),
        ("21.10.", date(2025, 10, 21)),
        ("21.10", date(2025, 10, 21)),
        ("4.3.", TODAY),
        ("5.3.", date(2025, 3, 5)),
        ("21/10/2025", date(2025, 10, 21)),
        ("04/11/2025", date(2025, 11, 4)),
        ("21.10.25", date(2025, 10, 21)),
    ],
)
def test_days_are_read_day_first_and_without_a_year_as_the_latest(text: str, day: date) -> None:
    assert parse_typed_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["31.2.", "10/21/2025", "soon", "21.10.1", "1", "00.00.", "1.1.1899", "1.2.0206"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_typed_day(text, TODAY)


@given(st.integers(0, 364))
def test_a_day_of_the_last_year_needs_no_year(back: int) -> None:
    day = TODAY - timedelta(days=back)

    assert parse_typed_day(f"{day.day}.{day.month}.", TODAY) == day
