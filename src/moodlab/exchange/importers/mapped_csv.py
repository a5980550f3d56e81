"""Any CSV table, read through a mapping file: rows become ratings, doses and events.

Several answers on one day are combined first, then rescaled to 0–10 and rounded half up to
one decimal; the source's own value and scale stay beside ours.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from moodlab.domain.days import ONE_DAY, Recorded, recorded, refuse_before_1900, refuse_future
from moodlab.domain.errors import Refused
from moodlab.domain.events import Event
from moodlab.domain.ids import derived_id
from moodlab.domain.intake import Intake, RowProblem
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Dose, Treatment
from moodlab.exchange.mapping import (
    ColumnMapping,
    RecordedMapping,
    Several,
    TableMapping,
    TreatmentMapping,
    parse_scale_number,
)
from moodlab.exchange.mapping_file import read_mapping
from moodlab.exchange.source import Source, read_whole
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "csv"
NAME = QT_TRANSLATE_NOOP("import", "A table")
SUFFIXES = (".csv", ".tsv", ".txt")
LARGEST_SCALE_RESULT = 10


class NeedsMapping(Refused):
    """A table needs a mapping file, which says which column is which."""


@dataclass(frozen=True, slots=True)
class Row:
    """One accepted row of the table."""

    line: int
    day: date
    cells: dict[str, str]


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file is named like a table; any text could be one."""
    return path.suffix.lower() in SUFFIXES


def open_source(source: Source) -> Intake:
    """Return the records in the table. Raises NeedsMapping without a mapping file."""
    if source.map_file is None:
        raise NeedsMapping(
            translate("import", "A table needs a mapping file, which says what is in it.")
        )
    mapping = read_mapping(read_whole(source.map_file))
    return read(source.read_bytes(), mapping, source.day_end_minutes, source.calendar_today)


def read(
    content: bytes, mapping: TableMapping, day_end_minutes: int, calendar_today: date
) -> Intake:
    """Read a table. Raises Refused when the file or the mapping can't be used at all."""
    rows, problems = _read_rows(content, mapping, calendar_today)
    by_day: dict[date, list[Row]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    ratings = [
        rating
        for day, answers in sorted(by_day.items())
        for rating in _rate_day(day, answers, mapping, day_end_minutes)
    ]
    ordered = sorted(rows, key=lambda row: row.day)
    return Intake(
        source=mapping.file.name,
        ratings=tuple(ratings),
        treatments=tuple(
            treatment
            for wanted in mapping.treatment
            if (treatment := _follow_doses(ordered, wanted, mapping)) is not None
        ),
        events=tuple(_find_events(ordered, mapping)),
        problems=tuple(problems),
    )


def _read_rows(
    content: bytes, mapping: TableMapping, calendar_today: date
) -> tuple[list[Row], list[RowProblem]]:
    try:
        text = content.decode(mapping.file.encoding)
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=mapping.file.delimiter)
        heading = table.fieldnames or []
    except (UnicodeError, csv.Error) as error:
        raise Refused(
            translate("import", "The table can't be read as {encoding} text.").format(
                encoding=mapping.file.encoding
            )
        ) from error
    _refuse_missing_columns(heading, mapping)
    rows: list[Row] = []
    problems: list[RowProblem] = []
    try:
        for cells in table:
            try:
                rows.append(_read_row(table.line_num, cells, mapping, calendar_today))
            except Refused as error:
                problems.append(RowProblem(table.line_num, error.sentence))
    except csv.Error as error:
        raise Refused(
            translate("import", "Line {line} can't be read as a table row.").format(
                line=table.line_num
            )
        ) from error
    return rows, problems


def _refuse_missing_columns(heading: Sequence[str], mapping: TableMapping) -> None:
    wanted = [mapping.file.date, *(column.column for column in mapping.columns.values())]
    wanted += mapping.recorded.columns if mapping.recorded else ()
    wanted += [treatment.column for treatment in mapping.treatment]
    wanted += [mapping.events.column] if mapping.events else []
    wanted += [rule.column for rule in mapping.refuse]
    for name in wanted:
        if name not in heading:
            raise Refused(
                translate("import", "The table has no column “{name}”. It has {known}.").format(
                    name=name, known=", ".join(column for column in heading if column)
                )
            )


def _read_row(line: int, cells: dict[str, str], mapping: TableMapping, calendar_today: date) -> Row:
    if any(value is None for value in cells.values()) or None in cells:
        raise Refused(translate("import", "The row has more or fewer cells than the heading."))
    for rule in mapping.refuse:
        if cells[rule.column].strip() == rule.value:
            raise Refused(rule.reason)
    file = mapping.file
    try:
        day = datetime.strptime(cells[file.date].strip(), file.date_format).date()  # noqa: DTZ007
    except ValueError:
        raise Refused(
            translate("import", "“{text}” is not a date as the mapping says.").format(
                text=cells[file.date]
            )
        ) from None
    refuse_before_1900(day)
    refuse_future(day, calendar_today)
    row = Row(line, day, cells)
    for column in mapping.columns.values():
        _answer(row, column, mapping)
    return row


def _answer(row: Row, column: ColumnMapping, mapping: TableMapping) -> Decimal | None:
    """Return the row's value on the source's scale, None if it is missing. Raises Refused."""
    text = row.cells[column.column].strip()
    if text in mapping.file.missing:
        return None
    value = parse_scale_number(text.replace(",", "."))
    if value is None:
        raise Refused(
            translate("import", "“{text}” in {column} is not a number.").format(
                text=text, column=column.column
            )
        )
    if not column.low <= value <= column.high:
        raise Refused(
            translate("import", "{value} in {column} is outside {low} to {high}.").format(
                value=text, column=column.column, low=column.low, high=column.high
            )
        )
    return value


def _rate_day(
    day: date, rows: Sequence[Row], mapping: TableMapping, day_end_minutes: int
) -> Iterator[Rating]:
    for metric, column in mapping.columns.items():
        answered = [
            (value, row) for row in rows if (value := _answer(row, column, mapping)) is not None
        ]
        if not answered:
            continue
        together = combine([value for value, _ in answered], column.several)
        yield Rating(
            day,
            metric.id,
            rescale(together, column),
            _moment(day, [row for _, row in answered], mapping, day_end_minutes),
            source=f"import {mapping.file.name}",
            source_value=f"{together:f}",
            source_scale=column.scale_text,
        )


def combine(values: Sequence[Decimal], several: Several) -> Decimal:
    """Combine the answers of one day, in the order of the rows, into one exact value."""
    if several is Several.FIRST:
        return values[0]
    if several is Several.LAST:
        return values[-1]
    if several is Several.MEAN:
        return sum(values, Decimal(0)) / len(values)
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def rescale(value: Decimal, column: ColumnMapping) -> int:
    """Return thousandths on 0–10: (x − low) / (high − low) × 10, rounded half up to one decimal."""
    distance = column.high - value if column.reversed else value - column.low
    share = distance * LARGEST_SCALE_RESULT / (column.high - column.low)
    return int(share.quantize(Decimal("0.1"), ROUND_HALF_UP) * THOUSAND)


def _moment(
    day: date, rows: Sequence[Row], mapping: TableMapping, day_end_minutes: int
) -> Recorded:
    """Return when the day's last used answer was given; noon if the table does not say."""
    rule = mapping.recorded or RecordedMapping()
    known = [moment for row in rows if (moment := _time_of(row, rule)) is not None]
    local = datetime.combine(day, max(known) if known else time(12))
    aware = local.replace(tzinfo=rule.zone) if rule.zone else local.replace(tzinfo=UTC)
    return recorded(aware, day_end_minutes)


def _time_of(row: Row, rule: RecordedMapping) -> time | None:
    for column in rule.columns:
        text = row.cells[column].strip()
        if any(text.startswith(prefix) for prefix in rule.unknown):
            continue
        for form in (rule.time_format, *rule.other_formats):
            try:
                return datetime.strptime(text, form).time()  # noqa: DTZ007 - a time of day
            except ValueError:
                continue
    return None


def _follow_doses(
    rows: Sequence[Row], wanted: TreatmentMapping, mapping: TableMapping
) -> Treatment | None:
    """Return the treatment whose daily dose is in the column."""
    treatment_id = derived_id(mapping.file.name, "treatment", wanted.name)
    doses: list[Dose] = []
    last_day: date | None = None
    for row in rows:
        amount = row.cells[wanted.column].strip()
        if amount in mapping.file.missing:
            continue
        if amount == wanted.ended_by:
            if doses and last_day is None:
                last_day = row.day - ONE_DAY
            continue
        text = f"{amount} {wanted.unit}".strip()
        if last_day is not None or not doses or doses[-1].text != text:
            last_day = None
            doses.append(Dose(derived_id(treatment_id, row.day.isoformat()), row.day, text))
    if not doses:
        return None
    return Treatment(treatment_id, wanted.name, wanted.kind, tuple(doses), last_day)


def _find_events(rows: Sequence[Row], mapping: TableMapping) -> Iterator[Event]:
    if mapping.events is None:
        return
    seen: set[str] = set()
    for row in rows:
        value = row.cells[mapping.events.column].strip()
        if value in mapping.file.missing or value in seen:
            continue
        seen.add(value)
        text = mapping.events.texts.get(value, f"{mapping.events.column} {value}")
        yield Event(derived_id(mapping.file.name, "event", value), row.day, text)
