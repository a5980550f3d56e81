"""The one SQLite in the process: sqlcipher3, also for journals that are not encrypted.

Mixing it with Python's own sqlite3 on one file drops POSIX locks, so nothing else imports either.
"""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any, TypeAlias
from urllib.parse import quote
from weakref import WeakSet

from sqlcipher3 import dbapi2

from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.descriptor import hold, release
from moodlab.store.file.beside.side_files import SideGuard, keep_away_wal
from moodlab.store.file.cost_limit import CostLimit

# sqlcipher3 ships no types.
sqlite: Any = dbapi2
Connection: TypeAlias = Any

APPLICATION_ID = 0x4D4F4F44  # "MOOD"
BUSY_SECONDS = 5.0

# A rollback journal under NORMAL locking is the only mode in which SQLite itself notices that a
# sync client replaced the file; EXTRA also makes the journal's removal durable, without which a
# power cut can take back the newest acknowledged save.
_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA locking_mode = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 0",
    "PRAGMA fullfsync = ON",
)


# Statements begin one by one, so that none begins while another thread settles side files.
_beginning = RLock()
_READING = ("SELECT", "PRAGMA")


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    """Looks at what each statement may cost, and before it at what was laid beside the file."""

    limit: CostLimit
    guard: SideGuard | None = None
    descriptor: int | None = None
    is_writing = False

    def execute(self, *given: Any) -> Any:
        self._begin(given[0])
        try:
            return super().execute(*given)
        finally:
            self.is_writing = False

    def executemany(self, *given: Any) -> Any:
        self._begin(given[0])
        try:
            return super().executemany(*given)
        finally:
            self.is_writing = False

    def take_back(self) -> None:
        """Have SQLite take back a step of this connection that a full disk cut off.

        Its rollback journal is our own, and there is no room to try it on a copy.
        """
        super().execute("SELECT 1 FROM batch LIMIT 1").fetchone()

    def _begin(self, statement: str) -> None:
        self.limit.begin()
        # Within a transaction SQLite has looked already, and the rollback journal is its own.
        if self.guard is None or self.in_transaction:
            return
        with _beginning:
            if self.guard.sees_something() and not self._is_written_here():
                self.guard.settle()
            self.is_writing = not statement.startswith(_READING)

    def _is_written_here(self) -> bool:
        """Whether another connection of this process is saving to the same file."""
        return any(
            other.guard.path == self.guard.path and (other.is_writing or other.in_transaction)
            for other in list(_guarded)
            if other is not self and self.guard is not None
        )

    def close(self) -> None:
        _guarded.discard(self)
        super().close()
        if self.descriptor is not None:
            release(self.descriptor)
            self.descriptor = None


_guarded: WeakSet[Any] = WeakSet()


def connect(
    path: Path,
    *,
    create: bool = False,
    read_only: bool = False,
    key: Key | None = None,
    busy_seconds: float = BUSY_SECONDS,
    settle: Callable[[], object] | None = None,
) -> Connection:
    """Open the SQLite file at `path` with MoodLab's settings; with `key` where it is encrypted.

    Autocommit (``isolation_level=None``): a statement outside BEGIN is durable when it returns, and
    Python never opens a transaction that nobody closes. A path that has vanished is not created
    again unless `create` says so. Another program's write-ahead log beside it is moved aside.
    `settle` is called before a statement where anything is beside the file.
    """
    keep_away_wal(path)
    mode = "rwc" if create else "ro" if read_only else "rw"
    connection = _open(path, mode, key, busy_seconds)
    if settle is not None:
        connection.guard = SideGuard(path, settle)
        _guarded.add(connection)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except Exception:
        connection.close()
        raise
    return connection


def connect_as_it_lies(path: Path, key: Key | None) -> Connection:
    """Open a file with whatever lies beside it, which SQLite then plays. For `mending` alone."""
    return _open(path, "rw", key, 0)


def _open(path: Path, mode: str, key: Key | None, busy_seconds: float) -> Connection:
    connection = sqlite.connect(
        file_uri(path, mode),
        uri=True,
        isolation_level=None,
        timeout=busy_seconds,
        # The window's Worker hands its connection to one thread; SQLite itself is serialised.
        check_same_thread=True,
        factory=_Connection,
    )
    try:
        with suppress(OSError):
            connection.descriptor = hold(path)
        connection.limit = CostLimit(connection, path)
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f'PRAGMA key = "{key.spelled}"')
            # A later SQLCipher may choose otherwise for new files; this format is what we wrote.
            connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("PRAGMA trusted_schema = OFF")
    except Exception:
        connection.close()
        raise
    return connection


def connect_in_memory(most_bytes: int) -> Connection:
    """Open an empty database in memory. From then on SQLite takes no more than `most_bytes`."""
    connection = sqlite.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA hard_heap_limit = {most_bytes}")
    return connection


def file_uri(path: Path, mode: str) -> str:
    """Return the address by which SQLite opens `path`; its bytes need not be UTF-8."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def has_key(connection: Connection) -> bool:
    """Whether this connection reads and writes an encrypted file."""
    return bool(connection.execute("PRAGMA cipher_status").fetchone()[0] == "1")


def load_sqlite_utils() -> ModuleType:
    """Import sqlite-utils on top of this engine.

    It takes ``pysqlite3`` before ``sqlite3``; given any other driver its ``except`` clauses miss
    sqlcipher3's exceptions and it leaves transactions open, whose saves vanish at close.
    """
    sys.modules.setdefault("pysqlite3", sys.modules["sqlcipher3"])
    sys.modules.setdefault("pysqlite3.dbapi2", sqlite)
    import sqlite_utils
    from sqlite_utils import utils

    driver = vars(utils)["sqlite3"]
    if driver not in (sqlite, sys.modules["sqlcipher3"]):
        raise RuntimeError("sqlite-utils was imported before the engine and holds another driver")
    return sqlite_utils


def wrap(connection: Connection) -> Any:
    """Return a sqlite_utils Database over `connection`, strict and without plugins."""
    return load_sqlite_utils().Database(connection, execute_plugins=False, strict=True)


def read_rows(
    connection: Connection, query: str, parameters: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a query as dictionaries."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
