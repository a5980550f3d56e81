"""What is raised where a passphrase is missing, wrong, or right for a damaged file."""

from pathlib import Path

from moodlab.domain.errors import JournalDamaged, JournalLocked, WrongPassphrase
from moodlab.i18n import translate


def locked(path: Path) -> JournalLocked:
    """Return what is raised where no key was given for an encrypted journal."""
    return JournalLocked(
        translate(
            "security",
            "{name} is encrypted. Enter its passphrase (on the command line: --passphrase-file "
            "FILE).",
        ).format(name=path.name)
    )


def wrong_passphrase() -> WrongPassphrase:
    """Return what is raised for a passphrase or key of another journal."""
    return WrongPassphrase(
        translate("security", "That passphrase does not open this journal. Nothing was changed.")
    )


def damaged_beginning(path: Path) -> JournalDamaged:
    """Return what is raised where the key is right and the first page is not."""
    return JournalDamaged(
        translate(
            "security",
            "The passphrase is right, but the beginning of {name} is damaged. Nothing was "
            "changed. “moodlab restore” restores an automatic backup.",
        ).format(name=path.name)
    )
