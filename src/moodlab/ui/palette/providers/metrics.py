"""What is rated: its row on Today, and how it went over time."""

from collections.abc import Iterator
from functools import partial

from moodlab.domain.metrics import Kind
from moodlab.i18n import translate
from moodlab.ui.page_registry import find_page
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_metrics(around: Around) -> Iterator[Entry]:
    journal = around.session.journal
    today = journal.today()
    for tracked in journal.read_metrics():
        metric = tracked.metric
        if not tracked.spans:
            continue
        is_row = metric.kind is Kind.SCALE and tracked.is_tracked_in(today, today)
        if is_row:
            yield Entry(
                f"metric {metric.id}",
                metric.shown_label,
                translate("palette", "Its row on Today"),
                partial(around.main.go_to, "today", f"row {metric.id}"),
            )
        yield Entry(
            f"metric over time {metric.id}",
            translate("palette", "{metric} over time").format(metric=metric.shown_label),
            find_page("trends").shown_title,
            partial(around.main.go_to, "trends", f"one_metric {metric.id}"),
        )


PROVIDER = Provider(_read_metrics)
