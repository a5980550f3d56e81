"""The charts of Trends."""

from collections.abc import Iterator
from functools import partial

from moodlab.charts import ALL
from moodlab.i18n import translate_marked
from moodlab.ui.page_registry import find_page
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_charts(around: Around) -> Iterator[Entry]:
    for chart in ALL:
        yield Entry(
            f"chart {chart.id}",
            translate_marked(chart.name),
            find_page("trends").shown_title,
            partial(around.main.go_to, "trends", chart.id),
            also=chart.shown_title,
        )


PROVIDER = Provider(_read_charts)
