"""Finds the folder for a journal's backups in the second folder, which journals may share.

Its name bears a mark of the journal's id. So journals of one name never meet there, and none of
them thins out, encrypts or erases what is another's.
"""

from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

from moodlab.domain.errors import JournalUnusable
from moodlab.store.backups.names import backups_folder, list_backups_in
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.beside.guarding import connect_guarded
from moodlab.store.file.engine import sqlite


def find_second(journal: Path, second_folder: Path, key: Key | None) -> Path | None:
    """Return where the backups of the journal at this path are kept in the second folder.

    None for a journal that `key` doesn't open.
    """
    journal_id = _read_id(journal, key)
    if journal_id is None:
        return None
    name = former_second(journal, second_folder).name
    stem, dot, ending = name.partition(".")
    return second_folder / f"{stem}-{crc32(journal_id.encode()):08x}{dot}{ending}"


def former_second(journal: Path, second_folder: Path) -> Path:
    """Return where earlier versions kept them, those of other journals of that name too."""
    return second_folder / backups_folder(journal).name


def adopt_former(journal: Path, second_folder: Path, key: Key | None) -> None:
    """Give the folder of an earlier version its new name if all in it are this journal's backups.

    Raises OSError.
    """
    former, folder = former_second(journal, second_folder), find_second(journal, second_folder, key)
    if folder is None or folder.exists() or former.is_symlink():
        return
    own = _read_id(journal, key)
    backups = list_backups_in(former)
    if backups and all(_read_id(backup.path, key) == own for backup in backups):
        former.rename(folder)


def _read_id(file: Path, key: Key | None) -> str | None:
    with suppress(JournalUnusable, sqlite.Error, OSError):
        with closing(connect_guarded(file, key, read_only=True)) as connection:
            found = connection.execute(
                "SELECT value FROM journal WHERE key = 'journal_id'"
            ).fetchone()
        return "" if found is None else str(found[0])
    return None
