"""A day as it is typed: “3 nov”, “3.11.”, “yesterday”."""

from collections.abc import Iterator
from functools import partial

from moodlab.domain.days import long_date
from moodlab.domain.errors import Refused
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import translate
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_day(around: Around, text: str) -> Iterator[Entry]:
    journal = around.session.journal
    latest = journal.calendar_today()
    try:
        day = parse_typed_day(text, latest)
    except Refused:
        return
    if day <= latest:
        yield Entry(
            f"day {day.isoformat()}",
            long_date(day),
            translate("palette", "Open this day on Today"),
            partial(around.main.go_to, "today", day.isoformat()),
        )
        yield Entry(
            f"calendar {day.isoformat()}",
            long_date(day),
            translate("palette", "Show this day in the calendar"),
            partial(around.main.go_to, "history", day.isoformat()),
        )


PROVIDER = Provider(as_typed=_read_day)
