"""The pages of the window."""

from collections.abc import Iterator
from functools import partial

from moodlab.i18n import translate
from moodlab.ui.page_registry import ALL
from moodlab.ui.palette.entry import Around, Entry, Provider


def _read_pages(around: Around) -> Iterator[Entry]:
    for page in ALL:
        yield Entry(
            f"page {page.id}",
            page.shown_title,
            translate("palette", "Page"),
            partial(around.main.open_from_keyboard, page.id),
        )


PROVIDER = Provider(_read_pages)
