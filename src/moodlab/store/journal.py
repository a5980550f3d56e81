"""The journal: one file, opened once, with a book for each kind of record."""

import json
from collections.abc import Collection, Mapping
from datetime import date, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from moodlab.atomic_replace import keep_private
from moodlab.domain.changes import Changes
from moodlab.domain.days import Clock, Period, journal_day, local_now
from moodlab.domain.errors import Refused
from moodlab.domain.history.steps import Step
from moodlab.domain.ids import IdMaker, new_id
from moodlab.domain.metrics import Metric, TrackedMetric
from moodlab.domain.texts import refuse_long
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import reading
from moodlab.store.file.database import (
    Opened,
    create_database,
    open_database,
    open_second_connection,
    open_to_read,
)
from moodlab.store.file.engine import BUSY_SECONDS, Connection, has_key
from moodlab.store.file.held_file import HeldFile, why_read_only
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.schema import tell_odd
from moodlab.store.file.timestamps import day_end_from
from moodlab.store.ledger import undoing
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.beginning import begin_journal
from moodlab.store.records.days import DayBook
from moodlab.store.records.metrics import MetricBook, read_metrics
from moodlab.store.records.pauses import PauseBook

if TYPE_CHECKING:
    from moodlab.domain.diary import Diary, Identity
    from moodlab.domain.events import Contact
    from moodlab.domain.history.deletions import Target
    from moodlab.domain.history.finding import Found
    from moodlab.domain.history.row_words import StepNames
    from moodlab.domain.intake import JournalIntake
    from moodlab.store.imports import ImportBook
    from moodlab.store.ledger.erasing import Erased
    from moodlab.store.records.bin import Bin
    from moodlab.store.records.day_history import DayHistory
    from moodlab.store.records.events import EventBook
    from moodlab.store.records.labs import LabBook
    from moodlab.store.records.questionnaires import QuestionnaireBook
    from moodlab.store.records.treatments import TreatmentBook

FOREVER = Period(date.min, date.max)


class Journal:
    """An open journal. Every method that writes is one step, durable when it returns.

    `days`, `labs`, `treatments` and `events` are the books; `read_diary` gives all of it, frozen,
    to summaries, charts and the page. Use one Journal in one thread.
    """

    def __init__(
        self,
        opened: Opened,
        path: Path,
        clock: Clock = local_now,
        ids: IdMaker = new_id,
        key: Key | None = None,
        busy_seconds: float = BUSY_SECONDS,
    ) -> None:
        self.path = path
        connection, self.said_at_opening, self.odd_parts = opened
        # None for a plain journal; else it opens the backups made under the same passphrase too.
        self.key = key if has_key(connection) or self.odd_parts else None
        self.ledger = Ledger(connection, HeldFile(path), clock, ids)
        self.ledger.reconnect = lambda: self._connect_again(busy_seconds)
        self.ledger.why_read_only = tell_odd(path.name) if self.odd_parts else None
        self.days = DayBook(self.ledger)
        self.metrics = MetricBook(self.ledger, self.days)

    # Today needs only the book of days; the others are loaded when they are first opened, which
    # takes a tenth off the start.

    @cached_property
    def labs(self) -> "LabBook":
        """Lab results."""
        from moodlab.store.records.labs import LabBook

        return LabBook(self.ledger)

    @cached_property
    def treatments(self) -> "TreatmentBook":
        """Treatments and their dose steps."""
        from moodlab.store.records.treatments import TreatmentBook

        return TreatmentBook(self.ledger)

    @cached_property
    def events(self) -> "EventBook":
        """Events, appointments and questions for the visit."""
        from moodlab.store.records.events import EventBook

        return EventBook(self.ledger)

    @cached_property
    def questionnaires(self) -> "QuestionnaireBook":
        """Totals of questionnaires, daily measures and pinned Days when."""
        from moodlab.store.records.questionnaires import QuestionnaireBook

        return QuestionnaireBook(self.ledger)

    @cached_property
    def pauses(self) -> PauseBook:
        """Pauses, which mark their days."""
        return PauseBook(self.ledger, self.days)

    @cached_property
    def imports(self) -> "ImportBook":
        """Imports of files and other journals."""
        from moodlab.store.imports import ImportBook

        return ImportBook(self.ledger, self.days, self.read_diary)

    @cached_property
    def bin(self) -> "Bin":
        """What was deleted and can be put back."""
        from moodlab.store.records.bin import Bin

        return Bin(self.ledger, self.days)

    @cached_property
    def day_history(self) -> "DayHistory":
        """What was written about a day and when."""
        from moodlab.store.records.day_history import DayHistory

        return DayHistory(self.ledger, self.days)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        key: Key | None = None,
        is_example: bool = False,
        asked: Collection[str] | None = None,
        clock: Clock = local_now,
        ids: IdMaker = new_id,
    ) -> "Journal":
        """Make a journal at `path`, encrypted with `key`. Raises Refused if something is there.

        It asks the daily metrics, or those `asked` of them.
        """
        journal = cls(create_database(path, key=key), path, clock, ids, key)
        try:
            begin_journal(journal.ledger, is_example=is_example, asked=asked)
        except BaseException:
            # What was not begun would be in the way of the next attempt.
            journal.close()
            path.unlink(missing_ok=True)
            raise
        return journal

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        key: Key | None = None,
        read_only: bool = False,
        clock: Clock = local_now,
        ids: IdMaker = new_id,
        busy_seconds: float = BUSY_SECONDS,
    ) -> "Journal":
        """Open the journal at `path`. Raises JournalUnusable and leaves the file unchanged.

        An encrypted one needs its `key`, else JournalLocked is raised. Each look and save waits
        `busy_seconds` for another program that writes.
        """
        opening = open_to_read if read_only else open_database
        opened = opening(path, key=key, busy_seconds=busy_seconds)
        if not read_only:
            keep_private(path)
        return cls(opened, path, clock, ids, key, busy_seconds)

    def open_again(self) -> "Journal":
        """Open the same file for another thread."""
        again = Opened(self._connect_again(BUSY_SECONDS), odd=self.odd_parts)
        return Journal(again, self.path, self.ledger.clock, key=self.key)

    def _connect_again(self, busy_seconds: float) -> Connection:
        return open_second_connection(
            self.path, key=self.key, is_odd=bool(self.odd_parts), busy_seconds=busy_seconds
        )

    def close(self) -> None:
        """Close the file. Every acknowledged write is already in it."""
        self.ledger.connection.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def is_example(self) -> bool:
        """Whether this is example data, which every chart and page says."""
        return self.setting("is_example", "0") == "1"

    @property
    @reading()
    def day_end_minutes(self) -> int:
        """Minutes after midnight at which a journal day ends."""
        return day_end_from(self.setting("day_end_minutes", "240"))

    def why_read_only(self) -> str | None:
        """Return why nothing can be saved here; None where it can."""
        return self.ledger.why_read_only or why_read_only(self.path)

    def today(self) -> date:
        """Return the journal day that it is now."""
        return self.ledger.today()

    def calendar_today(self) -> date:
        """Return the date on the calendar, which after midnight is ahead of the journal day."""
        return self.ledger.clock().date()

    @reading()
    def data_version(self) -> int:
        """Return a number that changes when another program wrote to the file."""
        return int(self.ledger.connection.execute("PRAGMA data_version").fetchone()[0])

    @reading()
    def setting(self, key: str, default: str = "") -> str:
        """Return one of the journal's own settings."""
        row = self.ledger.read("journal", {"key": key})
        return str(row["value"]) if row else default

    def set_settings(self, values: Mapping[str, str]) -> Changes:
        """Save some of the journal's own settings as one step. Raises Refused for a long name."""
        for key in ("person_name", "person_born"):
            refuse_long(values.get(key, ""))
        with self.ledger.batch("settings") as batch:
            for key, value in values.items():
                batch.put("journal", {"key": key, "value": value})
        return self.ledger.changes

    @reading()
    def table_of(self, row_id: str) -> str | None:
        """Return the table that holds the row with this id; None if none does."""
        return next(
            (
                table
                for table, keys in KEYS.items()
                if keys == ("id",) and self.ledger.read(table, {"id": row_id})
            ),
            None,
        )

    def identity(self) -> "Identity":
        """Return who the page is about."""
        from moodlab.domain.diary import Identity

        return Identity(self.setting("person_name"), self.setting("person_born"))

    @reading()
    def contacts(self) -> "tuple[Contact, ...]":
        """Return the person's own help contacts."""
        from moodlab.domain.events import Contact

        stored = json.loads(self.setting("contacts", "[]"))
        return tuple(Contact(name, reach) for name, reach in stored)

    def set_contacts(self, contacts: "tuple[Contact, ...]") -> Changes:
        """Save the person's own help contacts."""
        from moodlab.domain.events import refuse_odd_contact

        for contact in contacts:
            refuse_odd_contact(contact)
        pairs = [[contact.name, contact.reach] for contact in contacts]
        return self.set_settings({"contacts": json.dumps(pairs, ensure_ascii=False)})

    def undo(self) -> Step | None:
        """Undo the latest step that is not undone."""
        return undoing.undo(self.ledger)

    def redo(self) -> Step | None:
        """Redo the step that was undone last."""
        return undoing.redo(self.ledger)

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back; None if there is none."""
        return undoing.next_undo(self.ledger)

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would bring back; None if there is none."""
        return undoing.next_redo(self.ledger)

    def newest_step(self) -> int:
        """Return the number of the newest step, an undo too."""
        return undoing.newest_number(self.ledger)

    def step_names(self) -> "StepNames":
        """Return what the ids in a step are called."""
        from moodlab.domain.history.row_words import StepNames

        tests, courses = self.labs.catalogue().analytes, self.treatments.read_all()
        return StepNames.of(self.read_metrics(), tests, courses, self.today())

    def find(self, text: str) -> "Found":
        """Return where a text stands in what was written. Raises Refused for no text."""
        from moodlab.store.records.finding import find_text

        return find_text(self.ledger.connection, text)

    def erase(self, *targets: "Target") -> "Erased":
        """Erase what is in the bin, or all of a day, for good."""
        from moodlab.store.ledger.erasing import erase

        return erase(self.ledger, *targets)

    def keep_draft(self, text: str) -> Changes:
        """Save half-typed input in place of the former; an empty text removes it."""
        from moodlab.store.records.drafts import keep_draft

        return keep_draft(self.ledger, text)

    def read_draft(self) -> str:
        """Return the half-typed input that was kept; empty if there is none."""
        from moodlab.store.records.drafts import read_draft

        return read_draft(self.ledger)

    def find_metric(self, name: str) -> Metric:
        """Return the metric with this id or name. Raises Refused naming the known ones."""
        from moodlab.domain.tracking.own_metrics import find_named

        metrics = [tracked.metric for tracked in self.read_metrics()]
        found = find_named(name, metrics)
        if found is not None:
            return found
        known = ", ".join(metric.id for metric in metrics)
        raise Refused(
            translate("log", "There is no metric called “{name}”. Known metrics: {known}.").format(
                name=name, known=known
            )
        )

    def read_metrics(self) -> tuple[TrackedMetric, ...]:
        """Return every metric with the spans in which it was asked, in the person's order."""
        return read_metrics(self.ledger, self.days)

    @reading()
    def data_up_to(self) -> date | None:
        """Return the journal day of the last change; None while nothing was entered."""
        row = self.ledger.connection.execute(
            "SELECT change.recorded_day FROM change JOIN batch ON batch.id = change.batch"
            " WHERE batch.kind <> 'begin' ORDER BY change.number DESC LIMIT 1"
        ).fetchone()
        return date.fromisoformat(row[0]) if row else None

    @reading()
    def today_where_last_written(self) -> date:
        """Return the journal day that it is now where the last change was made.

        Reports end on it, so that the same journal gives the same page in any time zone.
        """
        newest = "SELECT offset_minutes FROM change ORDER BY number DESC LIMIT 1"
        row = self.ledger.connection.execute(newest).fetchone()
        now = self.ledger.clock()
        there = now.astimezone(timezone(timedelta(minutes=row[0]))) if row else now
        return journal_day(there, self.day_end_minutes)

    def read_tables(self) -> "JournalIntake":
        """Return all rows of a person and the history; raises JournalDamaged for a damaged one."""
        from moodlab.domain.intake import JournalIntake
        from moodlab.store.records import diary

        with reading():
            self.read_diary()
            return JournalIntake(
                str(self.path.name),
                diary.read_tables(self.ledger.connection),
                tuple(diary.read_history(self.ledger.connection)),
            )

    def read_diary(self, period: Period = FOREVER, *, proves_rows: bool = True) -> "Diary":
        """Return the journal, frozen, with the days and ratings of `period` and all the rest.

        With `proves_rows` it checks the whole file first, as exports and pages need; charts do not.
        """
        from moodlab.store.records.diary import read_diary

        return read_diary(self, period, proves_rows=proves_rows)
