"""Moves a journal and its backups to another folder, also on another drive.

The new file is a verified copy, durable under its name before the old one goes, so that at every
moment at least one whole journal is where the settings lead.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from moodlab.atomic_replace import (
    drop_draft,
    keep_owner,
    make_private_folder,
    new_draft,
    place_new,
    sync_folder,
)
from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.i18n import translate
from moodlab.store.backups.names import backups_folder, list_files_in
from moodlab.store.encryption.crypto import Key
from moodlab.store.errors import translated_errors
from moodlab.store.file.beside.side_files import clear_name
from moodlab.store.file.database import open_database
from moodlab.store.file.schema import tell_odd
from moodlab.store.file.verified_copy import write_verified


class Moved(NamedTuple):
    """Where the journal is now, how many backups went along, and what stayed at the old place."""

    journal: Path
    backups: int
    left: tuple[Path, ...]


def refuse_move(journal: Path, folder: Path) -> Path:
    """Return where a journal would lie in `folder`. Raises Refused where it can't go there."""
    target = folder / journal.name
    if journal.is_symlink():
        raise Refused(
            translate(
                "moving",
                "{name} is a link to {place}. Open that file to move it. Nothing was moved.",
            ).format(name=journal.name, place=os.path.realpath(journal))
        )
    if not folder.is_dir():
        raise Refused(translate("moving", "There is no folder {path}.").format(path=folder))
    if folder.samefile(journal.parent):
        raise Refused(translate("moving", "The journal is in that folder already."))
    for taken in (target, backups_folder(target)):
        if os.path.lexists(taken):
            raise Refused(
                translate(
                    "moving", "{path} already exists. Choose another folder. Nothing was moved."
                ).format(path=taken)
            )
    own = backups_folder(journal)
    if own.is_symlink():
        raise Refused(
            translate(
                "moving",
                "The backups are in {place}, behind a link. Replace the link {name} by a folder "
                "first. Nothing was moved.",
            ).format(place=os.path.realpath(own), name=own.name)
        )
    if own.is_dir() and own.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise Refused(translate("moving", "That folder is for backups. Choose another folder."))
    return target


def move_journal(
    journal: Path, folder: Path, key: Key | None, settle: Callable[[Path], None]
) -> Moved:
    """Move the journal, which no window has open, with its backups into `folder`.

    `settle` gets the new place once it is whole, and keeps it, before the old file goes. Raises
    Refused or JournalUnusable with everything as it was.
    """
    target = refuse_move(journal, folder)
    try:
        connection, _said, odd = open_database(journal, key=key)
        try:
            if odd:
                raise JournalUnusable(tell_odd(journal.name))
            with translated_errors():
                # Until the end nobody can save into the file that is about to go.
                connection.execute("BEGIN IMMEDIATE")
            try:
                taken = _take_along(journal, target, key)
            except JournalUnusable as error:
                raise JournalUnusable(
                    translate("moving", "Nothing was moved. {reason}").format(reason=error.sentence)
                ) from error
            try:
                settle(target)
            except OSError:
                _drop((target, *taken.news), backups_folder(target))
                raise
            if os.name == "nt":
                connection.close()  # Windows removes no open file
            left = _remove((journal, *taken.olds))
        finally:
            connection.close()
    except OSError as error:
        raise JournalUnusable(
            translate("moving", "Nothing was moved: {reason}.").format(
                reason=os.strerror(error.errno or 0)
            )
        ) from error
    with suppress(OSError):
        backups_folder(journal).rmdir()
    with suppress(OSError):
        sync_folder(journal.parent)
    return Moved(target, len(taken.olds), left)


class _Taken(NamedTuple):
    """The backups at the old place, and the same at the new one."""

    olds: tuple[Path, ...] = ()
    news: tuple[Path, ...] = ()


def _take_along(journal: Path, target: Path, key: Key | None) -> _Taken:
    """Copy backups and journal; what is there when something goes wrong is removed again."""
    taken = _Taken()
    try:
        for old in _backups_of(journal):
            taken = _Taken((*taken.olds, old), (*taken.news, _copy_backup(old, target)))
        draft = new_draft(target.parent)
        try:
            write_verified(journal, key, draft)
            keep_owner(draft, journal)
            clear_name(target)
            place_new(draft, target)
        finally:
            drop_draft(draft)
    except BaseException:
        # The journal comes last: none of ours is at `target` yet.
        _drop(taken.news, backups_folder(target))
        raise
    return taken


def _backups_of(journal: Path) -> list[Path]:
    folder = backups_folder(journal)
    return sorted(list_files_in(folder)) if folder.is_dir() else []


def _copy_backup(old: Path, target: Path) -> Path:
    folder = backups_folder(target)
    if not folder.is_dir():
        make_private_folder(folder)
        keep_owner(folder, old.parent)
    new = folder / old.name
    draft = new_draft(folder)
    try:
        shutil.copyfile(old, draft)
        if draft.read_bytes() != old.read_bytes():
            raise JournalUnusable(translate("copies", "The backup does not match the journal."))
        keep_owner(draft, old)
        place_new(draft, new)
    finally:
        drop_draft(draft)
    return new


def _drop(news: tuple[Path, ...], folder: Path) -> None:
    _remove(news)
    with suppress(OSError):
        folder.rmdir()


def _remove(olds: tuple[Path, ...]) -> tuple[Path, ...]:
    left = []
    for old in olds:
        try:
            old.unlink()
        except OSError:
            left.append(old)
    return tuple(left)
