"""Finds the key of a journal from what a person types, and tells a wrong passphrase from damage."""

from collections.abc import Callable
from pathlib import Path

from moodlab.domain.errors import JournalDamaged, JournalUnusable, WrongPassphrase
from moodlab.i18n import translate
from moodlab.store.backups.names import list_backups
from moodlab.store.encryption.crypto import Key, belongs_to, possible_keys, refuse_unusable
from moodlab.store.encryption.refusals import damaged_beginning, wrong_for_backup, wrong_passphrase
from moodlab.store.file.header import examine, readable


def is_encrypted(path: Path) -> bool:
    """Whether the file at `path` is an encrypted journal; also False for what can't be read."""
    try:
        return examine(path) is not None
    except JournalUnusable:
        return False


def has_salt_of(path: Path, key: Key) -> bool:
    """Whether the journal at `path` was encrypted under the same passphrase as what `key` opens.

    Raises JournalUnusable.
    """
    return examine(path) == key.salt


def refuse_other_secret(secret: str, key: Key) -> None:
    """Raise WrongPassphrase for anything but the passphrase or recovery code of `key`. Slow."""
    if not belongs_to(secret, key):
        raise wrong_passphrase()


def find_key(path: Path, secret: str | Callable[[], str]) -> Key | None:
    """Return the key that the passphrase or recovery code `secret` gives for the journal at `path`.

    None for a plain journal; a function as `secret` is called only for an encrypted one. Takes
    about 0.7 s; the file must not be open in this process. Raises WrongPassphrase, JournalDamaged
    where the passphrase is right and the file is not, and JournalUnusable; the file stays as it
    was.
    """
    salt = examine(path)
    if salt is None:
        return None
    # Only here, as a plain journal shall not wait for OpenSSL.
    from moodlab.store.encryption.key_check import Fit, try_key

    secret = secret if isinstance(secret, str) else secret()
    refuse_unusable(secret)
    tried = []
    with readable(path):
        for key in possible_keys(secret, salt):
            match try_key(path, key):
                case Fit.OPENS:
                    return key
                case Fit.DAMAGED:
                    raise damaged_beginning(path)
            tried.append(key)
        _judge_by_backup(path, secret, tried)
    raise wrong_passphrase()


def find_backup_key(backup: Path, secret: str | Callable[[], str]) -> Key | None:
    """Return the key of a backup, as `find_key` does. Its WrongPassphrase is about the backup."""
    try:
        return find_key(backup, secret)
    except WrongPassphrase:
        raise wrong_for_backup(backup) from None


def _judge_by_backup(path: Path, secret: str, tried: list[Key]) -> None:
    """Raise JournalDamaged or WrongPassphrase if the latest backup tells which it is.

    The backup has the journal's salt and so the same key, which also shows a damaged salt.
    """
    backup = next((backup.path for backup in list_backups(path)), None)
    try:
        salt = examine(backup) if backup else None
    except JournalUnusable:
        return
    if backup is None or salt is None:
        return
    from moodlab.store.encryption.key_check import Fit, try_key

    keys = tried if any(key.salt == salt for key in tried) else list(possible_keys(secret, salt))
    key = next((key for key in keys if try_key(backup, key) is Fit.OPENS), None)
    if key is None:
        return
    if key in tried or try_key(path, key) is not Fit.WRONG:
        raise JournalDamaged(
            translate(
                "security",
                "The passphrase opens the latest automatic backup, but the beginning of {name} "
                "is damaged. Nothing was changed. “moodlab restore” restores a backup.",
            ).format(name=path.name)
        )
    raise WrongPassphrase(
        translate(
            "security",
            "That passphrase opens the latest automatic backup but not this journal. It was "
            "probably changed since then. Nothing was changed.",
        )
    )
