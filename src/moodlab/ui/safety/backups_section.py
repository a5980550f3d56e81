"""The backups on the page Security & backups: what there is, a look inside, restoring, one more."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.charts.chart import Table
from moodlab.domain.errors import JournalLocked, JournalUnusable, MoodLabError
from moodlab.i18n import translate
from moodlab.store.backups.backup import refuse_own_folder, save_backup
from moodlab.store.backups.names import Backup, backups_folders, find_unread, list_backups
from moodlab.store.backups.preview import describe_file
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.unlocking import find_backup_key, has_salt_of, is_encrypted
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.unopened import restore_task
from moodlab.ui.safety.passphrase_form import PassphraseForm
from moodlab.ui.session import Session
from moodlab.ui.shell.file_choice import choose_file, choose_folder, choose_new_file
from moodlab.ui.widgets.backup_words import moment_of, name_backup, name_days, name_reason
from moodlab.ui.widgets.chart_table import ChartTable, give_room
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Worker


class BackupsSection(QWidget):
    """The list, newest first, and what can be done with the chosen one."""

    def __init__(self, session: Session, worker: Worker, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._tell = tell
        self._backups: tuple[Backup, ...] = ()
        self.empty = label(
            translate(
                "safety", "No backups yet. MoodLab makes the first one after you add an entry."
            ),
            "muted",
            wrap=True,
        )
        self.trouble = label("", "error", wrap=True)
        self.table = ChartTable(translate("safety", "Backups of the journal"))
        self.table.doubleClicked.connect(lambda _index: self.look_inside())
        self.inside = Button(translate("safety", "Look inside"), "", self.look_inside)
        self.restore = Button(translate("safety", "Restore…"), "", self.ask_restore)
        self.from_file = Button(translate("safety", "Restore a file…"), "", self.ask_which_file)
        self.back_up = Button(translate("safety", "Back up now…"), "", self.ask_where)
        self.question = Notice(keeps_room=True)
        self.form: PassphraseForm | None = None
        self._forms = QVBoxLayout()
        self.second = label("", "quiet", wrap=True)
        self.choose = Button(
            translate("safety", "Choose a second folder…"), "link", self._choose_second
        )
        self.without = Button(
            translate("safety", "Stop using it"), "link", lambda: self.keep_second(None)
        )
        self._lay_out()
        session.backed_up.connect(self.refresh)
        session.settings_changed.connect(lambda _settings: self._show_second())
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        # In a backup that is looked into, the journal's own backups are still those of the journal.
        backups = list_backups(self._own().paths.journal)
        if backups != self._backups:
            self._backups = backups
            self.table.show_table(_tabulate(backups))
            give_room(self.table)
            if backups:
                self.table.choose_row(0)
        has_any = bool(backups)
        unread = [each.sentence for each in find_unread(backups_folders(self._own().paths.journal))]
        self.empty.setVisible(not has_any and not unread)
        for widget in (self.table, self.inside, self.restore):
            widget.setVisible(has_any)
        troubles = [
            *unread,
            *([self._session.backup_trouble] if self._session.backup_trouble else []),
        ]
        self.trouble.setText("\n".join(troubles))
        self.trouble.setVisible(bool(troubles))
        self._show_second()

    def look_inside(self) -> None:
        """Open the chosen backup in the window, for reading only."""
        backup = self._chosen()
        if backup is None:
            return
        self._look_inside(backup, self._own().key)

    def _look_inside(self, backup: Backup, key: Key | None) -> None:
        own = self._own()
        try:
            Journal.open(backup.path, key=key, read_only=True).close()
        except JournalLocked:
            self._ask_passphrase(
                backup.path,
                translate("safety", "Look inside"),
                lambda found: self._look_inside(backup, found),
            )
            return
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        paths = own.paths._replace(journal=backup.path)
        self._session.leave_for(Opening(paths, key, backup=backup, back=own))

    def offer_restore(self) -> None:
        """Ask which: the chosen backup or a file, as the menu does from any page."""
        if not self._backups:
            self.ask_which_file()
            return
        self.question.ask(
            translate("safety", "Restore the backup that is selected above, or another file?"),
            [
                (translate("safety", "The selected one…"), self.ask_restore),
                (translate("safety", "Another file…"), self.ask_which_file),
                (translate("safety", "Cancel"), self.step_back),
            ],
        )
        self.question.buttons[0].setFocus()

    def ask_which_file(self) -> None:
        """Ask for any journal file to restore, wherever it lies."""
        self.question.hide()
        choose_file(
            self,
            translate("safety", "Restore a file"),
            Path.home(),
            [translate("start", "Journals (*.moodlab)"), translate("start", "All files (*)")],
            self.restore_file,
        )

    def restore_file(self, path: Path) -> None:
        """Say what restoring this file will do, and do it only then."""
        key = self._own().key
        try:
            fits = not is_encrypted(path) or (key is not None and has_salt_of(path, key))
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        if fits:
            self._look_at_file(path, key if is_encrypted(path) else None)
        else:
            self._ask_passphrase(
                path,
                translate("safety", "Restore…"),
                lambda found: self._look_at_file(path, found),
            )

    def _look_at_file(self, path: Path, key: Key | None) -> None:
        self._worker.run(
            lambda _journal, _progress: describe_file(path, key),
            lambda backup: self._ask_restore(backup, key),
            lambda error: self._tell(error.sentence),
        )

    def ask_restore(self) -> None:
        """Say what a restore will do, and do it only then."""
        self.question.hide()
        backup = self._chosen()
        if backup is None:
            return
        key = self._own().key
        if is_encrypted(backup.path) and not _opens(key, backup):
            self._ask_passphrase(
                backup.path,
                translate("safety", "Restore…"),
                lambda found: self._ask_restore(backup, found),
            )
        else:
            self._ask_restore(backup, key if is_encrypted(backup.path) else None)

    def _ask_restore(self, backup: Backup, backup_key: Key | None) -> None:
        key = self._own().key
        sentence = translate(
            "safety",
            "The journal is replaced by {backup}, with {days}. The present journal is kept as "
            "another backup.",
        ).format(backup=name_backup(backup), days=name_days(backup.days))
        if key is not None and backup_key is None:
            sentence += " " + translate(
                "safety",
                "That backup is not encrypted. After restoring it, the journal would "
                "not be encrypted either.",
            )
        elif backup_key != key:
            sentence += " " + translate(
                "safety",
                "After restoring it, the journal would open with the passphrase of that backup.",
            )
        self.question.ask(
            sentence,
            [
                (translate("safety", "Restore"), lambda: self._restore(backup, backup_key)),
                (translate("safety", "Cancel"), self.step_back),
            ],
        )
        self.question.buttons[1].setFocus()

    def step_back(self) -> bool:
        """Take the question back; say whether one was asked."""
        if self.question.isHidden():
            return False
        self.question.hide()
        self.restore.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def ask_where(self) -> None:
        """Ask where a further backup is to lie."""
        journal = self._session.journal
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{journal.path.stem}-{journal.today().isoformat()}.moodlab"
        choose_new_file(
            self,
            translate("safety", "Back up"),
            Path(folder) / name,
            translate("start", "Journals (*.moodlab)"),
            self.back_up_to,
        )

    def back_up_to(self, target: Path) -> None:
        """Write a verified backup there."""
        path, key = self._session.journal.path, self._session.journal.key
        self._worker.run(
            lambda _journal, _progress: save_backup(path, key, target),
            lambda saved: self._tell(
                translate("safety", "Saved the backup {name}, with {days}.").format(
                    name=saved[0].name, days=name_days(saved[1].days)
                )
            ),
            lambda error: self._tell(error.sentence),
        )

    def keep_second(self, folder: Path | None) -> None:
        """Have backups put into a second folder too from now on, or no longer."""
        if folder is not None:
            try:
                refuse_own_folder(self._own().paths.journal, folder)
            except MoodLabError as error:
                self._tell(error.sentence)
                return
        self._session.prefer(second_copies="" if folder is None else str(folder))
        self._show_second()

    def _ask_passphrase(
        self, backup: Path, button: str, go_on: Callable[[Key | None], None]
    ) -> None:
        """Ask for the passphrase of a backup that the journal's own does not open."""
        self._close_form()
        found: list[Key | None] = []
        form = PassphraseForm(
            [translate("safety", "&Passphrase of this backup")], button, self._close_form
        )
        form.add(
            label(
                translate(
                    "safety",
                    "This backup was made under another passphrase. Enter the one of that time, "
                    "or its recovery code.",
                ),
                wrap=True,
            )
        )
        form.check = lambda typed: found.append(find_backup_key(backup, typed))

        def finish(_typed: list[str]) -> None:
            self._close_form()
            go_on(found[-1])

        form.chosen.append(finish)
        self.form = form
        self._forms.addWidget(form)
        form.secrets.focus_first()

    def _close_form(self) -> None:
        if self.form is not None:
            form, self.form = self.form, None
            form.secrets.forget()
            form.hide()
            form.deleteLater()
            self.restore.setFocus()

    def _restore(self, backup: Backup, backup_key: Key | None) -> None:
        self.question.hide()
        own = self._own()
        self._session.leave_for(
            restore_task(own._replace(page="safety"), backup, own.key, backup_key)
        )

    def _own(self) -> Opening:
        """Return the opening of the journal itself, also while a backup is looked into."""
        here = self._session.opening_here("safety")
        return here.back if here.backup is not None and here.back is not None else here

    def _chosen(self) -> Backup | None:
        rows = self.table.selectionModel().selectedRows()
        return self._backups[rows[0].row()] if rows else None

    def _choose_second(self) -> None:
        chosen = self._session.settings.second_copies
        start = Path(chosen) if chosen else Path.home()
        title = translate("safety", "Second folder for backups")
        choose_folder(self, title, start, self.keep_second)

    def _show_second(self) -> None:
        folder = self._session.settings.second_copies
        self.second.setText(
            translate("safety", "Each backup is also saved in {folder}.").format(folder=folder)
            if folder
            else translate("safety", "No second folder chosen. A USB stick is a good place.")
        )
        self.without.setVisible(bool(folder))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        words = translate(
            "safety",
            "MoodLab backs up once a day and checks the backup. Older backups are thinned out.",
        )
        layout.addWidget(label(words, wrap=True))
        for widget in (self.trouble, self.empty, self.table):
            layout.addWidget(widget)
        row = Flow()
        row.setSpacing(look().px(GRID))
        for button in (self.inside, self.restore, self.from_file, self.back_up):
            row.addWidget(button)
        layout.addLayout(row)
        layout.addLayout(self._forms)
        layout.addWidget(self.question)
        second = Flow()
        second.setSpacing(look().px(GRID))
        second.addWidget(self.choose)
        second.addWidget(self.without)
        layout.addWidget(self.second)
        layout.addLayout(second)


def _opens(key: Key | None, backup: Backup) -> bool:
    """Whether the key of the journal opens a backup too; one that can't be read says so itself."""
    try:
        return key is not None and has_salt_of(backup.path, key)
    except JournalUnusable:
        return True


def _tabulate(backups: tuple[Backup, ...]) -> Table:
    return Table(
        header=(
            translate("safety", "Made"),
            translate("safety", "Days with entries"),
            translate("safety", "Why"),
        ),
        # The table shows the last row first.
        rows=tuple(
            (moment_of(backup), name_days(backup.days), name_reason(backup))
            for backup in reversed(backups)
        ),
    )
