"""Makes verified backups beside the journal and thins them out. No save waits for one.

A backup of an encrypted journal is encrypted with the same key. The journal's own file is only ever
read through SQLite, because copying its bytes could catch it halfway through a save.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from moodlab.atomic_replace import (
    drop_draft,
    keep_owner,
    keep_private,
    make_private_folder,
    new_draft,
    place_new,
)
from moodlab.domain.days import Clock, journal_day, local_now
from moodlab.domain.errors import JournalUnusable, MoodLabError, NeedsConfirmation, Refused
from moodlab.file_kinds import refuse_journal_name
from moodlab.i18n import translate
from moodlab.store.backups.names import (
    AUTOMATIC,
    BY_HAND,
    Backup,
    backups_folder,
    backups_folders,
    list_backups,
    list_backups_in,
    name_backup,
    read_backup_name,
)
from moodlab.store.backups.second_folder import adopt_former, find_second
from moodlab.store.backups.thinning import choose_obsolete
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.forgotten_drafts import remove_drafts_in
from moodlab.store.file.beside.side_files import clear_name
from moodlab.store.file.contents import Contents, verify_file
from moodlab.store.file.verified_copy import write_verified

if TYPE_CHECKING:
    from moodlab.store.imports import ImportBook
    from moodlab.store.ledger.history import Ledger

BEFORE_IMPORT = "before-import"


class OpenJournal(Protocol):
    """What a backup needs of an open journal. This module can't import `Journal`, which uses it."""

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
        """Knows whether anything was entered."""


class BackupFailed(MoodLabError):
    """A backup could not be made. The journal and the earlier backups are unchanged."""

    code = "backup_failed"


def is_due(journal: OpenJournal) -> bool:
    """Whether this journal day has no backup yet, and there is something to back up.

    Fast, because it reads only file names. Example data are not backed up.
    """
    if journal.is_example or journal.imports.is_empty():
        return False
    now, end = journal.ledger.clock(), journal.day_end_minutes
    return all(
        journal_day(backup.made_at.astimezone(now.tzinfo), end) != journal_day(now, end)
        for backup in list_backups(journal.path)
    )


def make_backup(
    journal: Path,
    key: Key | None = None,
    *,
    reason: str = AUTOMATIC,
    clock: Clock = local_now,
) -> Backup:
    """Back up the journal at this path, verify the backup, then thin out the older ones.

    Uses its own connection, so any thread may call it while others read and write. Raises
    BackupFailed.
    """
    with told_as_failed():
        folder = make_backups_folder(journal)
        _keep_private(folder)
        backup = _write_into(folder, journal, key, reason, clock)
        _thin(folder)
        return backup


def make_backups_folder(journal: Path) -> Path:
    """Make the folder for a journal's backups where it is missing, and return it. Raises OSError.

    It belongs to the journal's owner, whoever runs this.
    """
    folder = backups_folder(journal)
    if not folder.is_dir():
        make_private_folder(folder)
        keep_owner(folder, journal)
    return folder


def back_up_before(journal: OpenJournal, reason: str, *, confirmed: bool = False) -> Backup | None:
    """Back up an open journal before something risky; None where nothing was entered yet.

    Raises NeedsConfirmation if no backup can be made, unless `confirmed` says to go on without.
    """
    if journal.imports.is_empty():
        return None
    try:
        return make_backup(journal.path, journal.key, reason=reason, clock=journal.ledger.clock)
    except BackupFailed as error:
        if confirmed:
            return None
        raise NeedsConfirmation(
            translate("copies", "{problem} Continue without a backup?").format(
                problem=error.sentence
            )
        ) from error


def back_up_if_due(journal: OpenJournal, *, second_folder: Path | None = None) -> Backup | None:
    """Make the day's backup, in the second folder too; None where none is due.

    Made before the day's first change, it holds the state before it. Made after it, it holds that
    change too, and the history has the state before. Raises BackupFailed; if only the second folder
    failed, the first backup stays.
    """
    with told_as_failed():
        if not is_due(journal):
            return None
        backup = make_backup(journal.path, journal.key, clock=journal.ledger.clock)
        if second_folder is not None:
            keep_second(backup, journal.path, second_folder, journal.key)
        return backup


def back_up_before_first_step(
    journal: OpenJournal, tell: Callable[[str], object], *, second_folder: Path | None = None
) -> None:
    """Make the day's backup before this journal's first write, which waits for it.

    For commands, which end after their write. If the backup fails, `tell` gets the reason and the
    write goes on.
    """

    def look() -> None:
        journal.ledger.before_step = None
        try:
            back_up_if_due(journal, second_folder=second_folder)
        except BackupFailed as error:
            tell(error.sentence)

    journal.ledger.before_step = look


def keep_second(
    backup: Backup, journal: Path, second_folder: Path, key: Key | None = None
) -> Backup:
    """Copy a backup into a second folder, for example on another disk; `key` opens the journal.

    Raises BackupFailed, whose sentence says that the first one is there.
    """
    refuse_own_folder(journal, second_folder)
    with _told_as_second(second_folder):
        adopt_former(journal, second_folder, key)
        folder = find_second(journal, second_folder, key)
        if folder is None:
            raise JournalUnusable(translate("copies", "The backup does not match the journal."))
        if not folder.is_dir():
            make_private_folder(folder)
            keep_owner(folder, second_folder)
        remove_drafts_in(folder)
        draft = new_draft(folder)
        try:
            content = backup.path.read_bytes()
            draft.write_bytes(content)
            if draft.read_bytes() != content:
                raise JournalUnusable(translate("copies", "The backup does not match the journal."))
            keep_owner(draft, folder)
            place_new(draft, folder / backup.path.name)
        finally:
            drop_draft(draft)
        _thin(folder)
        return backup._replace(path=folder / backup.path.name)


def refuse_own_folder(journal: Path, second_folder: Path) -> None:
    """Raise BackupFailed where the second folder is the one in which the journal is."""
    with suppress(OSError):
        if second_folder.samefile(journal.parent):
            raise BackupFailed(
                translate(
                    "copies",
                    "The second folder is the journal's own folder, which has the backups already. "
                    "Choose another, for example on another disk.",
                )
            )


@contextmanager
def _told_as_second(folder: Path) -> Iterator[None]:
    """Turn what goes wrong into one sentence about the second folder: the first backup is made."""
    try:
        yield
    except (JournalUnusable, OSError) as error:
        reason = (
            f"{os.strerror(error.errno or 0)}." if isinstance(error, OSError) else error.sentence
        )
        raise BackupFailed(
            translate(
                "copies",
                "The backup beside the journal was made, but none in the second folder {folder}. "
                "{reason}",
            ).format(folder=folder, reason=reason)
        ) from error


def save_backup(
    journal: Path, key: Key | None, out: Path, *, clock: Clock = local_now
) -> tuple[Path, Contents]:
    """Save a verified backup as `out`, or in it if it is a folder; never replace a file.

    Raises Refused if `out` exists, BackupFailed if it can't be written.
    """
    refuse_journal_name(out)
    with told_as_failed():
        if out.is_dir():
            return _save_named(journal, key, out, clock)
        _refuse_taken(out)
        draft = new_draft(out.parent)
        try:
            contents = write_verified(journal, key, draft)
            clear_name(out)
            keep_owner(draft, journal)
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
    backup = _write_into(folder, journal, key, BY_HAND, clock)
    return backup.path, verify_file(backup.path, key)


def _refuse_taken(out: Path) -> None:
    if os.path.lexists(out):
        raise Refused(
            translate(
                "copies", "{name} already exists. Choose another name. Nothing was replaced."
            ).format(name=out.name)
        )


def _write_into(folder: Path, journal: Path, key: Key | None, reason: str, clock: Clock) -> Backup:
    remove_drafts_in(folder)
    draft = new_draft(folder)
    try:
        contents = write_verified(journal, key, draft)
        keep_owner(draft, journal)
        while True:
            number = 1 + _last_number({folder, *backups_folders(journal)})
            backup = _place(draft, folder, reason, number, contents, clock)
            if backup is not None:
                return backup
    finally:
        drop_draft(draft)


def _last_number(folders: Iterable[Path]) -> int:
    backups = [backup for folder in folders for backup in list_backups_in(folder)]
    return max((backup.number for backup in backups), default=0)


def _place(
    draft: Path, folder: Path, reason: str, number: int, contents: Contents, clock: Clock
) -> Backup | None:
    """Give the draft the name with this number; None if another process took it."""
    made_at = clock().astimezone(UTC)
    target = folder / name_backup(reason, number, made_at, contents)
    try:
        place_new(draft, target)
    except FileExistsError:
        return None
    return read_backup_name(target)


def _keep_private(folder: Path) -> None:
    """Have only the owner read what earlier versions left readable."""
    for path in (folder, *(backup.path for backup in list_backups_in(folder))):
        keep_private(path)


def _thin(folder: Path) -> None:
    if folder.is_symlink():
        return  # what is there may be another journal's
    for backup in choose_obsolete(list_backups_in(folder)):
        # A backup that can't be removed does no harm.
        with suppress(OSError):
            backup.path.unlink()


@contextmanager
def told_as_failed() -> Iterator[None]:
    """Turn what goes wrong into one sentence about the backup."""
    try:
        yield
    except JournalUnusable as error:
        raise BackupFailed(
            translate("copies", "No backup could be made. {reason}").format(reason=error.sentence)
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        if isinstance(error.filename, str):
            # A folder that somebody else owns is found by its name.
            raise BackupFailed(
                translate("copies", "No backup could be made in {folder}: {reason}.").format(
                    folder=Path(error.filename).parent, reason=reason
                )
            ) from error
        raise BackupFailed(
            translate("copies", "No backup could be made: {reason}.").format(reason=reason)
        ) from error
