"""``backup`` and ``restore``: copies of the journal, made and brought back."""

from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command, flag
from moodlab.domain.errors import JournalUnusable
from moodlab.i18n import translate
from moodlab.store.backups.names import BY_HAND, Copy, copies_folder
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.unlocking import has_salt_of


@command(
    "backup",
    [
        argument("out", required=False),
        flag("--list", "List the copies that there are, newest first."),
    ],
)
def backup(place: Place, out: str | None, list: bool) -> Answer:
    """Write a verified copy of the journal to OUT, or among its copies."""
    from moodlab.store.backups.backup import list_copies, make_copy, save_copy

    path = place.paths.journal
    if list:
        return _list(list_copies(path))
    # Opened first, so that a missing or odd file gets its own sentence.
    with place.open_journal(read_only=True) as journal:
        key = journal.key
    if out is None:
        copy = make_copy(path, key, reason=BY_HAND)
        saved, days = copy.path, copy.days
    else:
        saved, contents = save_copy(path, key, Path(out))
        days = contents.days
    return Answer(
        translate("copies", "Saved a backup: {path}. Days with entries: {days}.").format(
            path=saved, days=days
        ),
        {"copy": str(saved), "days": days},
    )


def _list(copies: tuple[Copy, ...]) -> Answer:
    if not copies:
        return Answer(translate("copies", "No backups yet."), {"copies": []})
    lines = [
        translate("copies", "{moment}  days: {days}  {name}").format(
            moment=f"{copy.made_at.astimezone():%Y-%m-%d %H:%M}", days=copy.days,
            name=copy.path.name,
        )
        for copy in copies
    ]  # fmt: skip
    data = [
        {
            "copy": str(copy.path), "reason": copy.reason, "made_at": copy.made_at.isoformat(),
            "days": copy.days, "schema": copy.schema,
        }
        for copy in copies
    ]  # fmt: skip
    return Answer("\n".join(lines), {"copies": data})


@command("restore", [argument("backup")])
def restore(place: Place, backup: str) -> Answer:
    """Bring a copy back; the journal before it is kept among the copies."""
    from moodlab.store.backups.restore import restore as bring_back

    path = place.paths.journal
    chosen = _find_backup(path, backup)
    backup_key = place.find_key(chosen) if chosen.is_file() else None
    done = bring_back(
        path,
        chosen,
        key=_find_present_key(place, backup_key),
        backup_key=backup_key,
        confirmed=place.confirmed,
    )
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
    """Return the file that was meant: a path, or only the name of one of the journal's copies."""
    path, listed = Path(given), copies_folder(journal) / given
    return listed if not path.exists() and listed.is_file() else path


def _find_present_key(place: Place, backup_key: Key | None) -> Key | None:
    """Return what opens the present journal; None where there is none or it can't be opened.

    It is then kept as it lies, which needs no key.
    """
    path = place.paths.journal
    try:
        if backup_key is not None and has_salt_of(path, backup_key):
            return backup_key
        return place.find_key()
    except JournalUnusable:
        return None
