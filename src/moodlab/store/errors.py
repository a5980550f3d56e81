"""What SQLite says about the file, or what stands in it, as a sentence for a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from moodlab.domain.errors import JournalDamaged, JournalUnusable, Refused
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.store.file.engine import Connection, is_encrypted, sqlite

# What comes of a date, number, choice or JSON that isn't one, and of a value of another type.
_UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, Refused)
_UNDECODABLE = "could not decode"


class Unreadable(JournalDamaged):
    """A row holds what MoodLab never writes, such as a date with a flipped bit."""


@contextmanager
def reading() -> Iterator[None]:
    """Take what can't be read in the rows for damage: a `with` block, or a decorator.

    A mistake of ours in such a block would look like damage too, so it goes around what turns rows
    into records and nothing else. The error itself stays the cause. Raises JournalUnusable.
    """
    with translated_errors():
        try:
            yield
        except _UNREADABLE as error:
            raise Unreadable(_damage()) from error


def refuse_odd_rows(connection: Connection) -> None:
    """Raise JournalDamaged where a row is out of order or holds bytes for a text.

    A search by days would pass over what is out of order. 30 ms for ten years. The pages of an
    encrypted journal prove themselves when they are read.
    """
    if is_encrypted(connection):
        return
    with translated_errors():
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise JournalDamaged(_damage())


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what SQLite says about the file into a sentence; defects of ours pass through."""
    try:
        yield
    except sqlite.OperationalError as error:
        if _UNDECODABLE in str(error).lower():
            raise Unreadable(_damage()) from error
        raise JournalUnusable(_sentence(str(error))) from error
    except UnicodeDecodeError as error:
        # What SQLite said about a damaged table was no text either.
        raise JournalDamaged(_damage()) from error
    except sqlite.DatabaseError as error:
        # The class itself means a damaged file; its other children are defects of ours.
        if type(error) is not sqlite.DatabaseError:
            raise
        raise JournalDamaged(_damage()) from error


def _damage() -> str:
    return translate(
        "store",
        "The journal is damaged: part of it can't be read. Nothing was changed. You can restore "
        "the latest backup, here or with “moodlab restore”; “moodlab check” shows where the "
        "damage is.",
    )


_SENTENCES = (
    (
        "full",
        QT_TRANSLATE_NOOP(
            "store", "The disk is full. What you just entered is not saved yet; free some space."
        ),
    ),
    (
        "locked",
        QT_TRANSLATE_NOOP(
            "store", "Another program is writing to the journal. Try again in a moment."
        ),
    ),
    (
        "readonly",
        QT_TRANSLATE_NOOP(
            "store", "The journal can't be written: the file or its folder is read-only."
        ),
    ),
    (
        "unable to open",
        QT_TRANSLATE_NOOP("store", "The journal can't be opened or its folder can't be written."),
    ),
    (
        "disk i/o",
        QT_TRANSLATE_NOOP(
            "store", "The disk reported an error while saving. What you just entered is not saved."
        ),
    ),
)


def _sentence(message: str) -> str:
    for words, sentence in _SENTENCES:
        if words in message.lower():
            return translate_marked(sentence)
    return translate("store", "The journal can't be read or written: {error}.").format(
        error=message
    )
