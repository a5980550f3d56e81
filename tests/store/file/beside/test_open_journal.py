"""What is laid beside a journal while it is open: nothing is played, and "saved" is true."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import JournalBusy, JournalUnusable
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.side_files import list_kept
from moodlab.store.file.database import open_second_connection
from moodlab.store.file.engine import connect_as_it_lies
from moodlab.store.journal import Journal
from tests.journals import check_file
from tests.moments import TODAY, Clock
from tests.store.file.beside.strays import (
    KEY,
    cut_off,
    foreign_journal,
    foreign_wal,
    journals_wal,
)

Made = Callable[[Path, Path, Key | None], Path]  # for this journal, in that folder


def older_wal(path: Path, folder: Path, key: Key | None) -> Path:
    """Return a write-ahead log that belongs to the journal as it is now."""
    copy = Path(shutil.copy(path, folder / "copy.moodlab"))
    connection = connect_as_it_lies(copy, key)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE rating SET value_thousandths = 1000")
    connection.execute("VACUUM")
    kept = Path(shutil.copy(f"{copy}-wal", folder / "kept-older-wal"))
    connection.close()
    return kept


LAID: dict[str, tuple[str, Made]] = {
    "another program's log": ("-wal", lambda _, folder, __: foreign_wal(folder)),
    "another journal's log": ("-wal", lambda _, folder, key: journals_wal(folder, key)),
    "an older log of its own": ("-wal", older_wal),
    "another journal's save": ("-journal", lambda _, folder, key: foreign_journal(folder, key)),
    "an older save of its own": ("-journal", cut_off),
}

ACTS: dict[str, Callable[[Journal], object]] = {
    "a save": lambda journal: None,
    "a look, then a save": lambda journal: read(journal),
    "looks from elsewhere, then a save": lambda journal: look_from_thread(journal),
    "a backup, then a save": lambda journal: make_backup(journal.path, journal.key),
}


def read(journal: Journal) -> list[tuple[Any, ...]]:
    return [
        tuple(row)
        for table in ("rating", "day")
        for row in journal.ledger.connection.execute(f"SELECT * FROM {table}").fetchall()
    ]


def look_from_thread(journal: Journal) -> None:
    """Read as the window's Worker does."""
    seen = []

    def look() -> None:
        with journal.open_again() as again:
            seen.append(read(again))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert len(seen) == 1


def read_again(path: Path, key: Key | None) -> list[tuple[Any, ...]]:
    with Journal.open(path, key=key, clock=Clock()) as journal:
        return read(journal)


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> Key | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def path(tmp_path: Path, key: Key | None) -> Path:
    path = tmp_path / "here" / "journal.moodlab"
    with Journal.create(path, key=key, clock=Clock()) as journal:
        for ago in range(30):
            journal.days.rate(TODAY - timedelta(days=30 + ago), "mood", 4000)
    return path


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("laid", LAID)
def test_what_is_laid_beside_it_is_moved_before_it_is_played(
    path: Path, key: Key | None, tmp_path: Path, laid: str, act: str
) -> None:
    ending, make = LAID[laid]
    aside = tmp_path / "aside"
    aside.mkdir()
    stray = make(path, aside, key)
    with Journal.open(path, key=key, clock=Clock()) as journal:
        for ago in range(5):
            journal.days.write_note(TODAY - timedelta(days=ago), f"later {ago} " * 50)
        before = read(journal)

        shutil.copy(stray, f"{path}{ending}")
        ACTS[act](journal)
        journal.days.rate(TODAY, "mood", 7000)

        after = read(journal)
        assert set(before) < set(after)
        assert [row[2] for row in set(after) - set(before)] == [7000]
    assert read_again(path, key) == after
    assert [problem for problem in check_file(path, key=key) if problem.what != "copy"] == []
    assert list_kept(path)
    assert not Path(f"{path}{ending}").exists()


def test_a_log_that_comes_just_as_a_save_begins_is_not_said_to_be_saved_into(
    path: Path, key: Key | None, tmp_path: Path
) -> None:
    stray = older_wal(path, tmp_path, key)
    with Journal.open(path, key=key, clock=Clock()) as journal:
        sees = journal.ledger.connection.guard.sees_something
        looks = []

        def lay_after_look() -> bool:
            """The moment in which nothing can be done against it."""
            seen = sees()
            if not looks:
                shutil.copy(stray, f"{path}-wal")
            looks.append(seen)
            return bool(seen)

        journal.ledger.connection.guard.sees_something = lay_after_look
        with pytest.raises(JournalUnusable, match="not saved"):
            journal.days.rate(TODAY, "mood", 7000)

    with Journal.open(path, key=key, clock=Clock()) as journal:
        assert "mood" not in journal.days.read_ratings(TODAY, TODAY)
        journal.days.rate(TODAY, "mood", 7000)
    with Journal.open(path, key=key, clock=Clock()) as journal:
        assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 7000


def test_a_save_of_this_process_is_not_taken_for_something_laid_there(
    path: Path, key: Key | None
) -> None:
    with Journal.open(path, key=key, clock=Clock()) as journal:
        connection = journal.ledger.connection
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO journal VALUES (?, ?)", [(str(n), "x" * 900) for n in range(300)]
        )
        assert Path(f"{path}-journal").stat().st_size

        with pytest.raises(JournalBusy):
            open_second_connection(path, key=key, busy_seconds=0.05)

        assert Path(f"{path}-journal").exists()
        connection.execute("ROLLBACK")
        journal.days.rate(TODAY, "mood", 7000)
    assert list_kept(path) == ()
    assert len(read_again(path, key)) == 31


CUT_OFF = """
import os, sys
from pathlib import Path
from moodlab.store.file.engine import connect
from tests.store.file.beside.strays import KEY
c = connect(Path(sys.argv[1]), key=KEY if sys.argv[2] == "encrypted" else None)
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE rating SET value_thousandths = 1000")
for number in range(300):
    c.execute("INSERT INTO journal VALUES (?, ?)", (str(number), "x" * 900))
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
def test_a_save_of_another_process_that_was_cut_off_is_taken_back(
    path: Path, key: Key | None
) -> None:
    kind = "plain" if key is None else "encrypted"
    with Journal.open(path, key=key, clock=Clock()) as journal:
        before = read(journal)
        subprocess.run([sys.executable, "-c", CUT_OFF, str(path), kind], check=False)
        assert Path(f"{path}-journal").stat().st_size

        assert read(journal) == before
        journal.days.rate(TODAY, "mood", 7000)

        assert not Path(f"{path}-journal").exists()
    assert len(read_again(path, key)) == 31
    assert check_file(path, key=key) == ()


def test_what_lies_beside_it_and_can_not_be_moved_stops_the_save(
    path: Path, key: Key | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = foreign_wal(tmp_path)
    with Journal.open(path, key=key, clock=Clock()) as journal:
        before = read(journal)
        shutil.copy(stray, f"{path}-wal")

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", refuse)
            with pytest.raises(JournalUnusable, match=r"journal\.moodlab-wal"):
                journal.days.rate(TODAY, "mood", 7000)
            with pytest.raises(JournalUnusable, match=r"journal\.moodlab-wal"):
                read(journal)
    assert read_again(path, key) == before
