"""What SQLite and the system refuse is told by its code, whatever the words are."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable
from moodlab.store.errors import Cause, cause_of, translated_errors
from moodlab.store.file.engine import Connection, connect, sqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    connection = connect(path, create=True)
    connection.execute("CREATE TABLE note (text TEXT)")
    connection.close()
    return path


def refuse(path: Path, act: Callable[[Connection], object], *, read_only: bool = False) -> object:
    connection = connect(path, read_only=read_only)
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        with pytest.raises(sqlite.OperationalError) as refusal:
            act(connection)
    finally:
        connection.close()
    return refusal.value


def write(connection: Connection) -> None:
    connection.execute("INSERT INTO note VALUES (?)", ("x" * 20_000,))


def write_without_room(connection: Connection) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    write(connection)


def test_a_full_disk_is_told_by_its_code(path: Path) -> None:
    assert cause_of(refuse(path, write_without_room)) is Cause.FULL


def test_another_writer_is_told_by_its_code(path: Path) -> None:
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")

    assert cause_of(refuse(path, write)) is Cause.BUSY
    other.close()


def test_a_file_that_is_only_read_is_told_by_its_code(path: Path) -> None:
    assert cause_of(refuse(path, write, read_only=True)) is Cause.READ_ONLY


def test_a_file_that_is_gone_is_told_by_its_code(path: Path) -> None:
    path.unlink()

    with pytest.raises(sqlite.OperationalError) as refusal:
        connect(path)

    assert cause_of(refusal.value) is Cause.UNREACHABLE


def test_an_extended_code_counts_as_its_primary_one() -> None:
    error = sqlite.OperationalError("words that say nothing")
    error.sqlite_errorcode = 10 | 12 << 8  # SQLITE_IOERR_NOMEM

    assert cause_of(error) is Cause.DISK


@pytest.mark.parametrize(
    ("number", "cause"),
    [(errno.ENOSPC, Cause.FULL), (errno.EROFS, Cause.READ_ONLY), (errno.ENOENT, Cause.OTHER)],
)
def test_the_systems_own_errors_have_the_same_causes(number: int, cause: Cause) -> None:
    assert cause_of(OSError(number, "words that say nothing")) is cause


def test_what_has_no_code_is_told_in_the_drivers_words() -> None:
    with (
        pytest.raises(JournalUnusable, match="can't be read or written: odd words"),
        translated_errors(),
    ):
        raise sqlite.OperationalError("odd words")
