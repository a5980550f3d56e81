"""MoodLab's own JSON export, read back. The file is not trusted: every field is checked."""

import json
from pathlib import Path
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.domain.intake import JournalIntake
from moodlab.exchange.journal_format import FORMAT as DOCUMENT_FORMAT
from moodlab.exchange.journal_format import READABLE, SECTIONS
from moodlab.exchange.source import MOST_RECORDS, MOST_VALUES, Source, too_many
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "json"
NAME = QT_TRANSLATE_NOOP("import", "A journal that MoodLab exported")
SUFFIXES = (".json",)

_HISTORY_FIELDS = {
    "id", "row_table", "row_key", "before", "after", "recorded_at", "offset_minutes",
    "recorded_day",
}  # fmt: skip
_SIMPLE = (str, int, type(None))


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file begins as JSON does, or is named like it."""
    begins_as_json = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    return path.suffix.lower() in SUFFIXES or begins_as_json


def open_source(source: Source) -> JournalIntake:
    """Return the journal in the file. Raises Refused for any other file."""
    return read(source.read_bytes(), source.path.name)


def read(content: bytes, name: str) -> JournalIntake:
    """Read a journal. Raises Refused for a file that this version does not understand."""
    _refuse_many(content)
    try:
        document = json.loads(content)
    except json.JSONDecodeError as error:
        raise Refused(
            translate("import", "{name} is not readable JSON: see line {line}.").format(
                name=name, line=error.lineno
            )
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refused(
            translate("import", "{name} is not readable JSON.").format(name=name)
        ) from error
    if not isinstance(document, dict) or document.get("format") != DOCUMENT_FORMAT:
        raise Refused(
            translate("import", "{name} is not a journal exported by MoodLab.").format(name=name)
        )
    if document.get("version") not in READABLE:
        raise Refused(
            translate(
                "import",
                "{name} was exported by a newer version of MoodLab. Import it with that version.",
            ).format(name=name)
        )
    history = _rows(document, "history", name)
    for change in history:
        if set(change) != _HISTORY_FIELDS or change["row_table"] not in SECTIONS:
            raise _broken(name, "history")
    return JournalIntake(
        name,
        {table: _rows(document, section, name) for table, section in SECTIONS.items()},
        tuple(history),
    )


def _refuse_many(content: bytes) -> None:
    """Raise Refused for more records or values than a journal has: each takes memory."""
    records = content.count(b"{") + content.count(b"[")
    if records > MOST_RECORDS or content.count(b",") > MOST_VALUES:
        raise too_many(MOST_RECORDS)


def _rows(document: dict[str, Any], section: str, name: str) -> list[dict[str, Any]]:
    rows = document.get(section, [])
    if not isinstance(rows, list):
        raise _broken(name, section)
    for row in rows:
        if not isinstance(row, dict) or not all(
            isinstance(value, _SIMPLE) and not isinstance(value, bool) for value in row.values()
        ):
            raise _broken(name, section)
    return rows


def _broken(name: str, section: str) -> Refused:
    return Refused(
        translate(
            "import", "{name} is damaged: MoodLab did not write “{section}” like this."
        ).format(name=name, section=section)
    )
