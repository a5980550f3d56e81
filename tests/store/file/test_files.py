"""What is refused as a journal stays as it was; what is made is private and one file."""

import hashlib
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.store.check import check_journal
from moodlab.store.file import database, migrations
from moodlab.store.file.engine import APPLICATION_ID, connect
from moodlab.store.journal import Journal
from tests.moments import TODAY, Clock


def make_valid(path: Path) -> None:
    with Journal.create(path, clock=Clock()) as journal:
        for number in range(200):
            journal.days.write_note(TODAY.replace(year=2000 + number % 20), f"{number} " * 100)


def make_newer(path: Path) -> None:
    make_valid(path)
    change(path, f"PRAGMA user_version = {migrations.SCHEMA_VERSION + 1}")


def make_foreign(path: Path) -> None:
    connection = connect(path, create=True)
    connection.execute("CREATE TABLE place (url TEXT)")
    connection.close()


def make_wal_foreign(path: Path) -> None:
    connection = connect(path, create=True)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE place (url TEXT)")
    connection.close()


def change(path: Path, statement: str) -> None:
    connection = connect(path)
    connection.execute(statement)
    connection.close()


def cut_to(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        make_valid(path)
        os.truncate(path, int(path.stat().st_size * share) if share <= 1 else int(share))

    return make


def make_scrambled(path: Path) -> None:
    make_valid(path)
    content = bytearray(path.read_bytes())
    content[100:4096] = os.urandom(3996)
    path.write_bytes(content)


def make_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


ODD_FILES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("Dear diary, " * 1000),
    "one byte": lambda path: path.write_bytes(b"S"),
    "pdf": lambda path: path.write_bytes(b"%PDF-1.7 " * 200),
    "json": lambda path: path.write_text('{"moodlab": 1}'),
    "xml": lambda path: path.write_text("<?xml version='1.0'?><a/>" * 100),
    "zip": make_zip,
    "random": lambda path: path.write_bytes(bytes(range(7, 250)) * 40),
    "magic only": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "another program's": make_foreign,
    "another program's in WAL mode": make_wal_foreign,
    "from a newer version": make_newer,
    "cut to its header": cut_to(100),
    "cut within the first page": cut_to(2000),
    "cut in half": cut_to(0.5),
    "without its last page": cut_to(0.99),
    "scrambled": make_scrambled,
}


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def fingerprint(path: Path) -> tuple[str, int, list[str]]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return digest, path.stat().st_mtime_ns, names_in(path.parent)


@pytest.mark.parametrize("name", ODD_FILES)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_journal_is_refused_and_stays_as_it_was(
    name: str, read_only: bool, journal_path: Path
) -> None:
    ODD_FILES[name](journal_path)
    before = fingerprint(journal_path)

    with pytest.raises(JournalUnusable) as refusal:
        Journal.open(journal_path, read_only=read_only)

    assert fingerprint(journal_path) == before
    assert journal_path.name in refusal.value.sentence
    assert "sqlite" not in refusal.value.sentence.lower()


@pytest.mark.parametrize("name", ODD_FILES)
def test_a_new_journal_overwrites_nothing(name: str, journal_path: Path) -> None:
    ODD_FILES[name](journal_path)
    before = fingerprint(journal_path)

    with pytest.raises(Refused):
        Journal.create(journal_path)

    assert fingerprint(journal_path) == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="folder"):
        Journal.open(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting_for_it(journal_path: Path) -> None:
    os.mkfifo(journal_path)

    with pytest.raises(JournalUnusable):
        Journal.open(journal_path)


def test_a_link_that_leads_nowhere_is_neither_opened_nor_replaced(tmp_path: Path) -> None:
    link = tmp_path / "journal.moodlab"
    link.symlink_to(tmp_path / "gone")

    with pytest.raises(JournalUnusable):
        Journal.open(link)
    with pytest.raises(Refused):
        Journal.create(link)
    assert names_in(tmp_path) == ["journal.moodlab"]


def test_a_path_with_nothing_there_is_not_created_by_opening(journal_path: Path) -> None:
    with pytest.raises(JournalUnusable, match="init"):
        Journal.open(journal_path)

    assert names_in(journal_path.parent) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(JournalUnusable):
        Journal.create(tmp_path / "file" / "journal.moodlab")


def test_a_journal_and_the_folder_made_for_it_are_private(tmp_path: Path) -> None:
    path = tmp_path / "data" / "journal.moodlab"
    with Journal.create(path) as journal, journal.ledger.batch("look"):
        journal.days.rate(TODAY, "mood", 3000)
        modes = {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()}

    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes == {"journal.moodlab": 0o600, "journal.moodlab-journal": 0o600}


@pytest.mark.parametrize("name", ["50% #1?.moodlab", "jörnal “a” .moodlab", "a b&c=d.moodlab"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Journal.create(tmp_path / name) as journal:
        journal.days.rate(TODAY, "mood", 3000)

    assert names_in(tmp_path) == [name]
    with Journal.open(tmp_path / name) as again:
        assert again.days.read_ratings(TODAY, TODAY)["mood"][0].value == 3000


def test_a_journal_at_rest_is_one_file_that_says_what_it_is(
    journal: Journal, journal_path: Path
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.close()

    header = journal_path.read_bytes()[:100]
    assert names_in(journal_path.parent) == [journal_path.name]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == migrations.SCHEMA_VERSION
    assert header[18:20] == b"\x01\x01"  # rollback journal, no WAL


def test_any_sqlite_reads_a_plain_journal(journal: Journal, journal_path: Path) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.close()
    program = (
        "import sqlite3, sys\n"
        "if sqlite3.sqlite_version_info < (3, 37): sys.exit('too old')\n"
        f"print(*sqlite3.connect({str(journal_path)!r}).execute("
        "'SELECT day, metric, value_thousandths FROM rating').fetchall())"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    if "too old" in done.stderr:
        pytest.skip("this Python's own SQLite is older than STRICT tables")
    assert done.stdout.strip() == str((TODAY.isoformat(), "mood", 3000))


def test_the_schema_is_strict_and_keeps_its_references(journal: Journal) -> None:
    connection = journal.ledger.connection

    kinds = dict(
        connection.execute("SELECT name, strict FROM pragma_table_list WHERE type='table'")
    )
    own = {name: strict for name, strict in kinds.items() if not name.startswith(("sqlite_", "_"))}
    assert set(own) == {*migrations.KEYS, "batch", "change"}
    assert set(own.values()) == {1}
    for day, metric, value, complaint in (
        ("2025-11-04", "nonsense", 1, "FOREIGN KEY"),
        ("2025-11-04", "mood", "x", "cannot store TEXT"),
        ("2025-11-04", "mood", None, "CHECK"),
        ("4.11.25", "mood", 1, "CHECK"),
    ):
        with pytest.raises(Exception, match=complaint):
            connection.execute(
                "INSERT INTO rating VALUES (?, ?, ?, 'value', '', NULL, NULL, '', 0, '')",
                (day, metric, value),
            )
    with pytest.raises(Exception, match="CHECK"):
        connection.execute("INSERT INTO pin VALUES ('p', 'no json', '', 0, '')")
    assert check_journal(journal) == ()


def test_making_a_journal_that_fails_half_way_leaves_nothing(
    journal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_off(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database.migrations, "apply_all", power_off)

    with pytest.raises(JournalUnusable, match="space"):
        Journal.create(journal_path)

    assert names_in(journal_path.parent) == []
