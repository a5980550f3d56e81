"""Keeps a sum over the whole history in the journal, so that pages of different ages are noticed.

Each row of `batch` and `change` gives the SHA-256 of its content; the sum is that of all, modulo
2^256. The order doesn't count, so a step adds its own rows and takes off what it deletes: it costs
the same however long the history is. The tables are compared with the history, not summed.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from moodlab.store.file.engine import Connection

KEY = "ledger_sum"
_COLUMNS = {
    "batch": ("number", "id", "kind", "at", "undoes", "undone_by"),
    "change": (
        "number", "id", "batch", "row_table", "row_key", "before", "after", "recorded_at",
        "offset_minutes", "recorded_day",
    ),
}  # fmt: skip
_READ = {table: f"SELECT {', '.join(names)} FROM {table}" for table, names in _COLUMNS.items()}
# A step with its changes, in one query, as each save waits for it.
_OWN = (
    f"SELECT {', '.join(f'{table}.{name}' for table in _COLUMNS for name in _COLUMNS[table])}"
    " FROM batch LEFT JOIN change ON change.batch = batch.id WHERE batch.id = ?"
)
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
        query = f"{_READ[table]} WHERE number = ?"
        found = (row for number in numbers for row in self._connection.execute(query, number))
        return _sum_rows(table, found)

    def _sum_own(self) -> int:
        found = self._connection.execute(_OWN, (self._batch,)).fetchall()
        width = len(_COLUMNS["batch"])
        steps = [row[:width] for row in found[:1]]
        changes = [row[width:] for row in found if row[width] is not None]
        return _sum_rows("batch", steps) + _sum_rows("change", changes)


def read_sum(connection: Connection) -> str | None:
    """Return the sum that is kept; None where there is none."""
    found = connection.execute("SELECT value FROM journal WHERE key = ?", (KEY,)).fetchone()
    return None if found is None else str(found[0])


def sum_ledger(connection: Connection) -> int:
    """Return the sum over the whole history, which reads all of it."""
    return sum(_sum_rows(table, connection.execute(query)) for table, query in _READ.items())


def differs_from_sum(connection: Connection) -> bool:
    """Whether the history is another than the sum was made over.

    A journal that an earlier version wrote last has no sum, and doesn't differ from it.
    """
    kept = read_sum(connection)
    return kept is not None and kept != _spell(sum_ledger(connection))


def _sum_rows(table: str, rows: Iterable[tuple[Any, ...]]) -> int:
    # Not at the start, which shall not wait for OpenSSL.
    from hashlib import sha256

    total = 0
    for row in rows:
        content = json.dumps([table, *row]).encode()
        total += int.from_bytes(sha256(content).digest(), "big")
    return total


def _spell(total: int) -> str:
    return f"{total % _MODULUS:064x}"
