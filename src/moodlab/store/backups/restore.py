"""Restores a backup in one step, and keeps the present journal as another backup."""

import os
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from pathlib import Path

from moodlab.atomic_replace import (
    drop_draft,
    keep_owner,
    make_private_folder,
    new_draft,
    place_over,
    sync_folder,
)
from moodlab.domain.days import Clock, local_now
from moodlab.domain.errors import (
    JournalUnusable,
    NeedsConfirmation,
    Refused,
    WrongPassphrase,
)
from moodlab.file_kinds import refuse_journal_name
from moodlab.i18n import translate
from moodlab.store.backups.backup import make_backup, make_backups_folder
from moodlab.store.backups.links import why_link_is_broken
from moodlab.store.backups.names import SUFFIX
from moodlab.store.check_history import find_unexplained
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.refusals import wrong_for_backup
from moodlab.store.encryption.unlocking import is_encrypted
from moodlab.store.errors import translated_errors
from moodlab.store.file.beside.side_files import clear_name
from moodlab.store.file.contents import Contents, find_damage, verify_file
from moodlab.store.file.database import open_database
from moodlab.store.file.engine import Connection, connect, has_key, sqlite
from moodlab.store.file.header import HEADER_BYTES, examine, refuse_plain_header
from moodlab.store.file.schema import tell_odd
from moodlab.store.file.upgrading import upgrade_draft
from moodlab.store.file.verified_copy import write_verified

BEFORE_RESTORE = "before-restore"
_TRIES = 3


class PassphraseNow(StrEnum):
    """What a restore did to the journal's passphrase."""

    UNCHANGED = "unchanged"
    OF_BACKUP = "of_backup"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Restored:
    """What the journal holds now, and the path of the former one (None if there was none).

    `is_explained` where its history explains all of it.
    """

    contents: Contents
    kept: Path | None
    passphrase: PassphraseNow
    is_explained: bool = True

    def notes(self) -> tuple[str, ...]:
        """Say which passphrase holds now, if it is another, and what is odd about the content."""
        passphrase = self._describe_passphrase()
        odd = translate(
            "restore",
            "Its content does not match its history, as if parts of the backup were older than "
            "others. “moodlab check” shows details.",
        )
        return tuple(filter(None, (passphrase, None if self.is_explained else odd)))

    def _describe_passphrase(self) -> str | None:
        match self.passphrase:
            case PassphraseNow.OF_BACKUP:
                return translate(
                    "restore",
                    "From now on the journal opens with the passphrase and the recovery code of "
                    "this backup.",
                )
            case PassphraseNow.REMOVED:
                return translate("restore", "The journal has no passphrase now.")
        return None


def restore(
    journal: Path,
    backup: Path,
    *,
    key: Key | None = None,
    backup_key: Key | None = None,
    confirmed: bool = False,
    clock: Clock = local_now,
) -> Restored:
    """Replace the journal with a verified copy of `backup`, which stays unchanged.

    The journal must not be open in this process. `key` opens it, so that it is kept as a regular
    backup; one that can't be opened is kept byte for byte. Raises Refused or
    JournalUnusable with everything unchanged, and NeedsConfirmation where an encrypted journal
    would no longer be one.
    """
    target = Path(os.path.realpath(journal))
    refuse_journal_name(target)
    _refuse_wrong_places(target, backup)
    if not target.parent.is_dir() and (broken := why_link_is_broken(journal)) is not None:
        raise Refused(broken)
    former_salt = _read_salt(target)
    backup_key = _look_at(backup, backup_key, becomes_plain=is_encrypted(target) and not confirmed)
    try:
        make_private_folder(target.parent)
        draft = new_draft(target.parent)
        try:
            write_verified(backup, backup_key, draft, only_read=True)
            upgrade_draft(draft, backup_key)
            contents = verify_file(draft, backup_key)
            is_explained = _is_explained(draft, backup_key)
            keep_owner(draft, target if target.exists() else target.parent)
            with translated_errors():
                kept = _replace(journal, target, draft, key, clock)
        finally:
            drop_draft(draft)
    except OSError as error:
        raise JournalUnusable(
            translate("restore", "Nothing was restored or changed: {reason}.").format(
                reason=os.strerror(error.errno or 0)
            )
        ) from error
    return Restored(contents, kept, _compare(former_salt, backup_key), is_explained)


def _is_explained(draft: Path, key: Key | None) -> bool:
    """Whether the history of the file explains its content, as after MoodLab's own saves."""
    with translated_errors():
        connection = connect(draft, read_only=True, key=key)
        try:
            return next(find_unexplained(connection), None) is None
        finally:
            connection.close()


def _read_salt(target: Path) -> bytes | None:
    """Return the salt of the present journal; None for a plain, missing or unreadable one."""
    try:
        return examine(target)
    except JournalUnusable:
        return None


def _compare(former_salt: bytes | None, key: Key | None) -> PassphraseNow:
    if former_salt == (None if key is None else key.salt):
        return PassphraseNow.UNCHANGED
    return PassphraseNow.REMOVED if key is None else PassphraseNow.OF_BACKUP


def _refuse_wrong_places(target: Path, backup: Path) -> None:
    try:
        backup.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Refused(
            translate("restore", "There is no backup at {path}.").format(path=backup)
        ) from None
    except OSError as error:
        raise Refused(
            translate("restore", "Can't read {path}: {reason}.").format(
                path=backup, reason=os.strerror(error.errno or 0)
            )
        ) from error
    if target.exists():
        if target.samefile(backup):
            raise Refused(
                translate("restore", "{name} is the journal itself, not a backup.").format(
                    name=backup.name
                )
            )
        if not target.is_file():
            raise Refused(
                translate("restore", "{name} is not a file. Choose a file for the journal.").format(
                    name=target.name
                )
            )


def _look_at(backup: Path, key: Key | None, *, becomes_plain: bool) -> Key | None:
    """Return the key that opens `backup`. Raises JournalUnusable for other files."""
    try:
        connection, _, odd = open_database(backup, read_only=True, key=key)
    except WrongPassphrase:
        raise wrong_for_backup(backup) from None
    try:
        if odd:
            raise JournalUnusable(tell_odd(backup.name))
        if has_key(connection):
            return key
    finally:
        connection.close()
    if becomes_plain:
        raise NeedsConfirmation(
            translate(
                "restore",
                "{name} is not encrypted. After restoring it, the journal would not be encrypted "
                "either.",
            ).format(name=backup.name)
        )
    return None


def _replace(
    journal: Path, target: Path, draft: Path, key: Key | None, clock: Clock
) -> Path | None:
    """Keep the present journal, replace it with the draft, and return the kept file."""
    if not target.exists():
        clear_name(target)
        place_over(draft, target)
        return None
    connection = _open_sound(target, key)
    if connection is None:
        kept = _keep_unchanged(journal, target, clock)
        clear_name(target)
        place_over(draft, target)
        return kept
    try:
        kept = _back_up(connection, journal, key, clock)
        if os.name == "nt":
            connection.close()  # Windows replaces no open file
        clear_name(target)
        place_over(draft, target)
        return kept
    finally:
        connection.close()


def _open_sound(target: Path, key: Key | None) -> Connection | None:
    """Open the present journal and roll back an interrupted save; None if it can't be read.

    Raises JournalUnusable for another program's file and a newer journal, which stay.
    """
    try:
        connection, _, odd = open_database(target, key=key)
    except JournalUnusable:
        with target.open("rb") as file:
            refuse_plain_header(target, file.read(HEADER_BYTES))
        return None
    if odd:
        connection.close()
        return None
    try:
        damage = next(find_damage(connection, key if has_key(connection) else None), None)
    except sqlite.DatabaseError as error:
        damage = str(error)
    if damage is None:
        return connection
    connection.close()
    return None


def _back_up(connection: Connection, journal: Path, key: Key | None, clock: Clock) -> Path:
    """Back up the present journal and keep it locked, so that no later save is lost."""
    for _ in range(_TRIES):
        version = connection.execute("PRAGMA data_version").fetchone()
        kept = make_backup(
            journal, key if has_key(connection) else None, reason=BEFORE_RESTORE, clock=clock
        )
        connection.execute("BEGIN EXCLUSIVE")
        if connection.execute("PRAGMA data_version").fetchone() == version:
            return kept.path
        connection.execute("ROLLBACK")
    raise JournalUnusable(
        translate("restore", "Other programs keep writing to the journal. Try again in a moment.")
    )


def _keep_unchanged(journal: Path, target: Path, clock: Clock) -> Path:
    """Move a file that can't be read to the backups, with its rollback journal."""
    folder = make_backups_folder(journal)
    stamp = f"{clock().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept = folder / f"{BEFORE_RESTORE}_{stamp}_unread{SUFFIX}"
    number = 1
    while os.path.lexists(kept):
        number += 1
        kept = folder / f"{BEFORE_RESTORE}_{stamp}_unread-{number}{SUFFIX}"
    try:
        os.link(target, kept)
    except OSError:
        # No hard links on this file system: for a moment only the kept file is there.
        target.rename(kept)
    beside = target.with_name(f"{target.name}-journal")
    if beside.exists():
        # It would be rolled back into the restored file, which it does not belong to.
        beside.rename(kept.with_name(f"{kept.name}-journal"))
    sync_folder(folder)
    sync_folder(target.parent)
    return kept
