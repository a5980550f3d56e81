"""The rows of the page Settings."""

from collections.abc import Iterator
from functools import partial

from moodlab.i18n import translate_marked
from moodlab.ui.page_registry import ALL as PAGES
from moodlab.ui.page_registry import find_page
from moodlab.ui.palette.entry import Around, Entry, Provider
from moodlab.ui.settings.rows import ALL


def _read_settings(around: Around) -> Iterator[Entry]:
    pages = {page.shown_title for page in PAGES}
    for row in ALL:
        # What has a page of its own is found as that.
        if row.shown_title not in pages:
            yield Entry(
                f"setting {row.id}",
                row.shown_title,
                find_page("settings").shown_title,
                partial(around.main.go_to, "settings", row.id),
                also=translate_marked(row.also),
            )


PROVIDER = Provider(_read_settings)
