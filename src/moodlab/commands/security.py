"""``encrypt`` and ``decrypt``: set, change and remove the passphrase."""

from pathlib import Path
from typing import TYPE_CHECKING

from moodlab.commands.command import Answer, Place, command, flag, option
from moodlab.commands.passphrases import ask_new_passphrase, is_terminal
from moodlab.domain.days import local_now
from moodlab.domain.errors import Refused
from moodlab.encrypted_journals import remember_encryption
from moodlab.i18n import translate
from moodlab.settings import read_settings
from moodlab.store.encryption.crypto import Key

if TYPE_CHECKING:
    from moodlab.store.encryption.rekey import Rekeyed


@command(
    "encrypt",
    [
        option(
            "--new-passphrase-file",
            "FILE",
            "File that contains the new passphrase.",
        ),
        option(
            "--recovery-sheet", "FILE", "Save a recovery sheet (.pdf or .txt), to print and delete."
        ),
        flag("--keep-plain-copies", "Leave existing backups unencrypted."),
    ],
)
def encrypt(
    place: Place,
    new_passphrase_file: str | None,
    recovery_sheet: str | None,
    keep_plain_copies: bool,
) -> Answer:
    """Set the passphrase (--passphrase-file), or change it (--new-passphrase-file)."""
    from moodlab.report.recovery_sheet import write_sheet
    from moodlab.store.encryption.recovery import reserve_sheet, write_recovery_sheet
    from moodlab.store.encryption.rekey import set_passphrase

    path = place.paths.journal
    current = place.find_key_if_any()
    place.refuse_silent_downgrade(current)
    passphrase = _choose_passphrase(place, current, new_passphrase_file)
    target = None if recovery_sheet is None else Path(recovery_sheet)
    with reserve_sheet(target) as sheet:
        done = set_passphrase(
            path,
            passphrase,
            current,
            keeps_plain_backups=keep_plain_copies,
            second_folder=_find_second_folder(place),
        )
        if target is not None and done.key is not None:
            paragraphs = write_recovery_sheet(done.key, path, local_now().date())
            sheet.write(write_sheet(target, paragraphs))
    remember_encryption(place.paths, is_encrypted=True)
    sentences = [_tell_what_was_done(path, current, done), *_tell_of_others(place, done)]
    if current is None:
        sentences.append(
            translate(
                "security",
                "Traces of the unencrypted file may remain on the disk for a while.",
            )
        )
    if recovery_sheet is not None:
        sentences.append(
            translate("security", "The recovery sheet is {name}: print it, then delete it.").format(
                name=recovery_sheet
            )
        )
    return _answer(path, sentences, done)


def _tell_what_was_done(path: Path, former: Key | None, done: "Rekeyed") -> str:
    which = _name_all(path, done)
    if former is None:
        form = (
            translate("security", "{which} are now encrypted.")
            if done.backups
            else translate("security", "{which} is now encrypted.")
        )
    elif done.key is None:
        form = (
            translate(
                "security",
                "{which} are no longer encrypted. Anyone who has the files can read them.",
            )
            if done.backups
            else translate(
                "security", "{which} is no longer encrypted. Anyone who has the file can read it."
            )
        )
    else:
        form = (
            translate(
                "security", "{which} have a new passphrase. The old one no longer opens them."
            )
            if done.backups
            else translate(
                "security", "{which} has a new passphrase. The old one no longer opens it."
            )
        )
    return form.format(which=which)


def _name_all(path: Path, done: "Rekeyed") -> str:
    """Name the journal, and how many backups went along."""
    if not done.backups:
        return path.name
    if done.backups == 1:
        return translate("security", "{name} and 1 backup").format(name=path.name)
    return translate("security", "{name} and {count} backups").format(
        name=path.name, count=done.backups
    )


@command("decrypt", [])
def decrypt(place: Place) -> Answer:
    """Remove the passphrase. Anyone who has the file can then read it."""
    from moodlab.store.encryption.rekey import remove_passphrase

    path = place.paths.journal
    current = place.find_key_if_any()
    if current is None:
        raise Refused(
            translate(
                "security", "{name} is not encrypted. There is no passphrase to remove."
            ).format(name=path.name)
        )
    done = remove_passphrase(path, current, second_folder=_find_second_folder(place))
    remember_encryption(place.paths, is_encrypted=False)
    sentences = [_tell_what_was_done(path, current, done), *_tell_of_others(place, done)]
    return _answer(path, sentences, done)


def _choose_passphrase(place: Place, current: Key | None, new_file: str | None) -> str:
    if current is None:
        if new_file is not None:
            raise Refused(
                translate(
                    "security",
                    "This journal is not encrypted yet. Use only --passphrase-file to set a "
                    "passphrase.",
                )
            )
        if place.passphrase is not None:
            return place.passphrase
    elif new_file is not None:
        return place.read_passphrase(new_file)
    if is_terminal():
        return ask_new_passphrase()
    raise Refused(
        translate("security", "Give the passphrase with --passphrase-file FILE.")
        if current is None
        else translate(
            "security",
            "This journal is already encrypted. To change its passphrase, add "
            "--new-passphrase-file FILE.",
        )
    )


def _find_second_folder(place: Place) -> Path | None:
    folder = read_settings(place.paths.settings).second_copies
    return Path(folder) if folder else None


def _tell_of_others(place: Place, done: "Rekeyed") -> list[str]:
    sentences = []
    if done.left:
        names = ", ".join(backup.name for backup in done.left)
        sentences.append(translate("security", "Not changed: {names}.").format(names=names))
    sentences += [
        translate("security", "{problem} They were not changed.").format(problem=each.sentence)
        for each in done.unread
    ]
    second = _find_second_folder(place)
    if second is not None and not second.is_dir():
        sentences.append(
            translate(
                "security", "The backups in {folder} could not be reached. They were not changed."
            ).format(folder=second)
        )
    return sentences


def _answer(path: Path, sentences: list[str], done: "Rekeyed") -> Answer:
    return Answer(
        " ".join(sentences),
        {
            "journal": str(path),
            "encrypted": done.key is not None,
            "copies": done.backups,
            "left": [str(backup) for backup in done.left],
            "unreadable": [str(each.path) for each in done.unread],
        },
    )
