"""Erases a deleted thing or a day for good: from the tables, the history and the file.

Of each row an empty change with its key stays, so that no import restores it. Afterwards the file
is rewritten without its former pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from moodlab.domain.changes import Changes
from moodlab.domain.history.deletions import NOTE, Target
from moodlab.store.file.engine import Connection, sqlite
from moodlab.store.ledger.history import Ledger

ERASE = "erase"
_BY_DAY = ("measure", "questionnaire")
_CHILDREN = ("dose", "as_needed")


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure changed, and whether the file could be rewritten after it.

    If not, because the disk is full or another program is reading, traces may be left in the file's
    free space; `compact` tries again.
    """

    changes: Changes
    is_rewritten: bool


def erase(ledger: Ledger, *targets: Target) -> Erased:
    """Erase the targets for good. Raises JournalUnusable and leaves everything unchanged."""
    with ledger.batch(ERASE, undoable=False) as batch:
        rows: set[tuple[str, str]] = set()
        for target in targets:
            if target.table == NOTE:
                _blank_note(batch, target.key)
            else:
                rows.update(_rows_of(ledger.connection, target))
        for table, key in sorted(rows, key=_children_first):
            batch.forget(table, key, keeps_key=True)
    return Erased(ledger.changes, compact(ledger.connection))


def compact(connection: Connection) -> bool:
    """Rewrite the file without traces of what was deleted; return whether that worked."""
    try:
        connection.execute("VACUUM")
    except sqlite.OperationalError:
        return False
    return True


def holds(connection: Connection, target: Target) -> bool:
    """Whether a journal or backup still holds anything of the target."""
    if target.table == NOTE:
        found = connection.execute(
            "SELECT 1 FROM change WHERE row_table = 'day' AND row_key = ? AND"
            " (json_extract(before, '$.note') <> '' OR json_extract(after, '$.note') <> '')",
            (target.key,),
        ).fetchone()
        return found is not None
    return next(_rows_of(connection, target), None) is not None


def _rows_of(connection: Connection, target: Target) -> Iterator[tuple[str, str]]:
    """Yield every present or past row of the target that still has content."""
    content = "(before IS NOT NULL OR after IS NOT NULL)"
    either = f"SELECT row_table, row_key FROM change WHERE {content} AND "
    if target.table:
        for row in target.rows or ((target.table, target.key),):
            yield from connection.execute(either + "row_table = ? AND row_key = ?", row).fetchall()
        if target.table == "treatment":
            for child in _CHILDREN:
                yield from connection.execute(
                    either + "row_table = ? AND json_extract(coalesce(after, before),"
                    " '$.treatment') = ?",
                    (child, target.key),
                ).fetchall()
        return
    yield from connection.execute(
        either + "row_table = 'day' AND row_key = ?", (target.key,)
    ).fetchall()
    yield from connection.execute(
        either + "row_table = 'rating' AND row_key >= ? AND row_key < ?",
        (f"{target.key} ", f"{target.key}!"),
    ).fetchall()
    for table in _BY_DAY:
        yield from connection.execute(
            either + "row_table = ? AND json_extract(coalesce(after, before), '$.day') = ?",
            (table, target.key),
        ).fetchall()


def _children_first(row: tuple[str, str]) -> tuple[bool, str, str]:
    return (row[0] not in _CHILDREN, *row)


def _blank_note(ledger: Ledger, day: str) -> None:
    connection = ledger.connection
    if not holds(connection, Target(NOTE, day)):
        return
    connection.execute("UPDATE day SET note = '' WHERE day = ?", (day,))
    where = "row_table = 'day' AND row_key = :day"
    with ledger.rewriting("change", where, day=day) as rows:
        for side in ("before", "after"):
            connection.execute(
                f"UPDATE change SET {side} = json_set({side}, '$.note', '')"
                f" WHERE {where} AND {side} IS NOT NULL",
                rows,
            )
        # A change of nothing but the note now says nothing.
        connection.execute(
            f"DELETE FROM change WHERE {where} AND"
            " json_remove(before, '$.recorded_at', '$.offset_minutes', '$.recorded_day') ="
            " json_remove(after, '$.recorded_at', '$.offset_minutes', '$.recorded_day')"
            f" AND number < (SELECT max(number) FROM change WHERE {where})",
            rows,
        )
    ledger.note_change("day", forgets=True)
