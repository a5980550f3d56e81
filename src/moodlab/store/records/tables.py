"""Whole tables of the journal, for exports and for taking in another journal."""

from collections.abc import Sequence
from typing import Any

from moodlab.domain.intake import Tables
from moodlab.store.file.engine import Connection
from moodlab.store.file.migrations import KEYS
from moodlab.store.ledger.history import HISTORY_COLUMNS


def read_tables(connection: Connection) -> Tables:
    """Return the rows of every table that a person's data stand in, each ordered by its key.

    Built-in metrics are the app's own and are left out.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    for table, keys in KEYS.items():
        where = " WHERE is_custom" if table == "metric" else ""
        tables[table] = read_rows(
            connection, f"SELECT * FROM {table}{where} ORDER BY {', '.join(keys)}"
        )
    return tables


def read_history(connection: Connection) -> Sequence[dict[str, Any]]:
    """Return every change ordered by its id, without the batch it was made in."""
    return read_rows(connection, f"SELECT {', '.join(HISTORY_COLUMNS)} FROM change ORDER BY id")


def read_rows(
    connection: Connection, query: str, parameters: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
