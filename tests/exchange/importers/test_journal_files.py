"""MoodLab's own JSON: byte-equal round trips, merging, and taking an import back."""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import Refused
from moodlab.domain.events import Event, Question
from moodlab.domain.ids import new_id
from moodlab.domain.ratings import DayState
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.exchange.exporters import csv_set, journal_json
from moodlab.exchange.importers import journal_json as importer
from moodlab.store.check import check_journal
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from tests.examples import one_in

DAY = date(2026, 3, 1)


def exported(journal: Journal) -> bytes:
    return journal_json.write(journal.read_tables())


def take(journal: Journal, content: bytes, **options: bool):
    return journal.imports.take_journal(importer.read(content, "other.json"), **options)


def fill(journal: Journal) -> None:
    journal.days.rate(DAY, "mood", 4000)
    journal.days.rate(DAY, "mood", 6000)
    journal.days.rate(DAY, "stress", None)
    journal.days.write_note(DAY, "=1+1 <b>\n“quoted”, 李", for_doctor=True)
    journal.days.mark(DAY + timedelta(days=1), DayState.UNWELL)
    dose = Dose(new_id(), DAY, "5 mg")
    journal.treatments.save(Treatment(new_id(), "x", TreatmentKind.MEDICINE, (dose,)))
    event = Event(new_id(), DAY, "trip")
    journal.events.save_event(event)
    journal.events.delete("event", event.id)
    journal.events.ask(Question(new_id(), DAY, "why?"))
    journal.set_settings({"person_name": "A. Example"})


def test_an_export_taken_into_an_empty_journal_exports_to_the_same_bytes(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a.moodlab") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        content = exported(here)

        take(there, content)

        assert exported(there) == content
        assert check_journal(there) == ()
        assert there.identity().name == "A. Example"
        assert there.data_up_to() == here.data_up_to()


def test_the_example_survives_the_round_trip(tmp_path: Path) -> None:
    make_example(tmp_path / "e.moodlab", seed=5)
    with Journal.open(tmp_path / "e.moodlab") as here, Journal.create(tmp_path / "b") as there:
        take(there, exported(here))

        assert exported(there) == exported(here)
        assert there.is_example
        assert check_journal(there) == ()


def test_taking_it_in_twice_writes_nothing(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        content = exported(here)
        take(there, content)
        before = (tmp_path / "b").read_bytes()

        taken = take(there, content)

        assert (taken.added, taken.replaced, taken.kept) == (0, 0, 0)
        assert (tmp_path / "b").read_bytes() == before


def test_undoing_an_import_leaves_no_trace(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        there.days.rate(DAY, "mood", 1000)
        there.days.rate(DAY, "fatigue", 9000)
        before = exported(there)

        taken = take(there, exported(here), replaces=True)
        assert taken.replaced == 1
        assert there.read_diary().ratings["mood"][0].value == 6000
        there.undo()

        assert exported(there) == before
        assert check_journal(there) == ()


def test_undoing_the_import_into_an_empty_journal_leaves_an_empty_journal(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        take(there, exported(here))

        there.undo()

        assert there.imports.is_empty()
        assert there.undo() is None
        assert check_journal(there) == ()
        assert len([t for t in there.read_metrics() if t.spans]) == 7
        take(there, exported(here))
        assert exported(there) == exported(here)


def test_a_conflict_is_kept_unless_replacing_was_asked_for(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        here.days.rate(DAY, "mood", 4000)
        there.days.rate(DAY, "mood", 1000)

        assert take(there, exported(here)).kept == 1
        assert there.read_diary().ratings["mood"][0].value == 1000
        assert take(there, exported(here), replaces=True).replaced == 1
        assert there.read_diary().ratings["mood"][0].value == 4000


def test_what_was_deleted_here_does_not_come_back(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        take(there, exported(here))
        there.days.clear(DAY, "mood")

        assert take(there, exported(here)).kept == 1
        assert "mood" not in there.read_diary().ratings


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        before = (tmp_path / "b").read_bytes()

        assert take(there, exported(here), is_dry_run=True).added > 5
        assert (tmp_path / "b").read_bytes() == before


def test_example_data_does_not_go_into_a_journal_with_entries(tmp_path: Path) -> None:
    make_example(tmp_path / "e.moodlab", seed=1)
    with Journal.open(tmp_path / "e.moodlab") as here, Journal.create(tmp_path / "b") as there:
        there.days.rate(DAY, "mood", 1000)

        with pytest.raises(Refused, match="example"):
            take(there, exported(here))


def broken(change) -> bytes:
    document = {"format": "moodlab-journal", "version": 1}
    change(document)
    return json.dumps(document).encode()


RATING = {
    "day": "2026-01-01", "metric": "mood", "value_thousandths": 4000, "state": "value",
    "source": "manual", "source_value": None, "source_scale": None,
    "recorded_at": "2026-01-01T20:00:00.000Z", "offset_minutes": 0, "recorded_day": "2026-01-01",
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xff",
        b"[" * 100_000,
        b"{}",
        b"[1]",
        broken(lambda d: d.update(format="other")),
        broken(lambda d: d.update(version=4)),
        broken(lambda d: d.update(ratings={})),
        broken(lambda d: d.update(ratings=[1])),
        broken(lambda d: d.update(ratings=[{"day": "2026-01-01"}])),
        broken(lambda d: d.update(ratings=[{**RATING, "metric": "luck"}])),
        broken(lambda d: d.update(ratings=[{**RATING, "recorded_at": "soon"}])),
        broken(lambda d: d.update(ratings=[{**RATING, "day": "2026-02-31"}])),
        broken(lambda d: d.update(ratings=[{**RATING, "value_thousandths": 2**70}])),
        broken(lambda d: d.update(ratings=[{**RATING, "day) VALUES (1); --": 1}])),
        broken(lambda d: d.update(history=[{"id": "x"}])),
    ],
)
def test_a_file_that_is_damaged_or_hostile_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    for is_empty in (True, False):
        path = tmp_path / f"{is_empty}.moodlab"
        with Journal.create(path) as journal:
            if not is_empty:
                journal.days.rate(DAY, "fatigue", 2000)
            before = path.read_bytes()

            with pytest.raises(Refused):
                take(journal, content)

            assert path.read_bytes() == before


def test_the_csv_set_opens_without_formulas(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as journal:
        fill(journal)
        archive = zipfile.ZipFile(io.BytesIO(csv_set.write_zip(journal.read_tables())))

    days = csv.DictReader(io.StringIO(archive.read("days.csv").decode("utf-8-sig"), newline=""))
    assert next(days)["note"] == "'=1+1 <b>\n“quoted”, 李"
    ratings = list(csv.DictReader(io.StringIO(archive.read("ratings.csv").decode("utf-8-sig"))))
    assert [(row["metric"], row["value"], row["state"]) for row in ratings] == [
        ("mood", "6", "value"),
        ("stress", "", "unable"),
    ]


writes = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from(["mood", "fatigue", "pain", "sleep_hours"]),
        st.sampled_from(["rate", "unable", "clear", "note", "unwell", "undo", "redo"]),
        st.integers(0, 10), st.text(max_size=12),
    ),
    max_size=25,
)  # fmt: skip


@one_in(4)
@given(writes)
def test_any_journal_survives_the_round_trip(tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("trip")
    with Journal.create(folder / "a") as here, Journal.create(folder / "b") as there:
        for offset, metric, verb, number, text in steps:
            day = DAY + timedelta(days=offset)
            match verb:
                case "rate":
                    here.days.rate(day, metric, number * 1000)
                case "unable":
                    here.days.rate(day, metric, None)
                case "clear":
                    here.days.clear(day, metric)
                case "note":
                    here.days.write_note(day, text.encode(errors="ignore").decode())
                case "unwell":
                    here.days.mark(day, DayState.UNWELL)
                case "undo":
                    here.undo()
                case "redo":
                    here.redo()
        content = exported(here)

        take(there, content)

        assert exported(there) == content
        assert check_journal(there) == ()
        assert there.read_diary().ratings == here.read_diary().ratings
