"""The ledger: every write goes through here, in one transaction, with before and after kept.

Undo, redo, the bin, a day's history and merging all read from the `change` table. A batch is what a
person calls one step.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.days import Clock, Recorded, journal_day, recorded
from moodlab.domain.errors import JournalUnusable
from moodlab.domain.ids import IdMaker, new_id
from moodlab.store.errors import Cause, cause_of, reading, translated_errors
from moodlab.store.file.engine import Connection, sqlite
from moodlab.store.file.held_file import HeldFile
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.storable import refuse_unstorable
from moodlab.store.file.timestamps import day_end_from, moment_text, recorded_columns
from moodlab.store.ledger.ledger_sum import StepSum

Values = Mapping[str, Any]

# A change as it goes out and comes in, without the batch in which it was made.
HISTORY_COLUMNS = (
    "id", "row_table", "row_key", "before", "after", "recorded_at", "offset_minutes",
    "recorded_day",
)  # fmt: skip

CHANGED_BY_TABLE = {
    "journal": Changes.SETTINGS,
    "day": Changes.DAYS,
    "metric": Changes.SETTINGS,
    "metric_span": Changes.SETTINGS,
    "rating": Changes.DAYS,
    "analyte": Changes.LABS,
    "lab_result": Changes.LABS,
    "treatment": Changes.TREATMENTS,
    "dose": Changes.TREATMENTS,
    "as_needed": Changes.TREATMENTS,
    "event": Changes.EVENTS,
    "question": Changes.QUESTIONS,
    "measure": Changes.DAYS,
    "questionnaire": Changes.DAYS,
    "pin": Changes.SETTINGS,
}


class Ledger:
    """Writes rows and remembers what they were before.

    `clock` gives the moment of a write, `id_maker` the ids of batches and changes; both are
    replaced in tests and when example data are made.
    """

    def __init__(
        self, connection: Connection, held_file: HeldFile, clock: Clock, id_maker: IdMaker = new_id
    ) -> None:
        self.connection = connection
        self.held_file = held_file
        # Called before a step begins, such as for the day's backup.
        self.before_step: Callable[[], object] | None = None
        # Set where what is in the file forbids writing into it.
        self.why_read_only: str | None = None
        # Opens the file again after the disk failed.
        self.reconnect: Callable[[], Connection] | None = None
        self._is_broken = False
        self.clock = clock
        self.new_id = id_maker
        self._batch: str | None = None
        self._recorded: Recorded | None = None
        self._changes = Changes.NOTHING
        self._has_forgotten = False
        self._sum = StepSum(connection, "")

    @contextmanager
    def batch(
        self, kind: str, at: Recorded | None = None, *, undoable: bool = True
    ) -> Iterator["Ledger"]:
        """Open one step: all of it becomes durable together, or nothing does.

        Inside another batch it joins it; one that is not `undoable` makes the whole step so. Raises
        JournalUnusable when the file cannot be written; what was durable before stays.
        """
        if self._batch is not None:
            if not undoable:
                self._refuse_undo()
            yield self
            return
        if self.why_read_only is not None:
            raise JournalUnusable(self.why_read_only)
        if self.before_step is not None:
            self.before_step()
        with translated_errors(), self._noticing_breaks():
            self.held_file.refuse_another()
            self._mend()
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_log()
                # Replaced while this waited for the lock, as `encrypt` does.
                self.held_file.refuse_another()
                self.held_file.refuse_overwritten(self.connection)
                self._batch, self._changes = self.new_id(), Changes.NOTHING
                self._has_forgotten = False
                self._sum = StepSum(self.connection, self._batch)
                self._recorded = at or recorded(self.clock(), self._day_end_minutes())
                self.connection.execute(
                    "INSERT INTO batch (id, kind, at) VALUES (?, ?, ?)",
                    (self._batch, kind, moment_text(self._recorded.at)),
                )
                if not undoable:
                    self._refuse_undo()
                yield self
                if self._has_forgotten:
                    self._drop_empty_steps()
                if self._changes:
                    self._sum.write()
                # A step that repeats what is there leaves no trace.
                finish = "COMMIT" if self._changes else "ROLLBACK"
                self.connection.execute(finish)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                # After a full disk SQLite leaves a large step to be rolled back by the next reader.
                with suppress(sqlite.DatabaseError):
                    self.connection.take_back()
                raise
            finally:
                self._batch = None
            # Replaced while it was being saved: then it is not in the file that is there now.
            self.held_file.refuse_another()
        if self.connection.in_transaction:
            raise RuntimeError("a write was left open and would be lost")

    def _refuse_log(self) -> None:
        try:
            self.held_file.refuse_log()
        except JournalUnusable:
            self._is_broken = True  # the connection may have taken it in
            raise

    @contextmanager
    def _noticing_breaks(self) -> Iterator[None]:
        try:
            yield
        except (sqlite.DatabaseError, JournalUnusable) as error:
            # What was read inside the batch comes translated.
            said = error.__cause__ if isinstance(error, JournalUnusable) else error
            # SQLCipher never gets over a page that it could not read once.
            is_damage = type(said) is sqlite.DatabaseError
            self._is_broken |= is_damage or cause_of(said) is Cause.DISK
            raise

    def _mend(self) -> None:
        """Reconnect after a disk error; another try may work."""
        if self._is_broken and self.reconnect is not None:
            fresh = self.reconnect()
            self.connection.close()
            self.connection = fresh
            self.held_file.forget_version()
            self._is_broken = False

    @property
    def changes(self) -> Changes:
        """What the present or last batch changed."""
        return self._changes

    @property
    def recorded(self) -> Recorded:
        """The moment that this batch's rows are stamped with."""
        if self._recorded is None:
            raise RuntimeError("only inside a batch")
        return self._recorded

    def put(self, table: str, row: Values) -> bool:
        """Insert or replace one row and keep what was there; return whether anything changed."""
        refuse_unstorable(row)
        before = self.read(table, row)
        after = dict(row)
        if before is not None and all(before.get(name) == value for name, value in after.items()):
            return False
        merged = {**(before or {}), **after}
        self._write(table, merged)
        self._remember(table, merged, before, merged)
        return True

    def remove(self, table: str, key: Values) -> bool:
        """Delete one row; it stays in the history, which is the bin."""
        before = self.read(table, key)
        if before is None:
            return False
        self._delete(table, before)
        self._remember(table, before, before, None)
        return True

    def read(self, table: str, key: Values) -> dict[str, Any] | None:
        """Return the row with these key columns, or None."""
        where = " AND ".join(f"{name} = :{name}" for name in KEYS[table])
        cursor = self.connection.execute(
            f"SELECT * FROM {table} WHERE {where}",
            {name: key[name] for name in KEYS[table]},
        )
        found = cursor.fetchone()
        if found is None:
            return None
        return dict(zip((column[0] for column in cursor.description), found, strict=True))

    def restore(self, table: str, before: Values | None, after: Values | None) -> None:
        """Restore one row to `before`, the state before a change that left `after`."""
        if before is not None:
            now = self.read(table, before)
            whole = {**self._defaults(table), **before}
            self._write(table, whole)
            self._remember(table, whole, now, whole)
        elif after is not None:
            self.remove(table, after)

    def restore_exactly(self, table: str, key: str, row: Values | None) -> None:
        """Set one row to `row`, or delete it if None, without a trace in the history."""
        if row is not None:
            self._write(table, {**self._defaults(table), **row})
        else:
            names = KEYS[table]
            self._delete(table, dict(zip(names, key.split(" "), strict=True)))
        self.note_change(table)

    def forget(self, table: str, key: str, *, keeps_key: bool = False) -> None:
        """Delete one row with its history, and the steps of which nothing is left.

        With `keeps_key` an empty change stays, so that no import brings the row back.
        """
        row = dict(zip(KEYS[table], key.split(" "), strict=True))
        self._delete(table, row)
        where = "row_table = :table AND row_key = :key"
        with self.rewriting("change", where, table=table, key=key) as rows:
            self.connection.execute(f"DELETE FROM change WHERE {where}", rows)
        if keeps_key:
            self._remember(table, row, None, None)
        self.note_change(table, forgets=True)

    def bar(self, table: str, key: Values) -> None:
        """Leave an empty change for a row that is not there, so that no import brings it."""
        self._remember(table, key, None, None)

    def insert(self, table: str, row: Values) -> None:
        """Insert a row that comes from another journal; `append_history` adds its history.

        Raises LookupError for a column that the table does not have.
        """
        columns = self.connection.execute(f"SELECT * FROM {table} LIMIT 0").description
        # The names become SQL, and the file may come from anywhere.
        if not row.keys() <= {column[0] for column in columns}:
            raise LookupError(table)
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(row)})"
            f" VALUES ({', '.join(':' + name for name in row)})",
            dict(row),
        )
        self.note_change(table)

    def begin_history(self, table: str, row: Values) -> None:
        """Remember a row that was inserted without a history as new in this batch."""
        self._remember(table, row, None, self.read(table, row))

    def append_history(self, history: Iterable[Values]) -> None:
        """Add changes that were made in another journal, as part of this batch."""
        names = ", ".join(HISTORY_COLUMNS)
        values = ", ".join(":" + name for name in HISTORY_COLUMNS)
        for change in history:
            self.connection.execute(
                f"INSERT INTO change (batch, {names}) VALUES (:batch, {values})",
                {**change, "batch": self.batch_id},
            )
            self.note_change(change["row_table"])

    def note_change(self, table: str, *, forgets: bool = False) -> None:
        """Count rows of `table` among what this batch changed, though no history says so.

        Where the batch `forgets`, the steps of which nothing is left go when it ends.
        """
        self._changes |= CHANGED_BY_TABLE[table]
        self._has_forgotten |= forgets

    @contextmanager
    def rewriting(self, table: str, where: str, /, **values: Any) -> Iterator[dict[str, Any]]:
        """Let rows of `batch` or `change` be changed or deleted inside: those that `where` finds.

        Whatever rewrites the history does it here, as the journal keeps a sum over it.
        """
        with self._sum.rewriting(table, where, values):
            yield values

    @property
    def batch_id(self) -> str:
        """The id of the batch that is open."""
        if self._batch is None:
            raise RuntimeError("only inside a batch")
        return self._batch

    def _refuse_undo(self) -> None:
        """Mark the open step as one that can't be undone: it undoes itself."""
        self.connection.execute("UPDATE batch SET undoes = id WHERE id = ?", (self._batch,))

    def _drop_empty_steps(self) -> None:
        """Delete the steps of which nothing is left, so that undo doesn't meet them.

        This one goes too if it changed nothing else. What was undone by a step that goes stays
        undone.
        """
        empty = self.connection.execute(
            "SELECT id FROM batch AS step WHERE kind <> 'begin'"
            " AND (id <> ? OR undoes = id)"
            " AND NOT EXISTS (SELECT 1 FROM change WHERE change.batch = step.id)",
            (self._batch,),
        ).fetchall()
        among = "IN (SELECT value FROM json_each(:empty))"
        where = f"id {among} OR undone_by {among} OR undoes {among}"
        ids = json.dumps([name for (name,) in empty])
        with self.rewriting("batch", where, empty=ids) as rows:
            for column in ("undone_by", "undoes"):
                self.connection.execute(
                    f"UPDATE batch SET {column} = id WHERE {column} {among}", rows
                )
            self.connection.execute(f"DELETE FROM batch WHERE id {among}", rows)

    def _defaults(self, table: str) -> dict[str, Any]:
        """Return a table's defaults, for rows of an older schema that lack a column."""
        found = self.connection.execute(
            "SELECT name, dflt_value FROM pragma_table_info(?) WHERE dflt_value IS NOT NULL",
            (table,),
        )
        return {name: text[1:-1] if text.startswith("'") else int(text) for name, text in found}

    def _write(self, table: str, row: Values) -> None:
        names = list(row)
        keys = KEYS[table]
        updates = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(names)})"
            f" VALUES ({', '.join(':' + name for name in names)})"
            f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}",
            dict(row),
        )

    def _delete(self, table: str, row: Values) -> None:
        where = " AND ".join(f"{name} = :{name}" for name in KEYS[table])
        self.connection.execute(
            f"DELETE FROM {table} WHERE {where}",
            {name: row[name] for name in KEYS[table]},
        )

    def _remember(
        self, table: str, key: Values, before: Values | None, after: Values | None
    ) -> None:
        stamp = recorded_columns(self.recorded)
        self.connection.execute(
            "INSERT INTO change (id, batch, row_table, row_key, before, after, recorded_at,"
            " offset_minutes, recorded_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.new_id(), self._batch, table, row_key(table, key),
                before and _json(before), after and _json(after), *stamp.values(),
            ),
        )  # fmt: skip
        self._changes |= CHANGED_BY_TABLE[table]

    @reading()
    def _day_end_minutes(self) -> int:
        row = self.connection.execute(
            "SELECT value FROM journal WHERE key = 'day_end_minutes'"
        ).fetchone()
        return day_end_from(row[0]) if row else 0

    def today(self) -> date:
        """Return the journal day that it is now."""
        return journal_day(self.clock(), self._day_end_minutes())


def row_key(table: str, row: Values) -> str:
    """Return how the history names a row: its key columns, space-separated."""
    return " ".join(str(row[name]) for name in KEYS[table])


@reading()
def read_kept(text: str) -> dict[str, Any]:
    """Return a row as the history keeps it. Raises JournalDamaged."""
    row = json.loads(text)
    if not isinstance(row, dict):
        raise ValueError("no row")  # noqa: TRY004 - the file is wrong, not the program
    return row


def _json(row: Values) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
