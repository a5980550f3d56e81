"""The whole journal as JSON: taken into an empty journal, it exports to the same bytes."""

import json

from moodlab.domain.intake import JournalIntake
from moodlab.exchange.journal_format import FORMAT, SECTIONS, VERSION


def write(journal: JournalIntake) -> bytes:
    """Return the journal as JSON: sorted keys, rows by id, no time of export, path or version."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        **{section: journal.tables[table] for table, section in SECTIONS.items()},
        "history": list(journal.history),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
