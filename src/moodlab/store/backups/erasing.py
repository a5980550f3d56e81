"""Erases for good in backups too: rewrites each backup that has the entry, and verifies it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from moodlab.atomic_replace import drop_draft, keep_owner, new_draft, place_new, place_over
from moodlab.domain.days import local_now
from moodlab.domain.errors import JournalUnusable
from moodlab.domain.history.deletions import Target
from moodlab.store.backups.backup import told_as_failed
from moodlab.store.backups.names import Backup, list_backups_in, list_files_in, name_backup
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file.contents import verify_file
from moodlab.store.file.engine import connect, sqlite
from moodlab.store.file.held_file import HeldFile
from moodlab.store.file.upgrading import upgrade_draft
from moodlab.store.file.verified_copy import write_verified
from moodlab.store.ledger.erasing import erase, holds
from moodlab.store.ledger.history import Ledger


@dataclass(frozen=True, slots=True)
class Found:
    """The backups that still hold what was erased, and the files that can't be read."""

    backups: tuple[Backup, ...]
    unread: tuple[Path, ...]


def find_in_backups(folders: Iterable[Path], key: Key | None, *targets: Target) -> Found:
    """Search folders of backups for any of the targets; list the files that `key` doesn't open."""
    backups: list[Backup] = []
    unread: list[Path] = []
    for folder in folders:
        known = {backup.path: backup for backup in list_backups_in(folder)}
        for path in _files_in(folder):
            try:
                if _has(path, key, *targets) and path in known:
                    backups.append(known[path])
            except (JournalUnusable, sqlite.Error):
                unread.append(path)
    return Found(tuple(backups), tuple(unread))


def erase_in_backup(backup: Backup, key: Key | None, *targets: Target) -> Path:
    """Rewrite one backup without the targets and return its path. Raises BackupFailed."""
    folder = backup.path.parent
    with told_as_failed():
        draft = new_draft(folder)
        try:
            write_verified(backup.path, key, draft, only_read=True)
            upgrade_draft(draft, key)
            _erase_in_draft(draft, key, *targets)
            contents = verify_file(draft, key)
            keep_owner(draft, backup.path)
            name = folder / name_backup(backup.reason, backup.number, backup.made_at, contents)
            if name == backup.path:
                place_over(draft, name)
            else:
                place_new(draft, name)
                backup.path.unlink()
        finally:
            drop_draft(draft)
    return name


def _erase_in_draft(draft: Path, key: Key | None, *targets: Target) -> None:
    with translated_errors():
        connection = connect(draft, key=key)
        try:
            ledger = Ledger(connection, HeldFile(draft), local_now)
            if not erase(ledger, *targets).is_rewritten:
                connection.execute("VACUUM")  # says why it can't
        finally:
            connection.close()


def _has(path: Path, key: Key | None, *targets: Target) -> bool:
    with translated_errors():
        connection = connect(path, read_only=True, key=key)
        try:
            return any(holds(connection, target) for target in targets)
        finally:
            connection.close()


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in list_files_in(folder) if not path.name.startswith("."))
    except OSError:
        return []
