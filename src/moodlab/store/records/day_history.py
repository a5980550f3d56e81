"""A day's own history: every answer and note that it ever had, with when that was written."""

from datetime import date
from typing import Any, NamedTuple

from moodlab.domain.days import Recorded
from moodlab.store.file.engine import Connection
from moodlab.store.file.timestamps import recorded_from
from moodlab.store.ledger.history import read_kept

UNABLE = "unable"
_DAY_COLUMNS = ("state", "note", "note_for_doctor", "left_empty")


class DayChange(NamedTuple):
    """One thing said about a day, and what stood there before.

    `about` is a metric's id, or ``state``, ``note``, ``note_for_doctor`` or ``left_empty``. A value
    is in thousandths, ``unable``, a text or a yes/no as in the table; None where there was none.
    """

    recorded: Recorded
    about: str
    before: int | str | None
    after: int | str | None


def read_day_history(connection: Connection, day: date) -> tuple[DayChange, ...]:
    """Return what was ever said about `day`, oldest first, without what was erased for good."""
    text = day.isoformat()
    rows = connection.execute(
        "SELECT row_table, row_key, before, after, recorded_at, offset_minutes, recorded_day"
        " FROM change WHERE (row_table = 'day' AND row_key = ?)"
        " OR (row_table = 'rating' AND row_key >= ? AND row_key < ?) ORDER BY number",
        (text, f"{text} ", f"{text}!"),
    )
    changes: list[DayChange] = []
    for table, key, before, after, at, offset, recorded_day in rows:
        moment = recorded_from(at, offset, recorded_day)
        old, new = (read_kept(side) if side else None for side in (before, after))
        if table == "rating":
            pairs = [(key.partition(" ")[2], _answer(old), _answer(new))]
        else:
            pairs = [(name, _part(old, name), _part(new, name)) for name in _DAY_COLUMNS]
        changes += [DayChange(moment, *pair) for pair in pairs if pair[1] != pair[2]]
    return tuple(changes)


def _answer(row: dict[str, Any] | None) -> int | str | None:
    if row is None:
        return None
    value: int | None = row["value_thousandths"]
    return UNABLE if value is None else value


def _part(row: dict[str, Any] | None, name: str) -> int | str | None:
    """Return one column of a day; what is empty or off counts as not said."""
    value: int | str | None = row.get(name) if row else None
    return value or None
