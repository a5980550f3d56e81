"""Totals of questionnaires, daily measures and pinned Days when in the journal."""

import json
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.diary import Pin
from moodlab.domain.tracking.questionnaires import (
    Measure,
    Questionnaire,
    refuse_odd_questionnaire,
)
from moodlab.store.errors import reading
from moodlab.store.file.engine import read_rows
from moodlab.store.file.timestamps import read_recorded, recorded_columns
from moodlab.store.ledger.history import Ledger


class QuestionnaireBook:
    """Reads and writes the tables `questionnaire`, `measure` and `pin`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, given: Questionnaire) -> Changes:
        """Add a total or replace the one with its id. Raises Refused as `domain` says."""
        refuse_odd_questionnaire(given, self._ledger.clock().date())
        return self._put(
            "questionnaire",
            {
                "id": given.id,
                "day": given.day.isoformat(),
                "name": given.name,
                "total": given.total,
                "lowest": given.lowest,
                "highest": given.highest,
            },
        )

    def pin(self, pin: Pin) -> Changes:
        """Keep a Days when, which the page then counts."""
        conditions = json.dumps([list(each) for each in pin.conditions], ensure_ascii=False)
        return self._put("pin", {"id": pin.id, "conditions": conditions})

    def delete(self, table: str, row_id: str) -> Changes:
        """Move a total, a measure or a pin (`table` says which) to the bin."""
        with self._ledger.batch(f"delete {table}") as batch:
            batch.remove(table, {"id": row_id})
        return self._ledger.changes

    @reading()
    def read_all(self) -> tuple[Questionnaire, ...]:
        """Return every total, by day."""
        rows = read_rows(
            self._ledger.connection, "SELECT * FROM questionnaire ORDER BY day, name, id"
        )
        return tuple(
            Questionnaire(
                row["id"], date.fromisoformat(row["day"]), row["name"], row["total"],
                row["lowest"], row["highest"], read_recorded(row),
            )
            for row in rows
        )  # fmt: skip

    @reading()
    def read_measures(self, first: date, last: date) -> tuple[Measure, ...]:
        """Return the measures from `first` to `last`, by day."""
        rows = self._ledger.connection.execute(
            "SELECT id, day, kind, value, unit, source FROM measure WHERE day BETWEEN ? AND ?"
            " ORDER BY day, kind, source",
            (first.isoformat(), last.isoformat()),
        )
        return tuple(
            Measure(row_id, date.fromisoformat(day), kind, value, unit, source)
            for row_id, day, kind, value, unit, source in rows
        )

    @reading()
    def read_pins(self) -> tuple[Pin, ...]:
        """Return every pinned Days when."""
        return read_pins(self._ledger)

    def _put(self, table: str, row: dict[str, Any]) -> Changes:
        with self._ledger.batch(table) as batch:
            before = batch.read(table, row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put(table, row | recorded_columns(batch.recorded))
        return self._ledger.changes


def read_pins(ledger: Ledger) -> tuple[Pin, ...]:
    """Return every pin by its id. Raises ValueError or TypeError for one that can't be read."""
    rows = ledger.connection.execute("SELECT id, conditions FROM pin ORDER BY id").fetchall()
    return tuple(
        Pin(row_id, tuple((m, op, int(n)) for m, op, n in json.loads(conditions)))
        for row_id, conditions in rows
    )
