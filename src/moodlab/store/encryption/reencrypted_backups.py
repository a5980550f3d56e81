"""The automatic copies when the passphrase changes: each is written anew, then replaced at once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from moodlab.atomic_replace import sync_file, sync_folder
from moodlab.domain.errors import JournalDamaged
from moodlab.store.backups.names import SUFFIX
from moodlab.store.encryption.crypto import SALT_BYTES, Key
from moodlab.store.encryption.leftovers import PLAIN_BEGINNING, part_of, ready_for
from moodlab.store.encryption.reencrypted_file import write_rekeyed
from moodlab.store.file.engine import sqlite

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """From which key to which, where the copies lie, and whether plain ones stay plain."""

    current: Key | None
    new: Key | None
    folders: tuple[Path, ...]
    keeps_plain_copies: bool = False


def beginning_of(key: Key | None) -> bytes:
    """Return how files under this key begin: with its salt, or as a plain file does."""
    return PLAIN_BEGINNING if key is None else key.salt


def prepare_copies(
    change: Change, progress: Progress, skipped: frozenset[Path] = frozenset()
) -> frozenset[Path]:
    """Build the new files of all copies, complete and durable; return those that can't be read.

    They wait beside the copies until `leftovers.settle` puts them in place or drops them.
    """
    unreadable = set(skipped)
    waiting = [copy for copy in list_waiting(change) if copy not in skipped]
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


def list_waiting(change: Change) -> list[Path]:
    """Return the copies that are still as the journal was and are to follow it."""
    old = {beginning_of(change.current)}
    if change.new is not None:
        old.add(PLAIN_BEGINNING)
    if change.keeps_plain_copies:
        old.discard(PLAIN_BEGINNING)
    return [copy for copy in _list_copies(change) if _read_beginning(copy) in old]


def sort_copies(change: Change) -> tuple[list[Path], list[Path]]:
    """Return the copies that are as the journal is now, and those that are not."""
    wanted = beginning_of(change.new)
    copies = [(copy, _read_beginning(copy) == wanted) for copy in _list_copies(change)]
    return [copy for copy, follows in copies if follows], [
        copy for copy, follows in copies if not follows
    ]


def _list_copies(change: Change) -> list[Path]:
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
