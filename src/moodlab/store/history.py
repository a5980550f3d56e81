"""The ledger: every write goes through here, in one transaction, with before and after kept.

Undo, redo, the bin, a day's history and merging all read from the `change` table. A batch is what a
person calls one step.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.days import Clock, Recorded, journal_day, recorded
from moodlab.domain.errors import JournalUnusable
from moodlab.domain.ids import IdMaker, new_id
from moodlab.i18n import translate
from moodlab.store.engine import Connection, sqlite
from moodlab.store.migrations import KEYS

Values = Mapping[str, Any]

CHANGED_BY_TABLE = {
    "journal": Changes.SETTINGS,
    "day": Changes.DAYS,
    "metric": Changes.SETTINGS,
    "metric_span": Changes.SETTINGS,
    "rating": Changes.DAYS,
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


def moment_text(moment: datetime) -> str:
    """Return a UTC moment as stored: ``2026-11-04T21:14:05.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def recorded_columns(record: Recorded) -> dict[str, Any]:
    """Return the three columns that keep when a row was written."""
    return {
        "recorded_at": moment_text(record.at),
        "offset_minutes": record.offset_minutes,
        "recorded_day": record.day.isoformat(),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A batch that can be undone or redone, with what it touched."""

    id: str
    kind: str
    changes: Changes


class Ledger:
    """Writes rows and remembers what they were before.

    `clock` gives the moment of a write, `id_maker` the ids of batches and changes; both are
    replaced in tests and when example data are made.
    """

    def __init__(self, connection: Connection, clock: Clock, id_maker: IdMaker = new_id) -> None:
        self.connection = connection
        self.clock = clock
        self.new_id = id_maker
        self._batch: str | None = None
        self._recorded: Recorded | None = None
        self._changes = Changes.NOTHING

    @contextmanager
    def batch(self, kind: str, at: Recorded | None = None) -> Iterator["Ledger"]:
        """Open one step: all of it becomes durable together, or nothing does.

        Inside another batch it joins it. Raises JournalUnusable when the file cannot be written;
        what was durable before stays.
        """
        if self._batch is not None:
            yield self
            return
        with translated_errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                self._batch, self._changes = self.new_id(), Changes.NOTHING
                self._recorded = at or recorded(self.clock(), self._day_end_minutes())
                self.connection.execute(
                    "INSERT INTO batch (id, kind, at) VALUES (?, ?, ?)",
                    (self._batch, kind, moment_text(self._recorded.at)),
                )
                yield self
                # A step that repeats what is there leaves no trace.
                finish = "COMMIT" if self._changes else "ROLLBACK"
                self.connection.execute(finish)
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            finally:
                self._batch = None
        if self.connection.in_transaction:
            raise RuntimeError("a write was left open and would be lost")

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
        """Insert or replace one row and remember what was there; say whether anything changed."""
        before = self.read(table, row)
        after = dict(row)
        if before is not None and all(before.get(name) == value for name, value in after.items()):
            return False
        merged = {**(before or {}), **after}
        self._write(table, merged)
        self._remember(table, merged, before, merged)
        return True

    def remove(self, table: str, key: Values) -> bool:
        """Take one row out of its table; it stays in the history, which is the bin."""
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

    def undo(self) -> Step | None:
        """Take back the newest step that still stands; None when there is none."""
        return self._reverse(
            "SELECT id, kind FROM batch WHERE undoes IS NULL AND undone_by IS NULL"
            " ORDER BY number DESC LIMIT 1"
        )

    def redo(self) -> Step | None:
        """Bring back the step undone last, as long as nothing else was written since."""
        return self._reverse(
            "SELECT undo.id, undo.kind FROM batch AS undo"
            " JOIN batch AS step ON step.id = undo.undoes"
            " WHERE step.undoes IS NULL AND undo.undone_by IS NULL AND undo.number >"
            " (SELECT coalesce(max(number), 0) FROM batch WHERE undoes IS NULL)"
            " ORDER BY undo.number DESC LIMIT 1"
        )

    def _reverse(self, query: str) -> Step | None:
        """Reverse the batch that `query` finds; reversing an undo brings its batch back."""
        found = self.connection.execute(query).fetchone()
        if found is None:
            return None
        target, kind = found
        with self.batch(kind):
            rows = self.connection.execute(
                "SELECT row_table, before, after FROM change WHERE batch = ? ORDER BY number DESC",
                (target,),
            ).fetchall()
            for table, before, after in rows:
                self._restore(table, before and json.loads(before), after and json.loads(after))
            self.connection.execute(
                "UPDATE batch SET undoes = ? WHERE id = ?", (target, self._batch)
            )
            self.connection.execute(
                "UPDATE batch SET undone_by = ? WHERE id = ?", (self._batch, target)
            )
            self._revive(target)
            return Step(target, kind, self._changes)

    def _revive(self, target: str) -> None:
        """When an undo is itself reversed, the step that it undid stands again."""
        original = self.connection.execute(
            "SELECT undoes FROM batch WHERE id = ?", (target,)
        ).fetchone()[0]
        if original is not None:
            self.connection.execute("UPDATE batch SET undone_by = NULL WHERE id = ?", (original,))

    def _restore(self, table: str, before: Values | None, after: Values | None) -> None:
        if before is not None:
            now = self.read(table, before)
            self._write(table, before)
            self._remember(table, before, now, before)
        elif after is not None:
            self.remove(table, after)

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

    def _day_end_minutes(self) -> int:
        row = self.connection.execute(
            "SELECT value FROM journal WHERE key = 'day_end_minutes'"
        ).fetchone()
        return int(row[0]) if row else 0

    def today(self) -> date:
        """Return the journal day that it is now."""
        return journal_day(self.clock(), self._day_end_minutes())


def row_key(table: str, row: Values) -> str:
    """Return how the history names a row: its key columns, space-separated."""
    return " ".join(str(row[name]) for name in KEYS[table])


def read_recorded(row: Values) -> Recorded:
    """Return the three recorded columns as one value."""
    return recorded_from(row["recorded_at"], row["offset_minutes"], row["recorded_day"])


def recorded_from(at: str, offset_minutes: int, day: str) -> Recorded:
    """Return a Recorded from its stored texts."""
    return Recorded(datetime.fromisoformat(at), offset_minutes, date.fromisoformat(day))


def _json(row: Values) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what SQLite says about the file into a sentence; defects of ours pass through."""
    try:
        yield
    except sqlite.OperationalError as error:
        raise JournalUnusable(_sentence(str(error))) from error


_SENTENCES = (
    ("full", "The disk is full. What you just entered is not saved yet; free some space."),
    ("locked", "Another program is writing to the journal. Try again in a moment."),
    ("readonly", "The journal can't be written: the file or its folder is read-only."),
    ("unable to open", "The journal can't be opened or its folder can't be written."),
    ("disk i/o", "The disk reported an error while saving. What you just entered is not saved."),
)


def _sentence(message: str) -> str:
    for words, sentence in _SENTENCES:
        if words in message.lower():
            return translate("store", sentence)
    return translate("store", "The journal can't be read or written: {error}.").format(
        error=message
    )
