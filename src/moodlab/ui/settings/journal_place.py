"""Where the journal lies, and moving it: the window leaves it meanwhile."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.encrypted_journals import remember_encryption
from moodlab.i18n import translate
from moodlab.settings import follow_move
from moodlab.store.backups.moving import Moved, move_journal, refuse_move
from moodlab.store.backups.names import list_backups
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.shell.file_choice import choose_folder
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Progress


class JournalControl(Control):
    """The place of the open journal, and the way to another one."""

    is_of_journal = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.place = label("", "quiet", wrap=True)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.move_button = Button(translate("settings", "Move journal…"), "", self.ask_where)
        self.question = Notice()
        for widget in (self.move_button, self.place, self.question):
            self.column.addWidget(widget)
        self.column.setAlignment(self.move_button, Qt.AlignmentFlag.AlignLeft)
        self.show_now()

    @property
    def first(self) -> QWidget:
        return self.move_button

    def show_now(self) -> None:
        journal = self.around.session.journal
        self.place.setText(str(journal.path))
        # The example is made anew where it is looked for.
        self.move_button.setEnabled(not journal.is_example)

    def ask_where(self) -> None:
        """Ask for the folder."""
        self.question.hide()
        title = translate("settings", "Where the diary is kept")
        choose_folder(self, title, self.around.session.journal.path.parent, self.ask)

    def ask(self, folder: Path) -> None:
        """Say what moving does, and do it only then."""
        journal = self.around.session.journal.path
        try:
            target = refuse_move(journal, folder)
        except MoodLabError as error:
            self.around.tell(error.sentence)
            return
        count = len(list_backups(journal))
        self.question.ask(
            _question(count).format(path=target, count=count),
            [
                (translate("settings", "Move"), lambda: self.move_to(folder)),
                (translate("settings", "Cancel"), self._cancel),
            ],
        )
        self.question.buttons[0].setFocus()

    def move_to(self, folder: Path) -> None:
        """Leave the journal, move it, and go on in it there."""
        session = self.around.session
        here = session.opening_here("settings")
        old, settings = here.paths, here.paths.settings
        # The list of journals would lead to where it was.
        recent = tuple(each for each in session.settings.recent if each != str(old.journal))
        session.prefer(recent=recent)

        def settle(target: Path) -> None:
            follow_move(settings, old.journal, target)

        def work(_progress: Progress) -> Opening:
            moved = move_journal(old.journal, folder, here.key, settle)
            remember_encryption(old, is_encrypted=False)
            paths = old._replace(journal=moved.journal, is_remembered=True, is_named=False)
            return here._replace(paths=paths).saying(_done(moved))

        caption = translate("settings", "Moving the diary…")
        session.leave_for(BackgroundTask(caption, work, here))

    def _cancel(self) -> None:
        self.question.hide()
        self.move_button.setFocus()


def _question(count: int) -> str:
    if count == 0:
        return translate("settings", "Move the journal to {path}?")
    if count == 1:
        return translate("settings", "Move the journal and its backup to {path}?")
    return translate("settings", "Move the journal and its {count} backups to {path}?")


def _done(moved: Moved) -> str:
    said = translate("settings", "The journal is now at {path}.").format(path=moved.journal)
    if moved.left:
        said += " " + translate("settings", "Can't be removed at the old place: {names}.").format(
            names=", ".join(path.name for path in moved.left)
        )
    return said
