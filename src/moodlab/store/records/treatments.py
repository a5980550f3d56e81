"""Treatments and their dose steps in the journal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.courses import fold_name
from moodlab.domain.errors import Refused
from moodlab.domain.treatments import (
    AsNeeded,
    Dose,
    Taking,
    Treatment,
    TreatmentKind,
    refuse_odd_taking,
    refuse_odd_treatment,
)
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.engine import read_rows
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.ledger.history import Ledger


class TreatmentBook:
    """Reads and writes the tables `treatment`, `dose` and `as_needed`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def save(self, treatment: Treatment) -> Changes:
        """Add `treatment` or bring the one with its id to this state, dose steps and all."""
        refuse_odd_treatment(treatment)
        with self._ledger.batch("treatment"):
            self._put(treatment)
            self._remove_other_doses(treatment.id, treatment.doses)
            self._put_doses(treatment)
        return self._ledger.changes

    def save_courses(self, name: str, courses: Sequence[Treatment]) -> Changes:
        """Bring the courses called `name` to this state. One that is not among them is removed."""
        before = self.read_courses(name)
        for course in courses:
            if course not in before:
                refuse_odd_treatment(course)
        gone = {course.id for course in before} - {course.id for course in courses}
        with self._ledger.batch("treatment") as batch:
            for course in courses:
                self._put(course)
                # A dose may move to another course, so none is removed before all have their place.
                self._put_doses(course)
            for course in courses:
                self._remove_other_doses(course.id, course.doses)
            for course in before:
                self._move_as_needed(course.id, courses)
            for treatment_id in gone:
                self._remove_other_doses(treatment_id)
                batch.remove("treatment", {"id": treatment_id})
        return self._ledger.changes

    def delete(self, treatment_id: str) -> Changes:
        """Move a treatment and its doses to the bin."""
        with self._ledger.batch("delete treatment") as batch:
            for table in ("as_needed", "dose"):
                for row in self._rows_of(table, treatment_id):
                    batch.remove(table, row)
            batch.remove("treatment", {"id": treatment_id})
        return self._ledger.changes

    def take(self, treatment_id: str, day: date, text: str = "") -> str:
        """Tick a day on which a treatment was taken as needed; return the id of the tick.

        The same day again replaces its text. Raises Refused as `domain` says.
        """
        refuse_odd_taking(day, text, self._ledger.clock().date())
        rows = self._rows_of("as_needed", treatment_id)
        known = next((row["id"] for row in rows if row["day"] == day.isoformat()), None)
        row_id: str = known or self._ledger.new_id()
        row = {"id": row_id, "treatment": treatment_id, "day": day.isoformat(), "text": text}
        with self._ledger.batch("as needed") as batch:
            batch.put("as_needed", row)
        return row_id

    def save_taking(self, taking: Taking) -> Changes:
        """Change a tick. Raises Refused as `domain` says, and for a day that has another."""
        refuse_odd_taking(taking.day, taking.text, self._ledger.clock().date())
        day = taking.day.isoformat()
        rows = self._rows_of("as_needed", taking.treatment)
        if any(row["day"] == day and row["id"] != taking.id for row in rows):
            raise Refused(translate("treatments", "That day is ticked already."))
        with self._ledger.batch("as needed") as batch:
            batch.put(
                "as_needed",
                {"id": taking.id, "treatment": taking.treatment, "day": day, "text": taking.text},
            )
        return self._ledger.changes

    def delete_dose(self, row_id: str) -> Changes:
        """Take a dose step away; the one before goes on. Raises Refused for the only one."""
        course = next(
            each for each in self.read_all() if any(dose.id == row_id for dose in each.doses)
        )
        if len(course.doses) == 1:
            raise Refused(
                translate("treatments", "That is the only dose of {name}. Delete {name}.").format(
                    name=course.name
                )
            )
        with self._ledger.batch("delete dose") as batch:
            batch.remove("dose", {"id": row_id})
        return self._ledger.changes

    def delete_taking(self, row_id: str) -> Changes:
        """Take a tick back. It stays in the history."""
        with self._ledger.batch("delete as needed") as batch:
            batch.remove("as_needed", {"id": row_id})
        return self._ledger.changes

    @reading()
    def read_takings(self) -> tuple[Taking, ...]:
        """Return every day on which a treatment was taken as needed, by day."""
        rows = self._ledger.connection.execute(
            "SELECT id, treatment, day, text FROM as_needed ORDER BY day, id"
        )
        return tuple(
            Taking(row_id, treatment, date.fromisoformat(day), text)
            for row_id, treatment, day, text in rows
        )

    @reading()
    def read_as_needed(self, day: date) -> tuple[AsNeeded, ...]:
        """Return what was ever taken as needed and may be on `day`, by name."""
        rows = self._ledger.connection.execute(
            "SELECT treatment.id, name,"
            " (SELECT id FROM as_needed WHERE treatment = treatment.id AND day = :day)"
            " FROM treatment JOIN dose ON dose.treatment = treatment.id"
            " WHERE treatment.id IN (SELECT treatment FROM as_needed)"
            " GROUP BY treatment.id HAVING min(first_day) <= :day"
            " AND (last_day IS NULL OR last_day >= :day) ORDER BY name, treatment.id",
            {"day": day.isoformat()},
        )
        return tuple(AsNeeded(*row) for row in rows)

    @reading()
    def read_names(self) -> tuple[tuple[str, str], ...]:
        """Return the id and the name of each course, by name."""
        return tuple(
            self._ledger.connection.execute(
                "SELECT id, name FROM treatment ORDER BY name COLLATE NOCASE, id"
            )
        )

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

    def read_courses(self, name: str) -> tuple[Treatment, ...]:
        """Return every course of the treatment called `name`, by its first day."""
        folded = fold_name(name)
        return tuple(each for each in self.read_all() if fold_name(each.name) == folded)

    def _put(self, treatment: Treatment) -> None:
        row = treatment_row(treatment)
        before = self._ledger.read("treatment", row)
        if before is None or any(before[name] != value for name, value in row.items()):
            self._ledger.put("treatment", row | recorded_columns(self._ledger.recorded))

    def _put_doses(self, treatment: Treatment) -> None:
        for dose in sorted(treatment.doses, key=lambda dose: dose.first_day):
            self._ledger.put("dose", dose_row(treatment, dose))

    def _remove_other_doses(self, treatment_id: str, doses: Sequence[Dose] = ()) -> None:
        wanted = {dose.id for dose in doses}
        for row in self._rows_of("dose", treatment_id):
            if row["id"] not in wanted:
                self._ledger.remove("dose", row)

    def _move_as_needed(self, treatment_id: str, courses: Sequence[Treatment]) -> None:
        """Give the single days of a course to the one that holds them now."""
        for row in self._rows_of("as_needed", treatment_id):
            day = date.fromisoformat(row["day"])
            owner = next((course for course in courses if course.holds(day)), courses[0])
            self._ledger.put("as_needed", row | {"treatment": owner.id})

    def _rows_of(self, table: str, treatment_id: str) -> list[dict[str, Any]]:
        return read_rows(
            self._ledger.connection, f"SELECT * FROM {table} WHERE treatment = ?", (treatment_id,)
        )


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
