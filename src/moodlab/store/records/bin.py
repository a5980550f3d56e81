"""The bin: what was deleted and not put back. It has no table; the history tells.

A cleared answer is not in the bin but in the history of its day.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from moodlab.domain.changes import Changes
from moodlab.domain.courses import course_text, find_overlaps
from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.history.deletions import KINDS, NOTE, Deleted
from moodlab.domain.labs import analytes
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_from
from moodlab.store.ledger.history import Ledger, read_kept
from moodlab.store.records.days import DayBook
from moodlab.store.records.treatments import TreatmentBook

# What goes and comes with what it belongs to, and names it in a column of that name.
_CHILDREN = {"treatment": ("dose", "as_needed"), "metric": ("metric_span",)}
_GONE = (
    "SELECT row_table, row_key, before, recorded_at, offset_minutes, recorded_day, number"
    " FROM change WHERE after IS NULL AND before IS NOT NULL AND NOT EXISTS (SELECT 1 FROM change"
    " AS later WHERE later.row_table = change.row_table AND later.row_key = change.row_key"
    " AND later.number > change.number)"
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
    "SELECT 'note', row_key, before, recorded_at, offset_minutes, recorded_day, max(number)"
    " FROM change WHERE row_table = 'day' AND json_extract(before, '$.note') <> ''"
    " AND coalesce(json_extract(after, '$.note'), '') = ''"
    " AND NOT EXISTS (SELECT 1 FROM day WHERE day = row_key AND note <> '') GROUP BY row_key"
)


class Bin:
    """Reads the bin and puts things back."""

    def __init__(self, ledger: Ledger, days: DayBook) -> None:
        self._ledger = ledger
        self._days = days

    @reading()
    def read(self) -> tuple[Deleted, ...]:
        """Return everything in the bin, latest deletion first."""
        found = sorted(self._find(), key=lambda pair: pair[1], reverse=True)
        return tuple(deleted for deleted, _ in found)

    def put_back(self, item: Deleted) -> Changes:
        """Put one thing back with its own moment, and a treatment with its doses.

        This is a step that can be undone. Raises Refused if it is no longer in the bin, or if
        two courses of one treatment would share days.
        """
        row = self._row_of(item)
        with self._ledger.batch("put back") as batch:
            if item.table == NOTE:
                self._days.write_note(
                    date.fromisoformat(item.key), row["note"], for_doctor=row["note_for_doctor"]
                )
            else:
                batch.restore(item.table, row, None)
                for table, child in self._children_of(item):
                    batch.restore(table, child, None)
                if item.table == "treatment":
                    self._refuse_shared_days(item)
        return self._ledger.changes

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

    def _row_of(self, item: Deleted) -> dict[str, Any]:
        for found in self._rows():
            if (found[0], found[1]) == (item.table, item.key):
                return read_kept(found[2])
        raise Refused(
            translate("bin", "“{words}” is no longer in the bin.").format(words=item.words)
        )

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        execute = self._ledger.connection.execute
        yield from (row for row in execute(_GONE).fetchall() if row[0] in KINDS)
        yield from execute(_EMPTIED_NOTES).fetchall()

    def _find(self) -> Iterator[tuple[Deleted, int]]:
        for table, key, before, at, offset, day, number in self._rows():
            row = read_kept(before)
            words = self._name_result(row) if table == "lab_result" else _words(table, key, row)
            yield Deleted(table, key, recorded_from(at, offset, day), words), number

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
