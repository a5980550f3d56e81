"""Mapping files: what is wrong is told with its place, and nothing else ever comes out of them."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodlab.domain.errors import MoodLabError, Refused
from moodlab.domain.treatments import TreatmentKind
from moodlab.exchange.importers import mapped_csv
from moodlab.exchange.mapping import Several
from moodlab.exchange.mapping_file import read_mapping

GOOD = """
[file]
date = "day"
[columns.mood]
column = "m"
low = 1
high = 5
"""


def test_every_key_is_read_as_what_it_is() -> None:
    mapping = read_mapping(
        b"\xef\xbb\xbf"  # as editors on Windows begin a file
        + (
            GOOD.replace("[file]", "[file]\nmissing = ['-']\ndelimiter = ';'")
            + "reversed = true\nseveral = 'mean'\n"
            + "[recorded]\ncolumns = ['t']\nother_formats = ['%H:%M']\nzone = 'Europe/Berlin'\n"
            + "[treatment]\nname = 'a'\ncolumn = 'b'\nkind = 'Therapy'\n"
            + "[events]\ncolumn = 'c'\n[events.texts]\n1 = 'one'\n"
            + "[[refuse]]\ncolumn = 'd'\nreason = 'r'\nvalue = 2\n"
        ).encode()
    )

    assert (mapping.file.date, mapping.file.missing, mapping.file.delimiter) == ("day", ("-",), ";")
    ((metric, column),) = mapping.columns.items()
    assert (metric.id, column.low, column.high) == ("mood", Decimal(1), Decimal(5))
    assert (column.reversed, column.several) == (True, Several.MEAN)
    assert mapping.recorded is not None
    assert mapping.recorded.other_formats == ("%H:%M",)
    assert mapping.recorded.zone == ZoneInfo("Europe/Berlin")
    assert [each.kind for each in mapping.treatment] == [TreatmentKind.THERAPY]
    assert mapping.events is not None
    assert mapping.events.texts == {"1": "one"}
    assert [each.value for each in mapping.refuse] == ["2"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("nonsense", "can't be read"),
        ("[file]\ndate = 'day'\n", "[columns]"),
        ("[file]\ndate = 'day'\n[columns]\n", "names no column"),
        (GOOD.replace("high = 5", "high = 1"), "Make low less than high"),
        (GOOD.replace("high = 5", "high = nan"), "[columns.mood] high: Write a number"),
        (GOOD.replace("high = 5", "high = 'x'"), "[columns.mood] high: Write a number"),
        (
            GOOD.replace("column = 'm'", "").replace('column = "m"', ""),
            "[columns.mood]: column is missing",
        ),
        (GOOD.replace("columns.mood", "columns.luck"), "luck"),
        (GOOD.replace("columns.mood", "columns.sleep_hours"), "sleep_hours"),
        (GOOD + "[columns.mood]\ncolumn = 'n'\nlow = 0\nhigh = 1\n", "can't be read"),
        (GOOD.replace('"m"', '["m", "n"]'), "[columns.mood] column: Write a text in quotes"),
        (GOOD + "several = 'sum'\n", "median"),
        (GOOD + "reversed = 1\n", "[columns.mood] reversed: Write true or false"),
        (GOOD + "weight = 1\n", "[columns.mood]: “weight” is not known. Known are column, high"),
        (GOOD + "[colums]\n", "The mapping: “colums” is not known"),
        (
            GOOD + "[columns.brain-fog]\ncolumn = 'b'\nlow = 0\nhigh = 1\n"
            "[columns.brain_fog]\ncolumn = 'c'\nlow = 0\nhigh = 1\n",
            "[columns]: Two of these",
        ),
        (GOOD.replace("[file]", "[file]\nmissing = 'NA'"), "[file] missing: Write a list"),
        (
            GOOD.replace("[file]", "[file]\nmissing = ['', 99]"),
            "[file] missing, item 2: Write a te",
        ),
        (GOOD.replace("[file]", "[file]\ndate_format = '%d/%m'"), "[file] date_format: “%d/%m”"),
        (GOOD.replace("[file]", "[file]\ndate_format = '%Y-%m-%Q'"), "[file] date_format: “%Y-"),
        (GOOD.replace("[file]", "[file]\ndate_format = '%Y-%m-%d%d'"), "[file] date_format: “%Y-"),
        (GOOD.replace("[file]", "[file]\ndelimiter = ', '"), "[file] delimiter: Write one sign"),
        (GOOD.replace("[file]", "[file]\nencoding = 'klingon'"), "[file] encoding: There is no"),
        (GOOD.replace("[file]", "[file]\nencoding = 'hex'"), "[file] encoding: There is no"),
        (GOOD + "[recorded]\nunknown = [99]\n", "[recorded] unknown, item 1: Write a text"),
        (GOOD + "[recorded]\nunknown = ['']\n", "Remove the empty text"),
        (GOOD + "[recorded]\nother_formats = [1]\n", "[recorded] other_formats, item 1: Write a"),
        (GOOD + "[recorded]\ntime_format = '%M:%S'\n", "[recorded] time_format: “%M:%S”"),
        (GOOD + "[recorded]\nzone = 'Mars/Olympus'\n", "[recorded] zone: There is no time zone"),
        (GOOD + "[recorded]\nzone = 'Europe'\n", "[recorded] zone: There is no time zone"),
        ("recorded = 3\n" + GOOD, "[recorded]: Write the name in brackets"),
        (
            GOOD + "[[treatment]]\nname = 'a'\ncolumn = 'b'\n[[treatment]]\nname = 'c'\n",
            "[treatment 2]: column is missing",
        ),
        (
            GOOD + "[treatment]\nname = 'a'\ncolumn = 'b'\nkind = 'magic'\n",
            "[treatment] kind: “magic” is not a kind of treatment",
        ),
        (GOOD + "[events]\ncolumn = 'b'\ntexts = ['a']\n", "[events] texts: Write the name"),
        (GOOD + "[events]\ncolumn = 'b'\n[events.texts]\n1 = true\n", "[events.texts] 1: Write a"),
        (GOOD + "'" + "x" * 500 + "' = 1\n", "xxx…” is not known"),
        (GOOD.replace("low = 1", "low = 0x1" + "0" * 5000), "[columns.mood] low: Write a number"),
        ("a = " + "1" * 5000 + "\n", "a number is too long"),
        ("a = " + "[" * 5000 + "\n", "can't be read"),
    ],
)
def test_a_bad_mapping_is_refused_in_one_sentence(mapping: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_mapping(mapping.encode())

    assert words in refusal.value.sentence
    assert "\n" not in refusal.value.sentence


def write_toml(value: object) -> str:
    """Write a value in TOML's inline form."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quote(k)} = {write_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(write_toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else str(value).lower()


def quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def to_bytes(structure: Mapping[str, object]) -> bytes:
    return "".join(f"{quote(k)} = {write_toml(v)}\n" for k, v in structure.items()).encode()


texts = st.one_of(
    st.sampled_from(
        ["", "day", "m", "NA", "%Y-%m-%d", "%d/%m/%y", "%d.%m", "%H:%M", "%", "%%", "%d%d", ";",
         "\t", "utf-8", "utf-16", "idna", "cp1252", "punycode", "Europe", "Europe/Berlin",
         "..", "median"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip
anything = st.recursive(
    st.one_of(texts, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
FULL = tomllib.loads(
    GOOD
    + """
reversed = false
several = "mean"
[columns.brain_fog]
column = "b"
low = -3
high = 3.5
[recorded]
columns = ["t", "u"]
time_format = "%H:%M:%S"
other_formats = ["%H:%M"]
unknown = ["99"]
zone = "America/New_York"
[[treatment]]
name = "a"
column = "dose"
unit = "mg"
kind = "medicine"
ended_by = "0"
[events]
column = "e"
texts = { 1 = "one" }
[[refuse]]
column = "r"
value = "1"
reason = "broken off"
"""
)
FULL["file"] |= {
    "name": "n", "date_format": "%d/%m/%y", "missing": ["", "-"], "delimiter": ";",
    "encoding": "cp1252",
}  # fmt: skip
Step = str | int


def places_in(value: Any, place: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Yield where each part of a structure stands, and a place beside it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        yield (*place, step)
        if isinstance(inner, dict | list):
            yield from places_in(inner, (*place, step))
    if isinstance(value, dict):
        yield (*place, "another")


def put(value: Any, place: tuple[Step, ...], new: object) -> Any:
    """Return the structure with another value in one place; None takes away what is there."""
    if not place:
        return new
    step, *inner = place
    if not isinstance(value, dict | list) or (isinstance(value, list) and isinstance(step, str)):
        return value
    parts = dict(value) if isinstance(value, dict) else dict(enumerate(value))
    changed = put(parts.get(step, {}), tuple(inner), new)
    parts[step] = changed
    left = {key: part for key, part in parts.items() if part is not None}
    return left if isinstance(value, dict) else list(left.values())


changes = st.tuples(
    st.sampled_from(sorted(places_in(FULL), key=str)), st.one_of(st.none(), texts, anything)
)


def test_the_structure_that_is_changed_at_random_is_a_mapping() -> None:
    assert len(read_mapping(to_bytes(FULL)).columns) == 2


@settings(max_examples=600, deadline=None)
@given(st.lists(changes, max_size=3))
def test_any_structure_is_a_mapping_or_is_refused(
    made: list[tuple[tuple[Step, ...], object]],
) -> None:
    structure: Any = FULL
    for place, new in made:
        structure = put(structure, place, new)

    with suppress(MoodLabError):
        read_mapping(to_bytes(structure))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=60), anything.map(lambda value: f"a = {value!r}".encode())))
def test_any_bytes_are_a_mapping_or_are_refused(content: bytes) -> None:
    with pytest.raises(MoodLabError):
        read_mapping(content)


NEW_YORK = (
    GOOD
    + """
[recorded]
columns = ["t"]
unknown = ["99"]
zone = "America/New_York"
[treatment]
name = "a"
column = "dose"
[events]
column = "e"
"""
)
cells = st.one_of(
    st.sampled_from(["", "NA", "0", "3", "2,5", "1e-9", "0E-999999999", "9999-12-31", "1900-01-01",
                     "0001-01-01", "2020-02-30", "2020-02-03", "23:59:59", "24:00:00", "99:00:00"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(cells, min_size=4, max_size=6), max_size=5))
def test_any_table_is_read_row_by_row_or_refused(rows: list[list[str]]) -> None:
    content = "day,m,t,dose,e\n" + "".join(",".join(row) + "\n" for row in rows)
    try:
        intake = mapped_csv.read(
            content.encode(), read_mapping(NEW_YORK.encode()), 240, date(2025, 11, 4)
        )
    except MoodLabError:
        return
    assert all(0 <= (rating.value or 0) <= 10_000 for rating in intake.ratings)
    assert all(re.search(r"\w", problem.reason) for problem in intake.problems)
