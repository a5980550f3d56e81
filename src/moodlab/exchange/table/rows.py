"""The rows of a table as the file has them, each with the line that it begins on."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from moodlab.domain.errors import Refused
from moodlab.exchange.mapping import FileMapping, TableMapping
from moodlab.exchange.mapping_values import shorten
from moodlab.exchange.source import LARGEST_FILE_MB
from moodlab.i18n import translate

# A last line that no table has: an open quotation mark would swallow it.
_END = "\0"
_SHOWN_COLUMNS = 20
_HEAD = 1000


class TableRow(NamedTuple):
    """One row: the line of its first cell, and its cells by their column; None if some are off."""

    line: int
    cells: dict[str, str] | None

    def cell(self, column: str) -> str:
        """Return a cell without the spaces around it."""
        if self.cells is None:
            raise Refused(translate("import", "The row has more or fewer cells than the heading."))
        return self.cells[column.strip()].strip()


def read_rows(content: bytes, mapping: TableMapping) -> Iterator[TableRow]:
    """Yield the rows below the heading.

    Raises Refused for what is no table, and for one without a column that the mapping names.
    """
    records = _read_records(content, mapping.file)
    _line, heading = next(records, (1, []))
    names = [name.strip() for name in heading]
    _refuse_columns(names, mapping)
    for line, cells in records:
        fits = len(cells) == len(names)
        yield TableRow(line, dict(zip(names, cells, strict=True)) if fits else None)


def _read_records(content: bytes, file: FileMapping) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank, and the first of its lines."""
    lines = chain(io.StringIO(_decode(content, file.encoding), newline=""), [_END])
    # A long text in a column that nobody needs costs nothing.
    csv.field_size_limit(LARGEST_FILE_MB * 1_000_000)
    table = csv.reader(lines, delimiter=file.delimiter)
    line = 1
    last: tuple[int, list[str]] = (line, [])
    try:
        for cells in table:
            if any(cell.strip() for cell in last[1]):
                yield last
            last = (line, cells)
            line = table.line_num + 1
    except csv.Error as error:
        raise Refused(
            translate("import", "Line {line} can't be read as a table row.").format(line=line)
        ) from error
    if last[1] != [_END]:
        raise Refused(
            translate("import", "A quotation mark in line {line} is never closed.").format(
                line=last[0]
            )
        )


def _decode(content: bytes, encoding: str) -> str:
    head = content[:_HEAD]
    is_wide = head.count(0) * 4 > len(head)
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
        text.encode()  # UTF-7 may hold half a character
        if is_wide and "\0" in text[:_HEAD]:
            raise UnicodeError
    except UnicodeError as error:
        likely = "utf-16" if is_wide else "cp1252"
        raise Refused(
            translate(
                "import",
                "The table can't be read as {encoding} text. Write another encoding in the mapping,"
                ' such as encoding = "{likely}".',
            ).format(encoding=encoding, likely="utf-8" if likely == encoding else likely)
        ) from error
    return text


def _refuse_columns(heading: Sequence[str], mapping: TableMapping) -> None:
    if not any(heading):
        raise Refused(translate("import", "The table is empty."))
    counts = Counter(heading)
    for name in _wanted_columns(mapping):
        if name not in counts:
            raise Refused(
                translate("import", "The table has no column “{name}”. It has {known}.").format(
                    name=name, known=_name_some([column for column in heading if column])
                )
            )
        if counts[name] > 1:
            raise Refused(
                translate(
                    "import", "The table has {n} columns called “{name}”. Rename all but one."
                ).format(n=counts[name], name=name)
            )


def _name_some(columns: Sequence[str]) -> str:
    names = ", ".join(shorten(column) for column in columns[:_SHOWN_COLUMNS])
    more = len(columns) - _SHOWN_COLUMNS
    if more <= 0:
        return names
    return translate("import", "{names} and {n} more").format(names=names, n=more)


def _wanted_columns(mapping: TableMapping) -> Iterator[str]:
    wanted = [mapping.file.date, *(column.column for column in mapping.columns.values())]
    wanted += mapping.recorded.columns if mapping.recorded else ()
    wanted += [treatment.column for treatment in mapping.treatment]
    wanted += [mapping.events.column] if mapping.events else []
    wanted += [rule.column for rule in mapping.refuse]
    return (name.strip() for name in wanted)
