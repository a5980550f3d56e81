"""``backup`` and ``restore``: make backups of the journal and restore them."""

from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command, flag
from moodlab.domain.days import local_time
from moodlab.domain.errors import JournalUnusable
from moodlab.encrypted_journals import remember_encryption
from moodlab.i18n import translate
from moodlab.store.backups.names import BY_HAND, Backup, backups_folder
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
    from moodlab.store.backups.backup import list_backups, make_backup, save_backup

    path = place.paths.journal
    if list:
        return _list(list_backups(path))
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


def _list(backups: tuple[Backup, ...]) -> Answer:
    if not backups:
        return Answer(translate("copies", "No backups yet."), {"copies": []})
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
    return Answer("\n".join(lines), {"copies": data})


@command("restore", [argument("backup")])
def restore(place: Place, backup: str) -> Answer:
    """Restore a backup. The present journal is kept as another backup."""
    from moodlab.store.backups.restore import restore as restore_backup

    path = place.paths.journal
    chosen = _find_backup(path, backup)
    backup_key = place.find_key(chosen) if chosen.is_file() else None
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
    data = {
        "journal": str(path),
        "restored": str(chosen),
        "days": done.contents.days,
        "kept": None if done.kept is None else str(done.kept),
    }
    return Answer(sentence, data)


def _find_backup(journal: Path, given: str) -> Path:
    """Return the file that `given` names: a path, or the name of one of the journal's backups."""
    path, listed = Path(given), backups_folder(journal) / given
    return listed if not path.exists() and listed.is_file() else path


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
