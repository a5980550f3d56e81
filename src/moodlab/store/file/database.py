"""Creates and opens journal files, plain or encrypted."""

import os
from pathlib import Path
from typing import NamedTuple

from moodlab.atomic_replace import drop_draft, new_draft, place_new
from moodlab.domain.errors import JournalDamaged, JournalUnusable, MoodLabError, Refused
from moodlab.file_kinds import refuse_journal_name
from moodlab.i18n import translate
from moodlab.store.backups.links import why_link_is_broken
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.leftovers import settle_leftovers
from moodlab.store.encryption.refusals import damaged_beginning, locked, wrong_passphrase
from moodlab.store.errors import translated_errors
from moodlab.store.file import migrations
from moodlab.store.file.beside.forgotten_drafts import remove_forgotten_drafts
from moodlab.store.file.beside.guarding import connect_guarded, settle_beside
from moodlab.store.file.beside.side_files import clear_name, tell_kept
from moodlab.store.file.engine import (
    APPLICATION_ID,
    BUSY_SECONDS,
    Connection,
    connect,
    load_sqlite_utils,
    wrap,
)
from moodlab.store.file.header import examine, readable, refuse_torn, refuse_version
from moodlab.store.file.schema import find_odd, tell_odd


class Opened(NamedTuple):
    """An open journal file.

    `said` are sentences about what lay beside it. `odd` names what in it MoodLab did not make: then
    the connection only reads, and leads to a copy in memory.
    """

    connection: Connection
    said: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def create_database(path: Path, *, key: Key | None = None) -> Opened:
    """Create an empty journal at `path`, encrypted with `key`, and open it.

    It is built as a draft and linked to its name when complete, so that a crash leaves no half
    journal. Raises Refused if a file is there, JournalUnusable if it can't be written.
    """
    if (broken := why_link_is_broken(path)) is not None:
        raise Refused(broken)
    if os.path.lexists(path):
        raise Refused(
            translate("store", "{name} already exists. MoodLab never overwrites a journal.").format(
                name=path.name
            )
        )
    refuse_journal_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = new_draft(path.parent)
        try:
            _fill(draft, key)
            kept = clear_name(path)
            place_new(draft, path)
        finally:
            drop_draft(draft)
    except OSError as error:
        raise JournalUnusable(
            translate("store", "Can't create a journal at {path}: {reason}.").format(
                path=path, reason=os.strerror(error.errno or 0)
            )
        ) from error
    return Opened(connect_guarded(path, key), (tell_kept(kept),) if kept else ())


def _fill(draft: Path, key: Key | None) -> None:
    with translated_errors():
        connection = connect(draft, key=key)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations.apply_all(wrap(connection), load_sqlite_utils().Migrations)
        finally:
            connection.close()


def open_database(
    path: Path,
    *,
    read_only: bool = False,
    key: Key | None = None,
    busy_seconds: float = BUSY_SECONDS,
) -> Opened:
    """Open the journal at `path`, after checking that this version understands it.

    `key` opens an encrypted one; a plain one ignores it. Raises JournalLocked without the
    right key and JournalUnusable, with the file unchanged, for anything else.
    """
    salt = examine(path)
    if salt is None:
        key = None
    else:
        _refuse_key(path, key)
    try:
        with translated_errors():
            said = settle_beside(path, key)
            connection = connect_guarded(path, key, read_only=read_only, busy_seconds=busy_seconds)
            try:
                version = _read_version(connection, path)
                if odd := find_odd(connection):
                    connection.close()
                    return _open_odd(path, key, said, odd)
                if not read_only:
                    settle_leftovers(connection, path, salt)
                    remove_forgotten_drafts(path)
                if version < migrations.SCHEMA_VERSION and not read_only:
                    from moodlab.store.file.upgrading import upgrade

                    upgrade(connection, path, key)
            except Exception:
                connection.close()
                raise
    except JournalDamaged as error:
        raise JournalDamaged(
            translate(
                "store",
                "{name} is damaged and can't be read. Nothing was changed. “moodlab restore” "
                "restores an automatic backup.",
            ).format(name=path.name)
        ) from error
    except JournalUnusable as error:
        if path.name in error.sentence:
            raise
        raise type(error)(
            translate("store", "Can't open {name}. {reason}").format(
                name=path.name, reason=error.sentence
            )
        ) from error
    return Opened(connection, said)


def _open_odd(path: Path, key: Key | None, said: tuple[str, ...], odd: tuple[str, ...]) -> Opened:
    from moodlab.store.file.odd_journal import open_in_memory

    return Opened(open_in_memory(path, key), (*said, tell_odd(path.name)), odd)


def open_to_read(
    path: Path, *, key: Key | None = None, busy_seconds: float = BUSY_SECONDS
) -> Opened:
    """Open the journal at `path` as `open_database` does, only to read it: also an older one."""
    opened = open_database(path, read_only=True, key=key, busy_seconds=busy_seconds)
    if opened.odd:
        return opened
    with translated_errors():
        connection = bring_older_into_memory(opened.connection, path, key)
    return opened._replace(connection=connection)


def bring_older_into_memory(connection: Connection, path: Path, key: Key | None) -> Connection:
    """Return `connection`, or where the journal is older, one to an upgraded copy in memory.

    What reads a journal knows the present schema alone, and a file that is only read stays as it
    is. Raises JournalUnusable where it can't be upgraded.
    """
    version = _read_version(connection, path)
    if version >= migrations.SCHEMA_VERSION:
        return connection
    connection.close()
    from moodlab.store.file.odd_journal import open_in_memory
    from moodlab.store.file.upgrading import tell_not_updated

    try:
        return open_in_memory(path, key, version)
    except (MoodLabError, OSError):
        raise
    except Exception as error:  # whatever a step stumbles over
        raise JournalUnusable(tell_not_updated(path.name)) from error


def open_second_connection(
    path: Path, *, key: Key | None = None, is_odd: bool = False, busy_seconds: float = BUSY_SECONDS
) -> Connection:
    """Open a journal that this process already has open, for another thread or after a break."""
    with translated_errors():
        if is_odd:
            return _open_odd(path, key, (), ()).connection
        connection = connect_guarded(path, key, busy_seconds=busy_seconds)
        return bring_older_into_memory(connection, path, key)


def _read_version(connection: Connection, path: Path) -> int:
    """Return the schema version, which an encrypted file tells only now."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    version, application = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("user_version", "application_id")
    )
    refuse_version(path, version, application)
    return version


def _refuse_key(path: Path, key: Key | None) -> None:
    """Raise JournalLocked if `key` does not open the encrypted file at `path`."""
    if key is None:
        raise locked(path)
    # Only here, as opening a plain journal shall not wait for OpenSSL.
    from moodlab.store.encryption.key_check import Fit, try_key

    with readable(path):
        fit = try_key(path, key)
    if fit is Fit.WRONG:
        raise wrong_passphrase()
    if fit is Fit.DAMAGED:
        raise damaged_beginning(path)
    refuse_torn(path)
