"""Treatments by their names."""

from collections.abc import Iterator
from functools import partial

from moodlab.i18n import translate
from moodlab.ui.page_registry import find_page
from moodlab.ui.palette.entry import Around, Entry, Provider

_PAGE = "treatments"


def _read_treatments(around: Around) -> Iterator[Entry]:
    has_page = find_page(_PAGE).id == _PAGE
    page = find_page(_PAGE if has_page else "trends")
    for row_id, name in around.session.journal.treatments.read_names():
        yield Entry(
            f"treatment {row_id}",
            name,
            translate("palette", "Treatment, in {page}").format(page=page.shown_title),
            partial(around.main.go_to, page.id, f"treatment {row_id}")
            if has_page
            else partial(around.main.open_from_keyboard, page.id),
        )


PROVIDER = Provider(_read_treatments)
