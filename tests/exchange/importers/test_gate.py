"""One gate: what no person could enter comes in through no importer either, nor any other door."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.days import Recorded
from moodlab.domain.errors import Refused
from moodlab.domain.events import Contact, Event, Question
from moodlab.domain.intake import ArrivingLab, Intake, JournalIntake
from moodlab.domain.labs.printed_values import PrintedValue
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.exchange.exporters import csv_set, journal_json
from moodlab.exchange.importers import journal_json as json_importer
from moodlab.exchange.recognition import Importer, all_importers
from moodlab.exchange.source import Source
from moodlab.store.check import check_journal
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.gate import Gate
from moodlab.store.journal import Journal
from moodlab.store.records.events import event_row
from moodlab.store.records.labs import lab_row
from moodlab.store.records.treatments import dose_row, treatment_row
from tests.cli.shell import run
from tests.moments import EVENING, TODAY, Clock, days_ago

THEN = Recorded(datetime(2026, 3, 1, 20, tzinfo=UTC), 60, date(2026, 3, 1))
DAY = days_ago(3)
RATING = Rating(DAY, "mood", 4000, THEN, source="import")
EVENT = Event("e", DAY, "trip")
PILL = Treatment("t", "Pill", TreatmentKind.MEDICINE, (Dose("d", DAY, "5 mg"),))
CRP = LabResult(
    "l", DAY, "crp", None, "1988-5", PrintedValue("3.1", None, Decimal("3.1")), "mg/L",
    Decimal("3.1"), "mg/L", source="fhir",
)  # fmt: skip


def dosed(*doses: tuple[date, str], **more: Any) -> Treatment:
    steps = tuple(Dose(f"d{n}", day, text) for n, (day, text) in enumerate(doses))
    return replace(PILL, doses=steps, **more)


def printed(number: str) -> LabResult:
    value = Decimal(number)
    return replace(CRP, value=PrintedValue("see below", None, value), canonical=value)


# What can't be, and words of the sentence that says why.
BAD: dict[str, tuple[Any, str]] = {
    "a day to come": (RATING._replace(day=date(2062, 5, 3)), "is in the future"),
    "a day before 1900": (RATING._replace(day=date(1899, 12, 31)), "is before 1900"),
    "the first day there is": (RATING._replace(day=date.min), "is before 1900"),
    "the last day there is": (RATING._replace(day=date.max), "is after 2199"),
    "mood 99": (RATING._replace(value=99_000), "Mood goes from 0 to 10. 99 is outside"),
    "a mood below zero": (RATING._replace(value=-1), "is outside"),
    "a weight of nothing": (RATING._replace(metric="weight", value=0), "Weight goes from 10"),
    "thirty hours asleep": (RATING._replace(metric="sleep_hours", value=1_800_000), "Hours asleep"),
    "a long source": (RATING._replace(source="x" * 5000), "5000 characters"),
    "a clock a week from UTC": (
        RATING._replace(recorded=THEN._replace(offset_minutes=10_080)), "no time of writing",
    ),
    "a moment on another day": (
        RATING._replace(recorded=THEN._replace(day=date(2025, 3, 1))), "no time of writing",
    ),
    "an event of year 1": (replace(EVENT, first_day=date.min), "is before 1900"),
    "an event of year 9999": (replace(EVENT, last_day=date.max), "is after 2199"),
    "a long event": (replace(EVENT, text="x" * 5000), "5000 characters"),
    "an event without words": (replace(EVENT, text="  "), "Nothing to save"),
    "an event that ends first": (replace(EVENT, last_day=days_ago(9)), "is before the first day"),
    "no name": (replace(PILL, name=""), "needs a name"),
    "a blank name": (replace(PILL, name=" \u3000 "), "needs a name"),
    "a long name": (replace(PILL, name="x" * 5000), "5000 characters"),
    "no dose": (replace(PILL, doses=()), "has no first day"),
    "a huge dose": (dosed((DAY, "9" * 3000 + " mg")), "3003 characters"),
    "a dose of year 1": (dosed((date.min, "5 mg")), "is before 1900"),
    "a dose of year 9999": (dosed((DAY, "5 mg"), (date.max, "7 mg")), "is after 2199"),
    "a treatment that ends first": (replace(PILL, last_day=days_ago(4)), "before the first day"),
    "a dose after the end": (
        dosed((DAY, "5"), (TODAY, "7"), last_day=days_ago(2)), "after the end",
    ),
    "a long story": (replace(PILL, noticed="x" * 5000), "5000 characters"),
    "not a number": (printed("NaN"), "is not a number"),
    "without end": (printed("Infinity"), "is not a number"),
    "more digits than paper": (printed("1e999"), "is not a number"),
    "another number": (
        replace(CRP, value=PrintedValue("3.1", None, Decimal(31))), "but the number kept is 31",
    ),
    "an empty value": (
        replace(CRP, value=PrintedValue(" ", None, None), canonical=None), "has no value",
    ),
    "a result to come": (replace(CRP, collected=date(2062, 5, 3)), "is in the future"),
    "a result of year 1": (replace(CRP, collected=date.min), "is before 1900"),
    "a long lab": (replace(CRP, lab="x" * 5000), "5000 characters"),
    "a context of no list": (replace(CRP, context=("luck",)), "not a known context"),
}  # fmt: skip
EVERY = pytest.mark.parametrize("name", BAD)


def as_records(record: Any) -> Intake:
    """What an importer of another program's file gives."""
    match record:
        case Rating():
            return Intake("x", ratings=(record,))
        case Treatment():
            return Intake("x", treatments=(record,))
        case Event():
            return Intake("x", events=(record,))
        case _:
            return Intake("x", labs=(ArrivingLab(record, 7, "entry"),))


def as_rows(record: Any) -> JournalIntake:
    """What an importer of MoodLab's own files gives."""
    stamp = recorded_columns(THEN)
    tables: dict[str, list[dict[str, Any]]] = {}
    match record:
        case Rating():
            tables["rating"] = [
                {
                    "day": record.day.isoformat(), "metric": record.metric,
                    "value_thousandths": record.value, "state": "value", "source": record.source,
                    "source_value": None, "source_scale": None,
                    **recorded_columns(record.recorded),
                }
            ]  # fmt: skip
        case Treatment():
            tables["treatment"] = [treatment_row(record) | stamp]
            tables["dose"] = [dose_row(record, dose) for dose in record.doses]
        case Event():
            tables["event"] = [event_row(record) | stamp]
        case _:
            tables["lab_result"] = [lab_row(record) | stamp]
    return JournalIntake("x", tables, ())


def content_of(journal: Journal) -> bytes:
    return journal_json.write(journal.read_tables())


@pytest.fixture
def filled(journal: Journal) -> Journal:
    journal.days.rate(TODAY, "fatigue", 3000)
    return journal


@EVERY
@pytest.mark.parametrize("importer", all_importers(), ids=lambda importer: importer.FORMAT)
@pytest.mark.parametrize("read_as", [as_records, as_rows])
def test_no_importer_brings_in_what_cannot_be(
    filled: Journal, importer: Importer, name: str, read_as: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    """An importer added to the registry is tried, too: what it reads passes the same gate."""
    record, reason = BAD[name]
    monkeypatch.setattr(importer, "open_source", lambda _source: read_as(record))
    before = content_of(filled)

    taken = filled.imports.take_any(importer.open_source(Source(tmp_path / "file", TODAY)))

    assert content_of(filled) == before
    assert (taken.added, taken.refused) == (0, 1)
    assert reason in taken.problems[0].reason
    assert taken.problems[0].shown_place
    assert check_journal(filled) == ()


def can_be_typed(name: str) -> bool:
    """Whether a page or a command could ask for a record's write."""
    record, _reason = BAD[name]
    if isinstance(record, Rating):  # only a file says when and where it was written
        return (record.recorded, record.source) == (THEN, "import")
    return name != "a result to come"  # refused by `lab` and the form, see `question_result`


@pytest.mark.parametrize("name", list(filter(can_be_typed, BAD)))
def test_no_page_and_no_command_can_write_it(filled: Journal, name: str) -> None:
    record, reason = BAD[name]
    before = content_of(filled)
    write: dict[type, Callable[[Any], object]] = {
        Rating: lambda rating: filled.days.rate(rating.day, rating.metric, rating.value),
        Treatment: filled.treatments.save,
        Event: filled.events.save_event,
        LabResult: filled.labs.save,
    }
    with pytest.raises(Refused, match=reason.replace(".", r"\.")):
        write[type(record)](record)

    assert content_of(filled) == before


@EVERY
def test_check_finds_what_an_older_version_let_in(filled: Journal, name: str) -> None:
    record, reason = BAD[name]
    rows = as_rows(record).tables
    with filled.ledger.batch("import") as batch:
        for table in (each for each in KEYS if each in rows):
            for row in rows[table]:
                batch.put(table, row)
    if name == "no dose":
        assert filled.treatments.read_all() == ()

    problems = check_journal(filled)

    assert any(reason in each.sentence and each.what == "record" for each in problems)
    # What it says to do helps.
    for problem in problems:
        if problem.what == "record":
            command = problem.sentence.partition("“moodlab ")[2].partition("”")[0]
            run("--journal", str(filled.path), *command.split(), home=filled.path.parent)
    assert [each for each in check_journal(filled) if each.what == "record"] == []
    assert all(
        each.sentence.endswith((".", ". It can be changed or cleared.")) for each in problems
    )


@pytest.mark.parametrize("record", [RATING, EVENT, PILL, CRP], ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("read_as", [as_records, as_rows])
def test_what_can_be_comes_in(filled: Journal, record: Any, read_as: Callable[[Any], Any]) -> None:
    taken = filled.imports.take_any(read_as(record))

    assert taken.problems == ()
    assert taken.added >= 1
    assert check_journal(filled) == ()


def test_the_rest_of_a_file_comes_in_beside_what_is_refused(filled: Journal) -> None:
    other = RATING._replace(metric="pain")
    taken = filled.imports.take_any(
        Intake("x", ratings=(RATING, RATING._replace(value=99_000), other), events=(EVENT,))
    )

    assert (taken.added, taken.refused) == (3, 1)
    assert (taken.problems[0].place, taken.problems[0].line) == ("rating", 2)


# MoodLab's own files, changed by hand


def edited(journal: Journal, change: Callable[[dict[str, Any]], None]) -> JournalIntake:
    document = json.loads(content_of(journal))
    change(document)
    return json_importer.read(json.dumps(document).encode(), "diary.json")


def test_a_journal_changed_by_hand_loses_only_what_cannot_be(
    filled: Journal, tmp_path: Path, clock: Clock
) -> None:
    filled.days.rate(DAY, "mood", 4000)
    filled.days.rate(DAY, "pain", 5000)
    filled.treatments.save(PILL)

    def change(document: dict[str, Any]) -> None:
        ratings = {row["metric"]: row for row in document["ratings"]}
        ratings["mood"]["value_thousandths"] = 99_000
        ratings["pain"]["day"] = "1700-01-01"
        document["treatments"][0]["name"] = " "

    intake = edited(filled, change)
    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        taken = other.imports.take_any(intake)

        assert [each.place for each in taken.problems] == ["rating", "rating", "treatment"]
        assert {each.reason for each in taken.problems} >= {
            "Mood goes from 0 to 10. 99 is outside that.",
            "1 Jan 1700 is before 1900. Check the year.",
        }
        assert set(other.read_diary().ratings) == {"fatigue"}
        assert other.treatments.read_all() == ()
        assert check_journal(other) == ()
        other.undo()
        assert other.imports.is_empty()


def test_what_cannot_be_is_left_out_of_a_journals_history_too(
    filled: Journal, tmp_path: Path, clock: Clock
) -> None:
    """Else undo, or the bin, would bring it in later."""
    filled.events.save_event(EVENT)
    filled.events.delete("event", EVENT.id)

    def change(document: dict[str, Any]) -> None:
        for entry in document["history"]:
            for side in ("before", "after"):
                if entry[side]:
                    entry[side] = entry[side].replace("trip", "x" * 5000)

    intake = edited(filled, change)
    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        taken = other.imports.take_any(intake)

        assert {each.place for each in taken.problems} == {"change"}
        assert other.bin.read() == ()
        assert "xxxx" not in content_of(other).decode()
        assert check_journal(other) == ()


@pytest.mark.parametrize("minutes", ["-60", "1e9", "99999999999", "", "²"])
def test_a_day_that_never_ends_is_refused_and_the_journal_keeps_its_own(
    filled: Journal, tmp_path: Path, clock: Clock, minutes: str
) -> None:
    def change(document: dict[str, Any]) -> None:
        (row,) = (row for row in document["settings"] if row["key"] == "day_end_minutes")
        row["value"] = minutes

    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        taken = other.imports.take_any(edited(filled, change))

        assert "A day ends 0 to 720 minutes" in taken.problems[0].reason
        assert other.day_end_minutes == 240
        other.days.rate(TODAY, "mood", 3000)


@pytest.mark.parametrize(
    "row",
    [{"day": 5}, {"day": None}, {"value_thousandths": "4"}, {"recorded_at": 7}, {"metric": None},
     {"day": "20260301"}, {"recorded_at": "2026-03-01T20:00:00"}],
)  # fmt: skip
def test_a_row_that_is_no_record_refuses_the_whole_file(
    filled: Journal, row: dict[str, Any]
) -> None:
    intake = as_rows(RATING)
    broken = JournalIntake("x", {"rating": [intake.tables["rating"][0] | row]}, ())
    before = content_of(filled)

    with pytest.raises(Refused, match="can't hold"):
        filled.imports.take_any(broken)

    assert content_of(filled) == before


def test_tables_changed_by_hand_pass_the_same_gate(
    filled: Journal, tmp_path: Path, clock: Clock
) -> None:
    from moodlab.exchange.importers import journal_csv

    filled.days.rate(DAY, "mood", 4000)
    archive = tmp_path / "tables.zip"
    archive.write_bytes(csv_set.write_zip(filled.read_tables()))
    with zipfile.ZipFile(archive) as file:
        tables = {name: file.read(name) for name in file.namelist()}
    tables["ratings.csv"] = tables["ratings.csv"].replace(b",4,", b",99,")
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in tables.items():
            file.writestr(name, content)

    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        taken = other.imports.take_any(journal_csv.open_source(Source(archive, TODAY)))

        assert "99 is outside" in taken.problems[0].reason
        assert "mood" not in other.read_diary().ratings


# The other doors


@pytest.mark.parametrize(
    "write",
    [
        lambda journal: journal.days.write_note(date(2062, 1, 1), "x"),
        lambda journal: journal.days.write_note(DAY, "x" * 1001),
        lambda journal: journal.events.ask(Question("q", DAY, "x" * 1001)),
        lambda journal: journal.events.ask(Question("q", date.min, "why")),
        lambda journal: journal.set_contacts((Contact("x" * 301, "1"),)),
        lambda journal: journal.set_settings({"person_name": "x" * 201}),
    ],
)
def test_notes_questions_and_names_have_their_bounds(
    filled: Journal, write: Callable[[Journal], object]
) -> None:
    before = content_of(filled)

    with pytest.raises(Refused):
        write(filled)

    assert content_of(filled) == before


@pytest.mark.parametrize("table", KEYS)
def test_the_gate_looks_at_every_table_of_a_journal(journal: Journal, table: str) -> None:
    """A table that is added needs its check."""
    columns = journal.ledger.connection.execute(f"PRAGMA table_info({table})").fetchall()
    row: dict[str, Any] = {name: "x" * 5000 for _, name, *_ in columns}
    if table == "journal":
        row["key"] = "person_name"

    with pytest.raises((Refused, ValueError, TypeError)):
        Gate(EVENING).check_row(table, row)


def test_what_was_written_where_it_is_already_tomorrow_comes_in(filled: Journal) -> None:
    """In Auckland the day is eleven hours ahead of this clock; two days ahead it is nowhere."""
    tomorrow = TODAY + timedelta(days=1)
    row = as_rows(RATING._replace(day=tomorrow)).tables["rating"][0]

    assert filled.imports.take_any(JournalIntake("x", {"rating": [row]}, ())).problems == ()
    assert check_journal(filled) == ()
    later = row | {"day": (TODAY + timedelta(days=2)).isoformat()}
    (problem,) = filled.imports.take_any(JournalIntake("x", {"rating": [later]}, ())).problems
    assert problem.reason == "6 Mar 2026 is in the future. Check the date."
