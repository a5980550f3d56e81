"""Keeps half-typed input in the journal while the window is locked or closed.

There it is encrypted if the journal is. It is not an entry: it has no history, can't be undone, and
leaves no trace when it is removed.
"""

from contextlib import suppress

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalDamaged
from moodlab.store.errors import reading
from moodlab.store.ledger.history import Ledger

DRAFT = "draft"
_KEY = {"key": DRAFT}


def keep_draft(ledger: Ledger, text: str) -> Changes:
    """Save `text` in place of the former draft; an empty text removes it."""
    # One that can't be read is replaced.
    with suppress(JournalDamaged):
        if text == read_draft(ledger):
            return Changes.NOTHING
    with ledger.batch(DRAFT, undoable=False) as batch:
        batch.forget("journal", DRAFT)
        if text:
            batch.put("journal", _KEY | {"value": text})
    return Changes.NOTHING


@reading()
def read_draft(ledger: Ledger) -> str:
    """Return the draft; empty if there is none."""
    row = ledger.read("journal", _KEY)
    return str(row["value"]) if row else ""
