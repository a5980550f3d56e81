"""Every number of the report, computed a second time by other means from the plain rows."""

import json
import statistics
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np  # noqa: TID253
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.days import Period
from moodlab.domain.diary import Pin
from moodlab.domain.metrics import BY_ID
from moodlab.domain.ratings import DayRecord, DayState
from moodlab.report.json import to_json
from moodlab.report.model import build_report, reading_for
from moodlab.store.journal import Journal
from tests.examples import one_in
from tests.report import diaries

# (days ago, metric, thousandths or None for "could not say", days after which it was written, or
# None if nobody knows)
Row = tuple[int, str, int | None, int | None]

METRICS = ("fatigue", "mood", "motivation")
# The scenario's own inputs only; nothing of `moodlab.analysis` is used to check it.
OPERATORS = {"<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "=": lambda a, b: a == b}


def naive_median(values: list[int]) -> float:
    exact = Decimal(statistics.median([Decimal(value) / 1000 for value in values]))
    if any(value % 1000 for value in values):
        exact = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return float(exact)


def naive_summary(values: list[int], fewest: int) -> dict[str, Any]:
    if len(values) < fewest:
        return {"n": len(values), "median": None, "q1": None, "q3": None}
    q1, q3 = np.percentile(values, [25, 75], method="inverted_cdf")
    return {"n": len(values), "median": naive_median(values), "q1": q1 / 1000, "q3": q3 / 1000}


def assert_summary(found: dict[str, Any], values: list[int], fewest: int) -> None:
    expected = naive_summary(values, fewest)
    assert {key: found[key] for key in expected} == expected
    assert (found["reason"] is None) == (len(values) >= fewest)


def within(rows: list[Row], metric: str, first: int, last: int) -> list[int]:
    """The values of `metric` from `first` to `last` days ago, both included."""
    return [
        value
        for ago, name, value, _ in rows
        if name == metric and value is not None and last <= ago <= first
    ]


rows_strategy = st.lists(
    st.tuples(
        st.integers(0, 130),
        st.sampled_from(METRICS),
        st.one_of(
            st.none(),
            st.integers(0, 10).map(lambda value: value * 1000),
            st.integers(0, 100).map(lambda value: value * 100),
        ),
        st.one_of(st.none(), st.integers(0, 4)),
    ),
    max_size=160,
    unique_by=lambda row: row[:2],
)
marks_strategy = st.dictionaries(st.integers(0, 100), st.sampled_from(list(DayState)), max_size=20)


def diary_of(rows: list[Row], marks: dict[int, DayState], **more: Any) -> Any:
    ratings = {
        metric: tuple(
            diaries.rating(ago, name, None if value is None else value / 1000, late)
            for ago, name, value, late in sorted(rows, reverse=True)
            if name == metric
        )
        for metric in METRICS
    }
    return diaries.diary(
        ratings,
        metrics=[BY_ID[metric] for metric in METRICS],
        days=[DayRecord(diaries.day(ago), state) for ago, state in marks.items()],
        **more,
    )


@one_in(2)
@given(rows=rows_strategy, marks=marks_strategy, days=st.integers(1, 120))
def test_metrics_and_blocks_are_what_a_second_reckoning_gives(
    rows: list[Row], marks: dict[int, DayState], days: int
) -> None:
    found = to_json(diaries.report(diary_of(rows, marks), days))

    recent = min(28, days)
    for entry in found["metrics"]:
        values = within(rows, entry["id"], days - 1, 0)
        assert_summary(entry, values, 7)
        assert entry["lowest"] == (min(values) / 1000 if values else None)
        assert entry["highest"] == (max(values) / 1000 if values else None)
        assert entry["unable"] == sum(
            name == entry["id"] and value is None and ago < days for ago, name, value, _ in rows
        )
        assert_summary(entry["recent"], within(rows, entry["id"], recent - 1, 0), 12)
        before = within(rows, entry["id"], recent + 27, recent)
        assert_summary(entry["previous"], before, 12)
        assert entry["recent"]["from"] == diaries.day(recent - 1).isoformat()
        assert entry["previous"]["from"] == diaries.day(recent + 27).isoformat()
        assert entry["previous"]["to"] == diaries.day(recent).isoformat()


@one_in(2)
@given(rows=rows_strategy, marks=marks_strategy, days=st.integers(1, 120))
def test_coverage_is_what_a_second_reckoning_gives(
    rows: list[Row], marks: dict[int, DayState], days: int
) -> None:
    found = to_json(diaries.report(diary_of(rows, marks), days))["coverage"]

    written: dict[int, list[int | None]] = {}
    for ago, _, value, late in rows:
        if value is not None and ago < days:
            written.setdefault(ago, []).append(late)
    latest = {ago: max((late for late in lates if late is not None), default=0)
              for ago, lates in written.items()}  # fmt: skip
    # Nobody knows of a day with one such value, unless another is later than anything.
    odd = {ago for ago, lates in written.items() if None in lates and latest[ago] < 2}
    unknown = len(odd)
    lateness = Counter(min(late, 2) for ago, late in latest.items() if ago not in odd)
    silent = [ago for ago in range(days) if ago not in latest]
    states = Counter(marks.get(ago) for ago in silent)
    assert found == {
        "days_with_rating": len(latest),
        "same_day": lateness[0],
        "next_day": lateness[1],
        "later": lateness[2],
        "unknown": unknown,
        "unwell": states[DayState.UNWELL],
        "paused": states[DayState.PAUSED],
        "no_entry": states[None],
        "before_first_entry": 0,
        "longest_gap_days": longest_run(silent),
    }
    classes = ("same_day", "next_day", "later", "unknown")
    assert sum(found[key] for key in classes) == found["days_with_rating"]
    assert sum(found[key] for key in ("days_with_rating", "unwell", "paused", "no_entry")) == days


def longest_run(numbers: list[int]) -> int:
    longest = run = 0
    for number in range(max(numbers, default=-1) + 1):
        run = run + 1 if number in set(numbers) else 0
        longest = max(longest, run)
    return longest


@one_in(2)
@given(rows=rows_strategy, draws=st.lists(st.integers(0, 83), max_size=4, unique=True),
       starts=st.lists(st.integers(0, 110), min_size=1, max_size=3, unique=True))  # fmt: skip
def test_draws_and_eras_are_what_a_second_reckoning_gives(
    rows: list[Row], draws: list[int], starts: list[int]
) -> None:
    steps = sorted(starts, reverse=True)
    diary = diary_of(
        rows, {},
        labs=[diaries.lab(ago, "crp", "3.1") for ago in draws],
        treatments=[diaries.treatment("Sertraline", [(ago, f"{ago} mg") for ago in steps])],
    )  # fmt: skip

    found = to_json(diaries.report(diary, 84))

    for draw, ago in zip(found["draws"], sorted(draws, reverse=True), strict=True):
        assert draw["window"] == {
            "from": diaries.day(ago + 14).isoformat(),
            "to": diaries.day(ago + 1).isoformat(),
        }
        for entry in draw["metrics"]:
            assert_summary(entry, within(rows, entry["id"], ago + 14, ago + 1), 5)
    eras = []
    for index, ago in enumerate(steps):
        last = steps[index + 1] + 1 if index + 1 < len(steps) else 0
        if last <= 83:
            eras.append((min(ago, 83), last, f"{ago} mg"))
    assert len(found["eras"]) == len(eras)
    for era, (first, last, dose) in zip(found["eras"], eras, strict=True):
        assert (era["dose"], era["days"]) == (dose, first - last + 1)
        rated = {ago for ago, _, value, _ in rows if value is not None and last <= ago <= first}
        assert era["days_with_rating"] == len(rated)
        for entry in era["metrics"]:
            assert_summary(entry, within(rows, entry["id"], first, last), 7)
        assert len(era["labs"]) == sum(last <= ago <= first for ago in draws)


@one_in(2)
@given(rows=rows_strategy, bound=st.integers(0, 10), sign=st.sampled_from(sorted(OPERATORS)))
def test_days_when_is_a_count_with_its_denominator(rows: list[Row], bound: int, sign: str) -> None:
    pin = Pin("pin", (("mood", sign, bound * 1000), ("motivation", "<=", 3000)))

    (found,) = to_json(diaries.report(diary_of(rows, {}, pins=[pin])))["days_when"]

    by_day: dict[int, dict[str, int]] = {}
    for ago, name, value, _ in rows:
        if value is not None and ago < 84:
            by_day.setdefault(ago, {})[name] = value
    complete = [given for given in by_day.values() if {"mood", "motivation"} <= set(given)]
    assert found["of"] == len(complete)
    assert found["days"] == sum(
        OPERATORS[sign](given["mood"], bound * 1000) and given["motivation"] <= 3000
        for given in complete
    )


def raw_rows(journal: Journal, last: date) -> list[Row]:
    """Read the file's own rows, past everything that the report is made from."""
    cursor = journal.ledger.connection.execute(
        "SELECT day, metric, value_thousandths, recorded_day FROM rating"
    )
    return [
        (
            (last - date.fromisoformat(day)).days,
            metric,
            value,
            max(0, (date.fromisoformat(written) - date.fromisoformat(day)).days),
        )
        for day, metric, value, written in cursor
    ]


@pytest.mark.parametrize("days", [28, 84, 366])
def test_the_example_is_what_its_own_rows_say(example: Journal, days: int) -> None:
    last = example.today()
    period = Period.ending(last, days)
    model = build_report(example.read_diary(reading_for(period)), period)

    found = to_json(model)

    rows = raw_rows(example, last)
    assert len(found["metrics"]) >= 7
    for entry in found["metrics"]:
        assert_summary(entry, within(rows, entry["id"], days - 1, 0), 7)
        assert_summary(entry["recent"], within(rows, entry["id"], 27, 0), 12)
        assert_summary(entry["previous"], within(rows, entry["id"], 55, 28), 12)
    rated = {ago for ago, _, value, _ in rows if value is not None and 0 <= ago < days}
    assert found["coverage"]["days_with_rating"] == len(rated)
    printed = example.ledger.connection.execute(
        "SELECT id, printed, canonical_value FROM lab_result WHERE collected BETWEEN ? AND ?",
        (period.first.isoformat(), period.last.isoformat()),
    ).fetchall()
    assert {(lab["id"], lab["printed"], lab["canonical"]["value"]) for lab in found["labs"]} == set(
        printed
    )


def test_each_figure_on_the_page_is_one_of_the_json() -> None:
    model = diaries.report(diaries.full())

    found = to_json(model)

    words = found["words"]
    for entry in found["metrics"]:
        label = words.index(entry["label"])
        row = words[label : label + 8]
        for block in (entry["recent"], entry["previous"]):
            assert f"{block['median']} ({block['q1']}–{block['q3']})" in row
            assert f"n={block['n']}" in row
        assert f"{entry['lowest']}–{entry['highest']}" in row
    assert json.loads(json.dumps(found)) == found
    last = diaries.LAST - timedelta(days=27)
    assert found["metrics"][0]["recent"]["from"] == last.isoformat()
