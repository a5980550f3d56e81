"""What is rated: a rating's row on Today, anything else in the charts."""

from collections.abc import Iterator
from functools import partial

from moodlab.domain.metrics import Kind
from moodlab.i18n import translate
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_metrics(around: Around) -> Iterator[Entry]:
    journal = around.session.journal
    today = journal.today()
    for tracked in journal.read_metrics():
        metric = tracked.metric
        if not tracked.spans:
            continue
        is_row = metric.kind is Kind.SCALE and tracked.is_tracked_in(today, today)
        yield Entry(
            f"metric {metric.id}",
            metric.shown_label,
            translate("palette", "Its row on Today")
            if is_row
            else translate("palette", "Over time in Trends"),
            partial(around.main.go_to, "today", f"row {metric.id}")
            if is_row
            else partial(around.main.open_from_keyboard, "trends"),
        )


PROVIDER = Provider(_read_metrics)
