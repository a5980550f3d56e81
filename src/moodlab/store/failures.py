"""What SQLite says about the file, as a sentence for a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from moodlab.domain.errors import JournalDamaged, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.engine import sqlite


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what SQLite says about the file into a sentence; defects of ours pass through."""
    try:
        yield
    except sqlite.OperationalError as error:
        raise JournalUnusable(_sentence(str(error))) from error
    except sqlite.DatabaseError as error:
        # The class itself means a damaged file; its other children are defects of ours.
        if type(error) is not sqlite.DatabaseError:
            raise
        raise JournalDamaged(
            translate("store", "The journal is damaged and can't be read. Nothing was changed.")
        ) from error


_SENTENCES = (
    ("full", "The disk is full. What you just entered is not saved yet; free some space."),
    ("locked", "Another program is writing to the journal. Try again in a moment."),
    ("readonly", "The journal can't be written: the file or its folder is read-only."),
    ("unable to open", "The journal can't be opened or its folder can't be written."),
    ("disk i/o", "The disk reported an error while saving. What you just entered is not saved."),
)


def _sentence(message: str) -> str:
    for words, sentence in _SENTENCES:
        if words in message.lower():
            return translate("store", sentence)
    return translate("store", "The journal can't be read or written: {error}.").format(
        error=message
    )
