"""Undo and redo: reverse the latest step from the history, also after a restart."""

from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.history.steps import RowChange, Step
from moodlab.store.errors import reading
from moodlab.store.file.engine import Connection
from moodlab.store.file.migrations import KEYS
from moodlab.store.ledger.history import CHANGED_BY_TABLE, Ledger, read_kept
from moodlab.store.records.beginning import BEGIN, begin_journal, has_begun

IMPORT = "import"

_NEWEST_STANDING = (
    "SELECT id, kind, number FROM batch WHERE undoes IS NULL AND undone_by IS NULL"
    " ORDER BY number DESC LIMIT 1"
)
# The undo made last, as long as no other step was made since; a redo is not itself redone.
_NEWEST_UNDO = (
    "SELECT undo.id, undo.kind, undo.number FROM batch AS undo"
    " JOIN batch AS step ON step.id = undo.undoes"
    " WHERE step.undoes IS NULL AND undo.undone_by IS NULL AND undo.number >"
    " (SELECT coalesce(max(number), 0) FROM batch WHERE undoes IS NULL)"
    " ORDER BY undo.number DESC LIMIT 1"
)


def undo(ledger: Ledger) -> Step | None:
    """Undo the latest step that is not undone; None if there is none.

    An import is removed with its history, as if it had never happened.
    """
    step = next_undo(ledger)
    if step is None:
        return None
    if step.kind == IMPORT:
        return take_back_import(ledger, step.id)
    return _reverse(ledger, step)


def redo(ledger: Ledger) -> Step | None:
    """Redo the step undone last, unless something was written since."""
    found = _find(ledger, _NEWEST_UNDO)
    if found is None:
        return None
    return _turned(_reverse(ledger, found))


def next_undo(ledger: Ledger) -> Step | None:
    """Return the step that `undo` would take back, as it was made; None if there is none."""
    return _find(ledger, _NEWEST_STANDING)


def next_redo(ledger: Ledger) -> Step | None:
    """Return the step that `redo` would bring back, as it was made; None if there is none."""
    found = _find(ledger, _NEWEST_UNDO)
    return None if found is None else _turned(found)


@reading()
def newest_number(ledger: Ledger) -> int:
    """Return the number of the newest step, an undo too; 0 in an empty journal."""
    row = ledger.connection.execute("SELECT coalesce(max(number), 0) FROM batch").fetchone()
    return int(row[0])


def _turned(undo_step: Step) -> Step:
    """Return the step that an undo took back, from the rows of the undo."""
    return undo_step._replace(rows=tuple(change.reversed for change in undo_step.rows))


@reading()
def _find(ledger: Ledger, query: str) -> Step | None:
    found = ledger.connection.execute(query).fetchone()
    if found is None:
        return None
    batch_id, kind, number = found
    # An import may hold a hundred thousand rows, and is told as one.
    changes = () if kind == IMPORT else _read_changes(ledger.connection, batch_id)
    rows = tuple(RowChange(*change) for change in reversed(changes))
    touched = Changes.NOTHING
    for change in rows:
        touched |= CHANGED_BY_TABLE[change.table]
    return Step(batch_id, kind, touched, number, rows)


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


def _reverse(ledger: Ledger, step: Step) -> Step:
    """Reverse one batch; reversing an undo makes the step that it undid stand again."""
    connection, target = ledger.connection, step.id
    with ledger.batch(step.kind):
        for change in reversed(step.rows):
            ledger.restore(*change)
        connection.execute("UPDATE batch SET undoes = ? WHERE id = ?", (target, ledger.batch_id))
        with ledger.rewriting("batch", "id = :id", id=target):
            connection.execute(
                "UPDATE batch SET undone_by = ? WHERE id = ?", (ledger.batch_id, target)
            )
        _let_stand_again(ledger, target)
        return step._replace(changes=ledger.changes)


def _let_stand_again(ledger: Ledger, undo_id: str) -> None:
    where = "id = (SELECT undoes FROM batch WHERE id = :undo)"
    with ledger.rewriting("batch", where, undo=undo_id) as undone:
        ledger.connection.execute(f"UPDATE batch SET undone_by = NULL WHERE {where}", undone)


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
        with ledger.rewriting("change", "batch = :id", id=batch_id) as imported:
            connection.execute("DELETE FROM change WHERE batch = :id", imported)
        # No trace of either step: the next export equals the one before the import.
        forgotten = [batch_id, ledger.batch_id]
        with ledger.rewriting("batch", "id = :id OR kind = :begin", id=batch_id, begin=BEGIN):
            if not has_begun(ledger):
                # The import had made an empty journal into another one: this step begins it anew.
                connection.execute("DELETE FROM batch WHERE kind = ?", (BEGIN,))
                begin_journal(ledger)
                connection.execute(
                    "UPDATE batch SET kind = ? WHERE id = ?", (BEGIN, forgotten.pop())
                )
            connection.executemany(
                "DELETE FROM batch WHERE id = ?", [(name,) for name in forgotten]
            )
        return Step(batch_id, IMPORT, ledger.changes)


def _left_by_others(connection: Connection, table: str, key: str, batch_id: str) -> Any:
    found = connection.execute(
        "SELECT after FROM change WHERE row_table = ? AND row_key = ? AND batch <> ?"
        " ORDER BY number DESC LIMIT 1",
        (table, key, batch_id),
    ).fetchone()
    return read_kept(found[0]) if found and found[0] else None
