from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.typed_days import parse_typed_day

TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
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
        ("3.11.2025", date(2025, 11, 3)),
        ("21 Oct 2025", date(2025, 10, 21)),
        ("21. october 2025", date(2025, 10, 21)),
        ("4 Sept", date(2025, 9, 4)),
        ("4 Mar", TODAY),
    ],
)
def test_days_are_read_day_first_and_without_a_year_as_the_latest(text: str, day: date) -> None:
    assert parse_typed_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "31.2.",
        "10/21/2025",
        "soon",
        "21.10.1",
        "1",
        "00.00.",
        "1.1.1899",
        "1.2.0206",
        "21 Okt 2025",
        "21 Oct 202",
        "2025-13-01",
        "31 Feb",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_typed_day(text, TODAY)


def test_a_day_is_read_as_moodlab_shows_it() -> None:
    for back in range(800):
        day = TODAY - timedelta(days=back)
        assert parse_typed_day(short_date(day), TODAY) == day


@given(st.integers(0, 364))
def test_a_day_of_the_last_year_needs_no_year(back: int) -> None:
    day = TODAY - timedelta(days=back)

    assert parse_typed_day(f"{day.day}.{day.month}.", TODAY) == day
