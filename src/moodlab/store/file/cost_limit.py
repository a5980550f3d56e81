"""Bounds what one statement may cost, so that no crafted file keeps MoodLab busy for ever.

A file can pretend to have endless rows: pages that lead back to each other, a view without an end.
An honest statement takes steps in proportion to the file.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import ref

_STEPS_AT_ONCE = 100_000
_BASE = 50  # times `_STEPS_AT_ONCE`: about a quarter of a second
# A transaction may hold much that is not in the file yet.
_BASE_IN_TRANSACTION = 5000
_STEPS_PER_BYTE = 20


class CostLimit:
    """Interrupts a statement of `connection` that goes on far longer than its file explains."""

    def __init__(self, connection: Any, path: Path) -> None:
        self._taken = 0
        self._path = path
        # Not the connection itself, which holds this: it is freed when it is let go.
        self._connection = ref(connection)
        connection.set_progress_handler(self._is_too_much, _STEPS_AT_ONCE)

    def begin(self) -> None:
        """Begin to count anew: this is another statement."""
        self._taken = 0

    def _is_too_much(self) -> bool:
        self._taken += 1
        if self._taken <= _BASE:
            return False
        connection, size = self._connection(), 0
        with suppress(OSError):
            size = os.stat(self._path).st_size  # noqa: PTH116 - called in the midst of a statement
        base = _BASE_IN_TRANSACTION if connection and connection.in_transaction else _BASE
        return self._taken > base + size * _STEPS_PER_BYTE // _STEPS_AT_ONCE
