"""MoodLab's own CSV tables, in an archive or a folder, read back. They are not trusted.

The history and the bin are not in it: every row counts as new when it is imported.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from decimal import InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.domain.intake import JournalIntake, Tables
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.numbers import read_decimal
from moodlab.exchange.archive import UNREADABLE, open_archive
from moodlab.exchange.formulas import restore
from moodlab.exchange.journal_format import DERIVED, EMPTY_IS_NULL, SECTIONS, WHOLE_NUMBERS
from moodlab.exchange.source import LARGEST_FILE_MB, MOST_RECORDS, Source, too_large, too_many
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "tables"
NAME = QT_TRANSLATE_NOOP("import", "Tables that MoodLab exported")
SUFFIXES = (".zip",)
# Every journal has settings; no other archive is likely to have a table of that name at its top.
_SIGN = f"{SECTIONS['journal']}.csv"


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file is an archive, or a folder, with the tables of a journal."""
    if path.is_dir():
        return (path / _SIGN).is_file()
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with open_archive(path) as archive:
            return _SIGN in archive.namelist()
    except (*UNREADABLE, OSError, ValueError, Refused):
        return False


def open_source(source: Source) -> JournalIntake:
    """Return the journal in the tables. Raises Refused for tables that can't be used."""
    name = source.path.name
    if source.path.is_dir():
        return JournalIntake(name, _read_tables(source.path, name), ())
    try:
        with open_archive(source.path) as archive:
            tables = _read_tables(zipfile.Path(archive), name)
    except (*UNREADABLE, ValueError) as error:
        raise Refused(translate("import", "{name} is damaged.").format(name=name)) from error
    return JournalIntake(name, tables, ())


def _read_tables(folder: Path | zipfile.Path, name: str) -> Tables:
    tables = {}
    free = MOST_RECORDS
    for table, section in SECTIONS.items():
        rows = list(islice(_read_table(folder / f"{section}.csv", table, name), free + 1))
        free -= len(rows)
        if free < 0:
            raise too_many(MOST_RECORDS)
        tables[table] = rows
    return tables


def _read_table(path: Path | zipfile.Path, table: str, name: str) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return  # a table without rows is left out
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE_MB * 1_000_000 + 1)
    if len(content) > LARGEST_FILE_MB * 1_000_000:
        raise too_large(Path(path.name), LARGEST_FILE_MB)
    line = 1
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        heading = next(rows, [])
        if len(heading) == 1:  # a spreadsheet saved it with other separators
            raise ValueError("heading")
        line = rows.line_num + 1
        for cells in rows:
            if cells:  # blank lines are no rows
                if len(cells) != len(heading) or len(set(heading)) < len(heading):
                    raise ValueError("cells")
                yield _read_row(table, dict(zip(heading, cells, strict=True)))
            line = rows.line_num + 1
    except (csv.Error, ValueError, InvalidOperation) as error:
        raise Refused(
            translate(
                "import", "{name}, {member}: MoodLab did not write line {line} like this."
            ).format(name=name, member=path.name, line=line)
        ) from error


def _read_row(table: str, cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column, cell in cells.items():
        if column in DERIVED.get(table, ()):
            continue
        if not cell and column in EMPTY_IS_NULL.get(table, ()):
            row[column] = None
        elif column in WHOLE_NUMBERS:
            row[column] = int(cell)
        else:
            row[column] = restore(cell)
    if table == "rating" and "value" in row:  # older exports have thousandths
        text = row.pop("value")
        row["value_thousandths"] = None if text is None else _to_thousandths(text)
    return row


def _to_thousandths(text: str) -> int:
    thousandths = read_decimal(text) * THOUSAND
    if not thousandths.is_finite() or thousandths.adjusted() > 15 or thousandths % 1:
        raise ValueError(text)
    return int(thousandths)
