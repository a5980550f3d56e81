"""The traps of SQLite under sqlite-utils that cost others their data, each sprung on purpose."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable
from moodlab.store.file.engine import connect, load_sqlite_utils, sqlite, wrap
from moodlab.store.journal import Journal
from tests.moments import TODAY, Clock, days_ago

INSERT = "INSERT INTO journal (key, value) VALUES (?, 'x')"


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_settings_that_durability_rests_on_are_in_force(journal: Journal) -> None:
    wanted = {
        "journal_mode": "delete", "synchronous": 3, "locking_mode": "normal", "foreign_keys": 1,
        "secure_delete": 1, "trusted_schema": 0, "cell_size_check": 1, "temp_store": 2,
        "mmap_size": 0,
    }  # fmt: skip

    for connection in (journal.ledger.connection, journal.open_again().ledger.connection):
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
        assert found == wanted


def test_the_engine_is_new_enough() -> None:
    version = tuple(int(part) for part in sqlite.sqlite_version.split("."))

    assert version >= (3, 51, 3)  # before, WAL files could be damaged and FTS kept deleted text


def test_a_raw_write_is_durable_and_leaves_no_transaction_open(
    journal: Journal, journal_path: Path
) -> None:
    connection = journal.ledger.connection

    connection.execute(INSERT, ("a",))
    assert not connection.in_transaction
    wrap(connection)["journal"].insert({"key": "b", "value": "x"})
    assert not connection.in_transaction
    assert list(wrap(connection).query(INSERT + " RETURNING key", ("c",))) == [{"key": "c"}]
    assert not connection.in_transaction

    journal.close()
    with Journal.open(journal_path) as again:
        assert [again.setting(key) for key in "abc"] == ["x", "x", "x"]


def test_sqlite_utils_catches_this_engines_exceptions(journal: Journal) -> None:
    database = wrap(journal.ledger.connection)

    with pytest.raises(sqlite.IntegrityError):
        database["rating"].insert({"day": "2025-11-04", "metric": "nonsense"})

    assert not database.conn.in_transaction


def test_sqlite_utils_over_another_driver_is_noticed() -> None:
    done = run("import sqlite_utils\nfrom moodlab.store.file.engine import wrap\nwrap(None)")

    assert done.returncode != 0
    assert "another driver" in done.stderr


def test_one_engine_serves_the_whole_process() -> None:
    done = run(
        "import sys\nfrom pathlib import Path\nfrom moodlab.store.journal import Journal\n"
        "Journal.create(Path(sys.argv[1])).close()\nprint('sqlite3' in sys.modules)",
        os.devnull + "x" if os.name == "nt" else "/dev/null/x",
    )

    assert "JournalUnusable" in done.stderr
    assert load_sqlite_utils().utils.sqlite3 is sys.modules["pysqlite3"]


def test_a_path_that_vanished_is_not_made_again(journal: Journal, journal_path: Path) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal_path.unlink()

    with pytest.raises(JournalUnusable):
        journal.days.rate(TODAY, "fatigue", 3000)
    with pytest.raises(JournalUnusable):
        journal.open_again()
    assert not journal_path.exists()


def test_a_file_put_in_the_journals_place_is_not_written_to(
    journal: Journal, journal_path: Path, tmp_path: Path
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    other = tmp_path / "other"
    with Journal.create(other, clock=Clock()) as replacement:
        replacement.days.rate(days_ago(1), "mood", 9000)
    content = other.read_bytes()
    other.replace(journal_path)

    with pytest.raises(JournalUnusable):
        journal.days.rate(TODAY, "fatigue", 3000)

    journal.close()
    assert journal_path.read_bytes() == content


WRITE_AT_ONCE = """
import sys
from pathlib import Path
from moodlab.store.file.engine import connect
connection = connect(Path(sys.argv[1]))
connection.execute("PRAGMA busy_timeout = 0")
connection.execute("BEGIN IMMEDIATE")
"""


def test_opening_again_in_one_process_gives_no_lock_away(
    journal: Journal, journal_path: Path
) -> None:
    with journal.ledger.batch("look"):
        journal.days.rate(TODAY, "mood", 3000)
        journal.open_again().close()
        done = run(WRITE_AT_ONCE, journal_path)

    assert "locked" in done.stderr
    assert run(WRITE_AT_ONCE, journal_path).returncode == 0


def test_another_programs_lock_is_told_and_then_the_save_works(
    journal: Journal, journal_path: Path
) -> None:
    journal.ledger.connection.execute("PRAGMA busy_timeout = 50")
    other = connect(journal_path)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(JournalUnusable, match="Another program"):
        journal.days.rate(TODAY, "mood", 3000)

    other.execute("ROLLBACK")
    other.close()
    journal.days.rate(TODAY, "mood", 3000)
    assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 3000


def test_foreign_writes_are_noticed(journal: Journal, journal_path: Path) -> None:
    before = journal.data_version()
    journal.days.rate(TODAY, "mood", 3000)
    assert journal.data_version() == before

    with journal.open_again() as other:
        other.days.rate(TODAY, "fatigue", 3000)

    assert journal.data_version() != before


def test_a_read_only_journal_refuses_to_be_written(journal: Journal, journal_path: Path) -> None:
    journal.close()

    with Journal.open(journal_path, read_only=True) as reading:
        with pytest.raises(JournalUnusable, match="read-only"):
            reading.days.rate(TODAY, "mood", 3000)
        assert reading.setting("day_end_minutes") == "240"


def test_deleted_text_is_gone_from_the_tables_pages(journal: Journal, journal_path: Path) -> None:
    """The bin keeps it on purpose; purging the bin must then leave nothing behind."""
    journal.days.write_note(TODAY, "marmalade")
    connection = journal.ledger.connection
    connection.execute("DELETE FROM day")
    connection.execute("DELETE FROM change WHERE row_table = 'day'")
    journal.close()

    assert b"marmalade" not in journal_path.read_bytes()
