"""One CSV table for each kind of record, for spreadsheets and other programs.

Ratings stand in their own unit, with how late they were written. Text that a spreadsheet would run
as a formula gets an apostrophe; numbers do not.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from moodlab.domain.days import timeliness
from moodlab.domain.intake import JournalIntake
from moodlab.domain.metrics import METRICS
from moodlab.exchange.formulas import guard
from moodlab.exchange.journal_format import SECTIONS
from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import QT_TRANSLATE_NOOP

FORMAT = "csv"
NAME = QT_TRANSLATE_NOOP("export", "Tables for a spreadsheet (CSV)")
SUFFIX = ".zip"

# Zip entries carry a date; a fixed one keeps the file the same on any day.
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_file(outgoing: Outgoing) -> bytes:
    """Return the tables as one archive."""
    return write_zip(outgoing.read_tables())


def write_tables(journal: JournalIntake) -> dict[str, bytes]:
    """Return the file names and contents of the CSV set."""
    return {
        f"{section}.csv": _table(_shown(table, journal))
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


def _shown(table: str, journal: JournalIntake) -> Iterable[Mapping[str, Any]]:
    """Return the rows as they go out: ratings in their own unit."""
    rows = journal.tables[table]
    if table != "rating":
        return rows
    own = {row["id"]: row["unit"] for row in journal.tables.get("metric", [])}
    units = {metric.id: metric.unit for metric in METRICS} | own
    return [_show_rating(row, units.get(row["metric"], "")) for row in rows]


def _show_rating(row: Mapping[str, Any], unit: str) -> dict[str, Any]:
    day, written = row["day"], row["recorded_day"]
    late = timeliness(date.fromisoformat(day), date.fromisoformat(written) if written else None)
    shown: dict[str, Any] = {}
    for name, value in row.items():
        if name == "value_thousandths":
            shown["value"] = None if value is None else f"{Decimal(value).scaleb(-3).normalize():f}"
            shown["unit"] = unit
        else:
            shown[name] = value
    return {**shown, "written": late.value}


def _table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row), lineterminator="\r\n")
            writer.writeheader()
        writer.writerow(
            {name: guard(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        )
    return text.getvalue().encode("utf-8-sig")
