"""``backup`` and ``restore``: make backups of the journal and restore them."""

import os
from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command, flag
from moodlab.domain.days import local_time
from moodlab.domain.errors import JournalUnusable, Refused
from moodlab.encrypted_journals import remember_encryption
from moodlab.file_kinds import leads_to_file
from moodlab.i18n import translate
from moodlab.store.backups.links import why_link_is_broken
from moodlab.store.backups.names import BY_HAND, backups_folders, find_unread, list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.unlocking import has_salt_of


@command(
    "backup",
    [
        argument("out", required=False),
        flag("--list", "List the backups, latest first."),
    ],
)
def backup(place: Place, out: str | None, list: bool) -> Answer:
    """Save a verified backup of the journal to OUT, or in its backups folder."""
    from moodlab.store.backups.backup import make_backup, save_backup

    path = place.paths.journal
    if list:
        return _list(path)
    # Opened first, so that a missing or odd file gets its own sentence.
    with place.open_journal(read_only=True) as journal:
        key = journal.key
    if out is None:
        made = make_backup(path, key, reason=BY_HAND)
        saved, days = made.path, made.days
    else:
        saved, contents = save_backup(path, key, Path(out))
        days = contents.days
    return Answer(
        translate("copies", "Saved a backup: {path}. Days with entries: {days}.").format(
            path=saved, days=days
        ),
        {"copy": str(saved), "days": days},
    )


def _list(journal: Path) -> Answer:
    backups, unread = list_backups(journal), find_unread(backups_folders(journal))
    broken = why_link_is_broken(journal)
    troubles = [*([] if broken is None else [broken]), *(each.sentence for each in unread)]
    lines = [
        translate("copies", "{moment}  days: {days}  {name}").format(
            moment=f"{local_time(backup.made_at):%Y-%m-%d %H:%M}", days=backup.days,
            name=backup.path.name,
        )
        for backup in backups
    ]  # fmt: skip
    data = [
        {
            "copy": str(backup.path), "reason": backup.reason,
            "made_at": backup.made_at.isoformat(), "days": backup.days, "schema": backup.schema,
        }
        for backup in backups
    ]  # fmt: skip
    if not backups and not troubles:
        lines = [translate("copies", "No backups yet.")]
    return Answer(
        "\n".join([*lines, *troubles]),
        {"copies": data, "unreadable": [str(each.path) for each in unread], "notes": troubles},
        only_tells=True,
    )


@command("restore", [argument("backup")])
def restore(place: Place, backup: str) -> Answer:
    """Restore a backup. The present journal is kept as another backup."""
    from moodlab.store.backups.restore import restore as restore_backup

    path = place.paths.journal
    chosen = _find_backup(path, backup)
    backup_key = place.find_key(chosen) if leads_to_file(chosen) else None
    done = restore_backup(
        path,
        chosen,
        key=_find_present_key(place, backup_key),
        backup_key=backup_key,
        confirmed=place.confirmed,
    )
    remember_encryption(place.paths, is_encrypted=backup_key is not None)
    sentence = translate("restore", "Restored {name}. Days with entries: {days}.").format(
        name=chosen.name, days=done.contents.days
    )
    if done.kept is not None:
        sentence += " " + translate("restore", "The previous journal is kept as {path}.").format(
            path=done.kept
        )
    sentence = " ".join((sentence, *done.notes()))
    data = {
        "journal": str(path),
        "restored": str(chosen),
        "days": done.contents.days,
        "kept": None if done.kept is None else str(done.kept),
        "passphrase": done.passphrase.value,
    }
    return Answer(sentence, data)


def _find_backup(journal: Path, given: str) -> Path:
    """Return the file that `given` names: a path, or the name of one of the journal's backups.

    Raises Refused where it may lie in a folder that can't be read.
    """
    folders = backups_folders(journal)
    listed = [Path(given), *(folder / given for folder in folders)]
    for path in listed:
        if os.path.exists(path):  # noqa: PTH110 - may not raise
            return path
    if given == Path(given).name and (unread := find_unread(folders)):
        raise Refused(unread[0].sentence)
    return Path(given)


def _find_present_key(place: Place, backup_key: Key | None) -> Key | None:
    """Return the key of the present journal; None where there is none or it can't be opened.

    A journal that can't be opened is kept unchanged, which needs no key.
    """
    path = place.paths.journal
    try:
        if backup_key is not None and has_salt_of(path, backup_key):
            return backup_key
        return place.find_key_if_any()
    except JournalUnusable:
        return None
