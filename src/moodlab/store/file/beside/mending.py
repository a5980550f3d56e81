"""Looks at what lies beside a journal before SQLite does, and lets it play only what belongs there.

MoodLab's own saves leave at most a rollback journal, where they were cut off. It is tried on a copy
first: the journal itself is not touched until it is known that it does not become worse.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from moodlab.atomic_replace import drop_draft, new_draft
from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file.beside.descriptor import hold, read_at, release
from moodlab.store.file.beside.rollback_journal import is_foreign, is_hot
from moodlab.store.file.beside.side_files import (
    ROLLBACK,
    SHARED,
    WAL,
    is_there,
    keep_away_wal,
    kept_name,
    move_aside,
    side_file,
    tell_kept,
)
from moodlab.store.file.contents import find_damage, is_journal
from moodlab.store.file.engine import connect_as_it_lies, sqlite
from moodlab.store.file.header import HEADER_BYTES, is_in_wal_mode

# Where SQLite locks a database: all of it, and the byte that a writer holds.
_ALL_LOCKS, _WRITER = (0x40000000, 512), (0x40000001, 1)
_SOUND, _READABLE, _UNREADABLE = 2, 1, 0
_AT_ONCE = 1 << 20


def settle_side_files(path: Path, key: Key | None) -> tuple[str, ...]:
    """Move aside what does not belong beside the journal at `path`, and finish what was cut off.

    Returns a sentence about each thing that was moved or kept. `key` opens an encrypted journal.
    Raises JournalUnusable, with everything as it was, where the folder can't be written or another
    program is at work.
    """
    said = []
    for ending, settle in ((WAL, _settle_wal), (ROLLBACK, _settle_rollback)):
        if is_there(side_file(path, ending)):
            with _finishing():
                said.append(settle(path, key))
    return tuple(sentence for sentence in said if sentence)


def _settle_wal(path: Path, key: Key | None) -> str:
    """Move a write-ahead log aside, unless another program turned this very file to that mode."""
    wal = side_file(path, WAL)
    if key is not None or wal.is_symlink() or not wal.is_file() or not is_in_wal_mode(path):
        return tell_kept(keep_away_wal(path))
    with _held(path, *_ALL_LOCKS) as file:
        if file is None:
            raise JournalUnusable(
                translate(
                    "store",
                    "Another program has the journal open in a way that MoodLab can't share. Close "
                    "it there, then try again.",
                )
            )
        if _grade(file, path, key, wal, WAL) < _SOUND:
            return tell_kept(keep_away_wal(path))
        kept = _keep_copies(file, path, wal)
        with translated_errors():
            _play(path, key, "PRAGMA journal_mode = DELETE")
        return _tell_finished(kept)


def _settle_rollback(path: Path, key: Key | None) -> str:
    beside = side_file(path, ROLLBACK)
    if beside.is_symlink() or not beside.is_file():
        return tell_kept((move_aside(beside),))
    with _held(path, *_WRITER) as file:
        if file is None or not is_hot(beside):
            return ""  # a save is under way, or SQLite drops it
        if is_foreign(beside, read_at(file, 0, HEADER_BYTES), key):
            return tell_kept((move_aside(beside),))
        before = _grade(file, path, key)
        after = _grade(file, path, key, beside, ROLLBACK)
        if after < before:
            return tell_kept((move_aside(beside),))
        is_doubtful = after < _SOUND or (key is not None and before == _SOUND)
        kept = _keep_copies(file, path, beside) if is_doubtful else ()
        _play(path, key, "SELECT count(*) FROM sqlite_master")
        return _tell_finished(kept) if kept else ""


@contextmanager
def _finishing() -> Iterator[None]:
    """Say what is needed where a change that was cut off can't be finished."""
    try:
        yield
    except FileNotFoundError:
        return  # the save that was under way has ended
    except OSError as error:
        raise JournalUnusable(
            translate(
                "store",
                "A save was interrupted. MoodLab can finish it only if it can write to the folder.",
            )
        ) from error


@contextmanager
def _held(path: Path, begin: int, length: int) -> Iterator[int | None]:
    """Give a descriptor of the file, with SQLite's locks on it; None while others have them.

    Others are other processes. Windows has none of these locks; there a file that is in use can't
    be renamed.
    """
    file = hold(path)
    try:
        if os.name != "posix" or not os.access(path, os.W_OK):
            yield file
            return
        import fcntl

        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, begin)
        except OSError:
            yield None
            return
        try:
            yield file
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN, length, begin)
    finally:
        release(file)


def _play(path: Path, key: Key | None, statement: str) -> None:
    """Let SQLite finish what was cut off, which a connection that only reads can't do."""
    try:
        connection = connect_as_it_lies(path, key)
        try:
            connection.execute(statement).fetchone()
        finally:
            connection.close()
    except sqlite.OperationalError as error:
        raise PermissionError(0, str(error)) from error


def _grade(
    file: int, path: Path, key: Key | None, beside: Path | None = None, ending: str = ""
) -> int:
    """Return how sound a copy of the file is, with what lies beside it played or left out."""
    draft = new_draft(Path(os.path.realpath(path)).parent)
    try:
        _copy(file, draft)
        if beside is not None:
            shutil.copyfile(beside, f"{draft}{ending}")
        return _grade_copy(draft, key)
    finally:
        drop_draft(draft)
        for name in (WAL, SHARED):
            with suppress(OSError):
                Path(f"{draft}{name}").unlink()


def _grade_copy(draft: Path, key: Key | None) -> int:
    connection = None
    try:
        connection = connect_as_it_lies(draft, key)
        if not is_journal(connection):
            return _UNREADABLE
        connection.execute("SELECT count(*) FROM change").fetchone()
        return _READABLE if next(find_damage(connection, key), None) else _SOUND
    except (sqlite.Error, UnicodeDecodeError, MemoryError):
        return _UNREADABLE
    finally:
        if connection is not None:
            connection.close()


def _keep_copies(file: int, path: Path, beside: Path) -> tuple[Path, ...]:
    """Keep the file and what lies beside it, as they are, under other names."""
    real = Path(os.path.realpath(path))
    drafts = new_draft(real.parent), new_draft(real.parent)
    _copy(file, drafts[0])
    shutil.copyfile(beside, drafts[1])
    kept = kept_name(real), kept_name(beside)
    for draft, name in zip(drafts, kept, strict=True):
        draft.rename(name)
    return kept


def _copy(file: int, draft: Path) -> None:
    begin = 0
    with draft.open("wb") as copy:
        while content := read_at(file, begin, _AT_ONCE):
            copy.write(content)
            begin += len(content)


def _tell_finished(kept: tuple[Path, ...]) -> str:
    return translate(
        "store",
        "A change to the journal that was cut off has been finished. The files as they were before "
        "are kept as {names}.",
    ).format(names=", ".join(file.name for file in kept))
