"""Whether two journal files hold the same: compared before the new one replaces the old."""

from collections.abc import Iterator
from itertools import zip_longest

from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.contents import find_damage
from moodlab.store.file.engine import Connection

_NUMBERS = ("user_version", "application_id", "foreign_key_check")


def verify_same(source: Connection, made: Connection, key: Key | None) -> None:
    """Compare structure, numbers and every row; `key` is the one of the file that was made.

    Raises JournalUnusable where they differ or the new file is not sound.
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
