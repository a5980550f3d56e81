"""Any CSV table, read through a mapping file: rows become ratings, doses and events.

Several answers on one day are combined first, then rescaled to 0–10 and rounded half up to
one decimal; the source's own value and scale stay beside ours. Rows are put in order by their
times: most programs write the newest first.
"""

from collections import Counter
from datetime import date
from pathlib import Path

from moodlab.domain.days import Period, refuse_before_1900, refuse_future
from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake, RowProblem, TableSummary
from moodlab.exchange.mapping import RecordedMapping, TableMapping
from moodlab.exchange.mapping_file import read_mapping
from moodlab.exchange.mapping_values import shorten
from moodlab.exchange.source import (
    LARGEST_MAPPING_MB,
    LARGEST_TABLE_MB,
    MOST_ROWS,
    Source,
    read_whole,
    too_many,
)
from moodlab.exchange.table.answers import DayRow, rate_day, read_answer
from moodlab.exchange.table.courses import find_events, follow_doses
from moodlab.exchange.table.date_order import refuse_other_order
from moodlab.exchange.table.moments import find_time, parse_date
from moodlab.exchange.table.rows import TableRow, read_rows
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "csv"
NAME = QT_TRANSLATE_NOOP("import", "A table")
SUFFIXES = (".csv", ".tsv", ".txt")


class NeedsMapping(Refused):
    """A table needs a mapping file, which says which column is which."""


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file is named like a table; any text could be one."""
    return path.suffix.lower() in SUFFIXES


def open_source(source: Source) -> Intake:
    """Return the records in the table. Raises NeedsMapping without a mapping file."""
    if source.map_file is None:
        raise NeedsMapping(
            translate("import", "A table needs a mapping file, which says what is in it. Example:")
            + '\n[file]\ndate = "date"\ndate_format = "%Y-%m-%d"\n\n'
            '[columns.mood]\ncolumn = "mood"\nlow = 1\nhigh = 5'
        )
    mapping = read_mapping(read_whole(source.map_file, LARGEST_MAPPING_MB))
    return read(
        source.read_bytes(LARGEST_TABLE_MB), mapping, source.day_end_minutes, source.calendar_today
    )


def read(
    content: bytes, mapping: TableMapping, day_end_minutes: int, calendar_today: date
) -> Intake:
    """Read a table. Raises Refused when the file or the mapping can't be used at all."""
    reading = _Reading(mapping, calendar_today)
    for row in read_rows(content, mapping):
        reading.add(row)
        if reading.count > MOST_ROWS:
            raise too_many(MOST_ROWS)
    reading.refuse_other_order()
    days = {day: reading.by_day[day] for day in sorted(reading.by_day)}
    problems = reading.problems
    ratings = tuple(
        rating
        for day, rows in days.items()
        for rating in rate_day(day, rows, mapping, day_end_minutes)
    )
    treatments = tuple(
        course
        for wanted in mapping.treatment
        for course in follow_doses(days, wanted, mapping, problems)
    )
    events = tuple(find_events(days, mapping, problems))
    counts = Counter(rating.metric for rating in ratings)
    return Intake(
        source=mapping.file.name,
        ratings=ratings,
        treatments=treatments,
        events=events,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        table=TableSummary(
            rows=reading.count,
            together=sum(len(rows) for rows in days.values() if len(rows) > 1),
            without_time=reading.without_time,
            unread_time=reading.unread_time,
            days=Period(min(days), max(days)) if days else None,
            ratings=tuple((metric.id, counts[metric.id]) for metric in mapping.columns),
        ),
    )


class _Reading:
    """Collects the rows of a table by the day that they describe, and what is off with others."""

    def __init__(self, mapping: TableMapping, calendar_today: date) -> None:
        self.by_day: dict[date, list[DayRow]] = {}
        self.problems: list[RowProblem] = []
        self.count = self.without_time = self.unread_time = 0
        self._mapping = mapping
        self._rule = mapping.recorded or RecordedMapping()
        self._calendar_today = calendar_today
        self._fitting: set[str] = set()
        self._unread: set[str] = set()
        self._fitting_times: set[str] = set()
        self._unread_times: set[str] = set()

    def add(self, row: TableRow) -> None:
        """Take one row in, or note why it can't be imported."""
        self.count += 1
        try:
            day = self._read_day(row)
        except Refused as error:
            self.problems.append(RowProblem(row.line, error.sentence))
            return
        moment, is_unread, text = find_time(
            row, day, self._rule, self._mapping.file.missing, self._calendar_today
        )
        self.by_day.setdefault(day, []).append(DayRow(row, day, moment))
        self.without_time += moment is None
        self.unread_time += is_unread
        if moment is None or moment.is_dated:
            (self._unread_times if is_unread else self._fitting_times).add(text)

    def refuse_other_order(self) -> None:
        """Raise Refused when a format of the mapping takes months for days."""
        zone, today = self._rule.zone, self._calendar_today
        refuse_other_order(
            "date_format", self._mapping.file.date_format, zone, self._fitting, self._unread, today
        )
        if not self._rule.other_formats:
            self._fitting_times.discard("")  # of rows without a time
            refuse_other_order(
                "time_format", self._rule.time_format, zone, self._fitting_times,
                self._unread_times, today,
            )  # fmt: skip

    def _read_day(self, row: TableRow) -> date:
        """Return the day of a row that can be imported. Raises Refused for any other."""
        file = self._mapping.file
        for rule in self._mapping.refuse:
            if row.cell(rule.column) == rule.value:
                raise Refused(rule.reason)
        text = row.cell(file.date)
        try:
            day = parse_date(text, file.date_format, self._rule.zone)
        except ValueError:
            self._unread.add(text)
            raise Refused(
                translate("import", "“{text}” is not a date as the mapping says.").format(
                    text=shorten(text)
                )
            ) from None
        self._fitting.add(text)
        refuse_before_1900(day)
        refuse_future(day, self._calendar_today)
        for column in self._mapping.columns.values():
            read_answer(row, column, file.missing)
        return day
