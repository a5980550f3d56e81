"""Looks inside a backup without changing it, whatever schema it has.

A backup of an older schema is copied into a private temporary folder and upgraded there: its own
folder may be read-only, and the copy is no backup. The copy is encrypted where the backup is.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from moodlab.atomic_replace import make_private_file
from moodlab.domain.days import Clock, local_now
from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.names import BY_HAND, Backup, read_backup_name
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.refusals import locked
from moodlab.store.file import migrations
from moodlab.store.file.contents import verify_file
from moodlab.store.file.header import examine
from moodlab.store.file.upgrading import upgrade_draft
from moodlab.store.file.verified_copy import write_verified
from moodlab.store.journal import Journal

_PREFIX = "moodlab-preview-"


class Look:
    """A backup that is open for reading; `journal` reads it. Use it as a context, or `close` it."""

    def __init__(self, journal: Journal, folder: "_PrivateFolder | None") -> None:
        self.journal = journal
        self._folder = folder

    def close(self) -> None:
        """Close the backup and remove its upgraded copy, if one was needed."""
        self.journal.close()
        if self._folder is not None:
            self._folder.remove()

    def __enter__(self) -> Journal:
        return self.journal

    def __exit__(self, *_: object) -> None:
        self.close()


def open_preview(backup: Path, key: Key | None = None, *, clock: Clock = local_now) -> Look:
    """Open a backup for reading only, with `key` where it is encrypted, in the present schema.

    Raises JournalLocked without the right key and JournalUnusable for what can't be read.
    """
    remove_forgotten_previews()
    key = _refuse_locked(backup, key)
    # Opened first, as it tells a wrong key from damage.
    journal = Journal.open(backup, key=key, read_only=True, clock=clock)
    try:
        if verify_file(backup, key).schema >= migrations.SCHEMA_VERSION:
            return Look(journal, None)
    except JournalUnusable:
        journal.close()
        raise
    journal.close()
    return _open_upgraded(backup, key, clock)


def _refuse_locked(backup: Path, key: Key | None) -> Key | None:
    """Return the key where the backup is encrypted. Raises JournalLocked where there is none."""
    if examine(backup) is None:
        return None
    if key is None:
        raise locked(backup)
    return key


def describe_file(path: Path, key: Key | None = None) -> Backup:
    """Return what a file of any name holds, once all of it was read; its moment is the file's own.

    Raises JournalLocked without the right key and JournalUnusable for what is no sound journal.
    """
    named = read_backup_name(path)
    key = _refuse_locked(path, key)
    Journal.open(path, key=key, read_only=True).close()
    contents = verify_file(path, key)
    if named is not None:
        return named
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Backup(path, BY_HAND, 0, made_at, contents.days, contents.entries, contents.schema)


def remove_forgotten_previews() -> None:
    """Remove the copies that a killed process left; one that is still looked at stays."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _is_ours(path) and (folder := _PrivateFolder.claim(path)) is not None:
                folder.remove()


def _open_upgraded(backup: Path, key: Key | None, clock: Clock) -> Look:
    try:
        folder = _PrivateFolder.make()
        try:
            draft = folder.path / backup.name
            make_private_file(draft)
            write_verified(backup, key, draft, only_read=True)
            upgrade_draft(draft, key)
            return Look(Journal.open(draft, key=key, read_only=True, clock=clock), folder)
        except BaseException:
            folder.remove()
            raise
    except OSError as error:
        raise JournalUnusable(
            translate(
                "copies",
                "{name} is from an older version of MoodLab and can't be shown here: {reason}.",
            ).format(name=backup.name, reason=os.strerror(error.errno or 0))
        ) from error


class _PrivateFolder:
    """A temporary folder that only this process uses: a lock on it ends with the process."""

    def __init__(self, path: Path, lock: int | None) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def make(cls) -> "_PrivateFolder":
        """Make one, mode 0700. Raises OSError."""
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        folder = cls.claim(path)
        if folder is None:  # a second start is just removing it
            raise FileNotFoundError(2, str(path))
        return folder

    @classmethod
    def claim(cls, path: Path) -> "_PrivateFolder | None":
        """Take a folder; None while another process holds it. Raises OSError."""
        if os.name != "posix":
            return cls(path, None)  # Windows removes no file that is open
        import fcntl

        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return cls(path, lock)

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)


def _is_ours(path: Path) -> bool:
    """Whether a folder is this person's: others may use the same place for temporary files."""
    return os.name != "posix" or path.lstat().st_uid == os.getuid()
