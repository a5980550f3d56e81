"""Reads a rollback journal without SQLite, to tell whether it belongs to the file beside it.

SQLite itself does not ask: it copies the pages of any journal of the right name into the database.
"""

from collections.abc import Iterator
from pathlib import Path

from moodlab.store.encryption.crypto import Key

_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
_HEADER_BYTES = 28
_MOST_PAGES = 100_000
_COUNTER, _APPLICATION_ID = slice(24, 28), slice(68, 72)


def is_hot(journal: Path) -> bool:
    """Whether SQLite would play this file: it has a first byte that is not zero. Raises OSError."""
    with journal.open("rb") as file:
        return file.read(1) not in (b"", b"\0")


def is_foreign(journal: Path, beginning: bytes, key: Key | None) -> bool:
    """Whether this journal was surely not left by a save to the file that has this `beginning`.

    A save raises the file's change counter by one, and keeps the page that has it; pages of an
    encrypted journal bear the seal of its key. A journal that names a super-journal, which SQLite
    would delete, is none of MoodLab's. Raises OSError.
    """
    content = journal.read_bytes()
    if len(content) >= _HEADER_BYTES and content.endswith(_MAGIC):
        return True
    if not content.startswith(_MAGIC) or len(content) < _HEADER_BYTES:
        return False  # cut off within the header: SQLite drops it
    if key is not None:
        from moodlab.store.encryption.key_check import has_seal

        return not all(has_seal(page, number, key) for number, page in _pages(content))
    first = next((page for number, page in _pages(content) if number == 1), None)
    if first is None or len(beginning) < _APPLICATION_ID.stop:
        return False
    counted = _number(beginning[_COUNTER]) - _number(first[_COUNTER])
    return counted not in (0, 1) or beginning[_APPLICATION_ID] != first[_APPLICATION_ID]


def _pages(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the pages of the journal's first part, with their numbers."""
    count, sector, size = (_number(content[at : at + 4]) for at in (8, 20, 24))
    if not 512 <= size <= 65536 or not 32 <= sector <= 65536:
        return
    step = size + 8
    whole = max(0, len(content) - sector) // step
    for place in range(min(count, whole, _MOST_PAGES)):
        at = sector + place * step
        yield _number(content[at : at + 4]), content[at + 4 : at + 4 + size]


def _number(content: bytes) -> int:
    return int.from_bytes(content, "big")
