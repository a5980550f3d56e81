"""Finds a text in notes, events, questions, treatments and the notes of blood results."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from moodlab.domain.history.finding import Found, Hit, Needle
from moodlab.store.errors import reading
from moodlab.store.file.engine import Connection

MOST_HITS = 200
_BEGAN = "(SELECT min(first_day) FROM dose WHERE dose.treatment = treatment.id)"
# What is looked through: table, key, the day it stands on, and the column with the text. What is
# said of a treatment when it ends stands on that day.
_LOOKED_THROUGH = (
    ("day", "day", "day", "note"),
    ("event", "id", "first_day", "text"),
    ("event", "id", "first_day", "whom"),
    ("question", "id", "asked_day", "text"),
    ("question", "id", "coalesce(answered_day, asked_day)", "answer"),
    ("treatment", "id", _BEGAN, "name"),
    ("treatment", "id", f"coalesce(last_day, {_BEGAN})", "end_reason"),
    ("treatment", "id", f"coalesce(last_day, {_BEGAN})", "noticed"),
    ("lab_result", "id", "collected", "note"),
    ("lab_result", "id", "collected", "remark"),
)


@reading()
def find_text(connection: Connection, text: str, most: int = MOST_HITS) -> Found:
    """Return where `text` stands, latest day first, and how often. Raises Refused for no text."""
    needle = Needle(text)
    hits = [
        Hit(table, key, column, date.fromisoformat(day), excerpt)
        for table, key, column, day, written in _read_texts(connection)
        if (excerpt := needle.find_in(written)) is not None
    ]
    hits.sort(key=lambda hit: (hit.day, hit.table, hit.key), reverse=True)
    return Found(tuple(hits[:most]), len(hits))


def _read_texts(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield table, key, column, day and text of everything that was written."""
    for table, key, day, column in _LOOKED_THROUGH:
        columns = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        # A journal of an older version that is only read lacks some.
        if (column,) not in columns.fetchall():
            continue
        yield from connection.execute(
            f"SELECT '{table}', {key}, '{column}', {day}, {column} FROM {table}"
            f" WHERE {column} <> '' AND {day} IS NOT NULL"
        )
