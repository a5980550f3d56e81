"""MoodLab's own CSV tables come in again, exactly, and hold nothing that a spreadsheet runs."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodlab.domain.errors import Refused
from moodlab.exchange.exporters import csv_set
from moodlab.exchange.formulas import guard, restore
from moodlab.exchange.recognition import recognise
from moodlab.exchange.source import Source
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.exchange.importers.test_journal_files import DAY, fill


def rewritten(content: bytes, member: str, change) -> bytes:
    """The archive with one table's text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode("utf-8-sig")
            new.writestr(
                name, (change(text) if name == member else text).encode("utf-8", "surrogateescape")
            )
    return out.getvalue()


def take(journal: Journal, content: bytes, folder: Path):
    path = folder / "tables.zip"
    path.write_bytes(content)
    importer = recognise(path)
    assert importer.FORMAT == "tables"
    return journal.imports.take_any(importer.open_source(Source(path, DAY)))


def exported(journal: Journal) -> bytes:
    return csv_set.write_zip(journal.read_tables())


def test_the_tables_come_in_again_exactly(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        here.days.rate(DAY, "sleep_hours", 450_000)
        here.days.rate(DAY, "weight", 71_350)
        here.days.rate(DAY + timedelta(days=1), "mood", 0, is_time_known=False)
        here.days.write_note(DAY + timedelta(days=2), " '=1;=2\r\n＝3;-4")
        assert_comes_in(here, there, tmp_path)


def test_a_year_of_example_data_comes_in_again_exactly(example: Journal, tmp_path: Path) -> None:
    with Journal.create(tmp_path / "b") as there:
        assert_comes_in(example, there, tmp_path)


def assert_comes_in(here: Journal, there: Journal, folder: Path) -> None:
    content, tables = exported(here), here.read_tables().tables

    take(there, content, folder)

    assert there.read_tables().tables == tables
    assert exported(there) == content
    assert check_journal(there) == ()


def test_a_folder_of_tables_comes_in_again_too(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        for name, content in csv_set.write_tables(here.read_tables()).items():
            (folder / name).write_bytes(content)
        there.imports.take_any(recognise(folder).open_source(Source(folder, DAY)))

        assert there.read_tables().tables == here.read_tables().tables


def test_importing_twice_writes_nothing_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        before = there.read_tables().tables
        content = exported(here)
        there.days.rate(DAY - timedelta(days=9), "pain", 1000)
        kept = there.read_tables().tables["rating"]
        assert take(there, content, tmp_path).added > 0
        assert take(there, content, tmp_path).added == 0
        there.undo()

        assert there.read_tables().tables["rating"] == kept
        assert there.read_tables().tables["treatment"] == before["treatment"]
        assert check_journal(there) == ()


def test_blank_lines_are_no_rows_and_other_separators_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        for name, content in csv_set.write_tables(here.read_tables()).items():
            (folder / name).write_bytes(content + b"\r\n\r\n")
        ratings = (folder / "ratings.csv").read_bytes()
        (folder / "ratings.csv").write_bytes(ratings.replace(b",", b";"))
        with pytest.raises(Refused, match=r"ratings\.csv: MoodLab did not write line 1 like this"):
            recognise(folder).open_source(Source(folder, DAY))

        (folder / "ratings.csv").write_bytes(ratings)
        there.imports.take_any(recognise(folder).open_source(Source(folder, DAY)))
        assert there.read_tables().tables == here.read_tables().tables


def test_ratings_stand_in_their_own_unit_with_how_late_they_were_written(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "a") as journal:
        journal.days.rate(DAY, "mood", 5000)
        journal.days.rate(DAY, "sleep_hours", 450_000)
        journal.days.rate(DAY, "weight", 71_350)
        journal.days.rate(DAY, "stress", None, is_time_known=False)
        tables = csv_set.write_tables(journal.read_tables())

    rows = list(csv.DictReader(io.StringIO(tables["ratings.csv"].decode("utf-8-sig"))))
    assert [(row["metric"], row["value"], row["unit"], row["written"]) for row in rows] == [
        ("mood", "5", "", "later"),
        ("sleep_hours", "450", "min", "later"),
        ("stress", "", "", "unknown"),
        ("weight", "71.35", "kg", "later"),
    ]


def test_tables_of_an_older_version_with_thousandths_come_in(tmp_path: Path) -> None:
    def older(text: str) -> str:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        out = io.StringIO(newline="")
        names = [name for name in rows[0] if name not in ("unit", "written")]
        writer = csv.DictWriter(out, names, extrasaction="ignore")
        writer.writerow({name: name.replace("value", "value_thousandths", name == "value")
                         for name in names})  # fmt: skip
        for row in rows:
            value = row["value"] and f"{float(row['value']) * 1000:.0f}"
            writer.writerow(row | {"value": value})
        return out.getvalue()

    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        here.days.rate(DAY, "weight", 71_350)
        take(there, rewritten(exported(here), "ratings.csv", older), tmp_path)

        assert there.read_tables().tables == here.read_tables().tables


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mood,6,", "mood,six,"), ("mood,6,", "mood,6.0001,"), ("mood,6,", "mood,1e99,"),
        ("mood,6,", "mood,NaN,"), ("mood,6,", "mood,\udcff,"), ("mood,6,", "mood,6,7,"),
        ("day,metric", "metric,metric"),
        ("value,unit", "value,worth"), ("day,metric", "day,metric; DROP TABLE day"),
    ],
)  # fmt: skip
def test_tables_that_moodlab_did_not_write_change_nothing(
    tmp_path: Path, old: str, new: str
) -> None:
    with Journal.create(tmp_path / "a") as here, Journal.create(tmp_path / "b") as there:
        fill(here)
        before = there.read_tables().tables

        with pytest.raises(Refused):
            take(
                there,
                rewritten(exported(here), "ratings.csv", lambda text: text.replace(old, new)),
                tmp_path,
            )

        assert there.read_tables().tables == before


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠a", "'＠a"),
        ('a;"=1"', 'a;"\'=1"'),
        ("a\n=1", "a\n'=1"),
        ("a; \t@b", "a; \t'@b"),
        ("\tx", "'\tx"),
        ("\ufeff=1", "\ufeff'=1"),
        ("a;\u200b=1", "a;\u200b'=1"),
        ("'=1", "''=1"),
        ("-5.5", "-5.5"),
        ("a = b, -c; d", "a = b, -c; d"),
    ],
)
def test_a_formula_is_made_harmless(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert restore(cell) == text


@given(st.text(alphabet="'=+-@＝＠;\t\r\n\" 1a", max_size=12))
def test_any_text_is_restored(text: str) -> None:
    assert restore(guard(text)) == text
