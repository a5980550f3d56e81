"""Checks a whole journal: the file, its structure, its history and its backups."""

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moodlab.domain.courses import course_text, find_overlaps
from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.i18n import translate
from moodlab.store.backups.names import Backup, backups_folders, find_unread, list_backups
from moodlab.store.check_columns import find_odd_values
from moodlab.store.check_history import find_unexplained
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import reading
from moodlab.store.file.contents import find_damage, verify_file
from moodlab.store.file.engine import Connection, sqlite
from moodlab.store.file.header import examine
from moodlab.store.file.upgrading import differing_names
from moodlab.store.gate import Gate, rows_by_treatment
from moodlab.store.journal import FOREVER, Journal
from moodlab.store.ledger.history import row_key
from moodlab.store.records.diary import read_tables

# What a row that no save wrote may end in when it is made a record.
_UNREADABLE = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: its kind, its place in the file, and a sentence about it."""

    what: str
    where: str
    sentence: str


def check_journal(journal: Journal) -> tuple[Problem, ...]:
    """Return every problem found, without writing anything.

    The file, its structure, its history, courses that share days, and whether the backups beside it
    can be read.
    """
    unreadable = tuple(_check_reading(journal))
    columns = tuple(_check_columns(journal))
    if unreadable:
        return (*_check_itself(journal), *unreadable, *columns, *_check_backups(journal))
    sound = (*_check_records(journal), *_check_courses(journal))
    return (*_check_itself(journal), *columns, *sound, *_check_backups(journal))


def _check_itself(journal: Journal) -> tuple[Problem, ...]:
    connection = journal.ledger.connection
    try:
        with reading():
            damage = tuple(_damaged(line) for line in find_damage(connection, journal.key))
            return (
                *damage,
                *_check_references(connection),
                *_check_schema(journal),
                *(Problem("history", *found) for found in find_unexplained(connection)),
            )
    except JournalUnusable as error:
        return (_damaged(_without_content(error.__cause__)),)


def _without_content(error: BaseException | None) -> str:
    """Return SQLite's message without the text that it could not decode, or the error's class."""
    if isinstance(error, sqlite.Error):
        return str(error).partition(" with text ")[0]
    return type(error).__name__


def _check_reading(journal: Journal) -> Iterator[Problem]:
    """Yield a problem for each kind of record with a row that can't be read."""
    readers: dict[str, Callable[[], object]] = {
        "rating": lambda: journal.days.read_ratings(FOREVER.first, FOREVER.last),
        "day": lambda: journal.days.read_days(FOREVER.first, FOREVER.last),
        "lab_result": journal.labs.read_all,
        "treatment": journal.treatments.read_all,
        "event": journal.events.read_events,
        "question": journal.events.read_questions,
        "bin": journal.bin.read,
    }
    unread = [name for name, read in readers.items() if not _works(read)]
    if not unread and not _works(journal.read_diary):
        unread = ["journal"]
    for name in unread:
        yield _damaged(name)


def _check_columns(journal: Journal) -> Iterator[Problem]:
    """Yield a problem for each value that no save leaves, in any column of any table."""
    try:
        with reading():
            for where in find_odd_values(journal.ledger.connection):
                yield Problem(
                    "value",
                    where,
                    translate(
                        "check", "MoodLab did not write the value in {where} like this."
                    ).format(where=where),
                )
    except JournalUnusable as error:
        yield _damaged(_without_content(error.__cause__))


def _check_records(journal: Journal) -> Iterator[Problem]:
    """Yield a problem for each row that no save could have written: a mood of 99, the year 1700."""
    try:
        with reading():
            tables = read_tables(journal.ledger.connection)
    except JournalUnusable as error:
        yield _damaged(_without_content(error.__cause__))
        return
    gate = Gate(journal.ledger.clock(), journal.days.read_own_metrics())
    doses, as_needed = (rows_by_treatment(tables[name]) for name in ("dose", "as_needed"))
    for table, rows in tables.items():
        for row in rows:
            where = f"{table} {row_key(table, row)}"
            try:
                gate.check_row(table, row)
                if table == "treatment":
                    parts = (found.get(row["id"], ()) for found in (doses, as_needed))
                    gate.check_treatment(row, *parts)
            except Refused as error:
                yield Problem("record", where, _unlikely(error.sentence, table, row))
            except _UNREADABLE:
                yield _damaged(where)


def _unlikely(reason: str, table: str, row: Mapping[str, Any]) -> str:
    ways = {
        "rating": "moodlab log {day} {metric}=clear",
        "day": "moodlab log {day} note= resumed",
        "dose": "moodlab delete {treatment}",
        "as_needed": "moodlab delete {treatment}",
        **dict.fromkeys(("event", "question", "treatment", "lab_result"), "moodlab delete {id}"),
    }
    said = translate("check", "MoodLab would not save this: {reason}").format(reason=reason)
    if table not in ways:
        return said
    way = translate("check", "Take it out with “{command}”.").format(
        command=ways[table].format_map(row)
    )
    return f"{said} {way}"


def _check_courses(journal: Journal) -> Iterator[Problem]:
    """No two courses of one treatment share a day; MoodLab 0.1 and imports could leave such."""
    for one, other in find_overlaps(journal.treatments.read_all()):
        yield Problem(
            "course",
            f"treatment {one.id}, {other.id}",
            translate(
                "check",
                "{name} has two courses that share days: {one}, and {other}. Make one of them with"
                " “moodlab treatment {quoted} --join”; then give the last day with --to.",
            ).format(
                name=one.name,
                one=course_text(one),
                other=course_text(other),
                quoted=shlex.quote(one.name),
            ),
        )


def _works(read: Callable[[], object]) -> bool:
    try:
        read()
    except JournalUnusable:
        return False
    return True


def _damaged(detail: str) -> Problem:
    return Problem(
        "file",
        detail,
        translate("check", "The file is damaged. Keep it, and restore the latest backup."),
    )


def _check_references(connection: Connection) -> Iterator[Problem]:
    for table, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Problem(
            "reference",
            f"{table} {row_id}",
            translate("check", "A row in “{table}” refers to a missing row in “{parent}”.").format(
                table=table, parent=parent
            ),
        )


def _check_schema(journal: Journal) -> Iterator[Problem]:
    for name in journal.odd_parts or differing_names(journal.ledger.connection):
        yield Problem(
            "schema",
            name,
            translate(
                "check", "MoodLab did not create the table or index “{name}” like this."
            ).format(name=name),
        )


def _check_backups(journal: Journal) -> Iterator[Problem]:
    backups = list_backups(journal.path)
    closed = find_unread(backups_folders(journal.path))
    for each in closed:
        yield Problem("copy", str(each.path), each.sentence)
    known = {each.path for each in closed}
    unread = [
        backup.path.name
        for backup in backups
        if backup.path not in known and not _is_readable(backup, journal.key)
    ]
    if unread:
        yield Problem(
            "copy",
            ", ".join(unread),
            translate(
                "check",
                "{n} of {all} backups are damaged or have another passphrase.",
            ).format(n=len(unread), all=len(backups)),
        )


def _is_readable(backup: Backup, key: Key | None) -> bool:
    """Whether a backup can be read whole, with `key` if it is encrypted."""
    try:
        salt = examine(backup.path)
        if salt is not None and key is None:
            return False
        verify_file(backup.path, None if salt is None else key)
    except (JournalUnusable, sqlite.Error):
        return False
    return True
