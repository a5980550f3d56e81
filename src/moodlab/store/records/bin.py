"""The bin: what was deleted and not put back. It has no table; the history tells.

A cleared answer is not in the bin but in the history of its day. A day that was deleted as a whole
is one thing.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from moodlab.domain.changes import Changes
from moodlab.domain.courses import course_text, find_overlaps
from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.history.deletions import DAY, KINDS, NOTE, Deleted, day_contents
from moodlab.domain.history.steps import DELETE_DAY
from moodlab.domain.labs import analytes
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_from
from moodlab.store.ledger.history import Ledger, read_kept, row_key
from moodlab.store.records.days import DayBook
from moodlab.store.records.treatments import TreatmentBook

# What goes and comes with what it belongs to, and names it in a column of that name.
_CHILDREN = {"treatment": ("dose", "as_needed"), "metric": ("metric_span",)}
_FOUND = "row_table, row_key, before, recorded_at, offset_minutes, recorded_day, batch"
_IN_BIN = ", ".join(f"'{table}'" for table in KINDS if table not in (DAY, NOTE))
_GONE = (
    f"SELECT {_FOUND}, number FROM change WHERE row_table IN ({_IN_BIN})"
    " AND after IS NULL AND before IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.row_table = change.row_table"
    " AND later.row_key = change.row_key AND later.number > change.number)"
)
# What was deleted in the step and at the moment in which one row was, and was not touched since.
# The step alone does not tell: an import brings a whole history in one. Nor does the moment alone:
# two steps may share one.
_REMOVED_WITH = (
    "SELECT row_table, before FROM change WHERE after IS NULL AND before IS NOT NULL"
    " AND (batch, recorded_at) = (SELECT batch, recorded_at FROM change"
    " WHERE row_table = ? AND row_key = ? AND after IS NULL ORDER BY number DESC LIMIT 1)"
    " AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.row_table = change.row_table"
    " AND later.row_key = change.row_key AND later.number > change.number)"
)
# The change that emptied the note of each day whose note is still empty.
_EMPTIED_NOTES = (
    f"SELECT {_FOUND}, max(number) FROM change WHERE row_table = 'day'"
    " AND json_extract(before, '$.note') <> ''"
    " AND coalesce(json_extract(after, '$.note'), '') = ''"
    " AND NOT EXISTS (SELECT 1 FROM day WHERE day = row_key AND note <> '') GROUP BY row_key"
)


# What went with each day that was deleted as a whole, and was not touched since. After an import
# nobody knows by which step a day's row went; the moment tells what went together.
_DELETED_DAYS = (
    "SELECT gone.row_table, gone.row_key, gone.before, gone.recorded_at, gone.offset_minutes,"
    " gone.recorded_day, gone.batch, gone.number"
    " FROM change AS whole JOIN batch ON batch.id = whole.batch JOIN change AS gone"
    " ON (gone.row_table, gone.row_key) = ('day', whole.row_key) OR (gone.row_table = 'rating'"
    " AND gone.row_key >= whole.row_key || ' ' AND gone.row_key < whole.row_key || '!')"
    f" WHERE whole.row_table = 'day' AND whole.after IS NULL AND batch.kind IN ('{DELETE_DAY}',"
    " 'import') AND (+gone.batch, gone.recorded_at) = (whole.batch, whole.recorded_at)"
    " AND gone.after IS NULL AND gone.before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change"
    " AS later WHERE later.row_table = gone.row_table AND later.row_key = gone.row_key"
    " AND later.number > gone.number) ORDER BY gone.number"
)


class _Gone(NamedTuple):
    """What the history says of one thing in the bin; of a day, all rows that went with it."""

    table: str
    key: str
    rows: Sequence[tuple[str, dict[str, Any]]]
    at: str
    offset_minutes: int
    recorded_day: str
    batch: str
    number: int

    @property
    def row(self) -> dict[str, Any]:
        """The row itself."""
        return self.rows[0][1]


class Bin:
    """Reads the bin and puts things back."""

    def __init__(self, ledger: Ledger, days: DayBook) -> None:
        self._ledger = ledger
        self._days = days

    @reading()
    def read(self) -> tuple[Deleted, ...]:
        """Return everything in the bin, latest deletion first."""
        found = sorted(self._find(), key=lambda gone: gone.number, reverse=True)
        return tuple(
            Deleted(
                gone.table,
                gone.key,
                recorded_from(gone.at, gone.offset_minutes, gone.recorded_day),
                self._words(gone),
                f"{gone.batch} {gone.at}",
                tuple((table, row_key(table, row)) for table, row in gone.rows)
                if gone.table == DAY
                else (),
            )
            for gone in found
        )

    def put_back(self, *items: Deleted) -> Changes:
        """Put things back with their own moments, a treatment with its doses, in one step.

        Raises Refused, and puts nothing back, if one is no longer in the bin, or if two courses of
        one treatment would share days.
        """
        found = {(gone.table, gone.key): gone for gone in self._find()}
        with self._ledger.batch("put back"):
            for item in items:
                gone = found.get((item.table, item.key))
                if gone is None:
                    raise Refused(
                        translate("bin", "“{words}” is no longer in the bin.").format(
                            words=item.words
                        )
                    )
                self._put_back(item, gone)
        return self._ledger.changes

    def _put_back(self, item: Deleted, gone: _Gone) -> None:
        if item.table == NOTE:
            row = gone.row
            self._days.write_note(
                date.fromisoformat(item.key), row["note"], for_doctor=row["note_for_doctor"]
            )
            return
        for table, row in gone.rows:
            # The row by which the bin knows the day may say nothing itself.
            if table != DAY or day_contents([(table, row)]):
                self._ledger.restore(table, row, None)
        for table, child in self._children_of(item):
            self._ledger.restore(table, child, None)
        if item.table == "treatment":
            self._refuse_shared_days(item)

    def _refuse_shared_days(self, item: Deleted) -> None:
        """Refuse a course whose doses moved to another one, or that shares days with another."""
        treatments = TreatmentBook(self._ledger).read_all()
        if all(treatment.id != item.key for treatment in treatments):
            raise Refused(
                translate("bin", "The doses of “{words}” are in another course now.").format(
                    words=item.words
                )
            )
        for pair in find_overlaps(treatments):
            if item.key in (pair[0].id, pair[1].id):
                raise Refused(
                    translate(
                        "bin", "“{words}” has courses that share days then: {one}, and {other}."
                    ).format(words=item.words, one=course_text(pair[0]), other=course_text(pair[1]))
                )

    @reading()
    def _find(self) -> list[_Gone]:
        execute = self._ledger.connection.execute
        days: dict[tuple[str, str], _Gone] = {}
        for found in execute(_DELETED_DAYS).fetchall():
            table, key, before, at, offset, recorded_day, batch, number = found
            day = key.partition(" ")[0]
            known = days.get((day, batch))
            rows = (*(known.rows if known else ()), (table, read_kept(before)))
            days[day, batch] = _Gone(DAY, day, rows, at, offset, recorded_day, batch, number)
        whole = {(gone.key, gone.batch) for gone in days.values()}
        return [
            *(gone for gone in days.values() if day_contents(gone.rows)),
            *(
                _Gone(table, key, ((table, read_kept(before)),), *rest)
                for table, key, before, *rest in execute(_GONE).fetchall()
            ),
            *(
                _Gone(NOTE, key, ((DAY, read_kept(before)),), *rest)
                for _, key, before, *rest in execute(_EMPTIED_NOTES).fetchall()
                if (key, rest[-2]) not in whole
            ),
        ]

    def _words(self, gone: _Gone) -> str:
        if gone.table == DAY:
            return f"{_day(gone.key)}: {day_contents(gone.rows)}"
        if gone.table == "lab_result":
            return self._name_result(gone.row)
        return _words(gone.table, gone.key, gone.row)

    def _name_result(self, row: dict[str, Any]) -> str:
        known = analytes.BY_ID.get("_".join(filter(None, (row["assay"], row["analyte"]))))
        own = self._ledger.read("analyte", {"id": row["analyte"]}) or {}
        name = known.label if known else own.get("label", row["analyte"])
        return " ".join(filter(None, (name, row["printed"], row["unit"]))) + (
            f", {_day(row['collected'])}"
        )

    def _children_of(self, item: Deleted) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the doses or spans that went with it: those removed in the same step, at once."""
        if item.table not in _CHILDREN:
            return
        removed = self._ledger.connection.execute(_REMOVED_WITH, (item.table, item.key)).fetchall()
        for table, before in removed:
            row = read_kept(before)
            if table in _CHILDREN[item.table] and row[item.table] == item.key:
                yield table, row


def _words(table: str, key: str, row: dict[str, Any]) -> str:
    """Return the words by which a person knows a deleted row."""
    match table:
        case "treatment":
            return str(row["name"])
        case "event":
            return f"{row['text']}, {_day(row['first_day'])}"
        case "question":
            return str(row["text"])
        case "questionnaire":
            return f"{row['name']} {row['total']}, {_day(row['day'])}"
        case "measure":
            return f"{row['kind']} {row['value']}, {_day(row['day'])}"
        case "metric" | "analyte":
            return str(row["label"])
        case "pin":
            conditions = json.loads(row["conditions"])
            return ", ".join(str(metric) for metric, *_ in conditions)
        case _:
            return f"{row['note']}, {_day(key)}"


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))
