"""Copies of the journal: made whole and verified beside it, thinned, never in a save's way.

A copy of an encrypted journal is encrypted with the same key. The journal's own file is only ever
read through SQLite: copying its bytes could catch it half way through a save.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from moodlab.atomic_replace import drop_draft, make_private_folder, new_draft, place_new
from moodlab.domain.days import Clock, journal_day, local_now
from moodlab.domain.errors import JournalUnusable, MoodLabError, NeedsConfirmation, Refused
from moodlab.i18n import translate
from moodlab.store.backups.names import (
    AUTOMATIC,
    BY_HAND,
    Copy,
    copies_folder,
    list_copies_in,
    name_copy,
    read_copy_name,
)
from moodlab.store.backups.thinning import choose_obsolete
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.contents import Contents, verify_file
from moodlab.store.file.verified_copy import write_verified

if TYPE_CHECKING:
    from moodlab.store.imports import ImportBook
    from moodlab.store.ledger.history import Ledger

BEFORE_IMPORT = "before-import"
_FORGOTTEN_SECONDS = 3600


class OpenJournal(Protocol):
    """What the day's backup asks of an open journal. `Journal` stands above this module."""

    path: Path
    key: Key | None
    ledger: "Ledger"

    @property
    def is_example(self) -> bool:
        """Whether it holds example data."""

    @property
    def day_end_minutes(self) -> int:
        """Minutes after midnight at which a journal day ends."""

    @property
    def imports(self) -> "ImportBook":
        """Tells whether anything was entered."""


class CopyFailed(MoodLabError):
    """A copy could not be made. The journal and the copies that there were are as before."""


def list_copies(journal: Path) -> tuple[Copy, ...]:
    """Return the copies of the journal at this path, newest first."""
    return list_copies_in(copies_folder(journal))


def is_due(journal: OpenJournal) -> bool:
    """Whether this journal day has no copy yet, though there is something to copy.

    Cheap: it looks at names only. Example data are not copied.
    """
    if journal.is_example or journal.imports.is_empty():
        return False
    now, end = journal.ledger.clock(), journal.day_end_minutes
    return all(
        journal_day(copy.made_at.astimezone(now.tzinfo), end) != journal_day(now, end)
        for copy in list_copies(journal.path)
    )


def make_copy(
    journal: Path,
    key: Key | None = None,
    *,
    reason: str = AUTOMATIC,
    clock: Clock = local_now,
) -> Copy:
    """Copy the journal at this path, verify the copy, then thin out the older ones.

    It opens its own connection, so any thread may call it while others read and write. Raises
    CopyFailed.
    """
    with told_as_failed():
        folder = copies_folder(journal)
        make_private_folder(folder)
        copy = _copy_into(folder, journal, key, reason, clock)
        _thin(folder)
        return copy


def copy_before(journal: OpenJournal, reason: str, *, confirmed: bool = False) -> Copy | None:
    """Copy an open journal before something risky; None where nothing was entered yet.

    Raises NeedsConfirmation where no copy can be made, unless `confirmed` goes on without.
    """
    if journal.imports.is_empty():
        return None
    try:
        return make_copy(journal.path, journal.key, reason=reason, clock=journal.ledger.clock)
    except CopyFailed as error:
        if confirmed:
            return None
        raise NeedsConfirmation(
            translate("copies", "{problem} Continue without a backup?").format(
                problem=error.sentence
            )
        ) from error


def copy_if_due(journal: OpenJournal, *, second_folder: Path | None = None) -> Copy | None:
    """Make the day's copy, in the second folder too; None where none is due.

    It is the state before the day's changes if it comes before the first. Made after it, it holds
    that one as well, and the history tells what was there before. Raises CopyFailed; a copy that
    only the second folder did not take stays.
    """
    with told_as_failed():
        if not is_due(journal):
            return None
        copy = make_copy(journal.path, journal.key, clock=journal.ledger.clock)
        if second_folder is not None:
            keep_second(copy, journal.path, second_folder)
        return copy


def copy_before_first_step(
    journal: OpenJournal, tell: Callable[[str], object], *, second_folder: Path | None = None
) -> None:
    """Have the day's copy made before this journal's first write, which waits for it.

    For commands, which end with their write. That no copy could be made is told, and the write
    goes on.
    """

    def look() -> None:
        journal.ledger.before_step = None
        try:
            copy_if_due(journal, second_folder=second_folder)
        except CopyFailed as error:
            tell(error.sentence)

    journal.ledger.before_step = look


def keep_second(copy: Copy, journal: Path, second_folder: Path) -> Copy:
    """Put a copy into a second folder too, such as one on another disk. Raises CopyFailed."""
    with told_as_failed():
        folder = second_folder / copies_folder(journal).name
        make_private_folder(folder)
        _drop_forgotten(folder)
        draft = new_draft(folder)
        try:
            content = copy.path.read_bytes()
            draft.write_bytes(content)
            if draft.read_bytes() != content:
                raise JournalUnusable(translate("copies", "The backup does not match the journal."))
            place_new(draft, folder / copy.path.name)
        finally:
            drop_draft(draft)
        _thin(folder)
        return copy._replace(path=folder / copy.path.name)


def save_copy(
    journal: Path, key: Key | None, out: Path, *, clock: Clock = local_now
) -> tuple[Path, Contents]:
    """Write a verified copy to `out`, or into it where it is a folder; nothing is replaced.

    Raises Refused when something is there, CopyFailed when it can't be written.
    """
    with told_as_failed():
        if out.is_dir():
            return _save_named(journal, key, out, clock)
        _refuse_taken(out)
        draft = new_draft(out.parent)
        try:
            contents = write_verified(journal, key, draft)
            place_new(draft, out)
        except FileExistsError:
            _refuse_taken(out)
            raise
        finally:
            drop_draft(draft)
        return out, contents


def _save_named(
    journal: Path, key: Key | None, folder: Path, clock: Clock
) -> tuple[Path, Contents]:
    copy = _copy_into(folder, journal, key, BY_HAND, clock)
    return copy.path, verify_file(copy.path, key)


def _refuse_taken(out: Path) -> None:
    if os.path.lexists(out):
        raise Refused(
            translate(
                "copies", "{name} already exists. Choose another name. Nothing was replaced."
            ).format(name=out.name)
        )


def _copy_into(folder: Path, journal: Path, key: Key | None, reason: str, clock: Clock) -> Copy:
    _drop_forgotten(folder)
    draft = new_draft(folder)
    try:
        contents = write_verified(journal, key, draft)
        while True:
            copy = _place_next(folder, draft, reason, contents, clock)
            if copy is not None:
                return copy
    finally:
        drop_draft(draft)


def _place_next(
    folder: Path, draft: Path, reason: str, contents: Contents, clock: Clock
) -> Copy | None:
    """Place the draft under the next number; None where another process took it meanwhile."""
    number = max((copy.number for copy in list_copies_in(folder)), default=0) + 1
    made_at = clock().astimezone(UTC)
    target = folder / name_copy(reason, number, made_at, contents)
    try:
        place_new(draft, target)
    except FileExistsError:
        return None
    return read_copy_name(target)


def _thin(folder: Path) -> None:
    for copy in choose_obsolete(list_copies_in(folder)):
        # A copy that can't be removed is one copy more.
        with suppress(OSError):
            copy.path.unlink()


def _drop_forgotten(folder: Path) -> None:
    """Remove drafts that a killed process left behind."""
    with suppress(OSError):
        for path in folder.glob(".*.new"):
            if time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS:
                drop_draft(path)


@contextmanager
def told_as_failed() -> Iterator[None]:
    """Turn what goes wrong into one sentence about the copy."""
    try:
        yield
    except JournalUnusable as error:
        raise CopyFailed(
            translate("copies", "No backup could be made. {reason}").format(reason=error.sentence)
        ) from error
    except OSError as error:
        raise CopyFailed(
            translate("copies", "No backup could be made: {reason}.").format(
                reason=os.strerror(error.errno or 0)
            )
        ) from error
