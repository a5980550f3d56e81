# ruff: noqa: DTZ001 - clock times get their zone inside the tests
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.days import (
    Period,
    Timeliness,
    brief_date,
    journal_day,
    local_now,
    long_date,
    parse_day,
    recorded,
    refuse_future,
    short_date,
    span_text,
    timeliness,
)
from moodlab.domain.errors import Refused

DAY = date(2025, 11, 4)
MOMENTS = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2099, 1, 1))
ZONES = ("Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu", "UTC")


@pytest.mark.parametrize(
    ("hour", "minute", "day_end", "day"),
    [
        (23, 59, 240, date(2025, 11, 4)),
        (0, 40, 240, date(2025, 11, 3)),
        (3, 59, 240, date(2025, 11, 3)),
        (4, 0, 240, date(2025, 11, 4)),
        (0, 0, 0, date(2025, 11, 4)),
        (5, 59, 360, date(2025, 11, 3)),
    ],
)
def test_a_journal_day_ends_after_midnight(hour: int, minute: int, day_end: int, day: date) -> None:
    assert journal_day(datetime(2025, 11, 4, hour, minute, tzinfo=UTC), day_end) == day


@given(MOMENTS, st.sampled_from(ZONES), st.integers(min_value=0, max_value=360))
def test_the_clock_on_the_wall_decides_in_every_zone(
    naive: datetime, zone: str, day_end: int
) -> None:
    moment = naive.replace(tzinfo=ZoneInfo(zone))

    day = journal_day(moment, day_end)

    wall = moment.hour * 60 + moment.minute
    assert day == moment.date() - timedelta(days=wall < day_end)


@given(MOMENTS, st.sampled_from(ZONES))
def test_what_is_kept_gives_back_the_moment_and_the_wall_clock(naive: datetime, zone: str) -> None:
    # Zones had offsets with seconds before they were made even; MoodLab keeps minutes.
    moment = naive.replace(tzinfo=ZoneInfo(zone), microsecond=naive.microsecond // 1000 * 1000)

    kept = recorded(moment)

    assert kept.at == moment.astimezone(UTC)
    assert kept.at.tzinfo is UTC
    assert kept.local.replace(tzinfo=None) == moment.astimezone(kept.local.tzinfo).replace(
        tzinfo=None
    )
    assert kept.day == journal_day(moment)


@pytest.mark.parametrize(
    ("zone", "evening", "next_evening"),
    [
        ("Europe/Berlin", datetime(2025, 3, 29, 22), datetime(2025, 3, 30, 22)),  # 23 hours
        ("Europe/Berlin", datetime(2025, 10, 25, 22), datetime(2025, 10, 26, 22)),  # 25 hours
        ("America/Sao_Paulo", datetime(2018, 11, 3, 22), datetime(2018, 11, 4, 22)),  # no midnight
        ("Pacific/Apia", datetime(2011, 12, 29, 22), datetime(2011, 12, 31, 22)),  # no 30 December
    ],
)
def test_evenings_around_a_clock_change_keep_their_own_days(
    zone: str, evening: datetime, next_evening: datetime
) -> None:
    for moment in (evening, next_evening):
        kept = recorded(moment.replace(tzinfo=ZoneInfo(zone)))

        assert kept.day == moment.date()
        assert timeliness(moment.date(), kept.day) is Timeliness.SAME_DAY


def test_the_hour_that_comes_twice_stays_in_the_day_that_is_ending() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2025, 10, 26, 2, 30, tzinfo=berlin)
    again = first.replace(fold=1)

    assert journal_day(first) == journal_day(again) == date(2025, 10, 25)
    assert recorded(again).at - recorded(first).at == timedelta(hours=1)


def test_a_moment_without_an_offset_is_a_defect() -> None:
    with pytest.raises(ValueError, match="offset"):
        recorded(datetime(2025, 11, 4, 21))


@pytest.mark.parametrize(
    ("recorded_day", "expected"),
    [
        (date(2025, 11, 3), Timeliness.SAME_DAY),
        (date(2025, 11, 4), Timeliness.SAME_DAY),
        (date(2025, 11, 5), Timeliness.NEXT_DAY),
        (date(2025, 11, 6), Timeliness.LATER),
        (date(2026, 11, 4), Timeliness.LATER),
    ],
)
def test_how_long_after_a_day_something_was_recorded(
    recorded_day: date, expected: Timeliness
) -> None:
    assert timeliness(DAY, recorded_day) is expected


@pytest.fixture
def apia() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Apia"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("apia")
def test_now_carries_this_computers_offset() -> None:
    assert local_now().utcoffset() == timedelta(hours=13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", DAY),
        (" Yesterday ", date(2025, 11, 3)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1970-01-01", date(1970, 1, 1)),
        ("2038-01-19", date(2038, 1, 19)),
    ],
)
def test_days_are_read(text: str, day: date) -> None:
    assert parse_day(text, DAY) == day


@pytest.mark.parametrize(
    "text",
    ["2026-13-01", "2025-02-29", "2025-11-4", "4.11.2025", "20251104", "2025-W45-2", "tomorrow", "",
     "1899-12-31", "0000-00-00", "²⁰²⁵-11-04", "2025-11-04T10:00", "\ud800"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_day(text, DAY)


@given(st.text(max_size=15))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    with suppress(Refused):
        assert parse_day(text, DAY) >= date(1900, 1, 1)


def test_a_day_to_come_is_refused() -> None:
    refuse_future(DAY, DAY)
    with pytest.raises(Refused, match=r"^5 Nov 2025 is in the future\. Check the date\.$"):
        refuse_future(date(2025, 11, 5), DAY)


@given(st.dates(), st.integers(min_value=1, max_value=400))
def test_a_period_counts_both_its_ends(last: date, days: int) -> None:
    if last.toordinal() - days < 0:
        return
    period = Period.ending(last, days)

    assert len(period) == days == len(list(period))
    assert period.first in period
    assert last in period
    assert list(period) == sorted(period)


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(Refused):
        Period(DAY, date(2025, 11, 3))


def test_dates_are_written_with_the_month_as_a_word() -> None:
    assert short_date(DAY) == "4 Nov 2025"
    assert long_date(DAY) == "Tuesday 4 November 2025"
    assert long_date(DAY, Period(DAY, DAY)) == "Tuesday 4 November"
    assert span_text(Period(date(2025, 8, 13), DAY)) == "13 Aug – 4 Nov 2025"
    assert span_text(Period(date(2024, 12, 31), DAY)) == "31 Dec 2024 – 4 Nov 2025"


def test_the_wall_clock_far_from_greenwich_is_kept() -> None:
    moment = datetime(2025, 11, 4, 21, tzinfo=timezone(timedelta(hours=-9, minutes=-30)))

    kept = recorded(moment)

    assert kept.offset_minutes == -570
    assert kept.local.hour == 21
    assert kept.day == DAY


@pytest.mark.parametrize(
    ("day", "first", "last", "text"),
    [
        (date(2025, 10, 20), date(2025, 8, 13), date(2025, 11, 4), "20 Oct"),
        (date(2025, 10, 20), date(2025, 10, 1), date(2026, 1, 4), "20 Oct 2025"),
        (date(2026, 1, 3), date(2025, 10, 1), date(2026, 1, 4), "3 Jan"),
        (date(2020, 3, 1), date(2019, 3, 1), date(2020, 3, 1), "1 Mar 2020"),
        (date(2019, 3, 1), date(2019, 3, 1), date(2020, 3, 1), "1 Mar 2019"),
        (date(2024, 2, 29), date(2024, 1, 1), date(2024, 12, 31), "29 Feb"),
        (date(2024, 10, 20), date(2025, 11, 4), date(2025, 11, 4), "20 Oct 2024"),
    ],
)
def test_a_day_has_its_year_whenever_it_could_be_another_one(
    day: date, first: date, last: date, text: str
) -> None:
    assert brief_date(day, Period(first, last)) == text


def test_a_zone_a_day_away_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("XXX-24:59:59", "XXX24", "XXX+24:00:01"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            with pytest.raises(Refused, match="time zone"):
                local_now()
        finally:
            monkeypatch.undo()
            time.tzset()
