"""Removes the drafts that a killed process left: each may be a whole journal, and a plain one."""

import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

from moodlab.atomic_replace import drop_draft
from moodlab.store.backups.names import backups_folder

# As `atomic_replace.new_draft` names them.
_NAME = re.compile(r"\.(?P<process>[0-9]{1,10})-[0-9a-f]{8}\.new(-journal)?")
_FORGOTTEN_SECONDS = 3600
_BEGUN = time.time()


def remove_forgotten_drafts(journal: Path) -> None:
    """Remove what a killed process left beside the journal and among its backups."""
    for folder in (Path(os.path.realpath(journal)).parent, backups_folder(journal)):
        remove_drafts_in(folder)


def remove_drafts_in(folder: Path) -> None:
    """Remove the drafts in a folder that no process is writing any more."""
    for draft in find_drafts(folder):
        with suppress(OSError):
            if _is_forgotten(draft):
                drop_draft(draft)


def find_drafts(folder: Path) -> list[Path]:
    """Return the drafts of this account in a folder; nothing that only looks similar."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    return sorted(path for path in map(folder.joinpath, names) if _is_own(path))


def _is_own(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and (os.name != "posix" or found.st_uid == os.getuid())


def _is_forgotten(draft: Path) -> bool:
    """Whether its process is gone. Where that can't be told, one that was left for an hour."""
    written = draft.stat().st_mtime
    if time.time() - written > _FORGOTTEN_SECONDS:
        return True
    match = _NAME.fullmatch(draft.name)
    process = int(match["process"]) if match else 0
    if process == os.getpid():
        return written < _BEGUN  # this process before a lock started it anew
    return os.name == "posix" and not _is_alive(process)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True
