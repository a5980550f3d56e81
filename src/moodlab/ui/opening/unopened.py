"""When the journal can't be opened: why, the newest backup, another file, or the end."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import JournalDamaged, MoodLabError
from moodlab.i18n import translate
from moodlab.store.backups.names import Backup, backups_folders, find_unread, list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.unlocking import find_backup_key, is_encrypted
from moodlab.ui.lock.unlock import another, back_button
from moodlab.ui.lock.unlock_form import UnlockForm
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.shell.file_choice import choose_file
from moodlab.ui.widgets.backup_words import moment_of, name_backup, name_days
from moodlab.ui.widgets.text import Button, hairline
from moodlab.ui.worker import Progress


class UnopenedScreen(StartScreen[Opening | BackgroundTask]):
    """Decides for an `Opening`, a `BackgroundTask` that brings a backup back, or None to quit."""

    def __init__(
        self,
        sentence: str,
        opening: Opening,
        geometry: str = "",
        *,
        key: Key | None = None,
        anyway: Opening | None = None,
    ) -> None:
        super().__init__(translate("start", "The journal can't be opened."), geometry)
        self._opening = opening
        self._key = key
        self.form: UnlockForm | None = None
        self.sentence = self.add_text(opening.greeting.said or sentence)
        self.add_text(str(opening.paths.journal), "quiet")
        journal = opening.paths.journal
        self.backup = next(iter(list_backups(journal)), None)
        for unread in find_unread(backups_folders(journal)):
            self.add_text(unread.sentence)
        self.bring_back: Button | None = None
        if self.backup is not None:
            self._offer_backup(self.backup)
        self.retry = Button(
            translate("start", "Try again"), "secondary", lambda: self.leave(self._plain_opening())
        )
        self.another = Button(translate("start", "Choose another file…"), "secondary", self._choose)
        self.quit = Button(translate("start", "Quit"), "secondary", self.close)
        offered: list[Button] = [self.bring_back] if self.bring_back is not None else []
        buttons = [*offered, self.retry, self.another]
        if not os.path.lexists(journal):
            self.anew = Button(
                translate("start", "Start a new diary"),
                "secondary",
                lambda: self.leave(self._plain_opening()._replace(begins_anew=True)),
            )
            buttons.append(self.anew)
        self.anyway: Button | None = None
        if anyway is not None:
            self.anyway = Button(
                translate("start", "Open it without a passphrase"),
                "secondary",
                lambda: self.leave(anyway),
            )
            buttons.append(self.anyway)
        self.add_end(*buttons, self.quit)
        if opening.back is not None:
            self.back = back_button(self, opening.back)
            self.add_below(self.back)

    def first_focus(self) -> QWidget:
        return self.form.field if self.form is not None else self.bring_back or self.another

    def open_file(self, path: Path) -> None:
        """Try another journal."""
        self.leave(another(self._opening, path))

    def _plain_opening(self) -> Opening:
        return Opening(self._opening.paths, back=self._opening.back)

    def _offer_backup(self, backup: Backup) -> None:
        self.add_space(1.5)
        self.add_text(
            translate("start", "The latest backup is from {moment}, with {days}.").format(
                moment=moment_of(backup), days=name_days(backup.days)
            ),
            "section",
        )
        self.add_text(
            translate(
                "start",
                "Restoring replaces the journal with this backup. The present file is kept as "
                "another backup.",
            ),
            "muted",
        )
        words = translate("start", "Restore this backup")
        if self._key is None and is_encrypted(backup.path):
            self.body.addWidget(hairline())
            self.form = UnlockForm(
                translate("security", "&Passphrase or recovery code"), words, self._find_key(backup)
            )
            self.form.found.connect(lambda key: self._bring_back(backup, key))
            self.form.refused.connect(lambda error: self.say(error.sentence))
            self.body.addWidget(self.form)
            self.bring_back = self.form.button
        else:
            self.bring_back = Button(words, "primary", lambda: self._bring_back(backup, self._key))

    def _find_key(self, backup: Backup) -> Callable[[str], Key | None]:
        def find(typed: str) -> Key | None:
            return find_backup_key(backup.path, typed)

        return find

    def _bring_back(self, backup: Backup, key: Key | None) -> None:
        self.leave(restore_task(self._plain_opening(), backup, None, key))

    def _choose(self) -> None:
        choose_file(
            self,
            translate("start", "Choose a journal"),
            self._opening.paths.journal.parent,
            [translate("start", "Journals (*.moodlab)"), translate("start", "All files (*)")],
            self.open_file,
        )


def why_unopened(error: MoodLabError, opening: Opening) -> str:
    """Return why a journal can't be opened, as the screen with its latest backup says it."""
    if not isinstance(error, JournalDamaged):
        return error.sentence
    if list_backups(opening.paths.journal):
        return translate(
            "start", "Part of the file can't be read. You can restore the latest backup below."
        )
    return translate("start", "Part of the file can't be read, and there is no backup beside it.")


def restore_task(
    opening: Opening, backup: Backup, key: Key | None, backup_key: Key | None
) -> BackgroundTask:
    """Return the task that puts a backup in the journal's place; `key` opens the present one."""
    paths = opening.paths

    def work(_progress: Progress) -> Opening:
        from moodlab.store.backups.restore import restore

        done = restore(paths.journal, backup.path, key=key, backup_key=backup_key, confirmed=True)
        said = translate("start", "Restored {backup}, with {days}.").format(
            backup=name_backup(backup), days=name_days(done.contents.days)
        )
        if done.kept is not None:
            said += " " + translate(
                "start", "The previous file is kept as the backup {name}."
            ).format(name=done.kept.name)
        said = " ".join((said, *done.notes()))
        return Opening(
            paths, backup_key, page="safety", back=opening.back, accepts_plain=backup_key is None
        ).saying(said)

    return BackgroundTask(translate("start", "Restoring the backup…"), work, opening)
