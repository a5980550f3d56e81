"""``move``: the journal and its backups, to another folder."""

import os
from pathlib import Path

from moodlab.commands.command import Answer, Place, argument, command
from moodlab.domain.errors import Refused
from moodlab.encrypted_journals import remember_encryption
from moodlab.i18n import translate
from moodlab.settings import follow_move, read_settings
from moodlab.store.backups.moving import move_journal


@command("move", [argument("folder")])
def move(place: Place, folder: str) -> Answer:
    """Move the journal and its backups to another folder; the settings follow."""
    paths = place.paths
    key = place.find_key()
    if os.path.lexists(paths.lock) and not place.confirmed:
        raise Refused(
            translate(
                "moving", "A window seems to have {name} open. Close it first, or add --confirm."
            ).format(name=paths.journal.name)
        )

    def settle(target: Path) -> None:
        # A journal that only this call named is not the one that the window opens.
        if not paths.is_named or read_settings(paths.settings).journal == str(paths.journal):
            follow_move(paths.settings, paths.journal, target)

    moved = move_journal(paths.journal, Path(folder).expanduser().absolute(), key, settle)
    remember_encryption(paths, is_encrypted=False)
    remember_encryption(paths._replace(journal=moved.journal), is_encrypted=key is not None)
    sentence = translate("moving", "Moved {name} to {path}. Backups: {count}.").format(
        name=paths.journal.name, path=moved.journal, count=moved.backups
    )
    if moved.left:
        sentence += " " + translate("moving", "Can't be removed: {paths}.").format(
            paths=", ".join(map(str, moved.left))
        )
    return Answer(
        sentence,
        {
            "journal": str(moved.journal),
            "backups": moved.backups,
            "left": [str(path) for path in moved.left],
        },
        is_fine=not moved.left,
    )
