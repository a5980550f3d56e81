"""Undo and redo: reverse the latest step from the history, also after a restart."""

from typing import Any

from moodlab.domain.steps import Step
from moodlab.store.errors import reading
from moodlab.store.file.engine import Connection
from moodlab.store.file.migrations import KEYS
from moodlab.store.ledger.history import Ledger, read_kept
from moodlab.store.records.beginning import BEGIN, begin_journal, has_begun

IMPORT = "import"

_NEWEST_STANDING = (
    "SELECT id, kind FROM batch WHERE undoes IS NULL AND undone_by IS NULL"
    " ORDER BY number DESC LIMIT 1"
)
# The undo made last, as long as no other step was made since; a redo is not itself redone.
_NEWEST_UNDO = (
    "SELECT undo.id, undo.kind FROM batch AS undo JOIN batch AS step ON step.id = undo.undoes"
    " WHERE step.undoes IS NULL AND undo.undone_by IS NULL AND undo.number >"
    " (SELECT coalesce(max(number), 0) FROM batch WHERE undoes IS NULL)"
    " ORDER BY undo.number DESC LIMIT 1"
)


def undo(ledger: Ledger) -> Step | None:
    """Undo the latest step that is not undone; None if there is none.

    An import is removed with its history, as if it had never happened.
    """
    found = _find(ledger, _NEWEST_STANDING)
    if found is None:
        return None
    if found[1] == IMPORT:
        return take_back_import(ledger, found[0])
    return _reverse(ledger, *found)


def redo(ledger: Ledger) -> Step | None:
    """Redo the step undone last, unless something was written since."""
    found = _find(ledger, _NEWEST_UNDO)
    return None if found is None else _reverse(ledger, *found)


@reading()
def _find(ledger: Ledger, query: str) -> tuple[str, str] | None:
    found: tuple[str, str] | None = ledger.connection.execute(query).fetchone()
    return found


@reading()
def _read_changes(connection: Connection, batch_id: str) -> list[tuple[str, Any, Any]]:
    """Return the table, row before and row after of each change of a batch, latest first."""
    rows = connection.execute(
        "SELECT row_table, before, after FROM change WHERE batch = ? ORDER BY number DESC",
        (batch_id,),
    ).fetchall()
    if not KEYS.keys() >= {table for table, _, _ in rows}:
        raise LookupError("a table that is none")
    return [
        (table, before and read_kept(before), after and read_kept(after))
        for table, before, after in rows
    ]


def _reverse(ledger: Ledger, target: str, kind: str) -> Step:
    """Reverse one batch; reversing an undo makes the step that it undid stand again."""
    connection = ledger.connection
    with ledger.batch(kind):
        for table, before, after in _read_changes(connection, target):
            ledger.restore(table, before, after)
        connection.execute("UPDATE batch SET undoes = ? WHERE id = ?", (target, ledger.batch_id))
        connection.execute("UPDATE batch SET undone_by = ? WHERE id = ?", (ledger.batch_id, target))
        _let_stand_again(connection, target)
        return Step(target, kind, ledger.changes)


def _let_stand_again(connection: Connection, undo_id: str) -> None:
    undone = connection.execute("SELECT undoes FROM batch WHERE id = ?", (undo_id,)).fetchone()[0]
    if undone is not None:
        connection.execute("UPDATE batch SET undone_by = NULL WHERE id = ?", (undone,))


def take_back_import(ledger: Ledger, batch_id: str) -> Step:
    """Undo an import: remove its rows with their history, and restore what it replaced.

    Each row gets the values that its last change outside the import left.
    """
    connection = ledger.connection
    with ledger.batch("undo import", undoable=False):
        touched = connection.execute(
            "SELECT DISTINCT row_table, row_key FROM change WHERE batch = ?", (batch_id,)
        ).fetchall()
        order = list(KEYS)
        for table, key in sorted(touched, key=lambda pair: order.index(pair[0]), reverse=True):
            ledger.restore_exactly(table, key, _left_by_others(connection, table, key, batch_id))
        connection.execute("DELETE FROM change WHERE batch = ?", (batch_id,))
        # No trace of either step: the next export equals the one before the import.
        forgotten = [batch_id, ledger.batch_id]
        if not has_begun(ledger):
            # The import had made an empty journal into another one: this step begins it anew.
            connection.execute("DELETE FROM batch WHERE kind = ?", (BEGIN,))
            begin_journal(ledger)
            connection.execute("UPDATE batch SET kind = ? WHERE id = ?", (BEGIN, forgotten.pop()))
        connection.executemany("DELETE FROM batch WHERE id = ?", [(name,) for name in forgotten])
        return Step(batch_id, IMPORT, ledger.changes)


def _left_by_others(connection: Connection, table: str, key: str, batch_id: str) -> Any:
    found = connection.execute(
        "SELECT after FROM change WHERE row_table = ? AND row_key = ? AND batch <> ?"
        " ORDER BY number DESC LIMIT 1",
        (table, key, batch_id),
    ).fetchone()
    return read_kept(found[0]) if found and found[0] else None
