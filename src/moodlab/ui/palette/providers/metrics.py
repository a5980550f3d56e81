"""What is rated: its row on Today, and how it went over time."""

from collections.abc import Iterator
from functools import partial

from moodlab.domain.metrics import SLEEP_HOURS
from moodlab.i18n import translate
from moodlab.ui.page_registry import find_page
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_metrics(around: Around) -> Iterator[Entry]:
    journal, go_to = around.session.journal, around.main.go_to
    today = journal.today()
    asked = [tracked for tracked in journal.read_metrics() if tracked.spans]
    for tracked in asked:
        if tracked.metric.id != SLEEP_HOURS and tracked.is_tracked_in(today, today):
            yield Entry(
                f"metric {tracked.metric.id}",
                tracked.metric.shown_label,
                translate("palette", "Its row on Today"),
                partial(go_to, "today", f"row {tracked.metric.id}"),
            )
    for metric in (tracked.metric for tracked in asked):
        yield Entry(
            f"metric over time {metric.id}",
            translate("palette", "{metric} over time").format(metric=metric.shown_label),
            find_page("trends").shown_title,
            partial(go_to, "trends", f"one_metric {metric.id}"),
        )


PROVIDER = Provider(_read_metrics)
