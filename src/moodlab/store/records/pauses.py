"""Pauses: each of their days is marked, those of the one that runs as they come.

The one that runs is kept as a setting, and its days read as marked without a row of their own. When
it ends they get their rows, so that no pause is looked up for a day that is long past.
"""

from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING

from moodlab.domain.changes import Changes
from moodlab.domain.days import ONE_DAY
from moodlab.domain.ratings import DayRecord, DayState
from moodlab.store.errors import reading
from moodlab.store.ledger.history import Ledger

if TYPE_CHECKING:
    from moodlab.domain.tracking.pauses import Pause
    from moodlab.store.records.days import DayBook

_KEY = "pause"


class PauseBook:
    """Begins and ends pauses."""

    def __init__(self, ledger: Ledger, days: "DayBook") -> None:
        self._ledger = ledger
        self._days = days

    @reading()
    def read(self) -> "Pause | None":
        """Return the pause that runs, or whose end has come and gone since; None without one."""
        return _read_pause(self._ledger)

    def begin(self, pause: "Pause") -> Changes:
        """Begin a pause, or change the one that runs. Raises Refused as `domain` says."""
        from moodlab.domain.tracking.pauses import pause_text, refuse_odd_pause

        ledger, today = self._ledger, self._ledger.clock().date()
        refuse_odd_pause(pause, today)
        with ledger.batch("pause"):
            before = _read_pause(ledger)
            if before is not None and before.last is not None and before.last < today:
                self._write_marks(before, before.last)
            elif before is not None and not pause.covers(before.first):
                self._unmark(before.first)
            if pause.last is not None and pause.last < today:
                ledger.remove("journal", {"key": _KEY})
                self._write_marks(pause, pause.last)
            else:
                self._write_marks(pause, pause.first)
                ledger.put("journal", {"key": _KEY, "value": pause_text(pause)})
        return ledger.changes

    def resume(self, day: date) -> Changes:
        """End a pause on `day`: it loses its mark, the days of the pause before it get theirs.

        Days in between that hold a value or a mark of their own keep what they have. Without a
        pause that runs, it is one that was begun by marking a single day.
        """
        ledger = self._ledger
        with ledger.batch("resume"):
            pause = _read_pause(ledger)
            self._unmark(day)
            if day > ledger.clock().date():
                return ledger.changes  # the days up to a day to come have no pause
            if pause is not None and day >= pause.first:
                ledger.remove("journal", {"key": _KEY})
                self._write_marks(pause, day - ONE_DAY)
                return ledger.changes
            last_paused = ledger.connection.execute(
                "SELECT max(day) FROM day WHERE state = 'paused' AND day < ?", (day.isoformat(),)
            ).fetchone()[0]
            if last_paused:
                self._mark_silent(date.fromisoformat(last_paused) + ONE_DAY, day - ONE_DAY)
        return ledger.changes

    def _unmark(self, day: date) -> None:
        row = self._ledger.read("day", {"day": day.isoformat()})
        if row is not None and row["state"] is not None:
            self._days.mark(day, None)

    def _write_marks(self, pause: "Pause", latest: date) -> None:
        period = pause.until(latest)
        if period is not None:
            self._mark_silent(period.first, period.last)

    def _mark_silent(self, first: date, last: date) -> None:
        """Mark every day from `first` to `last` that holds neither a value nor a mark."""
        rated, marked = _rated_days(self._ledger, first, last), self._marked_days(first, last)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day.isoformat() not in rated | marked:
                self._days.mark(day, DayState.PAUSED)

    def _marked_days(self, first: date, last: date) -> set[str]:
        rows = self._ledger.connection.execute(
            "SELECT day FROM day WHERE state IS NOT NULL AND day BETWEEN ? AND ?",
            (first.isoformat(), last.isoformat()),
        )
        return {day for (day,) in rows}


def with_running_pause(
    ledger: Ledger, records: tuple[DayRecord, ...], first: date, last: date
) -> tuple[DayRecord, ...]:
    """Return the records from `first` to `last` with those of the pause that runs, in order.

    A day with a value or a mark of its own stays as it is.
    """
    pause = _read_pause(ledger)
    if pause is None:
        return records
    period = pause.until(min(last, _latest_day(ledger)))
    begin = max(first, pause.first)
    if period is None or period.last < begin:
        return records
    rated = _rated_days(ledger, begin, period.last)
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


def _read_pause(ledger: Ledger) -> "Pause | None":
    row = ledger.read("journal", {"key": _KEY})
    if row is None:
        return None
    from moodlab.domain.tracking.pauses import parse_pause

    return parse_pause(row["value"])


def _rated_days(ledger: Ledger, first: date, last: date) -> set[str]:
    rows = ledger.connection.execute(
        "SELECT DISTINCT day FROM rating WHERE day BETWEEN ? AND ?"
        " AND value_thousandths IS NOT NULL",
        (first.isoformat(), last.isoformat()),
    )
    return {day for (day,) in rows}
