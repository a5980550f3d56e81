"""The pause that runs: kept as a setting, its days read as marked without rows of their own."""

from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING

from moodlab.domain.ratings import DayRecord, DayState
from moodlab.store.ledger.history import Ledger

if TYPE_CHECKING:
    from moodlab.domain.tracking.pauses import Pause

KEY = "pause"


def with_running_pause(
    ledger: Ledger, records: tuple[DayRecord, ...], first: date, last: date
) -> tuple[DayRecord, ...]:
    """Return the records from `first` to `last` with those of the pause that runs, in order.

    A day with a value or a mark of its own stays as it is.
    """
    pause = read_pause(ledger)
    if pause is None:
        return records
    period = pause.until(min(last, _latest_day(ledger)))
    begin = max(first, pause.first)
    if period is None or period.last < begin:
        return records
    rated = rated_days(ledger, begin, period.last)
    by_day = {record.day: record for record in records}
    for number in range((period.last - begin).days + 1):
        day = begin + timedelta(days=number)
        record = by_day.get(day, DayRecord(day))
        if record.state is None and day.isoformat() not in rated:
            by_day[day] = record._replace(state=DayState.PAUSED)
    return tuple(by_day[day] for day in sorted(by_day))


def _latest_day(ledger: Ledger) -> date:
    """Return the date that it is, here or where the last change was made if it is later there.

    A page reaches to the latter, so that it is the same in any time zone.
    """
    row = ledger.connection.execute(
        "SELECT offset_minutes FROM change ORDER BY number DESC LIMIT 1"
    ).fetchone()
    now = ledger.clock()
    there = timezone(timedelta(minutes=row[0])) if row else now.tzinfo
    return max(now.date(), now.astimezone(there).date())


def read_pause(ledger: Ledger) -> "Pause | None":
    """Return the pause that runs or ran last. Raises ValueError for what is none."""
    row = ledger.read("journal", {"key": KEY})
    if row is None:
        return None
    from moodlab.domain.tracking.pauses import parse_pause

    return parse_pause(row["value"])


def rated_days(ledger: Ledger, first: date, last: date) -> set[str]:
    """Return the days from `first` to `last` with a value, as they are kept."""
    rows = ledger.connection.execute(
        "SELECT DISTINCT day FROM rating WHERE day BETWEEN ? AND ?"
        " AND value_thousandths IS NOT NULL",
        (first.isoformat(), last.isoformat()),
    )
    return {day for (day,) in rows}
