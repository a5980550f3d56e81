"""Set, change or remove the passphrase: a new file is built, verified, and replaces the old one.

The old file is only read, so that at every moment a whole journal stands under its name: the old
one until the replacement, the new one after it. The copies are built before and placed after, so
that a change that can't be finished changes nothing.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from moodlab.atomic_replace import sync_file, sync_folder
from moodlab.domain.errors import JournalDamaged, JournalLocked, JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.names import SUFFIX, copies_folder
from moodlab.store.encryption.crypto import SALT_BYTES, Key, make_key, refuse_unusable
from moodlab.store.encryption.leftovers import PLAIN_BEGINNING, part_of, ready_for, settle
from moodlab.store.encryption.reencrypted_file import write_rekeyed
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.errors import Cause, cause_of
from moodlab.store.file.database import open_database
from moodlab.store.file.engine import Connection, sqlite

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Change:
    """From which key to which, where the copies lie, and whether plain ones stay plain."""

    current: Key | None
    new: Key | None
    folders: tuple[Path, ...]
    keeps_plain_copies: bool = False


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
    change = _Change(
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
    change = _Change(current, None, _folders(path, second_folder))
    return _carry_out(path, change, None, progress)


def _folders(path: Path, second_folder: Path | None) -> tuple[Path, ...]:
    folder = copies_folder(path)
    return (folder,) if second_folder is None else (folder, second_folder / folder.name)


def _carry_out(path: Path, change: _Change, passphrase: str | None, progress: Progress) -> Rekeyed:
    # A journal reached through a link is replaced where it lies, not the link.
    real = path.resolve()
    with _told(), _held(real, change.current) as connection:
        _settle(real, change, change.current)
        valid = change.current
        try:
            unreadable = _prepare_copies(change, progress)
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
    following, left = _sort_copies(change)
    return Rekeyed(change.new, len(following), tuple(left))


def _prepare_journal(real: Path, change: _Change, passphrase: str | None) -> None:
    """Build the journal's new file and open it as the person will tomorrow: by the passphrase."""
    write_rekeyed(real, change.current, part_of(real), change.new)
    if passphrase is not None and find_key(part_of(real), passphrase) != change.new:
        raise JournalUnusable(
            translate("security", "The new passphrase does not open the new file.")
        )
    sync_file(part_of(real))


def _let_late_copies_follow(real: Path, change: _Change, unreadable: frozenset[Path]) -> None:
    """Take along a copy that another process made meanwhile. The journal itself is done."""
    if all(copy in unreadable for copy in _list_waiting(change)):
        return
    with suppress(JournalUnusable, sqlite.Error, OSError), _held(real, change.new):
        try:
            _prepare_copies(change, _ignore, unreadable)
        finally:
            _settle(real, change, change.new)


def _settle(real: Path, change: _Change, valid: Key | None) -> None:
    for folder in change.folders:
        settle(real, folder, _beginning_of(valid))


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


def _beginning_of(key: Key | None) -> bytes:
    """Return how files under this key begin: with its salt, or as a plain file does."""
    return PLAIN_BEGINNING if key is None else key.salt


def _prepare_copies(
    change: _Change, progress: Progress, skipped: frozenset[Path] = frozenset()
) -> frozenset[Path]:
    """Build the new files of all copies, complete and durable; return those that can't be read.

    They wait beside the copies until `leftovers.settle` puts them in place or drops them.
    """
    unreadable = set(skipped)
    waiting = [copy for copy in _list_waiting(change) if copy not in skipped]
    for number, copy in enumerate(waiting):
        progress(number, len(waiting) + 1)
        key = None if _read_beginning(copy) == PLAIN_BEGINNING else change.current
        try:
            write_rekeyed(copy, key, part_of(copy), change.new)
        except (JournalDamaged, sqlite.DatabaseError) as error:
            # A full disk, say, is no damage of this copy.
            if type(error) not in (JournalDamaged, sqlite.DatabaseError):
                raise
            part_of(copy).unlink()
            unreadable.add(copy)
            continue
        sync_file(part_of(copy))
        part_of(copy).replace(ready_for(copy))
    for folder in {copy.parent for copy in waiting}:
        sync_folder(folder)
    progress(len(waiting), len(waiting) + 1)
    return frozenset(unreadable)


def _list_waiting(change: _Change) -> list[Path]:
    """Return the copies that are still as the journal was and are to follow it."""
    old = {_beginning_of(change.current)}
    if change.new is not None:
        old.add(PLAIN_BEGINNING)
    if change.keeps_plain_copies:
        old.discard(PLAIN_BEGINNING)
    return [copy for copy in _list_copies(change) if _read_beginning(copy) in old]


def _sort_copies(change: _Change) -> tuple[list[Path], list[Path]]:
    """Return the copies that are as the journal is now, and those that are not."""
    wanted = _beginning_of(change.new)
    copies = [(copy, _read_beginning(copy) == wanted) for copy in _list_copies(change)]
    return [copy for copy, follows in copies if follows], [
        copy for copy, follows in copies if not follows
    ]


def _list_copies(change: _Change) -> list[Path]:
    """Return every journal in the folders, also what was set aside under a name of its own."""
    found = []
    for folder in change.folders:
        with suppress(OSError):
            found += [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]
    return sorted(path for path in found if not path.name.startswith("."))


def _read_beginning(copy: Path) -> bytes:
    with suppress(OSError), copy.open("rb") as file:
        return file.read(SALT_BYTES)
    return b""
