"""Names, lists and reads the names of backups, which say what each one holds.

``automatic-0042_20261104T201405Z_412-days_3120-entries_schema-1.moodlab``: why it was made, its
sequence number, the moment (UTC), and what it holds. The number keeps the order if a clock jumps.
"""

import errno
import os
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from moodlab.i18n import translate
from moodlab.store.backups.links import names_of
from moodlab.store.file.contents import Contents

SUFFIX = ".moodlab"
AUTOMATIC = "automatic"
BY_HAND = "by-hand"

_NAME = (
    r"(?P<reason>[a-z]+(-[a-z]+)*)-(?P<number>[0-9]{4,9})_(?P<time>[0-9]{8}T[0-9]{6}Z)"
    r"_(?P<days>[0-9]{1,9})-days_(?P<entries>[0-9]{1,9})-entries_schema-(?P<schema>[0-9]{1,4})"
    + re.escape(SUFFIX)
)
_FOLDER_SUFFIX = ".copies"
_TIME = "%Y%m%dT%H%M%SZ"


class Backup(NamedTuple):
    """One backup of a journal, as its name tells it.

    `reason` is ``automatic``, ``by-hand`` or ``before-…``; `number` grows with each backup;
    `made_at` is in UTC; `days` is the number of days with entries.
    """

    path: Path
    reason: str
    number: int
    made_at: datetime
    days: int
    entries: int
    schema: int

    @property
    def day(self) -> date:
        """The day, in UTC, on which it was made."""
        return self.made_at.date()


class Unread(NamedTuple):
    """A folder of backups, or a backup, that is there and can't be read."""

    path: Path
    reason: str

    @property
    def sentence(self) -> str:
        """Say so, with its place."""
        return translate("copies", "Can't read the backups at {path}: {reason}.").format(
            path=self.path, reason=self.reason
        )


def backups_folder(journal: Path) -> Path:
    """Return the folder for a journal's backups: beside the file itself, not beside a link to it.

    So one journal has one folder, whatever name it is opened by.
    """
    return backups_folders(journal)[0]


def backups_folders(journal: Path) -> tuple[Path, ...]:
    """Return `backups_folder`, then those beside the links that lead there, with older backups."""
    return tuple(name.with_name(f"{name.name}{_FOLDER_SUFFIX}") for name in names_of(journal))


def list_backups(journal: Path) -> tuple[Backup, ...]:
    """Return the backups of the journal at this path, latest first."""
    found = [backup for folder in backups_folders(journal) for backup in list_backups_in(folder)]
    return _latest_first(found)


def find_unread(folders: Iterable[Path]) -> tuple[Unread, ...]:
    """Return the folders, and the backups in them, that are there and can't be read."""
    unread = []
    for folder in folders:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            # A link to a drive that is away may have backups behind it; no folder has none.
            if folder.is_symlink() or not isinstance(error, FileNotFoundError):
                unread.append(Unread(folder, os.strerror(error.errno or 0)))
            continue
        unread += [
            Unread(path, os.strerror(errno.EACCES))
            for path in paths
            if read_backup_name(path) is not None and not os.access(path, os.R_OK)
        ]
    return tuple(unread)


def name_backup(reason: str, number: int, made_at: datetime, contents: Contents) -> str:
    """Return the name of a backup."""
    return (
        f"{reason}-{number:04d}_{made_at.astimezone(UTC):{_TIME}}_{contents.days}-days"
        f"_{contents.entries}-entries_schema-{contents.schema}{SUFFIX}"
    )


def read_backup_name(path: Path) -> Backup | None:
    """Return the backup that a file's name describes; None for other files."""
    match = re.fullmatch(_NAME, path.name)
    if match is None:
        return None
    try:
        made_at = datetime.strptime(match["time"], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(
        path, match["reason"], int(match["number"]), made_at,
        int(match["days"]), int(match["entries"]), int(match["schema"]),
    )  # fmt: skip


def list_files_in(folder: Path) -> list[Path]:
    """Return the regular files in a folder, without links. Raises OSError."""
    with os.scandir(folder) as entries:
        return [folder / entry.name for entry in entries if entry.is_file(follow_symlinks=False)]


def list_backups_in(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, latest first; none if it is missing or unreadable.

    Only files: a link leads to somebody else's, and a pipe would never end.
    """
    try:
        paths = list_files_in(folder)
    except OSError:
        return ()
    backups = [backup for path in paths if (backup := read_backup_name(path)) is not None]
    return _latest_first(backups)


def _latest_first(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    return tuple(sorted(backups, key=lambda backup: (backup.number, backup.made_at), reverse=True))
