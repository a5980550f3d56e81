"""The bin on History: what was deleted, by kind; putting it back, erasing it for good."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from moodlab.charts.chart import Table
from moodlab.domain.changes import Changes
from moodlab.domain.days import short_date
from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.deletions import KINDS, Deleted, Target
from moodlab.i18n import translate, translate_marked
from moodlab.store.backups.erasing import Found, erase_in_backup, find_in_backups
from moodlab.store.backups.names import backups_folders
from moodlab.store.backups.second_folder import find_second
from moodlab.store.journal import Journal
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.chart_table import ChartTable, give_room
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Progress, Worker

ALL_KINDS = ""


class BinSection(QWidget):
    """The list, latest first, of one kind or all, and what can be done with the chosen ones.

    `offer_undo(sentence)` says what was put back.
    """

    def __init__(self, session: Session, worker: Worker, offer_undo: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._worker = worker
        self._offer_undo = offer_undo
        self._items: tuple[Deleted, ...] | None = None
        self._shown: tuple[Deleted, ...] = ()
        self.empty = label(translate("bin", "The bin is empty."), "muted")
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(translate("bin", "Show"))
        self.kinds.activated.connect(lambda _row: self._show())
        self.table = ChartTable(translate("bin", "The bin"))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._name_buttons())
        self.put_back = Button(translate("bin", "Put back"), "", self.restore_chosen)
        self.put_all_back = Button("", "", self.restore_deletion)
        self.erase = Button(translate("bin", "Erase for good…"), "", self.ask_erase)
        self.notice = Notice(keeps_room=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        row = Flow()
        row.setSpacing(look().px(GRID))
        # The one that comes and goes stands last, so that nothing else moves.
        for button in (self.put_back, self.erase, self.put_all_back):
            row.addWidget(button)
        layout.addSpacing(look().px(GRID))
        layout.addWidget(label(translate("bin", "Bin"), "section"))
        layout.addWidget(hairline())
        layout.addWidget(self.empty)
        layout.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.table)
        layout.addLayout(row)
        layout.addWidget(self.notice)
        self.refresh()

    def refresh(self) -> None:
        """Read the bin again."""
        items = self._session.journal.bin.read()
        if items == self._items:
            return
        self._items = items
        self._offer_kinds(items)
        self._show()

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore_chosen(self) -> None:
        """Put the chosen things back where they were, in one step."""
        self._restore(self._chosen())

    def restore_deletion(self) -> None:
        """Put back all that was deleted with the chosen one."""
        self._restore(self._deleted_together())

    def ask_erase(self) -> None:
        """Say what erasing means, and do it only then."""
        items = self._chosen()
        if not items:
            return
        if len(items) == 1:
            sentence = translate(
                "bin", "“{words}” and its history will be erased for good. This can't be undone."
            ).format(words=items[0].words)
        else:
            sentence = translate(
                "bin",
                "{count} things and their history will be erased for good. This can't be undone.",
            ).format(count=len(items))
        self.notice.ask(
            sentence,
            [
                (translate("bin", "Erase"), lambda: self.erase_items(items)),
                (translate("bin", "Keep"), self.step_back),
            ],
        )
        self.notice.buttons[1].setFocus()

    def step_back(self) -> bool:
        """Take the question back; say whether one was asked."""
        if self.notice.isHidden() or not self.notice.buttons:
            return False
        self.notice.hide()
        self.erase.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def erase_items(self, items: Sequence[Deleted]) -> None:
        """Erase things from the journal, then look whether backups still have them."""
        self.notice.hide()
        targets = [Target.of(item) for item in items]
        is_rewritten = True

        def write(journal: Journal) -> Changes:
            nonlocal is_rewritten
            done = journal.erase(*targets)
            is_rewritten = done.is_rewritten
            return done.changes

        try:
            self._session.apply(write)
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        said = translate("bin", "Erased for good.")
        if not is_rewritten:
            said += " " + translate(
                "bin",
                "The file was in use. Traces may remain in it until you erase something again.",
            )
        self._tell(said)
        folders = self._folders()
        self._worker.run(
            lambda journal, _progress: find_in_backups(folders, journal.key, *targets),
            lambda found: self._ask_about_backups(found, targets, said),
            lambda error: self._tell(error.sentence),
        )

    def _ask_about_backups(self, found: Found, targets: Sequence[Target], said: str) -> None:
        if found.unread:
            names = ", ".join(path.name for path in found.unread)
            said += " " + translate("bin", "These backups could not be read: {names}.").format(
                names=names
            )
            self._tell(said)
        if not found.backups:
            return
        self.notice.ask(
            translate("bin", "Backups that still contain it: {count}.").format(
                count=len(found.backups)
            ),
            [
                (
                    translate("bin", "Erase there too"),
                    lambda: self._erase_in_backups(found, targets),
                ),
                (translate("bin", "Leave the backups"), self.step_back),
            ],
        )

    def _erase_in_backups(self, found: Found, targets: Sequence[Target]) -> None:
        self.notice.hide()

        def work(journal: Journal, progress: Progress) -> int:
            for number, backup in enumerate(found.backups):
                progress(number, len(found.backups))
                erase_in_backup(backup, journal.key, *targets)
            return len(found.backups)

        self._worker.run(
            work,
            lambda count: self._tell(
                translate("bin", "Erased in the journal and in its backups ({count}).").format(
                    count=count
                )
            ),
            lambda error: self._tell(error.sentence),
        )

    def _tell(self, sentence: str) -> None:
        self.notice.ask(sentence, [])
        announce(self, sentence)

    def _folders(self) -> tuple[Path, ...]:
        journal, chosen = self._session.journal, self._session.settings.second_copies
        own = backups_folders(journal.path)
        second = find_second(journal.path, Path(chosen), journal.key) if chosen else None
        return own if second is None else (*own, second)

    # What is shown

    def _offer_kinds(self, items: Sequence[Deleted]) -> None:
        """List the kinds that there are, each with its count; the chosen one stays chosen."""
        chosen, counts = (
            self.kinds.currentData() or ALL_KINDS,
            Counter(each.table for each in items),
        )
        self.kinds.clear()
        form = translate("bin", "{kind} ({count})")
        self.kinds.addItem(
            form.format(kind=translate("bin", "Everything"), count=len(items)), ALL_KINDS
        )
        for table, kind in KINDS.items():
            if counts[table]:
                words = form.format(kind=translate_marked(kind), count=counts[table])
                self.kinds.addItem(words, table)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(chosen)))

    def _show(self) -> None:
        kind, items = self.kinds.currentData() or ALL_KINDS, self._items or ()
        row = self.table.currentIndex().row()
        self._shown = tuple(item for item in items if kind in (ALL_KINDS, item.table))
        self.table.show_table(_tabulate(self._shown))
        give_room(self.table)
        has_any = bool(self._shown)
        self.empty.setVisible(not has_any)
        self.kinds.setVisible(self.kinds.count() > 2)  # everything, and more than one kind
        for widget in (self.table, self.put_back, self.erase):
            widget.setVisible(has_any)
        if has_any:
            self.table.choose_row(min(max(row, 0), len(self._shown) - 1))
        self._name_buttons()

    def _name_buttons(self) -> None:
        can_write = self._session.why_read_only is None
        has_chosen = bool(self._chosen())
        for button in (self.put_back, self.put_all_back, self.erase):
            button.setEnabled(can_write and has_chosen)
        together = self._deleted_together()
        self.put_all_back.setVisible(len(together) > 1)
        self.put_all_back.setText(
            translate("bin", "Put back all {count} of that deletion").format(count=len(together))
        )

    def _restore(self, items: Sequence[Deleted]) -> None:
        if not items:
            return
        had_focus = self.put_all_back.hasFocus()
        try:
            self._session.apply(lambda journal: journal.bin.put_back(*items))
        except MoodLabError as error:
            self._tell(error.sentence)
            return
        self.notice.hide()
        if had_focus:
            self.put_back.setFocus(Qt.FocusReason.OtherFocusReason)
        words = items[0].words
        more = translate("bin", " and {n} more").format(n=len(items) - 1) if items[1:] else ""
        self._offer_undo(translate("bin", "Put back: {words}.").format(words=words + more))

    def _chosen(self) -> tuple[Deleted, ...]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return tuple(self._shown[row] for row in rows if row < len(self._shown))

    def _deleted_together(self) -> tuple[Deleted, ...]:
        """Return all that went in the step in which the chosen one did."""
        chosen = self._chosen()
        if len(chosen) != 1:
            return ()
        return tuple(each for each in self._items or () if each.deletion == chosen[0].deletion)


def _tabulate(items: tuple[Deleted, ...]) -> Table:
    return Table(
        header=(
            translate("bin", "Deleted"),
            translate("bin", "What"),
            translate("bin", "What it was"),
        ),
        # The table shows the last row first.
        rows=tuple(
            (short_date(item.deleted.day), item.kind, item.words.replace("\n", " "))
            for item in reversed(items)
        ),
    )
