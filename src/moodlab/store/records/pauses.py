"""Pauses: each of their days is marked, those of the one that runs as they come.

When the one that runs ends, its days get rows of their own, so that no pause is looked up for a day
that is long past.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from moodlab.domain.changes import Changes
from moodlab.domain.days import ONE_DAY
from moodlab.domain.ratings import DayState
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.days import DayBook
from moodlab.store.records.running_pause import KEY, rated_days, read_pause

if TYPE_CHECKING:
    from moodlab.domain.tracking.pauses import Pause


class PauseBook:
    """Begins and ends pauses."""

    def __init__(self, ledger: Ledger, days: DayBook) -> None:
        self._ledger = ledger
        self._days = days

    @reading()
    def read(self) -> "Pause | None":
        """Return the pause that runs, or whose end has come and gone since; None without one."""
        return read_pause(self._ledger)

    def begin(self, pause: "Pause") -> Changes:
        """Begin a pause, or change the one that runs. Raises Refused as `domain` says."""
        from moodlab.domain.tracking.pauses import pause_text, refuse_odd_pause

        ledger, today = self._ledger, self._ledger.clock().date()
        refuse_odd_pause(pause, today)
        with ledger.batch("pause"):
            before = read_pause(ledger)
            if before is not None and before.last is not None and before.last < today:
                self._write_marks(before, before.last)
            elif before is not None and not pause.covers(before.first):
                self._unmark(before.first)
            if pause.last is not None and pause.last < today:
                ledger.remove("journal", {"key": KEY})
                self._write_marks(pause, pause.last)
            else:
                self._write_marks(pause, pause.first)
                ledger.put("journal", {"key": KEY, "value": pause_text(pause)})
        return ledger.changes

    def resume(self, day: date) -> Changes:
        """End a pause on `day`: it loses its mark, the days of the pause before it get theirs.

        Days in between that hold a value or a mark of their own keep what they have. Without a
        pause that runs, it is one that was begun by marking a single day.
        """
        ledger = self._ledger
        with ledger.batch("resume"):
            pause = read_pause(ledger)
            self._unmark(day)
            if day > ledger.clock().date():
                return ledger.changes  # the days up to a day to come have no pause
            if pause is not None and day >= pause.first:
                ledger.remove("journal", {"key": KEY})
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
        told = rated_days(self._ledger, first, last) | self._marked_days(first, last)
        stamp = recorded_columns(self._ledger.recorded)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if day.isoformat() not in told:
                self._ledger.put(
                    "day", {"day": day.isoformat(), "state": DayState.PAUSED.value} | stamp
                )

    def _marked_days(self, first: date, last: date) -> set[str]:
        rows = self._ledger.connection.execute(
            "SELECT day FROM day WHERE state IS NOT NULL AND day BETWEEN ? AND ?",
            (first.isoformat(), last.isoformat()),
        )
        return {day for (day,) in rows}
