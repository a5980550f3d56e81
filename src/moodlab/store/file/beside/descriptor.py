"""Reads a journal's bytes beside SQLite, through one descriptor that all of the process shares.

Where a process closes any descriptor of a file, POSIX drops every lock that it has on the file,
those of SQLite too. So this one stays open as long as any connection to the file does.
"""

import os
from pathlib import Path
from threading import Lock

_guard = Lock()
# By what identifies a file: its descriptor, and how many hold it.
_held: dict[tuple[int, int], list[int]] = {}


def hold(path: Path) -> int:
    """Return the descriptor of the file at `path`, to be given back by `release`. Raises OSError.

    It can be written, and so locked, where the file can.
    """
    mode = os.O_RDWR if os.access(path, os.W_OK) else os.O_RDONLY
    with _guard:
        entry = _held.get(_identify(path))
        if entry is None:
            made = os.open(path, mode | getattr(os, "O_BINARY", 0))
            entry = _held.setdefault(_identify(made), [made, 0])
        entry[1] += 1
        return entry[0]


def release(descriptor: int) -> None:
    """Give a descriptor back; the last to do so closes it."""
    with _guard:
        identity = _identify(descriptor)
        _held[identity][1] -= 1
        if not _held[identity][1]:
            del _held[identity]
            os.close(descriptor)


def read_at(descriptor: int, begin: int, length: int) -> bytes:
    """Return up to `length` bytes from `begin` on."""
    if os.name == "posix":
        return os.pread(descriptor, length, begin)
    with _guard:
        os.lseek(descriptor, begin, os.SEEK_SET)
        return os.read(descriptor, length)


def _identify(file: Path | int) -> tuple[int, int]:
    found = os.stat(file)  # noqa: PTH116 - a descriptor too
    return found.st_dev, found.st_ino
