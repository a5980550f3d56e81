"""The errors for a passphrase that is missing, wrong, or right for a damaged file."""

from pathlib import Path

from moodlab.domain.errors import JournalDamaged, JournalLocked, WrongPassphrase
from moodlab.i18n import translate


def locked(path: Path) -> JournalLocked:
    """Return the error for an encrypted journal without a key."""
    return JournalLocked(
        translate(
            "security",
            "{name} is encrypted. Enter its passphrase (on the command line: --passphrase-file "
            "FILE).",
        ).format(name=path.name)
    )


def wrong_passphrase() -> WrongPassphrase:
    """Return the error for the passphrase or key of another journal."""
    return WrongPassphrase(
        translate("security", "That passphrase does not open this journal. Nothing was changed.")
    )


def wrong_for_backup(backup: Path) -> WrongPassphrase:
    """Return the error for a passphrase that does not open a backup, though maybe its journal."""
    return WrongPassphrase(
        translate(
            "security",
            "That passphrase does not open the backup {name}. It may have been made before the "
            "passphrase changed: enter the one of that time. Nothing was changed.",
        ).format(name=backup.name)
    )


def damaged_beginning(path: Path) -> JournalDamaged:
    """Return the error for the right key and a damaged first page."""
    return JournalDamaged(
        translate(
            "security",
            "The passphrase is right, but the beginning of {name} is damaged. Nothing was "
            "changed. “moodlab restore” restores an automatic backup.",
        ).format(name=path.name)
    )
