"""All of the journal, read once and frozen, for summaries, charts and the page."""

import json
from typing import TYPE_CHECKING

from moodlab.domain.days import Period
from moodlab.domain.diary import Diary, Pin
from moodlab.store.errors import reading, refuse_odd_rows

if TYPE_CHECKING:
    from moodlab.store.journal import Journal


@reading()
def read_diary(journal: "Journal", period: Period, *, proves_rows: bool) -> Diary:
    """Return the journal with the days and ratings of `period` and all the rest.

    Raises JournalDamaged where a row can't be read, and where one is out of order if it
    `proves_rows`, for which the whole file is read.
    """
    if proves_rows:
        refuse_odd_rows(journal.ledger.connection)
    journal.days.rated_span()  # what is no day stands before the first one or after the last
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
    )
