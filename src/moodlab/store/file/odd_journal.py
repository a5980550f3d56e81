"""Reads a journal with a schema of its own, or of an older version that must stay as it is.

Its rows are copied into a clean one in memory.

Only stored columns of real tables are read, so neither views nor triggers nor generated columns of
the file ever run; each row goes through the rules of our own tables, or stays out.
"""

from pathlib import Path

from moodlab.domain.errors import JournalDamaged
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.file import migrations
from moodlab.store.file.engine import (
    Connection,
    connect,
    connect_in_memory,
    load_sqlite_utils,
    sqlite,
    wrap,
)
from moodlab.store.file.migrations import KEYS

_MOST_BYTES = 256 * 1024 * 1024
_PAGE_BYTES = 4096
_MOST_ROWS = 5_000_000
_STORED = 0  # what `table_xinfo` says of a column that is neither hidden nor generated


def open_in_memory(path: Path, key: Key | None, version: int | None = None) -> Connection:
    """Return a journal in memory with what can be read of the one at `path`. It can't be written.

    The rows of an older `version` are brought up to date as an upgrade would. Raises
    JournalDamaged where it has more than a journal holds.
    """
    steps = migrations.STEPS[:version]
    source = connect(path, read_only=True, key=key)
    made = connect_in_memory(_MOST_BYTES)
    try:
        made.execute(f"PRAGMA max_page_count = {_MOST_BYTES // 2 // _PAGE_BYTES}")
        migrations.apply_all(wrap(made), load_sqlite_utils().Migrations, steps)
        made.execute("BEGIN")
        for table in (*KEYS, "batch", "change"):
            _copy_table(source, made, table)
        made.execute("COMMIT")
        if len(steps) < len(migrations.STEPS):
            migrations.apply_all(wrap(made), load_sqlite_utils().Migrations)
        made.execute("PRAGMA query_only = ON")
    except Exception:
        made.close()
        raise
    finally:
        source.close()
    return made


def _copy_table(source: Connection, made: Connection, table: str) -> None:
    stored = source.execute(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name = ?"
        " AND type = 'table'",
        (table,),
    ).fetchone()[0]
    if not stored:
        return
    there = {row[1] for row in source.execute(f"PRAGMA table_xinfo({table})") if row[6] == _STORED}
    wanted = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
    columns = ", ".join(f'"{name}"' for name in wanted if name in there)
    if not columns:
        return
    places = ", ".join("?" * (columns.count(",") + 1))
    insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({places})"
    # Not by an index: that may be the file's own.
    for number, row in enumerate(source.execute(f"SELECT {columns} FROM main.{table} NOT INDEXED")):
        if number > _MOST_ROWS:
            raise JournalDamaged(
                translate("store", "The journal has more rows than MoodLab can read.")
            )
        try:
            made.execute(insert, row)
        except sqlite.IntegrityError:
            continue  # a value of another kind than the column takes
