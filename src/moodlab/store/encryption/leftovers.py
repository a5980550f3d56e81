"""Finds and settles the files that an interrupted change of the passphrase left.

New files are built as ``.NAME.rekey-part`` beside the old one. Those of the backups wait, complete,
as ``.NAME.rekey-ready`` until the journal itself is replaced, which decides: a ready file that
begins as the journal does (the salt, or the words of a plain file) takes its place, any other is
from a change that never happened and goes.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from moodlab.atomic_replace import sync_folder
from moodlab.store.backups.names import backups_folders
from moodlab.store.encryption.crypto import SALT_BYTES
from moodlab.store.file.engine import Connection, sqlite

PLAIN_BEGINNING = b"SQLite format 3\x00"
_PART, _READY = ".rekey-part", ".rekey-ready"


def part_of(path: Path) -> Path:
    """Return the path at which the new file for `path` is built."""
    return path.with_name(f".{path.name}{_PART}")


def ready_for(path: Path) -> Path:
    """Return the path of a backup's finished new file until it replaces the old one."""
    return path.with_name(f".{path.name}{_READY}")


def settle_leftovers(connection: Connection, path: Path, salt: bytes | None) -> None:
    """Finish or remove what an interrupted change of the passphrase left; usually nothing.

    Does nothing while another process holds the journal's write lock, as it may be at work.
    """
    real, folders = Path(os.path.realpath(path)), backups_folders(path)
    if not (part_of(real).exists() or any(any(_leftovers_in(folder)) for folder in folders)):
        return
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite.OperationalError:
        return
    else:
        for folder in folders:
            settle(real, folder, salt or PLAIN_BEGINNING)
        connection.execute("ROLLBACK")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def settle(path: Path, folder: Path, beginning: bytes) -> None:
    """Settle leftovers beside the journal and in a backups folder. Call it under the write lock."""
    with suppress(OSError):
        part_of(path).unlink(missing_ok=True)
    for leftover in list(_leftovers_in(folder)):
        with suppress(OSError):
            # What decided must outlast a power cut before anything follows it.
            sync_folder(path.parent)
            if leftover.name.endswith(_READY) and _begins_with(leftover, beginning):
                leftover.replace(leftover.with_name(leftover.name[1 : -len(_READY)]))
            else:
                leftover.unlink()


def _begins_with(path: Path, beginning: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(SALT_BYTES) == beginning


def _leftovers_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.startswith(".") and path.name.endswith((_PART, _READY)):
                yield path
