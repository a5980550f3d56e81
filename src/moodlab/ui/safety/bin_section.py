"""The bin on the page Security & backups: what was deleted, putting it back, erasing for good."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.charts.chart import Table
from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.deletions import Deleted, Target
from moodlab.i18n import translate
from moodlab.store.backups.erasing import Found, erase_in_backup, find_in_backups
from moodlab.store.backups.names import backups_folders
from moodlab.store.backups.second_folder import find_second
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.widgets.chart_table import ChartTable, give_room
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Progress, Worker


class BinSection(QWidget):
    """The list, newest first, and what can be done with the chosen thing."""

    def __init__(self, session: Session, worker: Worker, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._tell = tell
        self._items: tuple[Deleted, ...] | None = None
        self.empty = label(translate("safety", "The bin is empty."), "muted")
        self.table = ChartTable(translate("safety", "The bin"))
        self.put_back = Button(translate("safety", "Put back"), "", self.restore_chosen)
        self.erase = Button(translate("safety", "Erase for good…"), "", self.ask_erase)
        self.question = Notice(keeps_room=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        row = Flow()
        row.setSpacing(look().px(GRID))
        row.addWidget(self.put_back)
        row.addWidget(self.erase)
        layout.addWidget(self.empty)
        layout.addWidget(self.table)
        layout.addLayout(row)
        layout.addWidget(self.question)
        self.refresh()

    def refresh(self) -> None:
        """Read the bin again."""
        items = self._session.journal.bin.read()
        if items == self._items:
            return
        self._items = items
        self.table.show_table(_tabulate(items))
        give_room(self.table)
        has_any = bool(items)
        self.empty.setVisible(not has_any)
        can_write = self._session.why_read_only is None
        for widget in (self.table, self.put_back, self.erase):
            widget.setVisible(has_any)
        for button in (self.put_back, self.erase):
            button.setEnabled(can_write)
        if has_any:
            self.table.choose_row(0)

    def restore_chosen(self) -> None:
        """Put the chosen thing back where it was."""
        item = self._chosen()
        if item is None:
            return
        try:
            self._session.apply(lambda journal: journal.bin.put_back(item))
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        self._tell(translate("safety", "Put back: {words}.").format(words=item.words))

    def ask_erase(self) -> None:
        """Say what erasing means, and do it only then."""
        item = self._chosen()
        if item is None:
            return
        self.question.ask(
            translate(
                "safety", "“{words}” and its history will be erased for good. This can't be undone."
            ).format(words=item.words),
            [
                (translate("safety", "Erase"), lambda: self.erase_item(item)),
                (translate("safety", "Keep"), self.step_back),
            ],
        )
        self.question.buttons[1].setFocus()

    def step_back(self) -> bool:
        """Take the question back; say whether one was asked."""
        if self.question.isHidden():
            return False
        self.question.hide()
        self.erase.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def erase_item(self, item: Deleted) -> None:
        """Erase one thing from the journal, then look whether backups still have it."""
        self.question.hide()
        target = Target.of(item)
        is_rewritten = True

        def write(journal: Journal) -> Changes:
            nonlocal is_rewritten
            done = journal.erase(target)
            is_rewritten = done.is_rewritten
            return done.changes

        try:
            self._session.apply(write)
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        said = translate("safety", "Erased for good.")
        if not is_rewritten:
            said += " " + translate(
                "safety",
                "The file was in use. Traces may remain in it until you erase something again.",
            )
        self._tell(said)
        folders = self._folders()
        self._worker.run(
            lambda journal, _progress: find_in_backups(folders, journal.key, target),
            lambda found: self._ask_about_backups(found, target, said),
            lambda error: self._tell(error.sentence),
        )

    def _ask_about_backups(self, found: Found, target: Target, said: str) -> None:
        if found.unread:
            names = ", ".join(path.name for path in found.unread)
            said += " " + translate("safety", "These backups could not be read: {names}.").format(
                names=names
            )
            self._tell(said)
        if not found.backups:
            return
        self.question.ask(
            translate("safety", "Backups that still contain it: {count}.").format(
                count=len(found.backups)
            ),
            [
                (
                    translate("safety", "Erase there too"),
                    lambda: self._erase_in_backups(found, target),
                ),
                (translate("safety", "Leave the backups"), self.step_back),
            ],
        )

    def _erase_in_backups(self, found: Found, target: Target) -> None:
        self.question.hide()

        def work(journal: Journal, progress: Progress) -> int:
            for number, backup in enumerate(found.backups):
                progress(number, len(found.backups))
                erase_in_backup(backup, journal.key, target)
            return len(found.backups)

        self._worker.run(
            work,
            lambda count: self._tell(
                translate("safety", "Erased in the journal and in its backups ({count}).").format(
                    count=count
                )
            ),
            lambda error: self._tell(error.sentence),
        )

    def _folders(self) -> tuple[Path, ...]:
        journal, chosen = self._session.journal, self._session.settings.second_copies
        own = backups_folders(journal.path)
        second = find_second(journal.path, Path(chosen), journal.key) if chosen else None
        return own if second is None else (*own, second)

    def _chosen(self) -> Deleted | None:
        rows = self.table.selectionModel().selectedRows()
        return self._items[rows[0].row()] if rows and self._items else None


def _tabulate(items: tuple[Deleted, ...]) -> Table:
    return Table(
        header=(
            translate("safety", "Deleted"),
            translate("safety", "What"),
            translate("safety", "What it was"),
        ),
        # The table shows the last row first.
        rows=tuple(
            (short_date(item.deleted.day), item.kind, item.words.replace("\n", " "))
            for item in reversed(items)
        ),
    )
