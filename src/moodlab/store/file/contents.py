"""Counts what a journal file holds, and checks that all of it can be read."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file.engine import APPLICATION_ID, Connection, connect
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.schema import refuse_odd

# What a person entered or imported; the other tables are set-up and history.
_ENTRIES = (
    "rating", "day", "lab_result", "treatment", "event", "question", "measure", "questionnaire",
)  # fmt: skip


_HISTORY = ("batch", "change")


class Contents(NamedTuple):
    """The number of rows by table, of days with entries, and of the schema."""

    rows: Mapping[str, int]
    days: int
    schema: int

    @property
    def entries(self) -> int:
        """The number of things that a person entered or imported."""
        return sum(self.rows.get(table, 0) for table in _ENTRIES)


def count_contents(connection: Connection) -> Contents:
    """Count what a journal of any schema holds."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    known = [name for (name,) in tables if name in KEYS or name in _HISTORY]
    days = "SELECT count(*) FROM (SELECT day FROM rating UNION SELECT day FROM day)"
    return Contents(
        {
            name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
            for name in known
        },
        int(connection.execute(days).fetchone()[0]),
        int(connection.execute("PRAGMA user_version").fetchone()[0]),
    )


def verify_file(path: Path, key: Key | None = None) -> Contents:
    """Read every page of a journal file and count it. Raises JournalUnusable; writes nothing."""
    with translated_errors():
        connection = connect(path, read_only=True, key=key)
        try:
            if is_journal(connection):
                refuse_odd(connection, path.name)
            if not is_journal(connection) or next(find_damage(connection, key), None):
                raise JournalUnusable(
                    translate("copies", "{name} is damaged or not a journal.").format(
                        name=path.name
                    )
                )
            return count_contents(connection)
        finally:
            connection.close()


def is_journal(connection: Connection) -> bool:
    """Whether the file's application id is MoodLab's."""
    return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)


def find_damage(connection: Connection, key: Key | None) -> Iterator[str]:
    """Yield what SQLite's check finds, and for an encrypted file the check-sum of each page."""
    if key is not None:
        # First, as a page that was tampered with may also stop the other check.
        for (line,) in connection.execute("PRAGMA cipher_integrity_check"):
            yield str(line)
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield str(line)
