"""Notices when the path of an open journal leads to another file.

A sync program, a restore or a person may replace, move or delete the journal while it is open. What
is then written goes into a lost file, so every save checks before and after.
"""

import os
from pathlib import Path

from moodlab.domain.errors import JournalMoved, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.file import migrations
from moodlab.store.file.beside.side_files import WAL, is_there, keep_away_wal, side_file
from moodlab.store.file.contents import is_journal
from moodlab.store.file.engine import Connection


class HeldFile:
    """Remembers which file a connection was opened on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._log = side_file(path, WAL)
        self._identity = _identify(path)
        self._data_version: int | None = None

    def refuse_another(self) -> None:
        """Raise JournalMoved if the path leads to another file or to none.

        A write-ahead log that another program laid beside it is moved aside before it is read.
        """
        if is_there(self._log):
            keep_away_wal(self.path)
        now = _identify(self.path)
        if now == self._identity:
            return
        if now is None:
            raise JournalMoved(
                translate(
                    "store",
                    "{name} was moved or deleted. Your last entry is not saved. Put the file "
                    "back, or restore a backup.",
                ).format(name=self.path.name)
            )
        raise JournalMoved(
            translate(
                "store",
                "Another program replaced {name}. Your last entry is not saved. Try again in a "
                "moment. Open the journal again to see the new file.",
            ).format(name=self.path.name)
        )

    def refuse_log(self) -> None:
        """Raise JournalUnusable if a write-ahead log came just as the transaction began.

        SQLite may have taken it for the journal's own, and what it saves would be in it.
        """
        if is_there(self._log):
            keep_away_wal(self.path)
            raise JournalUnusable(
                translate(
                    "store",
                    "Another program laid a file beside the journal. Your last entry is not saved. "
                    "Try again.",
                )
            )

    def refuse_overwritten(self, connection: Connection) -> None:
        """Raise JournalMoved if others changed the file into something else.

        Call it inside a write transaction, which keeps others from changing it.
        """
        version = int(connection.execute("PRAGMA data_version").fetchone()[0])
        if version == self._data_version:
            return
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        if schema != len(migrations.STEPS) or not is_journal(connection):
            raise JournalMoved(
                translate(
                    "store",
                    "{name} was changed by a newer version of MoodLab or another program. Your "
                    "last entry is not saved. Open the journal again.",
                ).format(name=self.path.name)
            )
        self._data_version = version

    def forget_version(self) -> None:
        """Read the file's version again, because the connection is a new one."""
        self._data_version = None


def why_read_only(path: Path) -> str | None:
    """Return why the journal at `path` can't be written; None if it can."""
    if not os.access(path, os.W_OK):
        return translate("store", "{name} is read-only. Nothing can be saved.").format(
            name=path.name
        )
    if not os.access(path.parent, os.W_OK):
        # A save needs its rollback journal beside the file.
        return translate(
            "store", "The folder of {name} is read-only. Nothing can be saved."
        ).format(name=path.name)
    return None


def _identify(path: Path) -> tuple[int, int] | None:
    """Return what identifies the file at `path`; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None
