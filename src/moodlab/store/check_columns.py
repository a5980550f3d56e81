"""Looks at every column of every table for a value that no save of MoodLab's leaves.

What a column holds follows from its name, which is the same in all tables.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from moodlab.domain import metrics as catalogue
from moodlab.store.file.engine import Connection
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.timestamps import day_end_from

# Longer than any text that is typed, read aloud or printed; a row in the history holds a whole one.
_LONGEST, _LONGEST_ROW = 100_000, 1_000_000
_MOST_METRICS = 1000
_MOST_DIGITS = 100
_WIDEST_OFFSET = 24 * 60
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_KEPT = {"before", "after", "conditions", "units", "value"}


def find_odd_values(connection: Connection) -> Iterator[str]:
    """Yield the place of each odd value, as table, key and column, without the value itself."""
    for table, keys in (*KEYS.items(), ("batch", ("id",)), ("change", ("id",))):
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        count = 0
        for values in cursor:
            count += 1
            row = dict(zip(names, values, strict=True))
            for name, value in row.items():
                if value is not None and not _fits(table, name, value, row):
                    where = " ".join(str(row[key])[:80] for key in keys)
                    yield f"{table} {where} {name}"
        if table == "metric" and count > _MOST_METRICS:
            yield f"metric ({count})"


def _fits(table: str, name: str, value: Any, row: dict[str, Any]) -> bool:
    if isinstance(value, str):
        longest = _LONGEST_ROW if name in _KEPT else _LONGEST
        if len(value) > longest or "\x00" in value:
            return False
    if table == "metric" and not row["is_custom"]:
        return _is_built_in(row)
    if table == "journal":
        return name != "value" or row["key"] != "day_end_minutes" or _works(day_end_from, value)
    look = _LOOKS.get(f"{table}.{name}") or _LOOKS.get(name)
    return look is None or _works(look, value)


def _works(look: Callable[[Any], object], value: Any) -> bool:
    try:
        return look(value) is not False
    except (ValueError, TypeError, ArithmeticError, RecursionError):
        return False


def _is_built_in(row: dict[str, Any]) -> bool:
    """Whether a built-in metric has its own name and kind; one of a later version has any."""
    known = catalogue.BY_ID.get(row["id"])
    return known is None or (row["kind"], row["direction"]) == (
        known.kind.value, known.direction.value,
    )  # fmt: skip


def _is_day(text: str) -> object:
    return text == "" or date.fromisoformat(text)


def _is_moment(text: str) -> object:
    return text == "" or datetime.fromisoformat(text)


def _is_number(text: str) -> bool:
    return (
        len(text) <= _MOST_DIGITS
        and _NUMBER.fullmatch(text) is not None
        and Decimal(text).is_finite()
    )


_LOOKS: dict[str, Callable[[Any], object]] = {
    "day": _is_day, "first_day": _is_day, "last_day": _is_day, "collected": _is_day,
    "reported": _is_day, "asked_day": _is_day, "recorded_day": _is_day,
    "recorded_at": _is_moment, "at": _is_moment,
    "offset_minutes": lambda minutes: abs(minutes) <= _WIDEST_OFFSET,
    "conditions": json.loads, "units": json.loads, "before": json.loads, "after": json.loads,
    "lab_result.value": _is_number, "canonical_value": _is_number,
}  # fmt: skip
