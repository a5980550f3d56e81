"""What was half typed when the window was locked or closed, kept in the journal for a while.

So it is encrypted where the journal is. It is no entry: it leaves no history, no step that could be
undone, and goes without a trace when it is taken out.
"""

from moodlab.domain.changes import Changes
from moodlab.store.errors import reading
from moodlab.store.ledger.history import Ledger

DRAFT = "draft"
_KEY = {"key": DRAFT}


def keep_draft(ledger: Ledger, text: str) -> Changes:
    """Keep `text` in place of what was kept before, durably; an empty text keeps nothing."""
    if text == read_draft(ledger):
        return Changes.NOTHING
    with ledger.batch(DRAFT, undoable=False) as batch:
        batch.forget("journal", DRAFT)
        if text:
            batch.put("journal", _KEY | {"value": text})
    return Changes.NOTHING


@reading()
def read_draft(ledger: Ledger) -> str:
    """Return what is kept; empty where nothing is."""
    row = ledger.read("journal", _KEY)
    return str(row["value"]) if row else ""
