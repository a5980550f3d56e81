"""One CSV table for each kind of record, for spreadsheets and other programs.

A cell that a spreadsheet would run as a formula gets a leading apostrophe; numbers do not.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from moodlab.domain.intake import JournalIntake
from moodlab.exchange.journal_format import SECTIONS
from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import QT_TRANSLATE_NOOP

FORMAT = "csv"
NAME = QT_TRANSLATE_NOOP("export", "Tables for a spreadsheet (CSV)")
SUFFIX = ".zip"

# Zip entries carry a date; a fixed one keeps the file the same on any day.
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_file(outgoing: Outgoing) -> bytes:
    """Return the tables as one archive."""
    return write_zip(outgoing.read_tables())


def write_tables(journal: JournalIntake) -> dict[str, bytes]:
    """Return the file names and contents of the CSV set."""
    return {
        f"{section}.csv": _table(journal.tables[table])
        for table, section in SECTIONS.items()
        if journal.tables[table]
    }


def write_zip(journal: JournalIntake) -> bytes:
    """Return the CSV set as one zip archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in write_tables(journal).items():
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return archive.getvalue()


def _table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow({name: guard(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8-sig")


def guard(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if (
        isinstance(value, str)
        and value.startswith(_FORMULA_STARTS)
        and not _NUMBER.fullmatch(value)
    ):
        return "'" + value
    return value
