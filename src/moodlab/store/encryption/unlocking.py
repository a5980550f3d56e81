"""From what a person types to the key of a journal, telling a wrong passphrase from damage."""

from pathlib import Path

from moodlab.domain.errors import JournalDamaged, JournalUnusable, WrongPassphrase
from moodlab.i18n import translate
from moodlab.store.backups.names import copies_folder, list_copies_in
from moodlab.store.encryption.crypto import Key, possible_keys, refuse_unusable
from moodlab.store.encryption.key_check import Fit, try_key
from moodlab.store.file.database import damaged_beginning, wrong_passphrase
from moodlab.store.file.header import examine, readable


def find_key(path: Path, secret: str) -> Key | None:
    """Return the key that the passphrase or recovery code `secret` gives for the journal at `path`.

    None for a plain journal. Takes about 0.7 s; the file must not be open in this process. Raises
    WrongPassphrase, JournalDamaged where the passphrase is right and the file is not, and
    JournalUnusable; the file stays as it was.
    """
    salt = examine(path)
    if salt is None:
        return None
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
        _judge_by_copy(path, secret, tried)
    raise wrong_passphrase()


def _judge_by_copy(path: Path, secret: str, tried: list[Key]) -> None:
    """Raise JournalDamaged or WrongPassphrase where the newest automatic copy tells more.

    It keeps the journal's salt, so that it opens with the same key; a damaged salt shows here too.
    """
    copy = next((copy.path for copy in list_copies_in(copies_folder(path))), None)
    try:
        salt = examine(copy) if copy else None
    except JournalUnusable:
        return
    if copy is None or salt is None:
        return
    keys = tried if any(key.salt == salt for key in tried) else list(possible_keys(secret, salt))
    key = next((key for key in keys if try_key(copy, key) is Fit.OPENS), None)
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
