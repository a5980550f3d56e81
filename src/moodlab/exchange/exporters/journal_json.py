"""The whole journal as JSON. Imported into an empty journal, it exports to the same bytes."""

import json

from moodlab.domain.intake import JournalIntake
from moodlab.exchange.journal_format import FORMAT as DOCUMENT_FORMAT
from moodlab.exchange.journal_format import SECTIONS, VERSION
from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import QT_TRANSLATE_NOOP

FORMAT = "json"
NAME = QT_TRANSLATE_NOOP("export", "The whole diary, to be read back (JSON)")
SUFFIX = ".json"


def write_file(outgoing: Outgoing) -> bytes:
    """Return the whole journal."""
    return write(outgoing.read_tables())


def write(journal: JournalIntake) -> bytes:
    """Return the journal as JSON: sorted keys, rows by id, no time of export, path or version."""
    document = {
        "format": DOCUMENT_FORMAT,
        "version": VERSION,
        **{section: journal.tables[table] for table, section in SECTIONS.items()},
        "history": list(journal.history),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
