"""Turns the errors of SQLite and the system, and rows that can't be read, into sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from moodlab.domain.errors import JournalBusy, JournalDamaged, JournalUnusable, Refused
from moodlab.i18n import translate
from moodlab.store.file.engine import Connection, has_key, sqlite

# What comes of a date, number, choice or JSON that isn't one, and of a value of another type.
_UNREADABLE = (
    ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError, Refused,
)  # fmt: skip
_UNDECODABLE = "could not decode"


class Unreadable(JournalDamaged):
    """A row holds something that MoodLab never writes, such as a date with a flipped bit."""


@contextmanager
def reading() -> Iterator[None]:
    """Report rows that can't be read as damage, as a `with` block or a decorator.

    Wrap only code that turns rows into records, because a defect of ours inside would look like
    damage too. The original error stays the cause. Raises JournalUnusable.
    """
    with translated_errors():
        try:
            yield
        except _UNREADABLE as error:
            raise Unreadable(_damage()) from error


def refuse_odd_rows(connection: Connection) -> None:
    """Raise JournalDamaged if a row is out of order or holds bytes for a text.

    A search by day would skip a row that is out of order. Takes 30 ms for ten years. An encrypted
    journal needs no check, because SQLCipher verifies each page as it is read.
    """
    if has_key(connection):
        return
    with translated_errors():
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise JournalDamaged(_damage())


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn SQLite's errors about the file into sentences; let defects of ours pass."""
    try:
        yield
    except sqlite.OperationalError as error:
        # The driver's own error, and so the only one without a code.
        if _UNDECODABLE in str(error).lower():
            raise Unreadable(_damage()) from error
        if cause_of(error) is Cause.ENDLESS:
            raise JournalDamaged(_damage()) from error
        if cause_of(error) is Cause.BUSY:
            raise JournalBusy(_sentence(error)) from error
        raise JournalUnusable(_sentence(error)) from error
    except (UnicodeDecodeError, MemoryError) as error:
        # What SQLite said about a damaged table was no text either, or it has more than any memory.
        raise JournalDamaged(_damage()) from error
    except sqlite.DatabaseError as error:
        # The class itself means a damaged file; its other children are defects of ours.
        if type(error) is not sqlite.DatabaseError:
            raise
        raise JournalDamaged(_damage()) from error


def _damage() -> str:
    return translate(
        "store",
        "Part of the file can't be read. Nothing was changed. You can restore the latest backup "
        "with File, Restore… or “moodlab restore”; “moodlab check” shows where the damage is.",
    )


class Cause(Enum):
    """Why the file can't be read or written, as far as a person can act on it."""

    FULL = auto()
    BUSY = auto()
    READ_ONLY = auto()
    UNREACHABLE = auto()
    DISK = auto()
    ENDLESS = auto()  # see `file.cost_limit`
    OTHER = auto()


_BY_SQLITE_CODE = {
    sqlite.SQLITE_FULL: Cause.FULL,
    sqlite.SQLITE_BUSY: Cause.BUSY,
    sqlite.SQLITE_LOCKED: Cause.BUSY,
    sqlite.SQLITE_READONLY: Cause.READ_ONLY,
    sqlite.SQLITE_CANTOPEN: Cause.UNREACHABLE,
    sqlite.SQLITE_IOERR: Cause.DISK,
    sqlite.SQLITE_INTERRUPT: Cause.ENDLESS,
}
_BY_ERRNO = {
    errno.ENOSPC: Cause.FULL,
    errno.EDQUOT: Cause.FULL,
    errno.EROFS: Cause.READ_ONLY,
    errno.EACCES: Cause.READ_ONLY,
    errno.EPERM: Cause.READ_ONLY,
    errno.EIO: Cause.DISK,
}
# The low byte of an extended result code is the primary one.
_PRIMARY = 0xFF


def cause_of(error: BaseException | None) -> Cause:
    """Return why SQLite or the system refused; `OTHER` where neither gives a code.

    sqlcipher3 gives SQLite's code with all but the errors that it raises itself.
    """
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, Cause.OTHER)
    code = getattr(error, "sqlite_errorcode", None) or 0
    return _BY_SQLITE_CODE.get(code & _PRIMARY, Cause.OTHER)


def _sentence(error: BaseException) -> str:
    match cause_of(error):
        case Cause.FULL:
            return translate(
                "store",
                "The disk is full. What you just entered is not saved yet; free some space.",
            )
        case Cause.BUSY:
            return translate(
                "store", "Another program is writing to the journal. Try again in a moment."
            )
        case Cause.READ_ONLY:
            return translate(
                "store", "The journal can't be written: the file or its folder is read-only."
            )
        case Cause.UNREACHABLE:
            return translate("store", "The journal can't be opened or its folder can't be written.")
        case Cause.DISK:
            return translate(
                "store",
                "The disk reported an error while saving. What you just entered is not saved.",
            )
        case Cause.ENDLESS | Cause.OTHER:
            return translate("store", "The journal can't be read or written: {error}.").format(
                error=error
            )
