"""Keeps a sum over the whole history in the journal, so that pages of different ages are noticed.

Each row of `batch` and `change` gives the SHA-256 of its content; the sum is that of all, modulo
2^256. The order doesn't count, so a step adds its own rows and takes off what it deletes: it costs
the same however long the history is. The tables are compared with the history, not summed.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from moodlab.store.file.engine import Connection

KEY = "ledger_sum"
_COLUMNS = {
    "batch": "number, id, kind, at, undoes, undone_by",
    "change": "number, id, batch, row_table, row_key, before, after, recorded_at, offset_minutes,"
    " recorded_day",
}
# The column that names the step to which a row of the history belongs.
_STEP = {"batch": "id", "change": "batch"}
_MODULUS = 1 << 256


class StepSum:
    """What one step, the batch of this id, adds to the sum."""

    def __init__(self, connection: Connection, batch: str) -> None:
        self._connection = connection
        self._batch = batch
        self._earlier = 0

    @contextmanager
    def rewriting(self, table: str, where: str, values: dict[str, Any]) -> Iterator[None]:
        """Keep the sum right while rows of earlier steps, those `where` finds, are rewritten."""
        numbers = self._connection.execute(
            f"SELECT number FROM {table} WHERE ({where}) AND {_STEP[table]} <> :own",
            values | {"own": self._batch},
        ).fetchall()
        self._earlier -= self._sum_numbered(table, numbers)
        yield
        self._earlier += self._sum_numbered(table, numbers)

    def write(self) -> None:
        """Write the sum anew at the end of the step; begin it where there is none."""
        kept = read_sum(self._connection)
        try:
            total = (
                sum_ledger(self._connection)
                if kept is None
                else int(kept, 16) + self._earlier + self._sum_own()
            )
        except ValueError:
            return  # somebody else's, which `check` names
        self._connection.execute(
            "INSERT INTO journal VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            (KEY, _spell(total)),
        )

    def _sum_numbered(self, table: str, numbers: Iterable[tuple[int]]) -> int:
        query = f"SELECT {_COLUMNS[table]} FROM {table} WHERE number = ?"
        found = (row for number in numbers for row in self._connection.execute(query, number))
        return _sum_rows(table, found)

    def _sum_own(self) -> int:
        return sum(
            _sum_rows(
                table,
                self._connection.execute(
                    f"SELECT {columns} FROM {table} WHERE {_STEP[table]} = ?", (self._batch,)
                ),
            )
            for table, columns in _COLUMNS.items()
        )


def read_sum(connection: Connection) -> str | None:
    """Return the sum that is kept; None where there is none."""
    found = connection.execute("SELECT value FROM journal WHERE key = ?", (KEY,)).fetchone()
    return None if found is None else str(found[0])


def sum_ledger(connection: Connection) -> int:
    """Return the sum over the whole history, which reads all of it."""
    return sum(
        _sum_rows(table, connection.execute(f"SELECT {columns} FROM {table}"))
        for table, columns in _COLUMNS.items()
    )


def differs_from_sum(connection: Connection) -> bool:
    """Whether the history is another than the sum was made over.

    A journal that an earlier version wrote last has no sum, and doesn't differ from it.
    """
    kept = read_sum(connection)
    return kept is not None and kept != _spell(sum_ledger(connection))


def _sum_rows(table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    total = 0
    for row in rows:
        content = json.dumps([table, *row], separators=(",", ":")).encode()
        total += int.from_bytes(sha256(content).digest(), "big")
    return total


def _spell(total: int) -> str:
    return f"{total % _MODULUS:064x}"
