"""Treatments and their dose steps in the journal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.days import ONE_DAY
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind, refuse_odd_treatment
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.ledger.history import Ledger


class TreatmentBook:
    """Reads and writes the tables `treatment`, `dose` and `as_needed`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, treatment: Treatment) -> Changes:
        """Add `treatment` or replace the one with its id, including its dose steps."""
        refuse_odd_treatment(treatment)
        with self._ledger.batch("treatment") as batch:
            row = treatment_row(treatment)
            before = batch.read("treatment", row)
            if before is None or any(before[name] != value for name, value in row.items()):
                batch.put("treatment", row | recorded_columns(batch.recorded))
            self._save_doses(treatment)
        return self._ledger.changes

    def delete(self, treatment_id: str) -> Changes:
        """Move a treatment and its doses to the bin."""
        with self._ledger.batch("delete treatment") as batch:
            for table in ("as_needed", "dose"):
                for (row_id,) in self._ledger.connection.execute(
                    f"SELECT id FROM {table} WHERE treatment = ?", (treatment_id,)
                ).fetchall():
                    batch.remove(table, {"id": row_id})
            batch.remove("treatment", {"id": treatment_id})
        return self._ledger.changes

    @reading()
    def read_all(self) -> tuple[Treatment, ...]:
        """Return every treatment by its first day, stopped ones included."""
        connection = self._ledger.connection
        doses: dict[str, list[Dose]] = {}
        for row_id, treatment, first_day, text in connection.execute(
            "SELECT id, treatment, first_day, text FROM dose ORDER BY first_day, id"
        ):
            dose = Dose(row_id, date.fromisoformat(first_day), text)
            doses.setdefault(treatment, []).append(dose)
        as_needed: dict[str, list[date]] = {}
        for treatment, day in connection.execute(
            "SELECT treatment, day FROM as_needed ORDER BY day"
        ):
            as_needed.setdefault(treatment, []).append(date.fromisoformat(day))
        found = [
            Treatment(
                row_id, name, TreatmentKind(kind), tuple(doses[row_id]),
                last_day and date.fromisoformat(last_day), end_reason, noticed,
                tuple(as_needed.get(row_id, ())),
            )
            for row_id, name, kind, last_day, end_reason, noticed in connection.execute(
                "SELECT id, name, kind, last_day, end_reason, noticed FROM treatment"
            )
            if row_id in doses
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda treatment: (treatment.first_day, treatment.id)))

    def find(self, name: str, first_day: date | None) -> Treatment | None:
        """Return the treatment called `name` that a step from `first_day` belongs to.

        That is one running on that day or ending the day before it; without a day, the latest one
        that has not ended.
        """
        folded = name.strip().casefold()
        for treatment in reversed(self.read_all()):
            if treatment.name.casefold() != folded:
                continue
            if first_day is None:
                if treatment.last_day is None:
                    return treatment
            elif treatment.last_day is None or first_day <= treatment.last_day + ONE_DAY:
                return treatment
        return None

    def _save_doses(self, treatment: Treatment) -> None:
        wanted = {dose.id: dose for dose in treatment.doses}
        stored = self._ledger.connection.execute(
            "SELECT id FROM dose WHERE treatment = ?", (treatment.id,)
        ).fetchall()
        for (row_id,) in stored:
            if row_id not in wanted:
                self._ledger.remove("dose", {"id": row_id})
        for dose in _in_order(wanted.values()):
            self._ledger.put("dose", dose_row(treatment, dose))


def treatment_row(treatment: Treatment) -> dict[str, Any]:
    """Return the row of a treatment, without the moment of writing."""
    return {
        "id": treatment.id,
        "name": treatment.name,
        "kind": treatment.kind.value,
        "last_day": treatment.last_day and treatment.last_day.isoformat(),
        "end_reason": treatment.end_reason,
        "noticed": treatment.noticed,
    }


def dose_row(treatment: Treatment, dose: Dose) -> dict[str, Any]:
    """Return the row of one dose step."""
    return {
        "id": dose.id,
        "treatment": treatment.id,
        "first_day": dose.first_day.isoformat(),
        "text": dose.text,
    }


def _in_order(doses: Iterable[Dose]) -> list[Dose]:
    return sorted(doses, key=lambda dose: dose.first_day)
