"""Sets, changes or removes the passphrase: builds a new file, verifies it, replaces the old one.

The old file is only read, so there is a whole journal under its name at every moment. New files of
the backups are built before the journal is replaced and placed after it, so a change that can't be
finished changes nothing.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from moodlab.atomic_replace import sync_file, sync_folder
from moodlab.domain.errors import JournalDamaged, JournalLocked, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.names import (
    SUFFIX,
    Unread,
    backups_folders,
    find_unread,
    list_files_in,
)
from moodlab.store.backups.second_folder import adopt_former, find_second, former_second
from moodlab.store.encryption.crypto import SALT_BYTES, Key, make_key, refuse_unusable
from moodlab.store.encryption.leftovers import PLAIN_BEGINNING, part_of, ready_for, settle
from moodlab.store.encryption.reencrypted_file import write_rekeyed
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.errors import Cause, cause_of
from moodlab.store.file.beside.forgotten_drafts import find_drafts
from moodlab.store.file.beside.side_files import clear_name, list_kept
from moodlab.store.file.database import open_database
from moodlab.store.file.engine import Connection, sqlite
from moodlab.store.file.schema import tell_odd

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Change:
    """The old and new key, the backup folders, and whether plain backups stay plain.

    In `formers` are backups of an earlier version, and maybe another journal's: they stay.
    """

    current: Key | None
    new: Key | None
    folders: tuple[Path, ...]
    formers: tuple[Path, ...]
    keeps_plain_backups: bool = False


class NotRekeyed(JournalUnusable):
    """The passphrase could not be set, changed or removed. The journal is unchanged."""

    code = "passphrase_unchanged"


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What a change of the passphrase did.

    `key` opens the journal now; None if it is plain. `backups` counts those that changed with it;
    `left` lists the others: kept plain on purpose, unreadable, or of an earlier passphrase.
    `unread` lists the folders that could not be looked into: what is there stays as it was.
    """

    key: Key | None
    backups: int
    left: tuple[Path, ...]
    unread: tuple[Unread, ...] = ()


def _ignore(done: int, of: int) -> None:
    """Report no progress to anyone."""


def set_passphrase(
    path: Path,
    passphrase: str,
    current: Key | None = None,
    *,
    keeps_plain_backups: bool = False,
    second_folder: Path | None = None,
    progress: Progress = _ignore,
) -> Rekeyed:
    """Encrypt the journal at `path`, or change the passphrase of the one that `current` opens.

    Its backups change with it, also those in `second_folder`. The journal must not be open in this
    process. `progress` may raise to cancel. Raises Refused for an unusable passphrase,
    JournalLocked if `current` does not open the journal, and NotRekeyed. All leave everything
    unchanged.
    """
    refuse_unusable(passphrase)
    change = _Change(
        current, make_key(passphrase), _folders(path, second_folder, current),
        _formers(path, second_folder), keeps_plain_backups,
    )  # fmt: skip
    return _carry_out(path, change, passphrase, progress)


def remove_passphrase(
    path: Path,
    current: Key,
    *,
    second_folder: Path | None = None,
    progress: Progress = _ignore,
) -> Rekeyed:
    """Make the journal and its backups plain files again; see `set_passphrase` for the rest."""
    change = _Change(
        current, None, _folders(path, second_folder, current), _formers(path, second_folder)
    )
    return _carry_out(path, change, None, progress)


def _folders(path: Path, second_folder: Path | None, key: Key | None) -> tuple[Path, ...]:
    own = backups_folders(path)
    if second_folder is None:
        return own
    with suppress(OSError):
        adopt_former(path, second_folder, key)
    second = find_second(path, second_folder, key)
    return own if second is None else (*own, second)


def _formers(path: Path, second_folder: Path | None) -> tuple[Path, ...]:
    return () if second_folder is None else (former_second(path, second_folder),)


def _carry_out(path: Path, change: _Change, passphrase: str | None, progress: Progress) -> Rekeyed:
    _refuse_linked(change.folders)
    # Of a journal reached through a link, the target is replaced, not the link.
    real = path.resolve()
    with _told(), _held(real, change.current) as connection:
        _settle(real, change, change.current)
        valid = change.current
        try:
            unreadable = _prepare_backups(change, progress)
            _prepare_journal(real, change, passphrase)
            if os.name == "nt":
                connection.close()  # Windows replaces no file that is open
            clear_name(real)
            part_of(real).replace(real)
            valid = change.new
            _make_durable(real.parent)
        finally:
            _settle(real, change, valid)
    _let_late_backups_follow(real, change, unreadable)
    for folder in change.folders:
        with suppress(OSError):
            sync_folder(folder)
    following, left = _sort_backups(change)
    unread = [each for each in find_unread(change.folders) if each.path in change.folders]
    left += _list_stray(real, change)
    return Rekeyed(change.new, len(following), tuple(left), tuple(unread))


def _refuse_linked(folders: tuple[Path, ...]) -> None:
    """Raise NotRekeyed for a backups folder that is a link, perhaps to somebody else's."""
    for folder in folders:
        if folder.is_symlink() and folder.is_dir():
            raise _unchanged(
                translate(
                    "security",
                    "The backups folder {name} is a link to another place. Replace the link with "
                    "the folder itself, then try again.",
                ).format(name=folder.name)
            )


def _prepare_journal(real: Path, change: _Change, passphrase: str | None) -> None:
    """Build the journal's new file and make sure that the passphrase opens it."""
    write_rekeyed(real, change.current, part_of(real), change.new)
    if passphrase is not None and find_key(part_of(real), passphrase) != change.new:
        raise JournalUnusable(
            translate("security", "The new passphrase does not open the new file.")
        )
    sync_file(part_of(real))


def _let_late_backups_follow(real: Path, change: _Change, unreadable: frozenset[Path]) -> None:
    """Re-encrypt backups that another process made meanwhile. The journal is already replaced."""
    if all(backup in unreadable for backup in _list_waiting(change)):
        return
    with suppress(JournalUnusable, sqlite.Error, OSError), _held(real, change.new):
        try:
            _prepare_backups(change, _ignore, unreadable)
        finally:
            _settle(real, change, change.new)


def _settle(real: Path, change: _Change, valid: Key | None) -> None:
    for folder in change.folders:
        settle(real, folder, _beginning_of(valid))


@contextmanager
def _held(path: Path, key: Key | None) -> Iterator[Connection]:
    """Open the journal and lock it, as what others write now would be lost."""
    connection, _, odd = open_database(path, key=key)
    try:
        if odd:
            raise JournalUnusable(tell_odd(path.name))
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
    """Turn errors into one sentence that says why nothing was changed."""
    try:
        yield
    except (JournalLocked, JournalDamaged):
        raise
    except JournalUnusable as error:
        raise _unchanged(error.sentence) from error
    except (sqlite.OperationalError, OSError) as error:
        raise _unchanged(_place_of(error) or _reason(error)) from error
    except sqlite.DatabaseError as error:
        if type(error) is not sqlite.DatabaseError:
            raise
        raise JournalDamaged(
            translate("security", "The journal is damaged. Its passphrase was not changed.")
        ) from error


def _unchanged(reason: str) -> NotRekeyed:
    return NotRekeyed(translate("security", "Nothing was changed. {reason}").format(reason=reason))


def _place_of(error: Exception) -> str | None:
    """Name the folder that can't be written, which may be one of the backups; None if unknown."""
    if cause_of(error) is not Cause.READ_ONLY or not isinstance(error, OSError):
        return None
    if not isinstance(error.filename, str):
        return None
    return translate("security", "MoodLab can't write to {folder}.").format(
        folder=Path(error.filename).parent
    )


def _reason(error: Exception) -> str:
    match cause_of(error):
        case Cause.FULL:
            return translate("security", "There is not enough free space on the disk.")
        case Cause.BUSY:
            return translate("security", "Another program is writing to the journal. Try again.")
        case Cause.READ_ONLY | Cause.UNREACHABLE:
            return translate("security", "MoodLab can't write to the journal's folder.")
        case Cause.DISK | Cause.ENDLESS | Cause.OTHER:
            return translate("security", "The disk reported an error.")


def _beginning_of(key: Key | None) -> bytes:
    """Return the first bytes of a file with this key: its salt, or the plain header."""
    return PLAIN_BEGINNING if key is None else key.salt


def _prepare_backups(
    change: _Change, progress: Progress, skipped: frozenset[Path] = frozenset()
) -> frozenset[Path]:
    """Build durable new files for all backups; return the backups that can't be read.

    `leftovers.settle` later puts the new files in place or removes them.
    """
    unreadable = set(skipped)
    waiting = [backup for backup in _list_waiting(change) if backup not in skipped]
    for number, backup in enumerate(waiting):
        progress(number, len(waiting) + 1)
        key = None if _read_beginning(backup) == PLAIN_BEGINNING else change.current
        try:
            write_rekeyed(backup, key, part_of(backup), change.new)
        except (JournalDamaged, sqlite.DatabaseError) as error:
            # A full disk, say, is no damage of this backup.
            if type(error) not in (JournalDamaged, sqlite.DatabaseError):
                raise
            part_of(backup).unlink()
            unreadable.add(backup)
            continue
        sync_file(part_of(backup))
        part_of(backup).replace(ready_for(backup))
    for folder in {backup.parent for backup in waiting}:
        sync_folder(folder)
    progress(len(waiting), len(waiting) + 1)
    return frozenset(unreadable)


def _list_waiting(change: _Change) -> list[Path]:
    """Return the backups that still have the old key and are to get the new one."""
    old = {_beginning_of(change.current)}
    if change.new is not None:
        old.add(PLAIN_BEGINNING)
    if change.keeps_plain_backups:
        old.discard(PLAIN_BEGINNING)
    return [backup for backup in _list_journals(change) if _read_beginning(backup) in old]


def _sort_backups(change: _Change) -> tuple[list[Path], list[Path]]:
    """Return the backups with the new key, and the others."""
    wanted = _beginning_of(change.new)
    backups = [(backup, _read_beginning(backup) == wanted) for backup in _list_journals(change)]
    return [backup for backup, follows in backups if follows], [
        backup for backup, follows in backups if not follows
    ]


def _list_stray(real: Path, change: _Change) -> list[Path]:
    """Return the other files with entries that stay as they were: moved aside, or being written."""
    folders = (real.parent, *change.folders)
    drafts = [draft for folder in folders for draft in find_drafts(folder)]
    beside = [file for backup in _list_journals(change) for file in list_kept(backup)]
    wanted = _beginning_of(change.new)
    former = [
        backup for backup in _list_journals_in(change.formers) if _read_beginning(backup) != wanted
    ]
    return sorted({*list_kept(real), *beside, *drafts, *former})


def _list_journals(change: _Change) -> list[Path]:
    """Return every journal in the folders, also those without a backup's name."""
    return _list_journals_in(change.folders)


def _list_journals_in(folders: tuple[Path, ...]) -> list[Path]:
    found = []
    for folder in folders:
        with suppress(OSError):
            found += [path for path in list_files_in(folder) if path.name.endswith(SUFFIX)]
    return sorted(path for path in found if not path.name.startswith("."))


def _read_beginning(backup: Path) -> bytes:
    with suppress(OSError), backup.open("rb") as file:
        return file.read(SALT_BYTES)
    return b""
