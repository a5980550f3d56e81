"""A day's own history, read from the ledger, and putting back what once stood there."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.courses import course_text, find_overlaps
from moodlab.domain.errors import Refused
from moodlab.domain.history.day_changes import DayChange
from moodlab.domain.history.steps import Row, RowChange
from moodlab.domain.ratings import DayState
from moodlab.domain.treatments import refuse_odd_treatment
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import UNKNOWN, recorded_from
from moodlab.store.gate import Gate
from moodlab.store.ledger.history import Ledger, read_kept
from moodlab.store.records.days import DayBook
from moodlab.store.records.treatments import TreatmentBook

_SAID_OF_A_DAY = ("state", "note", "note_for_doctor", "left_empty")
# The columns that tell on which day an entry stands.
_DAYS_OF = {
    "event": ("first_day", "last_day"),
    "dose": ("first_day",),
    "as_needed": ("day",),
    "treatment": ("last_day",),
    "lab_result": ("collected",),
    "question": ("asked_day",),
    "questionnaire": ("day",),
    "measure": ("day",),
}
# Of these, a day has one.
_ONCE_A_DAY = {"measure": ("day", "kind", "source"), "as_needed": ("day", "treatment")}
_COURSES = ("treatment", "dose", "as_needed")
_CHANGE = (
    "SELECT number, id, row_table, row_key, before, after, recorded_at, offset_minutes,"
    " recorded_day FROM change WHERE "
)


class DayHistory:
    """Reads what was written about a day and when, and puts a value of then back."""

    def __init__(self, ledger: Ledger, days: DayBook) -> None:
        self._ledger = ledger
        self._days = days

    @reading()
    def read(self, day: date) -> tuple[DayChange, ...]:
        """Return every entry of `day` that was written, changed or taken away, latest first.

        What was erased for good is not among them.
        """
        rows = sorted(self._rows_of(day), reverse=True)
        return tuple(change for row in rows for change in self._changes_in(row))

    def holds(self, key: str) -> bool:
        """Whether there is a change with this key that something stood before."""
        change = self._find(key)
        return change is not None and change.change.before is not None

    def put_back(self, key: str) -> Changes:
        """Bring an entry to what it was before the change with this key. One step.

        It has its own moment again, as after an undo. Raises Refused where that can't be any more.
        """
        change = self._find(key)
        if change is None or change.change.before is None:
            raise Refused(translate("history", "That value is no longer in the history."))
        table, before = change.change.table, change.change.before
        with self._ledger.batch("put back") as batch:
            if table == "day":
                self._say_again(change.about, before)
            else:
                self._check(table, before)
                batch.restore(table, before, None)
                if table in _COURSES:
                    self._refuse_odd_courses(before["id" if table == "treatment" else "treatment"])
        return self._ledger.changes

    @reading()
    def _find(self, key: str) -> DayChange | None:
        change_id, _, about = key.partition(".")
        row = self._ledger.connection.execute(_CHANGE + "id = ?", (change_id,)).fetchone()
        if row is None or not (row[2] in _DAYS_OF or row[2] in ("day", "rating")):
            return None
        return next((each for each in self._changes_in(row) if each.about == about), None)

    def _rows_of(self, day: date) -> Iterator[tuple[Any, ...]]:
        execute, text = self._ledger.connection.execute, day.isoformat()
        yield from execute(_CHANGE + "row_table = 'day' AND row_key = ?", (text,)).fetchall()
        yield from execute(
            _CHANGE + "row_table = 'rating' AND row_key >= ? AND row_key < ?",
            (f"{text} ", f"{text}!"),
        ).fetchall()
        for table, columns in _DAYS_OF.items():
            days = ", ".join(
                f"json_extract({side}, '$.{column}')"
                for side in ("before", "after")
                for column in columns
            )
            yield from execute(
                _CHANGE + f"row_table = ? AND ? IN ({days})", (table, text)
            ).fetchall()

    def _changes_in(self, row: tuple[Any, ...]) -> Iterator[DayChange]:
        _, change_id, table, _, *sides, at, offset, recorded_day = row
        before, after = (side and read_kept(side) for side in sides)
        moment = recorded_from(at, offset, recorded_day)
        change = RowChange(table, before, after)
        now = self._ledger.read(table, before) if before else None
        if table != "day":
            if _content(before) != _content(after):
                can_return = before is not None and _content(before) != _content(now)
                yield DayChange(change_id, change, "", moment, can_return)
            return
        for about in _SAID_OF_A_DAY:
            stood, stands = _part(before, about), _part(after, about)
            if stood != stands:
                can_return = stood is not None and stood != _part(now, about)
                yield DayChange(f"{change_id}.{about}", change, about, moment, can_return)

    def _say_again(self, about: str, before: Mapping[str, Any]) -> None:
        day = date.fromisoformat(before["day"])
        if about == "state":
            self._days.mark(day, DayState(before["state"]))
        elif about == "note":
            self._days.write_note(day, before["note"])
        elif about == "note_for_doctor":
            self._days.write_note(day, self._days.read_day(day).note, for_doctor=True)
        else:
            self._days.leave_empty(day)

    def _check(self, table: str, row: Mapping[str, Any]) -> None:
        """Raise Refused for what no save can hold, or what hangs on something that is gone."""
        with reading():
            refusal = self._ask_the_gate(table, row)
        if refusal is not None:
            raise refusal
        read = self._ledger.read
        if table in ("dose", "as_needed") and read("treatment", {"id": row["treatment"]}) is None:
            raise Refused(translate("history", "Its treatment is in the bin. Put that back first."))
        if table == "rating" and read("metric", {"id": row["metric"]}) is None:
            raise Refused(translate("history", "That is not rated any more."))
        if (names := _ONCE_A_DAY.get(table)) is not None:
            same = " AND ".join(f"{name} = ?" for name in names)
            twin = self._ledger.connection.execute(
                f"SELECT 1 FROM {table} WHERE {same} AND id <> ?",
                (*(row[name] for name in names), row["id"]),
            )
            if twin.fetchone():
                raise Refused(translate("history", "That day has another entry of it now."))

    def _ask_the_gate(self, table: str, row: Mapping[str, Any]) -> Refused | None:
        gate = Gate(self._ledger.clock(), self._days.read_own_metrics())
        try:
            gate.check_row(table, row)
        except Refused as refusal:
            return refusal
        return None

    def _refuse_odd_courses(self, treatment_id: str) -> None:
        courses = TreatmentBook(self._ledger).read_all()
        course = next((each for each in courses if each.id == treatment_id), None)
        if course is None:
            raise Refused(
                translate("history", "Its doses are gone. Put the treatment back from the bin.")
            )
        refuse_odd_treatment(course)
        for one, other in find_overlaps(courses):
            if treatment_id in (one.id, other.id):
                raise Refused(
                    translate(
                        "history", "Two courses would share days then: {one}, and {other}."
                    ).format(one=course_text(one), other=course_text(other))
                )


def _content(row: Row) -> dict[str, Any] | None:
    """Return a row without its moment."""
    return None if row is None else {name: row[name] for name in row if name not in UNKNOWN}


def _part(row: Row, about: str) -> int | str | None:
    """Return one column of a day; what is empty or off counts as not said."""
    value: int | str | None = row.get(about) if row else None
    return value or None
