"""Journal files: telling them from anything else, making new ones, opening them.

What a file is, is read from its header before SQLite touches it, so that a refused file stays
byte for byte as it was. Only the first opening in a process reads it: closing any handle on a file
drops this process's SQLite locks on it.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.i18n import translate
from moodlab.store import migrations
from moodlab.store.engine import (
    APPLICATION_ID,
    Connection,
    connect,
    load_sqlite_utils,
    sqlite,
    wrap,
)
from moodlab.store.failures import translated_errors

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"
_PAGE_SIZE, _PAGES, _USER_VERSION, _APPLICATION_ID = (
    slice(16, 18), slice(28, 32), slice(60, 64), slice(68, 72),
)  # fmt: skip
_FOREIGN = (
    (b"PK", "a zip archive"),
    (b"%PDF", "a PDF"),
    (b"<?xml", "an XML file"),
    (b"{", "a JSON or text file"),
)


def create_database(path: Path) -> Connection:
    """Make an empty journal at `path` and return its connection.

    It is built beside its place and linked there when complete, so that a crash leaves nothing half
    made. Raises Refused when something is there already, JournalUnusable when it can't be written.
    """
    if os.path.lexists(path):
        raise Refused(
            translate(
                "store", "{name} is already there. MoodLab never overwrites a journal."
            ).format(name=path.name)
        )
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with translated_errors():
            connection = connect(draft)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply_all(wrap(connection), load_sqlite_utils().Migrations)
            connection.close()
        os.link(draft, path)
        sync_folder(path.parent)
    except OSError as error:
        raise JournalUnusable(
            translate("store", "No journal can be made at {path}: {reason}.").format(
                path=path, reason=os.strerror(error.errno or 0)
            )
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return connect(path)


def open_database(path: Path, *, read_only: bool = False) -> Connection:
    """Open the journal at `path`, after making sure that it is one this version understands.

    Raises JournalUnusable, with the file unchanged, for anything else.
    """
    version = _examine(path)
    try:
        with translated_errors():
            connection = connect(path, read_only=read_only)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if version < migrations.SCHEMA_VERSION and not read_only:
                    migrations.apply_all(wrap(connection), load_sqlite_utils().Migrations)
            except sqlite.Error:
                connection.close()
                raise
    except JournalUnusable as error:
        raise JournalUnusable(
            translate("store", "{name} can't be opened. {reason}").format(
                name=path.name, reason=error.sentence
            )
        ) from error
    return connection


def open_second_connection(path: Path) -> Connection:
    """Open a journal that this process has open already, for work beside the window."""
    with translated_errors():
        return connect(path)


def _examine(path: Path) -> int:
    """Return the schema version of the journal at `path`. Raises JournalUnusable if it is none."""
    header = _read_header(path)
    problem = _problem_with(header)
    if problem is None and _is_cut_off(path, header):
        problem = translate("store", "{name} is cut off: a part is missing. Nothing was changed.")
    if problem:
        raise JournalUnusable(problem.format(name=path.name))
    return int.from_bytes(header[_USER_VERSION], "big")


def _is_cut_off(path: Path, header: bytes) -> bool:
    """Whether pages that the header counts are missing.

    While a rollback journal lies beside, the file may be caught half way and SQLite mends it.
    """
    if path.with_name(f"{path.name}-journal").exists():
        return False
    page_size = int.from_bytes(header[_PAGE_SIZE], "big")
    pages = int.from_bytes(header[_PAGES], "big")
    # SQLite writes 1 for pages of 65536 bytes.
    return path.stat().st_size < pages * (65536 if page_size == 1 else page_size)


def _read_header(path: Path) -> bytes:
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise JournalUnusable(
                translate("store", "{name} is a folder, not a journal.").format(name=path.name)
            )
        if not stat.S_ISREG(path.stat().st_mode):
            raise JournalUnusable(
                translate("store", "{name} is not a file, so no journal.").format(name=path.name)
            )
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise JournalUnusable(
            translate(
                "store", "There is no journal at {path}. “moodlab init” makes an empty one."
            ).format(path=path)
        ) from None
    except OSError as error:
        raise JournalUnusable(
            translate("store", "{name} can't be read: {reason}.").format(
                name=path.name, reason=os.strerror(error.errno or 0)
            )
        ) from error


def _problem_with(header: bytes) -> str | None:
    if not header:
        return translate("store", "{name} is empty, so it is no journal. Nothing was changed.")
    if not header.startswith(_MAGIC):
        for magic, kind in _FOREIGN:
            if header.startswith(magic):
                return translate(
                    "store", "{{name}} is {kind}, not a journal. Nothing was changed."
                ).format(kind=kind)
        return translate(
            "store",
            "{name} is not a journal that can be read (it may be a text, or encrypted)."
            " Nothing was changed.",
        )
    if len(header) < _HEADER_BYTES:
        return translate("store", "{name} is cut off after a few bytes. Nothing was changed.")
    if int.from_bytes(header[_APPLICATION_ID], "big") != APPLICATION_ID:
        return translate("store", "{name} is another program's database. Nothing was changed.")
    if int.from_bytes(header[_USER_VERSION], "big") > migrations.SCHEMA_VERSION:
        return translate(
            "store",
            "{name} was written by a newer MoodLab. Open it with that one; nothing was changed.",
        )
    return None


def sync_folder(folder: Path) -> None:
    """Make a new or replaced name in `folder` durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
