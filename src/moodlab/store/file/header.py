"""Tells what a file is from its first bytes, before SQLite opens it.

So a refused file stays unchanged. Only the first opening in a process reads it:
closing any handle on a file drops this process's SQLite locks on it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moodlab.domain.errors import JournalDamaged, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.links import why_link_is_broken
from moodlab.store.encryption.crypto import PAGE_BYTES, SALT_BYTES
from moodlab.store.file.beside.side_files import ROLLBACK, is_there, side_file
from moodlab.store.file.engine import APPLICATION_ID
from moodlab.store.file.migrations import SCHEMA_VERSION

HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\x00"
_PAGE_SIZE, _WRITE_VERSION, _PAGES, _USER_VERSION, _APPLICATION_ID = (
    slice(16, 18), slice(18, 20), slice(28, 32), slice(60, 64), slice(68, 72),
)  # fmt: skip
_FOREIGN = (
    (b"PK", "a zip archive"),
    (b"%PDF", "a PDF"),
    (b"<?xml", "an XML file"),
    (b"{", "a JSON or text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
# A random beginning agrees with the plain one in 104 of its 128 bits about never.
_MOST_FLIPPED_BITS = 24


def examine(path: Path) -> bytes | None:
    """Return the salt with which the encrypted journal at `path` begins; None for a plain one.

    Raises JournalUnusable for any other file, and for a newer journal.
    """
    content = _read_beginning(path)
    problem = _problem_with(content)
    if problem:
        raise JournalUnusable(problem.format(name=path.name))
    if _is_plain(content) and _is_cut_off(path, content):
        raise _cut_off(path)
    return None if _is_plain(content) else content[:SALT_BYTES]


def is_in_wal_mode(path: Path) -> bool:
    """Whether another program turned the plain journal at `path` to write-ahead logging."""
    content = _read_beginning(path)
    return _is_plain(content) and 2 in content[_WRITE_VERSION]


def refuse_version(path: Path, version: int, application: int) -> None:
    """Raise JournalUnusable for another program's database and for a newer journal."""
    problem = _problem_with_numbers(version, application)
    if problem:
        raise JournalUnusable(problem.format(name=path.name))


def refuse_plain_header(path: Path, content: bytes) -> None:
    """Raise JournalUnusable where a file's first bytes are another program's or a newer journal's.

    What may be a damaged journal, or an encrypted one, passes.
    """
    if _is_plain(content) and len(content) >= HEADER_BYTES:
        version, application = content[_USER_VERSION], content[_APPLICATION_ID]
        refuse_version(path, int.from_bytes(version, "big"), int.from_bytes(application, "big"))


def refuse_torn(path: Path) -> None:
    """Raise JournalUnusable for an encrypted journal whose last page is not whole.

    More than that can't be seen from outside; SQLite notices missing pages itself.
    """
    if not _is_being_mended(path) and path.stat().st_size % PAGE_BYTES:
        raise _cut_off(path)


def _cut_off(path: Path) -> JournalDamaged:
    return JournalDamaged(
        translate(
            "store",
            "{name} is incomplete: part of it is missing. Nothing was changed. “moodlab restore” "
            "restores an automatic backup.",
        ).format(name=path.name)
    )


def _is_being_mended(path: Path) -> bool:
    """Whether there is a rollback journal: the file may be half written, and SQLite repairs it."""
    return is_there(side_file(path, ROLLBACK))


def _is_plain(content: bytes) -> bool:
    return content.startswith(_MAGIC)


def _is_cut_off(path: Path, content: bytes) -> bool:
    """Whether pages that the plain header counts are missing."""
    page_size = int.from_bytes(content[_PAGE_SIZE], "big")
    pages = int.from_bytes(content[_PAGES], "big")
    # SQLite writes 1 for pages of 65536 bytes.
    wanted = pages * (65536 if page_size == 1 else page_size)
    return not _is_being_mended(path) and path.stat().st_size < wanted


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn errors while reading `path` into sentences."""
    try:
        yield
    except FileNotFoundError:
        if (broken := why_link_is_broken(path)) is not None:
            raise JournalUnusable(broken) from None
        raise JournalUnusable(
            translate(
                "store", "There is no journal at {path}. “moodlab init” creates an empty one."
            ).format(path=path)
        ) from None
    except OSError as error:
        raise JournalUnusable(
            translate("store", "Can't read {name}: {reason}.").format(
                name=path.name, reason=os.strerror(error.errno or 0)
            )
        ) from error


def _read_beginning(path: Path) -> bytes:
    """Return the first page, or the whole file if it is shorter."""
    with readable(path):
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise JournalUnusable(
                translate("store", "{name} is a folder, not a journal.").format(name=path.name)
            )
        if not stat.S_ISREG(mode):
            raise JournalUnusable(
                translate("store", "{name} is not a file.").format(name=path.name)
            )
        with path.open("rb") as file:
            return file.read(PAGE_BYTES)


def _problem_with(content: bytes) -> str | None:
    if not content:
        return translate("store", "{name} is empty. It is not a journal. Nothing was changed.")
    if not _is_plain(content):
        return _problem_with_unknown(content)
    if len(content) < HEADER_BYTES:
        return translate("store", "{name} is cut off after a few bytes. Nothing was changed.")
    return _problem_with_numbers(
        int.from_bytes(content[_USER_VERSION], "big"),
        int.from_bytes(content[_APPLICATION_ID], "big"),
    )


def _problem_with_unknown(content: bytes) -> str | None:
    """Return what a file is that is no plain journal; None if it may be an encrypted one."""
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            return translate(
                "store", "{{name}} is {kind}, not a journal. Nothing was changed."
            ).format(kind=kind)
    if len(content) < PAGE_BYTES or _is_text(content):
        return translate(
            "store", "{name} is a text file or part of a file, not a journal. Nothing was changed."
        )
    if not any(content[:SALT_BYTES]) or _is_nearly_plain(content):
        return translate(
            "store",
            "The beginning of {name} is damaged, so it can't be read. Nothing was changed. "
            "“moodlab restore” restores an automatic backup.",
        )
    return None


def _is_text(content: bytes) -> bool:
    """Whether these bytes are text: without control characters, which ciphertext has by dozens."""
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in content)


def _is_nearly_plain(content: bytes) -> bool:
    here, plain = (int.from_bytes(part, "big") for part in (content[: len(_MAGIC)], _MAGIC))
    return (here ^ plain).bit_count() <= _MOST_FLIPPED_BITS


def _problem_with_numbers(version: int, application: int) -> str | None:
    if application != APPLICATION_ID:
        return translate("store", "{name} is another program's database. Nothing was changed.")
    if version > SCHEMA_VERSION:
        return translate(
            "store",
            "{name} was written by a newer version of MoodLab. Open it with that version. "
            "Nothing was changed.",
        )
    return None
