"""All of the journal, read once and frozen, for summaries, charts and the page."""

import json
from datetime import date
from typing import TYPE_CHECKING, Protocol

from moodlab.domain.days import Period
from moodlab.domain.diary import Diary, Identity, Pin
from moodlab.domain.metrics import TrackedMetric
from moodlab.store.errors import reading, refuse_odd_rows

if TYPE_CHECKING:
    from moodlab.store.ledger.history import Ledger
    from moodlab.store.records.days import DayBook
    from moodlab.store.records.events import EventBook
    from moodlab.store.records.labs import LabBook
    from moodlab.store.records.treatments import TreatmentBook


class Books(Protocol):
    """The books and settings of an open journal. `Journal` stands above this module."""

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

    Raises JournalDamaged where a row can't be read, and where one is out of order if it
    `proves_rows`, for which the whole file is read.
    """
    if proves_rows:
        refuse_odd_rows(journal.ledger.connection)
    # Asked in any case: what is no day stands before the first one or after the last.
    span = journal.days.rated_span()
    pins = journal.ledger.connection.execute("SELECT id, conditions FROM pin ORDER BY id")
    return Diary(
        metrics=journal.read_metrics(),
        ratings=journal.days.read_ratings(period.first, period.last),
        days=journal.days.read_days(period.first, period.last),
        labs=journal.labs.read_all(),
        treatments=journal.treatments.read_all(),
        events=journal.events.read_events(),
        questions=journal.events.read_questions(),
        pins=tuple(
            Pin(row_id, tuple((m, op, int(n)) for m, op, n in json.loads(conditions)))
            for row_id, conditions in pins.fetchall()
        ),
        identity=journal.identity(),
        data_up_to=journal.data_up_to(),
        is_example=journal.is_example,
        catalogue=journal.labs.catalogue(),
        begins=span[0] if span else None,
    )
