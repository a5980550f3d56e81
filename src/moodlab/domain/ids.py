"""Stable ids made by the app, so that copies of a journal can be merged without doubles."""

import os
import time
from collections.abc import Callable

IdMaker = Callable[[], str]


def new_id() -> str:
    """Return a fresh UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits."""
    return uuid7(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10), "big"))


def uuid7(milliseconds: int, randomness: int) -> str:
    """Return the UUIDv7 with this time (milliseconds since 1970) and these 74 low random bits."""
    bits = (milliseconds & (1 << 48) - 1) << 80
    bits |= 0x7 << 76 | (randomness >> 62 & 0xFFF) << 64
    bits |= 0b10 << 62 | randomness & (1 << 62) - 1
    text = f"{bits:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
