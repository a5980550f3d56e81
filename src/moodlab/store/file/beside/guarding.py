"""Opens a journal so that nothing is played that somebody lays beside it while it is open."""

import os
from pathlib import Path

from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.side_files import ROLLBACK, WAL, is_there, side_file
from moodlab.store.file.engine import BUSY_SECONDS, Connection, connect


def connect_guarded(
    path: Path,
    key: Key | None,
    *,
    read_only: bool = False,
    busy_seconds: float = BUSY_SECONDS,
) -> Connection:
    """Connect to the journal at `path`, and settle what lies beside it before each statement.

    Statements raise JournalUnusable where that can't be done.
    """
    # Where SQLite finds the file now, also if a link leads elsewhere later.
    real = Path(os.path.realpath(path))
    return connect(
        path,
        read_only=read_only,
        key=key,
        busy_seconds=busy_seconds,
        settle=lambda: settle_beside(real, key),
    )


def settle_beside(path: Path, key: Key | None) -> tuple[str, ...]:
    """Look at what lies beside the journal before SQLite sees it; usually nothing does.

    Returns a sentence about each thing that was moved or kept.
    """
    if not any(is_there(side_file(path, ending)) for ending in (ROLLBACK, WAL)):
        return ()
    from moodlab.store.file.beside.mending import settle_side_files

    return settle_side_files(path, key)
