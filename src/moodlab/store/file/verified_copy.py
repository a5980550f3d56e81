"""Copies a journal file through SQLite, page by page, and compares the copy with it.

The bytes of an open journal are never copied directly: that could catch it halfway through a save,
and closing the file would drop this process's locks on it.
"""

import os
import time
from pathlib import Path

from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file.beside.guarding import connect_guarded
from moodlab.store.file.contents import Contents, count_contents, is_journal, verify_file
from moodlab.store.file.engine import Connection, connect
from moodlab.store.file.schema import refuse_odd

_TRIES = 3
_PAGES_AT_ONCE = 64
_PATIENCE_SECONDS = 10.0


def write_verified(
    source: Path, key: Key | None, draft: Path, *, only_read: bool = False
) -> Contents:
    """Fill an empty draft with a copy of the journal at `source` and verify it.

    Raises JournalUnusable if the source can't be read whole or the copy differs.
    """
    with translated_errors():
        connection = connect_guarded(source, key, read_only=only_read)
        try:
            if not is_journal(connection):
                raise JournalUnusable(
                    translate("copies", "{name} is not a journal.").format(name=source.name)
                )
            refuse_odd(connection, source.name)
            return _write(connection, draft, key)
        finally:
            connection.close()


def _write(connection: Connection, draft: Path, key: Key | None) -> Contents:
    for _ in range(_TRIES):
        version = connection.execute("PRAGMA data_version").fetchone()
        _write_pages(connection, draft, key)
        wanted = count_contents(connection)
        contents = verify_file(draft, key)
        if contents == wanted:
            return contents
        if connection.execute("PRAGMA data_version").fetchone() == version:
            raise JournalUnusable(translate("copies", "The backup does not match the journal."))
        # Somebody saved before it was counted: once more.
        os.truncate(draft, 0)
    raise _kept_writing()


def _write_pages(connection: Connection, draft: Path, key: Key | None) -> None:
    """Copy page by page and release the lock after every few, so that saves don't wait.

    A save in between restarts the copying. VACUUM INTO would hold the lock until its end.
    """
    latest = time.monotonic() + _PATIENCE_SECONDS

    def give_up_late(*_: object) -> None:
        if time.monotonic() > latest:
            raise _kept_writing()

    target = connect(draft, key=key)
    try:
        # A draft that is cut off is dropped, and a finished one is made durable as a whole.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        connection.backup(target, pages=_PAGES_AT_ONCE, sleep=0.01, progress=give_up_late)
    finally:
        target.close()


def _kept_writing() -> JournalUnusable:
    return JournalUnusable(
        translate("copies", "Other programs keep writing to the journal. Try again in a moment.")
    )
