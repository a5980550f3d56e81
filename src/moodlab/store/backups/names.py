"""Names, lists and reads the names of backups, which say what each one holds.

``automatic-0042_20261104T201405Z_412-days_3120-entries_schema-1.moodlab``: why it was made, its
sequence number, the moment (UTC), and what it holds. The number keeps the order if a clock jumps.
"""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from moodlab.store.file.contents import Contents

SUFFIX = ".moodlab"
AUTOMATIC = "automatic"
BY_HAND = "by-hand"

_NAME = (
    r"(?P<reason>[a-z]+(-[a-z]+)*)-(?P<number>[0-9]{4,9})_(?P<time>[0-9]{8}T[0-9]{6}Z)"
    r"_(?P<days>[0-9]{1,9})-days_(?P<entries>[0-9]{1,9})-entries_schema-(?P<schema>[0-9]{1,4})"
    + re.escape(SUFFIX)
)
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


def backups_folder(journal: Path) -> Path:
    """Return the folder beside a journal that holds its backups."""
    return journal.with_name(f"{journal.name}.copies")


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
    return tuple(sorted(backups, key=lambda backup: (backup.number, backup.made_at), reverse=True))
