"""Sifts another journal's rows and history at the gate: what can't be kept stays out, and is named.

A row that is refused takes with it what hangs on it: a treatment its doses, a metric its ratings.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.domain.intake import JournalIntake, RowProblem
from moodlab.store.file.migrations import KEYS
from moodlab.store.gate import Gate, rows_by_treatment
from moodlab.store.ledger.history import row_key

Row = Mapping[str, Any]
_OF_A_TREATMENT = ("dose", "as_needed")
_OF_A_METRIC = ("metric_span", "rating")


def sift(intake: JournalIntake, gate: Gate) -> tuple[JournalIntake, tuple[RowProblem, ...]]:
    """Return the journal without what can't be kept, and what was refused, with its place.

    A place is the table and the number of the row in it. Raises ValueError, TypeError or
    LookupError where a row is no record at all.
    """
    return _Sifting(intake, gate).sift()


class _Sifting:
    def __init__(self, intake: JournalIntake, gate: Gate) -> None:
        self._intake = intake
        self._gate = gate
        self._problems: list[RowProblem] = []
        self._gone: dict[str, set[str]] = defaultdict(set)
        self._by_treatment = {
            table: rows_by_treatment(intake.tables.get(table, ())) for table in _OF_A_TREATMENT
        }

    def sift(self) -> tuple[JournalIntake, tuple[RowProblem, ...]]:
        tables: dict[str, list[dict[str, Any]]] = {}
        # Parents come first, so that it is known what hangs on them.
        for table in (name for name in KEYS if name in self._intake.tables):
            tables[table] = [
                row
                for number, row in enumerate(self._intake.tables[table], start=1)
                if self._passes(table, number, row)
            ]
        self._leave_out_lost(tables)
        history = tuple(
            change
            for number, entry in enumerate(self._intake.history, start=1)
            if (change := self._sift_change(number, entry)) is not None
        )
        return JournalIntake(self._intake.source, tables, history), tuple(self._problems)

    def _leave_out_lost(self, tables: Mapping[str, list[dict[str, Any]]]) -> None:
        """Leave out the history of a row that its own end says is there, but is not in the file."""
        there = {(table, row_key(table, row)) for table, rows in tables.items() for row in rows}
        last = {(each["row_table"], each["row_key"]): each for each in self._intake.history}
        for (table, key), change in last.items():
            if change["after"] is not None and (table, key) not in there:
                self._gone[table].add(key)

    def _passes(self, table: str, number: int, row: Row) -> bool:
        passes = not self._hangs_on_refused(table, row) and self._is_taken(
            lambda: self._check(table, row), table, number
        )
        if not passes:
            self._gone[table].add(row_key(table, row))
        return passes

    def _check(self, table: str, row: Row) -> None:
        self._gate.check_row(table, row)
        if table == "treatment":
            parts = (self._by_treatment[name].get(row["id"], ()) for name in _OF_A_TREATMENT)
            self._gate.check_treatment(row, *parts)

    def _hangs_on_refused(self, table: str, row: Row) -> bool:
        if table in _OF_A_TREATMENT:
            return row["treatment"] in self._gone["treatment"]
        return table in _OF_A_METRIC and row["metric"] in self._gone["metric"]

    def _sift_change(self, number: int, change: dict[str, Any]) -> dict[str, Any] | None:
        """Return a change with the sides that can be kept; None for a row that was refused."""
        table = change["row_table"]
        if change["row_key"] in self._gone[table]:
            return None
        self._gate.check_moment(change)
        sifted = dict(change)
        for side in ("before", "after"):
            kept = change[side]
            if not self._is_taken(partial(self._gate.check_side, table, kept), "change", number):
                sifted[side] = None
        return sifted

    def _is_taken(self, check: Callable[[], None], place: str, number: int) -> bool:
        try:
            check()
        except Refused as error:
            self._problems.append(RowProblem(number, error.sentence, place))
            return False
        return True
