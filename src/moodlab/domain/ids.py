"""Stable ids made by the app, so that copies of a journal can be merged without doubles."""

import os
import time
from collections.abc import Callable
from threading import Lock

IdMaker = Callable[[], str]

_RANDOM_BITS = 74
_lock = Lock()
_last = (0, 0)


def new_id() -> str:
    """Return a fresh UUIDv7 (RFC 9562 §5.7), later in order than any this process made before."""
    global _last
    with _lock:
        milliseconds = time.time_ns() // 1_000_000
        if milliseconds > _last[0]:
            # The top bit stays free, so that counting on never overflows within a millisecond.
            _last = (milliseconds, int.from_bytes(os.urandom(10), "big") >> 80 - _RANDOM_BITS + 1)
        else:
            _last = (_last[0], _last[1] + 1)
        return uuid7(*_last)


def uuid7(milliseconds: int, randomness: int) -> str:
    """Return the UUIDv7 with this time (milliseconds since 1970) and these 74 low random bits."""
    bits = (milliseconds & (1 << 48) - 1) << 80
    bits |= 0x7 << 76 | (randomness >> 62 & 0xFFF) << 64
    bits |= 0b10 << 62 | randomness & (1 << 62) - 1
    return _dashed(bits)


def derived_id(*parts: str) -> str:
    """Return the UUIDv8 that belongs to these texts, so that an import meets its own rows again."""
    # It brings OpenSSL into memory, which only imports need.
    import hashlib

    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    bits = int.from_bytes(digest[:16], "big")
    bits = bits & ~(0xF << 76) | 0x8 << 76
    bits = bits & ~(0b11 << 62) | 0b10 << 62
    return _dashed(bits)


def _dashed(bits: int) -> str:
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
