"""Days and their ratings: what Today, History and `moodlab log` write."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from moodlab.domain import metrics as catalogue
from moodlab.domain.changes import Changes
from moodlab.domain.days import Recorded, refuse_future, refuse_odd_day, short_date
from moodlab.domain.errors import Refused
from moodlab.domain.history.steps import DELETE_DAY
from moodlab.domain.ratings import (
    MANUAL,
    DayRecord,
    DayState,
    Rating,
    refuse_long_note,
    refuse_odd_value,
)
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.timestamps import recorded_columns, recorded_from, recorded_or_unknown
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.running_pause import with_running_pause

_RATING_COLUMNS = (
    "day, metric, value_thousandths, recorded_at, offset_minutes, recorded_day, source,"
    " source_value, source_scale"
)
_DAY_COLUMNS = (
    "day, state, note, note_for_doctor, left_empty, recorded_at, offset_minutes, recorded_day"
)
# A day about which nothing was said.
_SILENT = {"state": None, "note": "", "note_for_doctor": 0, "left_empty": 0}


class DayBook:
    """Reads and writes the tables `day`, `rating` and `metric_span`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def rate(
        self,
        day: date,
        metric: str,
        value: int | None,
        *,
        source: str = MANUAL,
        source_value: str | None = None,
        source_scale: str | None = None,
        recorded_then: Recorded | None = None,
        is_time_known: bool = True,
    ) -> Changes:
        """Save one answer: thousandths of the metric's unit, or None for "could not say".

        Durable when it returns. The same answer again changes nothing, and so keeps its moment.
        A metric that was not tracked on `day` is tracked from then on. An import says with
        `recorded_then` when the answer was given, if that was not now, or that nobody knows.
        """
        answer = {
            "day": day.isoformat(),
            "metric": metric,
            "value_thousandths": value,
            "state": "unable" if value is None else "value",
            "source": source,
            "source_value": source_value,
            "source_scale": source_scale,
        }
        self._refuse_odd_day(day)
        if (known := self._find_metric(metric)) is not None:
            refuse_odd_value(known, value)
        with self._ledger.batch("rate") as batch:
            before = batch.read("rating", answer)
            if before is None or before["value_thousandths"] != value:
                self.track(metric, day)
                then = recorded_then or (batch.recorded if is_time_known else None)
                stamp = recorded_columns(then)
                batch.put("rating", answer | stamp)
        return self._ledger.changes

    def clear(self, day: date, metric: str) -> Changes:
        """Take an answer back, so that the question is open again. It stays in the history."""
        with self._ledger.batch("clear") as batch:
            batch.remove("rating", {"day": day.isoformat(), "metric": metric})
        return self._ledger.changes

    def mark(self, day: date, state: DayState | None) -> Changes:
        """Mark a whole day too unwell to log or paused; None takes the mark away."""
        if state is not None:
            self._refuse_odd_day(day)
        return self._update(day, "mark", state=state and state.value)

    def write_note(self, day: date, text: str, *, for_doctor: bool | None = None) -> Changes:
        """Save a day's note, and whether it is ticked for the doctor (None leaves the tick).

        Raises Refused over 1000 characters.
        """
        note = text.strip().replace("\r\n", "\n").replace("\x00", "")
        refuse_long_note(note)
        if note:
            self._refuse_odd_day(day)
        tick = {} if for_doctor is None else {"note_for_doctor": int(for_doctor)}
        return self._update(day, "note", note=note, **tick)

    def leave_empty(self, day: date) -> Changes:
        """Remember that the person does not want to be offered this day again."""
        return self._update(day, "leave empty", left_empty=1)

    def delete(self, day: date) -> Changes:
        """Move what is a day's own to the bin: its answers, mark and note. One step.

        Raises Refused for a day that holds nothing.
        """
        key = {"day": day.isoformat()}
        with self._ledger.batch(DELETE_DAY) as batch:
            said = batch.read("day", key)
            answered = batch.connection.execute(
                "SELECT metric FROM rating WHERE day = ? ORDER BY metric", (key["day"],)
            ).fetchall()
            if not answered and not any((said or {}).get(name) for name in _SILENT):
                raise Refused(
                    translate("days", "There is nothing to delete on {day}.").format(
                        day=short_date(day)
                    )
                )
            for (metric,) in answered:
                batch.remove("rating", key | {"metric": metric})
            if said is None:
                # The bin knows the day by its row, also after an export: there has to be one.
                batch.put("day", {**key, **_SILENT, **recorded_columns(batch.recorded)})
            batch.remove("day", key)
        return self._ledger.changes

    def read_day(self, day: date) -> DayRecord:
        """Return what is kept about `day` beside its ratings; an empty record if nothing is."""
        rows = self.read_days(day, day)
        return rows[0] if rows else DayRecord(day)

    @reading()
    def read_days(self, first: date, last: date) -> tuple[DayRecord, ...]:
        """Return the days from `first` to `last` about which anything is kept, in order.

        Those of a pause that runs are among them.
        """
        rows = self._ledger.connection.execute(
            f"SELECT {_DAY_COLUMNS} FROM day WHERE day BETWEEN ? AND ? ORDER BY day",
            (first.isoformat(), last.isoformat()),
        ).fetchall()
        records = tuple(_day_record(row) for row in rows)
        return with_running_pause(self._ledger, records, first, last)

    @reading()
    def read_ratings(self, first: date, last: date) -> dict[str, tuple[Rating, ...]]:
        """Return the ratings from `first` to `last` by metric, each in order of days."""
        rows = self._ledger.connection.execute(
            f"SELECT {_RATING_COLUMNS} FROM rating WHERE day BETWEEN ? AND ? ORDER BY day",
            (first.isoformat(), last.isoformat()),
        ).fetchall()
        by_metric: dict[str, list[Rating]] = {}
        for row in rows:
            rating = _rating(row)
            by_metric.setdefault(rating.metric, []).append(rating)
        return {metric: tuple(ratings) for metric, ratings in by_metric.items()}

    @reading()
    def is_answered(self, metric: str, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` has an answer to a metric."""
        found = self._ledger.connection.execute(
            "SELECT 1 FROM rating WHERE day BETWEEN ? AND ? AND metric = ? LIMIT 1",
            (first.isoformat(), last.isoformat(), metric),
        )
        return found.fetchone() is not None

    @reading()
    def rated_span(self) -> tuple[date, date] | None:
        """Return the first and the last day that hold something; None in an empty journal."""
        for table in ("rating", "day"):
            # What is no day sorts before the first one or after the last, where no search goes.
            ends = f"SELECT min(day), max(day) FROM {table}"
            for text in self._ledger.connection.execute(ends).fetchone():
                _ = text and date.fromisoformat(text)
        first, last = self.next_held(date.min), self.held_before(date.max)
        return (first, last) if first and last else None

    @reading()
    def has_as_needed(self) -> bool:
        """Whether anything was ever taken as needed."""
        (found,) = self._ledger.connection.execute(
            "SELECT EXISTS (SELECT 1 FROM as_needed)"
        ).fetchone()
        return bool(found)

    @reading()
    def next_held(self, day: date) -> date | None:
        """Return the first day from `day` on with an answer, a mark or a note; None without one."""
        return self._find_held("min", ">= ?", "ASC", day)

    @reading()
    def held_before(self, day: date) -> date | None:
        """Return the last day up to `day` with an answer, a mark or a note; None without one."""
        return self._find_held("max", "<= ?", "DESC", day)

    @reading()
    def held_days(self) -> tuple[date, ...]:
        """Return every day with an answer, a mark or a note, in order."""
        rows = self._ledger.connection.execute(
            "SELECT day FROM rating UNION"
            " SELECT day FROM day WHERE state IS NOT NULL OR note <> '' ORDER BY day"
        )
        return tuple(date.fromisoformat(day) for (day,) in rows)

    def _find_held(self, pick: str, reach: str, order: str, day: date) -> date | None:
        text = day.isoformat()
        found = self._ledger.connection.execute(
            f"SELECT {pick}(day) FROM (SELECT {pick}(day) AS day FROM rating WHERE day {reach}"
            f" UNION ALL SELECT * FROM (SELECT day FROM day WHERE day {reach}"
            f" AND (state IS NOT NULL OR note <> '') ORDER BY day {order} LIMIT 1))",
            (text, text),
        ).fetchone()[0]
        return date.fromisoformat(found) if found else None

    def _refuse_odd_day(self, day: date) -> None:
        """Raise Refused for a day that can't be written; it can still be cleared."""
        refuse_odd_day(day)
        refuse_future(day, self._ledger.clock().date())

    def _find_metric(self, metric_id: str) -> catalogue.Metric | None:
        built_in = catalogue.BY_ID.get(metric_id)
        return built_in or next(
            (metric for metric in self.read_own_metrics() if metric.id == metric_id), None
        )

    @reading()
    def read_own_metrics(self) -> tuple[catalogue.Metric, ...]:
        """Return the person's own metrics in their order."""
        stored = self._ledger.connection.execute(
            "SELECT id, label, kind, direction, unit, low_anchor, high_anchor FROM metric"
            " WHERE is_custom ORDER BY position, id"
        ).fetchall()
        return tuple(
            catalogue.own_metric(
                row_id, label, catalogue.Direction(direction), catalogue.Kind(kind),
                low_anchor=low, high_anchor=high, unit=unit,
            )
            for row_id, label, kind, direction, unit, low, high in stored
        )  # fmt: skip

    def _update(self, day: date, kind: str, **columns: Any) -> Changes:
        with self._ledger.batch(kind) as batch:
            before = batch.read("day", {"day": day.isoformat()})
            known = before or _SILENT
            if any(known[name] != value for name, value in columns.items()):
                batch.put(
                    "day",
                    {"day": day.isoformat()} | columns | recorded_columns(batch.recorded),
                )
        return self._ledger.changes

    def track(self, metric: str, day: date) -> None:
        """Make sure that `metric` counts as asked on `day`, by reaching or opening a span."""
        ledger, text = self._ledger, day.isoformat()
        spans = ledger.connection.execute(
            "SELECT id, first_day, last_day FROM metric_span WHERE metric = ? ORDER BY first_day",
            (metric,),
        ).fetchall()
        if any(
            (first is None or first <= text) and (last is None or text <= last)
            for _, first, last in spans
        ):
            return
        following = [row for row in spans if row[1] is not None and row[1] > text]
        if following:
            span, _, last = following[0]
            ledger.put(
                "metric_span", {"id": span, "metric": metric, "first_day": text, "last_day": last}
            )
            return
        self._seed(metric)
        ledger.put(
            "metric_span",
            {"id": ledger.new_id(), "metric": metric, "first_day": text, "last_day": None},
        )

    def _seed(self, metric: str) -> None:
        """Give a built-in metric that is newer than the journal its row."""
        built_in = catalogue.BY_ID.get(metric)
        if built_in is not None:
            seed_metrics(self._ledger, [built_in])


def seed_metrics(ledger: Ledger, metrics: Iterable[catalogue.Metric]) -> None:
    """Insert built-in metrics without a row. They are the app's own data, so leave no history."""
    for metric in metrics:
        ledger.connection.execute(
            "INSERT OR IGNORE INTO metric (id, label, kind, direction, unit, low_anchor,"
            " high_anchor, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (metric.id, metric.label, metric.kind.value, metric.direction.value, metric.unit,
             metric.low_anchor, metric.high_anchor, catalogue.METRICS.index(metric)),
        )  # fmt: skip


def _rating(row: Any) -> Rating:
    day, metric, value, at, offset, recorded_day, source, source_value, source_scale = row
    return Rating(
        date.fromisoformat(day), metric, value, recorded_or_unknown(at, offset, recorded_day),
        source, source_value, source_scale,
    )  # fmt: skip


def _day_record(row: Any) -> DayRecord:
    day, state, note, for_doctor, left_empty, at, offset, recorded_day = row
    return DayRecord(
        date.fromisoformat(day), state and DayState(state), note, bool(for_doctor),
        bool(left_empty), recorded_from(at, offset, recorded_day),
    )  # fmt: skip
