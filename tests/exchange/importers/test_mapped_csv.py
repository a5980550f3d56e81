"""CSV tables through a mapping, against an independent computation."""

import statistics
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab import assets
from moodlab.domain.days import Timeliness
from moodlab.domain.errors import Refused
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping_file import read_mapping
from tests.exchange.test_mapping_file import GOOD

TODAY = date(2021, 1, 1)
HEADING = (
    "date,phase,concentrat,beeptime,resptime_s,resptime_e,resp_abort,mood_down,mood_enthus,"
    "pat_concent,phy_tired,act_enjoy,mor_qualsleep"
)
ROWS = (
    "01/02/20,1,150,08:58,08:58:56,09:00:15,0,-1,4,5,1,5,6",
    "01/02/20,1,150,12:00,12:00:30,99:00:00,0,2,3,NA,4,4,6",
    "01/02/20,1,150,20:00,20:00:30,20:02:00,1,3,7,7,7,7,6",
    "02/02/20,2,105,21:00,NA,NA,NA,0,5,4,2,6,NA",
    "04/02/20,2,0,10:00,10:00:10,10:01:00,0,-3,7,1,7,1,3",
)


def table(*rows: str, heading: str = HEADING) -> bytes:
    return "\r\n".join((heading, *rows)).encode()


@pytest.fixture
def esm():
    return read_mapping(assets.path("mappings", "esm.toml").read_bytes())


def test_the_shipped_mapping_turns_a_diary_into_ratings_doses_and_events(esm) -> None:
    intake = mapped_csv.read(table(*ROWS), esm, 240, TODAY)

    values = {(rating.day.day, rating.metric): rating.value for rating in intake.ratings}
    assert values[1, "fatigue"] == 2500  # the median of 1 and 4 on 1–7: 1.5 / 6 × 10
    assert values[1, "mood"] == 4200  # the median of −1 and 2 is 0.5; reversed 2.5 / 6 × 10
    assert values[1, "brain_fog"] == 3300  # one answer, 5, reversed
    assert values[1, "sleep"] == 8300
    assert (2, "sleep") not in values  # missing is not zero
    assert values[4, "fatigue"] == 10_000
    assert values[4, "pleasure"] == 0
    (treatment,) = intake.treatments
    assert [(dose.first_day.day, dose.text) for dose in treatment.doses] == [
        (1, "150 mg"),
        (2, "105 mg"),
    ]
    assert treatment.last_day == date(2020, 2, 3)
    assert [(event.first_day.day, event.text) for event in intake.events] == [
        (1, "Study: baseline"),
        (2, "Study: double blind, before the reduction"),
    ]
    (problem,) = intake.problems
    assert (problem.line, "broken off" in problem.reason) == (4, True)


def test_the_moment_is_the_last_used_answer_with_the_next_best_time(esm) -> None:
    intake = mapped_csv.read(table(*ROWS), esm, 240, TODAY)

    local = {
        (rating.day.day, rating.metric): rating.recorded.local.time().isoformat()
        for rating in intake.ratings
    }
    assert local[1, "fatigue"] == "12:00:30"  # 99:00:00 is unknown; the aborted row is not used
    assert local[1, "brain_fog"] == "09:00:15"
    assert local[2, "mood"] == "21:00:00"
    assert {rating.timeliness for rating in intake.ratings} == {Timeliness.SAME_DAY}
    assert {rating.recorded.offset_minutes for rating in intake.ratings} == {60}


def test_the_source_value_and_scale_stay_beside_ours(esm) -> None:
    intake = mapped_csv.read(table(*ROWS), esm, 240, TODAY)

    mood = next(rating for rating in intake.ratings if rating.metric == "mood")
    assert mood.source_value == "0.5"
    assert "mood_down" in (mood.source_scale or "")
    assert "reversed" in (mood.source_scale or "")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("31/02/20,1,150,,,,0,1,1,1,1,1,1", "31/02/20"),
        ("02/01/21,1,150,,,,0,1,1,1,1,1,1", "in the future"),
        ("01/02/20,1,150,,,,0,1E-999999999,1,1,1,1,1", "not a number"),
        ("01/02/20,1,150,,,,0,9,1,1,1,1,1", "outside"),
        ("01/02/20,1,150,,,,0,x,1,1,1,1,1", "not a number"),
        ("01/02/20,1,150,,,,0,NaN,1,1,1,1,1", "not a number"),
        ("01/02/20,1,150", "cells"),
        ("01/02/20,1,150,,,,0,1,1,1,1,1,1,1", "cells"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason(esm, row: str, words: str) -> None:
    intake = mapped_csv.read(table(ROWS[0], row), esm, 240, TODAY)

    (problem,) = intake.problems
    assert problem.line == 3
    assert words in problem.reason
    assert {rating.day for rating in intake.ratings} == {date(2020, 2, 1)}


def test_a_column_that_the_table_lacks_is_named() -> None:
    with pytest.raises(Refused, match="“m”"):
        mapped_csv.read(b"day,n\n2020-01-01,3\n", read_mapping(GOOD.encode()), 240, TODAY)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'day,m\n"2020-01-01,3\n' + b"x" * 200_000])
def test_bytes_that_are_no_table_are_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        mapped_csv.read(content, read_mapping(GOOD.encode()), 240, TODAY)


answers = st.dictionaries(
    st.integers(0, 40), st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=1, max_size=6),
    max_size=20,
)  # fmt: skip


@given(answers, st.sampled_from(["first", "last", "median", "mean"]), st.booleans())
def test_every_day_agrees_with_an_independent_computation(
    by_day: dict[int, list[int | None]], several: str, turned: bool
) -> None:
    mapping = read_mapping(
        GOOD.replace("high = 5", "high = 7").encode()
        + f"several = '{several}'\nreversed = {str(turned).lower()}\n".encode()
    )
    begin = date(2020, 1, 1)
    rows = [
        f"{begin + timedelta(days=day)},{'NA' if value is None else value}"
        for day, values in by_day.items()
        for value in values
    ]

    intake = mapped_csv.read(table(*rows, heading="day,m"), mapping, 240, TODAY)

    expected = {}
    for day, values in by_day.items():
        given_values = [Fraction(value) for value in values if value is not None]
        if not given_values:
            continue
        together = {
            "first": given_values[0],
            "last": given_values[-1],
            "median": statistics.median(given_values),
            "mean": sum(given_values) / len(given_values),
        }[several]
        exact = (7 - together if turned else together - 1) / 6 * 10
        tenths = int(exact * 10 + Fraction(1, 2))  # half up
        expected[begin + timedelta(days=day)] = tenths * 100
    assert {rating.day: rating.value for rating in intake.ratings} == expected
    assert all(isinstance(Decimal(rating.source_value or ""), Decimal) for rating in intake.ratings)


def test_the_mapping_file_is_found_in_the_installed_resources() -> None:
    assert Path(assets.path("mappings", "esm.toml")).is_file()


def test_a_day_before_1900_is_refused_with_its_line() -> None:
    intake = mapped_csv.read(
        b"day,m\n0001-01-01,3\n2020-01-01,3\n", read_mapping(GOOD.encode()), 240, TODAY
    )

    (problem,) = intake.problems
    assert problem.line == 2
    assert "before 1900" in problem.reason
