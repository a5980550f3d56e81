"""Imports records as one step, which can be undone as a whole.

Importing the same file again writes nothing. A row that differs from the journal's is kept out or
replaces it, as the person chose.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.domain.events import Event
from moodlab.domain.intake import Intake, JournalIntake, RowProblem, Taken
from moodlab.domain.metrics import Every
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate
from moodlab.store.course_imports import CourseArrivals
from moodlab.store.errors import Unreadable, reading
from moodlab.store.file.engine import read_rows, sqlite
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.storable import refuse_unstorable
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.gate import Gate
from moodlab.store.lab_imports import MOST_PROBLEMS, LabArrivals, was_removed
from moodlab.store.lab_people import read_people
from moodlab.store.ledger.history import Ledger, row_key
from moodlab.store.ledger.undoing import IMPORT
from moodlab.store.records.days import DayBook
from moodlab.store.records.events import event_row
from moodlab.store.records.metrics import EVERY, read_every, write_every
from moodlab.store.sifting import sift

# What a row means; when it was written is not part of it.
_STAMP = ("recorded_at", "offset_minutes", "recorded_day")

Row = dict[str, Any]


class DryRun(Exception):
    """Raised inside the step of a dry run, so that nothing of it is written."""


class ImportBook:
    """Writes an import into the journal."""

    def __init__(self, ledger: Ledger, days: DayBook, read_back: Callable[[], object]) -> None:
        """`read_back` reads the whole journal; an import that it can't read is refused."""
        self._ledger = ledger
        self._days = days
        self._read_back = read_back

    def take_any(
        self, intake: Intake | JournalIntake, *, replaces: bool = False, is_dry_run: bool = False
    ) -> Taken:
        """Import what an importer read: records or another journal."""
        if isinstance(intake, JournalIntake):
            return self.take_journal(intake, replaces=replaces, is_dry_run=is_dry_run)
        return self.take(intake, replaces=replaces, is_dry_run=is_dry_run)

    def take(self, intake: Intake, *, replaces: bool = False, is_dry_run: bool = False) -> Taken:
        """Import records. With `replaces`, they replace rows that differ."""
        has_others = bool(intake.ratings or intake.treatments or intake.events)
        return self._as_one_step(
            lambda: self._take_records(intake, replaces), is_dry_run, reads_back=has_others
        )

    def take_journal(
        self, intake: JournalIntake, *, replaces: bool = False, is_dry_run: bool = False
    ) -> Taken:
        """Import another journal with its history and bin.

        An empty journal also gets its identity and settings, and so becomes the same journal.
        """
        if not self.is_empty():
            _refuse_example(intake)
            return self._as_one_step(
                lambda: self._sift(intake, lambda sifted: self._merge(sifted, replaces)), is_dry_run
            )
        return self._as_one_step(lambda: self._sift(intake, self._become), is_dry_run)

    @reading()
    def known_people(self) -> tuple[frozenset[str], ...]:
        """Return those whose lab files were imported before, as hashed facts."""
        return read_people(self._ledger)

    @reading()
    def is_empty(self) -> bool:
        """Whether nothing was entered since the journal was begun."""
        found = self._ledger.connection.execute(
            "SELECT 1 FROM batch WHERE kind <> 'begin' LIMIT 1"
        ).fetchone()
        return found is None

    def _as_one_step(
        self, work: Callable[[], Taken], is_dry_run: bool, *, reads_back: bool = True
    ) -> Taken:
        taken = Taken()
        try:
            with self._ledger.batch(IMPORT):
                taken = work()
                if reads_back:
                    self._read_back()
                if is_dry_run:
                    raise DryRun
        except DryRun:
            pass
        except (
            sqlite.IntegrityError, ValueError, ArithmeticError, LookupError, Unreadable
        ) as error:  # fmt: skip
            raise Refused(
                translate("import", "The file contains values that a journal can't hold.")
            ) from error
        return taken

    def _gate(self) -> Gate:
        return Gate(self._ledger.clock(), self._days.read_own_metrics())

    def _sift(self, intake: JournalIntake, take_in: Callable[[JournalIntake], Taken]) -> Taken:
        try:
            sifted, problems = sift(intake, self._gate())
        except (TypeError, AttributeError, RecursionError) as error:
            raise ValueError("a row is no record") from error
        taken = take_in(sifted)
        return replace(taken, refused=len(problems), problems=problems[:MOST_PROBLEMS])

    def _take_records(self, intake: Intake, replaces: bool) -> Taken:
        taken = Taken(table=intake.table)
        gate = self._gate()
        courses = CourseArrivals(
            self._ledger, lambda table, row, so_far: self._take_row(table, row, replaces, so_far)
        )
        problems = list(intake.problems)
        for place, number, record in _numbered(intake):
            try:
                gate.check(record)
                if not isinstance(record, Treatment):
                    taken = self._take_record(record, replaces, taken)
                    continue
                course = courses.place(record)
                if shared := courses.find_shared_days(course):
                    problems.append(shared)
                else:
                    taken = courses.take(course, taken)
            except Refused as error:
                problems.append(RowProblem(number, error.sentence, place))
        taken = replace(taken, refused=len(problems), problems=tuple(problems))
        return LabArrivals(self._ledger, gate, replaces=replaces).take(intake.labs, taken)

    def _take_record(self, record: Rating | Event, replaces: bool, taken: Taken) -> Taken:
        """Import one record. Raises Refused before anything of it is written."""
        if isinstance(record, Rating):
            return self._take_rating(record, replaces, taken)
        row = event_row(record) | recorded_columns(self._ledger.recorded)
        refuse_unstorable(row)
        return self._take_row("event", row, replaces, taken)

    def _take_rating(self, rating: Rating, replaces: bool, taken: Taken) -> Taken:
        key = {"day": rating.day.isoformat(), "metric": rating.metric}
        here = self._ledger.read("rating", key)
        if here is not None and here["value_thousandths"] == rating.value:
            return replace(taken, unchanged=taken.unchanged + 1)
        if not replaces and (here is not None or was_removed(self._ledger, "rating", key)):
            return replace(taken, kept=taken.kept + 1)
        self._days.rate(
            rating.day,
            rating.metric,
            rating.value,
            source=rating.source,
            source_value=rating.source_value,
            source_scale=rating.source_scale,
            recorded_then=rating.recorded,
            is_time_known=rating.recorded is not None,
        )
        return _count(taken, is_new=here is None)

    def _take_row(self, table: str, row: Row, replaces: bool, taken: Taken) -> Taken:
        here = self._ledger.read(table, row)
        if here is not None and _same(here, row):
            return replace(taken, unchanged=taken.unchanged + 1)
        if not replaces and (here is not None or was_removed(self._ledger, table, row)):
            return replace(taken, kept=taken.kept + 1)
        self._ledger.put(table, row)
        return _count(taken, is_new=here is None)

    def _insert(self, table: str, row: Row, told: set[tuple[str, str]]) -> None:
        """Insert a row of another journal; without a history it begins now."""
        self._ledger.insert(table, row)
        if (table, row_key(table, row)) not in told:
            self._ledger.begin_history(table, row)

    def _become(self, intake: JournalIntake) -> Taken:
        """Replace the beginnings of this empty journal with the other journal."""
        # What the file does not have, or what was refused of it, stays as it was begun.
        coming = {row["key"] for row in intake.tables.get("journal", ())}
        for table in ("metric_span", "journal"):
            for row in read_rows(self._ledger.connection, f"SELECT * FROM {table}"):
                if row["key"] in coming if table == "journal" else intake.tables.get(table):
                    self._ledger.forget(table, row_key(table, row))
        added = 0
        told = _told_rows(intake)
        for table in _parents_first(intake.tables):
            for row in intake.tables[table]:
                self._insert(table, row, told)
                added += 1
        self._ledger.append_history(intake.history)
        return Taken(added=added)

    def _keep_every(self, intake: JournalIntake, metric: str) -> None:
        """Ask a metric that is new here as often as the other journal does."""
        every = _theirs_every(intake).get(metric)
        if every is not None:
            write_every(self._ledger, read_every(self._ledger) | {metric: every})

    def _merge(self, intake: JournalIntake, replaces: bool) -> Taken:
        """Add rows new to this journal with their history; compare the others one by one."""
        connection = self._ledger.connection
        known = {
            (table, key)
            for table, key in connection.execute("SELECT DISTINCT row_table, row_key FROM change")
        }
        taken = Taken()
        told = _told_rows(intake)
        for table in _parents_first(intake.tables):
            if table in ("journal", "metric_span"):
                continue
            for row in intake.tables[table]:
                key = row_key(table, row)
                if (table, key) in known:
                    taken = self._take_row(table, row, replaces, taken)
                else:
                    self._insert(table, row, told)
                    taken = replace(taken, added=taken.added + 1)
                    if table == "metric":
                        self._keep_every(intake, row["id"])
                    if table == "rating":
                        self._days.track(row["metric"], date.fromisoformat(row["day"]))
        news = [
            change
            for change in intake.history
            if (change["row_table"], change["row_key"]) not in known
            and change["row_table"] not in ("journal", "metric_span")
        ]
        self._ledger.append_history(news)
        return taken


def _theirs_every(intake: JournalIntake) -> dict[str, Every]:
    """Return how often the other journal asks what it does not ask every day."""
    stored = next(
        (row["value"] for row in intake.tables.get("journal", ()) if row["key"] == EVERY), "{}"
    )
    return {metric: Every(every) for metric, every in json.loads(stored).items()}


def _numbered(intake: Intake) -> Iterator[tuple[str, int, Rating | Treatment | Event]]:
    """Yield the records with their place: their kind, and their number among those of the kind."""
    yield from (("rating", number, each) for number, each in enumerate(intake.ratings, start=1))
    yield from (
        ("treatment", number, each) for number, each in enumerate(intake.treatments, start=1)
    )
    yield from (("event", number, each) for number, each in enumerate(intake.events, start=1))


def _told_rows(intake: JournalIntake) -> set[tuple[str, str]]:
    """Return the rows that the file tells the history of."""
    return {(change["row_table"], change["row_key"]) for change in intake.history}


def _count(taken: Taken, *, is_new: bool) -> Taken:
    if is_new:
        return replace(taken, added=taken.added + 1)
    return replace(taken, replaced=taken.replaced + 1)


def _same(here: Row, row: Row) -> bool:
    return all(here.get(name) == value for name, value in row.items() if name not in _STAMP)


def _parents_first(tables: Iterable[str]) -> list[str]:
    return [table for table in KEYS if table in set(tables)]


def _refuse_example(intake: JournalIntake) -> None:
    for row in intake.tables.get("journal", []):
        if row["key"] == "is_example" and row["value"] == "1":
            raise Refused(
                translate(
                    "import",
                    "The file contains example data. It can't be imported into a "
                    "journal that has entries.",
                )
            )
