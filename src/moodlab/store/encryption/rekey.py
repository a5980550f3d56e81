"""Set, change or remove the passphrase: a new file is built, verified, and replaces the old one.

The old file is only read, so that at every moment a whole journal stands under its name: the old
one until the replacement, the new one after it. The copies are built before and placed after, so
that a change that can't be finished changes nothing.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from moodlab.atomic_replace import sync_file, sync_folder
from moodlab.domain.errors import JournalDamaged, JournalLocked, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.names import copies_folder
from moodlab.store.encryption.crypto import Key, make_key, refuse_unusable
from moodlab.store.encryption.leftovers import part_of, settle
from moodlab.store.encryption.reencrypted_backups import (
    Change,
    Progress,
    beginning_of,
    list_waiting,
    prepare_copies,
    sort_copies,
)
from moodlab.store.encryption.reencrypted_file import write_rekeyed
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.errors import Cause, cause_of
from moodlab.store.file.database import open_database
from moodlab.store.file.engine import Connection, sqlite


class NotRekeyed(JournalUnusable):
    """The passphrase could not be set, changed or removed; the journal is as it was."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What a change of the passphrase did.

    `key` opens the journal now, None if it is plain. `copies` counts those that are as the journal
    is; `left` are the others: kept plain on purpose, unreadable, or of an earlier passphrase.
    """

    key: Key | None
    copies: int
    left: tuple[Path, ...]


def _ignore(done: int, of: int) -> None:
    """Nobody watches."""


def set_passphrase(
    path: Path,
    passphrase: str,
    current: Key | None = None,
    *,
    keeps_plain_copies: bool = False,
    second_folder: Path | None = None,
    progress: Progress = _ignore,
) -> Rekeyed:
    """Encrypt the journal at `path`, or change the passphrase of the one that `current` opens.

    Its copies follow, those in `second_folder` too. The journal must not be open in this process.
    `progress` may raise to cancel. Raises Refused for a passphrase that can't be one, JournalLocked
    where `current` does not open it, and NotRekeyed, with everything as it was.
    """
    refuse_unusable(passphrase)
    change = Change(
        current, make_key(passphrase), _folders(path, second_folder), keeps_plain_copies
    )
    return _carry_out(path, change, passphrase, progress)


def remove_passphrase(
    path: Path,
    current: Key,
    *,
    second_folder: Path | None = None,
    progress: Progress = _ignore,
) -> Rekeyed:
    """Make the journal at `path` and its copies plain files again; else as `set_passphrase`."""
    change = Change(current, None, _folders(path, second_folder))
    return _carry_out(path, change, None, progress)


def _folders(path: Path, second_folder: Path | None) -> tuple[Path, ...]:
    folder = copies_folder(path)
    return (folder,) if second_folder is None else (folder, second_folder / folder.name)


def _carry_out(path: Path, change: Change, passphrase: str | None, progress: Progress) -> Rekeyed:
    # A journal reached through a link is replaced where it lies, not the link.
    real = path.resolve()
    with _told(), _held(real, change.current) as connection:
        _settle(real, change, change.current)
        valid = change.current
        try:
            unreadable = prepare_copies(change, progress)
            _prepare_journal(real, change, passphrase)
            if os.name == "nt":
                connection.close()  # Windows replaces no file that is open
            part_of(real).replace(real)
            valid = change.new
            _make_durable(real.parent)
        finally:
            _settle(real, change, valid)
    _let_late_copies_follow(real, change, unreadable)
    for folder in change.folders:
        with suppress(OSError):
            sync_folder(folder)
    following, left = sort_copies(change)
    return Rekeyed(change.new, len(following), tuple(left))


def _prepare_journal(real: Path, change: Change, passphrase: str | None) -> None:
    """Build the journal's new file and open it as the person will tomorrow: by the passphrase."""
    write_rekeyed(real, change.current, part_of(real), change.new)
    if passphrase is not None and find_key(part_of(real), passphrase) != change.new:
        raise JournalUnusable(
            translate("security", "The new passphrase does not open the new file.")
        )
    sync_file(part_of(real))


def _let_late_copies_follow(real: Path, change: Change, unreadable: frozenset[Path]) -> None:
    """Take along a copy that another process made meanwhile. The journal itself is done."""
    if all(copy in unreadable for copy in list_waiting(change)):
        return
    with suppress(JournalUnusable, sqlite.Error, OSError), _held(real, change.new):
        try:
            prepare_copies(change, _ignore, unreadable)
        finally:
            _settle(real, change, change.new)


def _settle(real: Path, change: Change, valid: Key | None) -> None:
    for folder in change.folders:
        settle(real, folder, beginning_of(valid))


@contextmanager
def _held(path: Path, key: Key | None) -> Iterator[Connection]:
    """Open the journal and keep others from writing to it, as that would be lost."""
    connection = open_database(path, key=key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
    finally:
        connection.close()


def _make_durable(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        raise JournalDamaged(
            translate(
                "security",
                "The journal was replaced, but the disk reported an error. Keep both passphrases "
                "until you have restarted the computer and opened the journal.",
            )
        ) from error


@contextmanager
def _told() -> Iterator[None]:
    """Say in one sentence why everything is as it was."""
    try:
        yield
    except (JournalLocked, JournalDamaged):
        raise
    except JournalUnusable as error:
        raise _unchanged(error.sentence) from error
    except (sqlite.OperationalError, OSError) as error:
        raise _unchanged(_reason(error)) from error
    except sqlite.DatabaseError as error:
        if type(error) is not sqlite.DatabaseError:
            raise
        raise JournalDamaged(
            translate("security", "The journal is damaged. Its passphrase was not changed.")
        ) from error


def _unchanged(reason: str) -> NotRekeyed:
    return NotRekeyed(translate("security", "Nothing was changed. {reason}").format(reason=reason))


def _reason(error: Exception) -> str:
    match cause_of(error):
        case Cause.FULL:
            return translate("security", "There is not enough free space on the disk.")
        case Cause.BUSY:
            return translate("security", "Another program is writing to the journal. Try again.")
        case Cause.READ_ONLY | Cause.UNREACHABLE:
            return translate("security", "MoodLab can't write to the journal's folder.")
        case Cause.DISK | Cause.OTHER:
            return translate("security", "The disk reported an error.")
