"""Compares a journal with its own history: each row with its last change, and all with the sum."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from moodlab.i18n import translate
from moodlab.store.file.engine import Connection
from moodlab.store.file.migrations import KEYS
from moodlab.store.ledger import ledger_sum


def find_unexplained(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the place of, and a sentence about, each thing that the history does not explain.

    A journal that is put together from pages of different ages has at least one, unless its content
    is that of one moment.
    """
    if ledger_sum.differs_from_sum(connection):
        yield (
            "ledger",
            translate(
                "check",
                "Parts of the file are older than others, or its history was changed by another "
                "program. A backup may have all of it.",
            ),
        )
    yield from _compare_rows(connection)


def _compare_rows(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield each row that differs from its last change or is missing."""
    last: dict[tuple[str, str], str | None] = {}
    for table, key, after in connection.execute(
        "SELECT row_table, row_key, after FROM change ORDER BY number"
    ):
        last[table, key] = after
    for table, keys in KEYS.items():
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            key = " ".join(str(row[name]) for name in keys)
            after = last.pop((table, key), None)
            if after is None:
                if not _has_no_history(table, key):
                    yield _unexplained(table, key)
            elif not _agrees(after, row):
                yield _unexplained(table, key)
    for (table, key), after in last.items():
        if after is not None:
            yield (
                f"{table} {key}",
                translate(
                    "check", "An entry in “{table}” is missing but was never deleted."
                ).format(table=table),
            )


def _has_no_history(table: str, key: str) -> bool:
    """Whether a row is the app's own: built-in metrics, and the sum over the history."""
    return table == "metric" or (table, key) == ("journal", ledger_sum.KEY)


def _agrees(after: str, row: Mapping[str, Any]) -> bool:
    """Whether a row equals what its last change left; never, if the history is damaged."""
    try:
        kept = json.loads(after)
    except (ValueError, TypeError):
        return False
    return isinstance(kept, dict) and all(
        name in row and row[name] == value for name, value in kept.items()
    )


def _unexplained(table: str, key: str) -> tuple[str, str]:
    return (
        f"{table} {key}",
        translate(
            "check",
            "An entry in “{table}” does not match its history. A backup may have the original.",
        ).format(table=table),
    )
