"""The answers of a day: understood by their time, brought together, and set on MoodLab's scale."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from moodlab.domain.days import Recorded
from moodlab.domain.errors import Refused
from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import Rating
from moodlab.exchange.mapping import ColumnMapping, Several, TableMapping, parse_scale_number
from moodlab.exchange.mapping_values import shorten
from moodlab.exchange.table.moments import Moment
from moodlab.exchange.table.rows import TableRow
from moodlab.i18n import translate

LARGEST_SCALE_RESULT = 10
_THOUSANDS = re.compile(r"[-−+]?[0-9]{1,3},[0-9]{3}")


class DayRow(NamedTuple):
    """A row with the day that it describes and the moment when it was written, if known."""

    row: TableRow
    day: date
    moment: Moment | None


class Answer(NamedTuple):
    """One value on the source's own scale, and when it was given."""

    value: Decimal
    moment: Moment | None


class Together(NamedTuple):
    """What the answers of one day become, and the moment of the last that counts, if known."""

    value: Decimal
    moment: Moment | None


def moment_key(moment: Moment | None) -> datetime:
    """Return the key that puts rows of one day in order; rows without a time go before others."""
    return datetime.min.replace(tzinfo=UTC) if moment is None else moment.at.astimezone(UTC)


def parse_cell_number(text: str) -> Decimal | None:
    """Read a number with a point or comma, and with a minus sign as typed or as printed."""
    return parse_scale_number(text.replace(",", ".").replace("−", "-"))


def read_answer(row: TableRow, column: ColumnMapping, missing: Sequence[str]) -> Decimal | None:
    """Return the row's value on the source's scale, None if it is missing. Raises Refused."""
    text = row.cell(column.column)
    if text in missing:
        return None
    value = parse_cell_number(text)
    if value is None:
        raise Refused(
            translate("import", "“{text}” in {column} is not a number.").format(
                text=shorten(text), column=column.column
            )
        )
    if _THOUSANDS.fullmatch(text) and max(-column.low, column.high) >= THOUSAND:
        raise Refused(
            translate(
                "import",
                "The comma in “{text}” in {column} may separate thousands or decimals. Write it"
                " without one.",
            ).format(text=text, column=column.column)
        )
    if not column.low <= value <= column.high:
        raise Refused(
            translate("import", "{value} in {column} is outside {low} to {high}.").format(
                value=shorten(text), column=column.column, low=column.low, high=column.high
            )
        )
    return value


def rate_day(
    day: date, rows: Sequence[DayRow], mapping: TableMapping, day_end_minutes: int
) -> Iterator[Rating]:
    """Yield the ratings of a day."""
    for metric, column in mapping.columns.items():
        answers = [
            Answer(value, moment)
            for row, _, moment in rows
            if (value := read_answer(row, column, mapping.file.missing)) is not None
        ]
        if not answers:
            continue
        value, moment = combine(answers, column.several)
        written: Recorded | None = moment and moment.recorded(day, day_end_minutes)
        yield Rating(
            day,
            metric.id,
            rescale(value, column),
            written,
            source=f"import {mapping.file.name}",
            source_value=f"{value:f}",
            source_scale=column.scale_text,
        )


def combine(answers: Sequence[Answer], several: Several) -> Together:
    """Bring the answers of one day together into one exact value.

    The first and the last are told by their times; answers without one keep their order and count
    only where no answer has a time. Of two at the same time the smaller number goes first.
    """
    timed = sorted(
        (answer for answer in answers if answer.moment is not None),
        key=lambda answer: (moment_key(answer.moment), answer.value),
    )
    if several in (Several.FIRST, Several.LAST):
        chosen = (timed or answers)[0 if several is Several.FIRST else -1]
        return Together(*chosen)
    last = timed[-1].moment if len(timed) == len(answers) else None
    values = sorted(answer.value for answer in answers)
    if several is Several.MEAN:
        return Together(sum(values, Decimal(0)) / len(values), last)
    middle = len(values) // 2
    if len(values) % 2:
        return Together(values[middle], last)
    return Together((values[middle - 1] + values[middle]) / 2, last)


def rescale(value: Decimal, column: ColumnMapping) -> int:
    """Return thousandths on 0–10: (x − low) / (high − low) × 10, rounded half up to one decimal."""
    distance = column.high - value if column.reversed else value - column.low
    share = distance * LARGEST_SCALE_RESULT / (column.high - column.low)
    return int(share.quantize(Decimal("0.1"), ROUND_HALF_UP) * THOUSAND)
