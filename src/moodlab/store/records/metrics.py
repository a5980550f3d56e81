"""What is tracked: metrics of one's own, spans in which each was asked, order and names."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from moodlab.domain import metrics as catalogue
from moodlab.domain.changes import Changes
from moodlab.domain.days import ONE_DAY
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Every, Metric, TrackedMetric, refuse_odd_metric
from moodlab.i18n import translate
from moodlab.store.errors import reading
from moodlab.store.file.engine import read_rows
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.days import DayBook

# Settings of the journal: built-in metrics have no row of their own that exports would carry.
ORDER, NAMES = "metric_order", "metric_names"
EVERY, SHORT = "metric_every", "short_version"


@reading()
def read_metrics(ledger: Ledger, days: DayBook) -> tuple[TrackedMetric, ...]:
    """Return every metric with the spans in which it was asked, named and ordered by the person."""
    spans: dict[str, list[tuple[date | None, date | None]]] = {}
    for metric, first, last in ledger.connection.execute(
        "SELECT metric, first_day, last_day FROM metric_span ORDER BY metric, first_day"
    ):
        begin, end = (text and date.fromisoformat(text) for text in (first, last))
        spans.setdefault(metric, []).append((begin, end))
    names: dict[str, str] = json.loads(_setting(ledger, NAMES, "{}"))
    place = {name: number for number, name in enumerate(json.loads(_setting(ledger, ORDER, "[]")))}
    every = read_every(ledger)
    short = _read_short(ledger)
    metrics = [
        metric._replace(
            label=names.get(metric.id, metric.label), every=every.get(metric.id, Every.DAY)
        )
        if metric.id in names or metric.id in every
        else metric
        for metric in (*catalogue.METRICS, *days.read_own_metrics())
    ]
    metrics.sort(key=lambda metric: place.get(metric.id, len(place)))
    return tuple(
        TrackedMetric(metric, tuple(spans.get(metric.id, ())), metric.id in short)
        for metric in metrics
    )


def read_every(ledger: Ledger) -> dict[str, Every]:
    """Return how often each metric is asked that is not asked every day."""
    stored: dict[str, str] = json.loads(_setting(ledger, EVERY, "{}"))
    return {metric: Every(text) for metric, text in stored.items()}


def write_every(ledger: Ledger, every: Mapping[str, Every]) -> None:
    """Save how often metrics are asked, in place of what was saved before."""
    stored = {metric: how for metric, how in sorted(every.items()) if how is not Every.DAY}
    _set(ledger, EVERY, stored)


class MetricBook:
    """Writes the tables `metric` and `metric_span`, and the person's order and names."""

    def __init__(self, ledger: Ledger, days: DayBook) -> None:
        self._ledger = ledger
        self._days = days

    def add(self, metric: Metric, first_day: date) -> Changes:
        """Add a metric of one's own, which is asked from `first_day` on."""
        refuse_odd_metric(metric)
        with self._ledger.batch("metric") as batch:
            last = batch.connection.execute("SELECT coalesce(max(position), 0) FROM metric")
            batch.put("metric", {**_row(metric), "position": last.fetchone()[0] + 1})
            self._keep_every(metric.id, metric.every)
            self._days.track(metric.id, first_day)
        return self._ledger.changes

    def change(self, metric: Metric) -> Changes:
        """Bring a metric of one's own to this state, or a built-in one to this label.

        How often it is asked goes with it.
        """
        refuse_odd_metric(metric)
        built_in = catalogue.BY_ID.get(metric.id)
        with self._ledger.batch("change metric") as batch:
            if built_in is None:
                batch.put("metric", _row(metric))
            else:
                names: dict[str, str] = json.loads(_setting(batch, NAMES, "{}"))
                names[metric.id] = metric.label
                # Its own name again stands in the chosen language.
                if metric.label in (built_in.label, built_in.shown_label):
                    del names[metric.id]
                _set(batch, NAMES, dict(sorted(names.items())))
            self._keep_every(metric.id, metric.every)
        return self._ledger.changes

    def ask_every(self, metric_id: str, every: Every) -> Changes:
        """Ask every day, or once a week or month."""
        with self._ledger.batch("ask every"):
            self._keep_every(metric_id, every)
        return self._ledger.changes

    def shorten(self, metric_ids: Iterable[str]) -> Changes:
        """Let the short version of a day consist of these."""
        chosen = sorted(set(metric_ids))
        with self._ledger.batch("short version") as batch:
            if chosen != sorted(_read_short(batch)):
                _set(batch, SHORT, chosen)
        return self._ledger.changes

    def order(self, metric_ids: Sequence[str]) -> Changes:
        """Let these metrics stand first, in this order."""
        with self._ledger.batch("order metrics"):
            _set(self._ledger, ORDER, list(metric_ids))
        return self._ledger.changes

    def stop(self, metric_id: str, day: date) -> Changes:
        """Ask no more from `day` on, or from the day after where it has an answer on `day`."""
        with self._ledger.batch("stop metric") as batch:
            key = {"day": day.isoformat(), "metric": metric_id}
            last = day if batch.read("rating", key) else day - ONE_DAY
            for span in self._spans(metric_id):
                first, ends = (
                    each and date.fromisoformat(each)
                    for each in (span["first_day"], span["last_day"])
                )
                if first is not None and first > last:
                    batch.remove("metric_span", span)
                elif ends is None or ends > last:
                    batch.put("metric_span", span | {"last_day": last.isoformat()})
        return self._ledger.changes

    def resume(self, metric_id: str, day: date) -> Changes:
        """Ask again from `day` on. A span that ended just before goes on."""
        with self._ledger.batch("resume metric") as batch:
            ended = (day - ONE_DAY).isoformat()
            for span in self._spans(metric_id):
                if span["last_day"] is not None and span["last_day"] >= ended:
                    batch.put("metric_span", span | {"last_day": None})
                    break
            else:
                self._days.track(metric_id, day)
        return self._ledger.changes

    def delete(self, metric_id: str) -> Changes:
        """Move a metric of one's own to the bin. Raises Refused for one that has answers."""
        with self._ledger.batch("delete metric") as batch:
            count = batch.connection.execute(
                "SELECT count(*) FROM rating WHERE metric = ?", (metric_id,)
            ).fetchone()[0]
            if count:
                raise Refused(
                    translate(
                        "metrics",
                        "It has answers ({n}), which would go too. “moodlab track stop” keeps them"
                        " and asks no more.",
                    ).format(n=count)
                )
            for span in self._spans(metric_id):
                batch.remove("metric_span", span)
            batch.remove("metric", {"id": metric_id})
        return self._ledger.changes

    def _spans(self, metric_id: str) -> list[dict[str, Any]]:
        return read_rows(
            self._ledger.connection,
            "SELECT * FROM metric_span WHERE metric = ? ORDER BY first_day",
            (metric_id,),
        )

    def has_answers(self, metric_id: str) -> bool:
        """Whether any day has an answer to it."""
        found = self._ledger.connection.execute(
            "SELECT 1 FROM rating WHERE metric = ? LIMIT 1", (metric_id,)
        )
        return found.fetchone() is not None

    def _keep_every(self, metric_id: str, every: Every) -> None:
        known = read_every(self._ledger)
        if known.get(metric_id, Every.DAY) is not every:
            write_every(self._ledger, known | {metric_id: every})


def _read_short(ledger: Ledger) -> list[str]:
    chosen: list[str] = json.loads(_setting(ledger, SHORT, json.dumps(catalogue.SHORT_VERSION)))
    return chosen


def _set(ledger: Ledger, key: str, value: object) -> None:
    ledger.put("journal", {"key": key, "value": json.dumps(value, ensure_ascii=False)})


def _setting(ledger: Ledger, key: str, default: str) -> str:
    row = ledger.read("journal", {"key": key})
    return str(row["value"]) if row else default


def _row(metric: Metric) -> dict[str, Any]:
    return {
        "id": metric.id,
        "label": metric.label,
        "kind": metric.kind.value,
        "direction": metric.direction.value,
        "unit": metric.unit,
        "low_anchor": metric.low_anchor,
        "high_anchor": metric.high_anchor,
        "is_custom": 1,
    }
