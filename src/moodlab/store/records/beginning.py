"""Fills a new journal: built-in metrics, the ones asked daily, and its settings."""

from collections.abc import Collection

from moodlab.domain import metrics as catalogue
from moodlab.domain.days import DEFAULT_DAY_END_MINUTES
from moodlab.store.ledger.history import Ledger
from moodlab.store.records.days import seed_metrics

BEGIN = "begin"


def begin_journal(
    ledger: Ledger, *, is_example: bool = False, asked: Collection[str] | None = None
) -> None:
    """Fill an empty journal file, which asks the daily metrics or those `asked` of them.

    This step can't be undone.
    """
    with ledger.batch(BEGIN, undoable=False) as batch:
        seed_metrics(ledger, catalogue.METRICS)
        for metric in catalogue.METRICS:
            if metric.daily and (asked is None or metric.id in asked):
                span = {"id": ledger.new_id(), "metric": metric.id,
                        "first_day": None, "last_day": None}  # fmt: skip
                batch.put("metric_span", span)
        batch.put("journal", {"key": "journal_id", "value": ledger.new_id()})
        batch.put("journal", {"key": "day_end_minutes", "value": str(DEFAULT_DAY_END_MINUTES)})
        batch.put("journal", {"key": "is_example", "value": str(int(is_example))})


def has_begun(ledger: Ledger) -> bool:
    """Whether the journal has its own id."""
    return ledger.read("journal", {"key": "journal_id"}) is not None
