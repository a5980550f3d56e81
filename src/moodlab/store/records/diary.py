"""All of the journal, read once: frozen for summaries, charts and the page, as rows for exports."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from moodlab.domain.days import Period
from moodlab.domain.diary import Diary, Identity
from moodlab.domain.metrics import TrackedMetric
from moodlab.store.errors import reading, refuse_odd_rows
from moodlab.store.file.engine import Connection, read_rows
from moodlab.store.file.migrations import KEYS
from moodlab.store.ledger import ledger_sum
from moodlab.store.ledger.history import HISTORY_COLUMNS
from moodlab.store.records.questionnaires import read_pins

if TYPE_CHECKING:
    from moodlab.domain.intake import Tables
    from moodlab.store.ledger.history import Ledger
    from moodlab.store.records.days import DayBook
    from moodlab.store.records.events import EventBook
    from moodlab.store.records.labs import LabBook
    from moodlab.store.records.questionnaires import QuestionnaireBook
    from moodlab.store.records.treatments import TreatmentBook


class Books(Protocol):
    """The books and settings of an open journal, as `Journal` itself imports this module."""

    ledger: "Ledger"
    days: "DayBook"

    @property
    def labs(self) -> "LabBook":
        """Lab results."""

    @property
    def treatments(self) -> "TreatmentBook":
        """Treatments and their dose steps."""

    @property
    def events(self) -> "EventBook":
        """Events, appointments and questions."""

    @property
    def questionnaires(self) -> "QuestionnaireBook":
        """Totals of questionnaires."""

    @property
    def is_example(self) -> bool:
        """Whether it holds example data."""

    def read_metrics(self) -> tuple[TrackedMetric, ...]:
        """Return every metric with the spans in which it was asked."""

    def identity(self) -> Identity:
        """Return who the page is about."""

    def data_up_to(self) -> date | None:
        """Return the day of the last change."""


@reading()
def read_diary(journal: Books, period: Period, *, proves_rows: bool) -> Diary:
    """Return the journal with the days and ratings of `period` and all the rest.

    Raises JournalDamaged for a row that can't be read and, with `proves_rows`, for one that is out
    of order; that reads the whole file.
    """
    if proves_rows:
        refuse_odd_rows(journal.ledger.connection)
    # Always read: what is no day sorts before the first one or after the last.
    span = journal.days.rated_span()
    edges = journal.ledger.connection.execute("SELECT min(day), max(day) FROM day").fetchone()
    for edge in filter(None, edges):
        date.fromisoformat(edge)
    return Diary(
        metrics=journal.read_metrics(),
        ratings=journal.days.read_ratings(period.first, period.last),
        days=journal.days.read_days(period.first, period.last),
        labs=journal.labs.read_all(),
        treatments=journal.treatments.read_all(),
        events=journal.events.read_events(),
        questions=journal.events.read_questions(),
        pins=read_pins(journal.ledger),
        identity=journal.identity(),
        data_up_to=journal.data_up_to(),
        is_example=journal.is_example,
        catalogue=journal.labs.catalogue(),
        begins=span[0] if span else None,
        questionnaires=journal.questionnaires.read_all(),
    )


def read_tables(connection: Connection) -> "Tables":
    """Return the rows of every table with a person's data, each ordered by its key.

    Leaves out what is the app's own: built-in metrics, and the sum over the history.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    own = {"metric": " WHERE is_custom", "journal": f" WHERE key <> '{ledger_sum.KEY}'"}
    for table, keys in KEYS.items():
        where = own.get(table, "")
        tables[table] = read_rows(
            connection, f"SELECT * FROM {table}{where} ORDER BY {', '.join(keys)}"
        )
    return tables


def read_history(connection: Connection) -> Sequence[dict[str, Any]]:
    """Return every change ordered by its id, without the batch it was made in."""
    return read_rows(connection, f"SELECT {', '.join(HISTORY_COLUMNS)} FROM change ORDER BY id")
