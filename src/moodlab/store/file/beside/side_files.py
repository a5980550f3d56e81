"""What SQLite keeps beside a database, and how such a file is moved out of its way.

SQLite takes any file of these names for its own and plays it into the database, whoever made it.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from moodlab.atomic_replace import sync_folder
from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate

ROLLBACK, WAL, SHARED = "-journal", "-wal", "-shm"
_MARK = ".kept-"


def side_file(path: Path, ending: str) -> Path:
    """Return the file that SQLite would keep beside `path`; for a link, beside its target."""
    return Path(f"{os.path.realpath(path)}{ending}")


def is_there(file: Path) -> bool:
    """Whether there is anything of this name, a broken link too."""
    return os.path.lexists(file)


def move_aside(file: Path) -> Path:
    """Rename `file` so that SQLite no longer takes it for its own, durably, and return the name.

    Raises JournalUnusable where the folder can't be written.
    """
    try:
        kept = kept_name(file)
        file.rename(kept)
        sync_folder(file.parent)
    except OSError as error:
        raise JournalUnusable(
            translate(
                "store",
                "Beside the journal is {name}, which may be another program's and would damage it. "
                "It can't be moved: {reason}. Nothing was changed. Move {name} to another folder.",
            ).format(name=file.name, reason=os.strerror(error.errno or 0))
        ) from error
    return kept


def keep_away_wal(path: Path) -> tuple[Path, ...]:
    """Move aside a write-ahead log beside `path`: MoodLab never makes one.

    Returns the kept files. Raises JournalUnusable where they can't be moved.
    """
    if not is_there(wal := side_file(path, WAL)):
        return ()
    found = (wal, side_file(path, SHARED))
    return tuple(move_aside(file) for file in found if is_there(file))


class SideGuard:
    """Looks for what somebody lays beside an open journal, before SQLite does.

    `settle` moves aside or finishes what is there, and raises JournalUnusable where it can't.
    """

    def __init__(self, path: Path, settle: Callable[[], object]) -> None:
        self.path = Path(os.path.realpath(path))
        self._settle = settle
        self._names = tuple(f"{self.path}{ending}" for ending in (WAL, ROLLBACK))

    def sees_something(self) -> bool:
        """Whether there is anything; mostly the save of another program. Before each statement."""
        return any(os.path.lexists(name) for name in self._names)

    def settle(self) -> None:
        """Have SQLite find only what belongs there; never a log, now that the file is open."""
        keep_away_wal(self.path)
        self._settle()


def clear_name(path: Path) -> tuple[Path, ...]:
    """Move aside whatever lies beside a name that a new file is about to take.

    What a lost file left would be played into the new one. Raises JournalUnusable.
    """
    found = (side_file(path, ending) for ending in (ROLLBACK, WAL, SHARED))
    return tuple(move_aside(file) for file in found if is_there(file))


def list_kept(path: Path) -> tuple[Path, ...]:
    """Return the files that were moved aside beside `path`."""
    real = Path(os.path.realpath(path))
    with suppress(OSError):
        return tuple(sorted(
            file for file in real.parent.iterdir()
            if file.name.startswith(real.name) and _MARK in file.name
        ))  # fmt: skip
    return ()


def tell_kept(kept: tuple[Path, ...]) -> str:
    """Return the sentence about files that were moved aside."""
    return translate(
        "store",
        "Beside the journal was a file that did not belong to it. It was not used, and is kept as "
        "{names}.",
    ).format(names=", ".join(file.name for file in kept))


def kept_name(file: Path) -> Path:
    """Return a free name beside `file` under which it can be kept."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    kept = file.with_name(f"{file.name}{_MARK}{stamp}")
    number = 1
    while is_there(kept):
        number += 1
        kept = file.with_name(f"{file.name}{_MARK}{stamp}-{number}")
    return kept
