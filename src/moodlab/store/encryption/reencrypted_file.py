"""Rewrites a journal file under another key, or none, and compares the two."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from moodlab.atomic_replace import keep_owner, make_private_file
from moodlab.domain.errors import JournalDamaged, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.side_files import clear_name
from moodlab.store.file.contents import find_damage
from moodlab.store.file.engine import Connection, connect, file_uri
from moodlab.store.file.schema import find_odd, tell_odd

_NUMBERS = ("user_version", "application_id", "foreign_key_check")


def write_rekeyed(source: Path, source_key: Key | None, target: Path, key: Key | None) -> None:
    """Export `source` to the new file `target`, encrypted with `key`, and compare both.

    Reads the source only. `target` has its owner, is private and not yet durable. Raises
    JournalDamaged if the source can't be read whole, FileExistsError, and SQLite's errors.
    """
    clear_name(target)
    make_private_file(target)
    keep_owner(target, source)
    reading = connect(source, read_only=True, key=source_key)
    try:
        if find_odd(reading):
            # Copying the schema would run what it says.
            raise JournalDamaged(tell_odd(source.name))
        if next(find_damage(reading, source_key), None) is not None:
            raise JournalDamaged(
                translate(
                    "security",
                    "{name} is damaged. Restore a backup first. “moodlab check” shows details.",
                ).format(name=source.name)
            )
        numbers = {
            name: reading.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id")
        }
        reading.execute(
            "ATTACH ? AS target KEY ?",
            (file_uri(target, "rw"), key.spelled if key else ""),
        )
        # A file that is dropped after any failure needs no journal; it is synced once, complete.
        reading.execute("PRAGMA target.journal_mode = OFF")
        reading.execute("PRAGMA target.synchronous = OFF")
        reading.execute("SELECT sqlcipher_export('target')")
        for name, number in numbers.items():  # which the export leaves out
            reading.execute(f"PRAGMA target.{name} = {number}")
        reading.execute("DETACH target")
        made = connect(target, read_only=True, key=key)
        try:
            verify_same(reading, made, key)
        finally:
            made.close()
    finally:
        reading.close()


def verify_same(source: Connection, made: Connection, key: Key | None) -> None:
    """Compare schema, version numbers and every row; `key` opens the new file.

    Raises JournalUnusable if they differ or the new file is damaged.
    """
    if next(find_damage(made, key), None) is not None or next(_differences(source, made), None):
        raise JournalUnusable(translate("security", "The new file does not match the journal."))


def _differences(source: Connection, made: Connection) -> Iterator[str]:
    for name in _NUMBERS:
        if _read(source, f"PRAGMA {name}") != _read(made, f"PRAGMA {name}"):
            yield name
    schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    if _read(source, schema) != _read(made, schema):
        yield "schema"
        return
    tables = [str(row[1]) for row in _read(source, schema) if row[0] == "table"]
    for table in tables:
        # Both come in the order of the table's own key.
        every = f'SELECT * FROM "{table}"'
        pairs = zip_longest(source.execute(every), made.execute(every))
        if any(one != other for one, other in pairs):
            yield table


def _read(connection: Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(statement)]
