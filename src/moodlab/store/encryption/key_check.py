"""Checks whether a key fits an encrypted file, before SQLite opens it.

SQLite reports a wrong passphrase and a damaged first page alike. But SQLCipher ends each page
with a check-sum under the key (HMAC-SHA512 over the page and its number), so one page that agrees
proves the key, and the others show what is damaged.
"""

import hashlib
import hmac
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from moodlab.store.encryption.crypto import PAGE_BYTES, SALT_BYTES, Key
from moodlab.store.file.beside.side_files import ROLLBACK, is_there, side_file

_SEAL_BYTES = 64
# Enough to find an undamaged one: these at the beginning, and as many all over the file.
_PAGES_READ = 8
_SALT_MASK = 0x3A


class Fit(Enum):
    """Whether a key opens a file."""

    OPENS = "opens"
    DAMAGED = "damaged"  # the key is right, the file's beginning is not
    WRONG = "wrong"


def try_key(path: Path, key: Key) -> Fit:
    """Return whether `key` opens the encrypted file at `path`. Raises OSError.

    The file must not be open in this process: closing it here would drop SQLite's locks.
    """
    seal_key = _seal_key(key)
    agreeing = {
        number for number, page in _sample_pages(path) if _agrees(page, number, seal_key, key)
    }
    if not agreeing:
        return Fit.WRONG
    # A save that was cut off may have left any page half written; SQLite then puts it right.
    is_being_mended = is_there(side_file(path, ROLLBACK))
    return Fit.OPENS if 1 in agreeing or is_being_mended else Fit.DAMAGED


def has_seal(page: bytes, number: int, key: Key) -> bool:
    """Whether a page of this number was sealed with `key`."""
    return _agrees(page, number, _seal_key(key), key)


def _sample_pages(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield some pages of a file with their numbers, which count from 1."""
    count = path.stat().st_size // PAGE_BYTES
    spread = range(1, count + 1, max(1, count // _PAGES_READ))
    with path.open("rb") as file:
        for number in sorted({*range(1, min(count, _PAGES_READ) + 1), *spread}):
            file.seek((number - 1) * PAGE_BYTES)
            yield number, file.read(PAGE_BYTES)


def _agrees(page: bytes, number: int, seal_key: bytes, key: Key) -> bool:
    if len(page) < PAGE_BYTES or (number == 1 and page[:SALT_BYTES] != key.salt):
        return False
    sealed = page[SALT_BYTES if number == 1 else 0 : -_SEAL_BYTES]
    wanted = hmac.digest(seal_key, sealed + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(wanted, page[-_SEAL_BYTES:])


def _seal_key(key: Key) -> bytes:
    masked = bytes(byte ^ _SALT_MASK for byte in key.salt)
    return hashlib.pbkdf2_hmac("sha512", key.raw, masked, 2, len(key.raw))
