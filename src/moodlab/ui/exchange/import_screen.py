"""A file that is to come in: read, shown, and written only when the person says so."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from moodlab.domain.errors import MoodLabError, NeedsConfirmation
from moodlab.domain.intake import Taken
from moodlab.exchange.importers.mapped_csv import NeedsMapping
from moodlab.i18n import translate, translate_marked
from moodlab.theme import PAGE_MARGIN
from moodlab.ui.exchange.import_preview import ImportPreview
from moodlab.ui.exchange.import_words import done_words
from moodlab.ui.exchange.importing import Answers, Preview, look_at, take_in
from moodlab.ui.lock.idle import IdleWatch
from moodlab.ui.look.motion import be_busy
from moodlab.ui.look.style import look
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Import, Lock, Opening
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.file_choice import choose_file
from moodlab.ui.widgets.text import Button
from moodlab.ui.worker import Cancelled, Runner, Task

WIDTH = 880


class ImportScreen(StartScreen[Opening | Lock]):
    """Decides for the `Opening` to go back to, with what came, or for the lock.

    It can't be closed while it works. `lock_minutes` without a key or click lock it, 0 never.
    """

    def __init__(self, visit: Import, geometry: str = "", lock_minutes: int = 0) -> None:
        super().__init__(translate("import", "Import"), geometry)
        self._visit = visit
        self._answers = Answers()
        self._runner = Runner()
        self._work: Task | None = None
        self._is_locking = False
        self.frame.set_subtitle(visit.path.name)
        self.frame.setMaximumWidth(look().px(WIDTH + 2 * PAGE_MARGIN))
        self.preview = ImportPreview()
        self.preview.decided.connect(self._decide)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(translate("import", "Reading the file"))
        self.body.addWidget(self.progress)
        self.body.addWidget(self.preview)
        self.stop = Button(translate("start", "Stop"), "secondary", self._stop)
        self.take = Button(translate("import", "Import"), "primary", self.take_in)
        self.answer = Button("", "secondary", self._give_answer)
        self.back = Button("", "secondary", self._go_back)
        self._say_yes: Callable[[], None] = self._go_back
        self.add_end(self.take, self.answer, self.stop, self.back)
        self.body.insertWidget(self.body.count() - 1, self.preview.tables)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        self._idle = IdleWatch()
        self._idle.left.connect(self.lock)
        self._idle.watch(lock_minutes)
        self._show_only(self.stop)

    @property
    def is_working(self) -> bool:
        """Whether the file is being read or written."""
        return self._work is not None

    def wait(self) -> Opening | Lock | None:
        self.look_at()
        decided = super().wait()
        self._idle.watch(0)
        return decided

    def first_focus(self) -> QWidget:
        return self.stop

    def look_at(self) -> None:
        """Read the file and show what would come."""
        self._begin(look_at, self._show, self._ask_about_reading)

    def take_in(self) -> None:
        """Write what was shown."""
        self._answers = self._answers._replace(replaces=self.preview.replaces)
        self._begin(take_in, self._finish, self._ask_about_backup)

    def lock(self) -> None:
        """Hide everything now, stop, and ask for the passphrase."""
        self._is_locking = True
        self.frame.hide()
        self.repaint()
        if self._work is None:
            self.leave(Lock((self._visit.opening.back or self._visit.opening).paths))
        else:
            self._work.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._work is not None:
            self._stop()
            event.ignore()
            return
        super().closeEvent(event)

    def _begin(
        self, work: Callable[..., Any], show: Callable[[Any], None],
        ask: Callable[[MoodLabError], None],
    ) -> None:  # fmt: skip
        self.say("")
        self.preview.setEnabled(False)
        self.preview.tables.setEnabled(False)
        be_busy(self.progress)
        self._show_only(self.stop)
        self.stop.setEnabled(True)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        opening, path = self._visit

        def end(result: Any) -> None:
            self._end_work()
            if not self._is_locking:
                show(result)

        def give_up(error: MoodLabError) -> None:
            self._end_work()
            if not self._is_locking:
                ask(error)

        self._work = self._runner.run(
            partial(work, opening, path, self._answers), end, give_up, self._show_progress
        )

    def _end_work(self) -> None:
        self._work = None
        self.progress.hide()
        self.preview.setEnabled(True)
        self.preview.tables.setEnabled(True)
        if self._is_locking:
            self.lock()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show(self, found: Preview) -> None:
        self.frame.set_subtitle(
            translate("import", "{name} – {kind}").format(
                name=self._visit.path.name, kind=translate_marked(found.kind)
            )
        )
        self.preview.show_preview(found)
        self._decide()
        announce(self, self.preview.sentence)

    def _decide(self) -> None:
        """Offer what can be done with what is shown now."""
        coming = self.preview.coming
        if coming:
            words = translate("import", "Import {n}").format(n=f"{coming:,}")
            self.take.setText(words)
        if self._answers.map_file is not None:
            self._offer_mapping()
        else:
            self._offer(self.preview.question, self._suffice)
        self._show_only(self.take if coming else None, self.answer, self.back)
        (self.take if coming else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_about_reading(self, error: MoodLabError) -> None:
        if isinstance(error, Cancelled):
            self._go_back()
            return
        self.preview.hide()
        self.preview.tables.hide()
        self.say(error.sentence, is_question=isinstance(error, NeedsConfirmation | NeedsMapping))
        if isinstance(error, NeedsConfirmation):
            self._offer(translate("import", "Yes, all are mine"), self._claim_all)
        elif isinstance(error, NeedsMapping) or self._answers.map_file is not None:
            self._offer_mapping()
        else:
            self._offer("", self._go_back)
        self._show_only(self.answer, self.back)
        (self.answer if self.answer.text() else self.back).setFocus()

    def _ask_about_backup(self, error: MoodLabError) -> None:
        self.say(error.sentence, is_question=isinstance(error, NeedsConfirmation))
        if isinstance(error, NeedsConfirmation):
            self._offer(translate("import", "Continue without a backup"), self._go_without_backup)
            self._show_only(self.answer, self.back)
        else:
            self._show_only(self.take, self.back)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, words: str, do: Callable[[], None]) -> None:
        self.answer.setText(words)
        self._say_yes = do

    def _offer_mapping(self) -> None:
        """Offer to choose the mapping, also again after it was mended."""
        self._offer(translate("import", "Choose the mapping file…"), self._choose_mapping)

    def _give_answer(self) -> None:
        self._say_yes()

    def _suffice(self) -> None:
        # One question after the other, where there are two.
        if self.preview.asks_to_take_out:
            self._answers = self._answers._replace(takes_out=True)
        else:
            self._answers = self._answers._replace(names_suffice=True)
        self.look_at()

    def _claim_all(self) -> None:
        self._answers = self._answers._replace(are_all_mine=True)
        self.look_at()

    def _go_without_backup(self) -> None:
        self._answers = self._answers._replace(without_backup=True)
        self.take_in()

    def _choose_mapping(self) -> None:
        choose_file(
            self,
            translate("import", "The mapping file"),
            self._visit.path.parent,
            [translate("import", "Mappings (*.toml)"), translate("start", "All files (*)")],
            self.map_with,
        )

    def map_with(self, map_file: Path) -> None:
        """Read the table by this mapping."""
        self._answers = self._answers._replace(map_file=map_file)
        self.look_at()

    def _finish(self, taken: Taken) -> None:
        page = "labs" if taken.tests else self._visit.opening.page
        opening = self._visit.opening.saying(done_words(taken), offers_undo=True)
        self.leave(opening._replace(page=page))

    def _go_back(self) -> None:
        self.leave(self._visit.opening)

    def _escape(self) -> None:
        if self._work is None:
            self._go_back()
        else:
            self._stop()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        if self._work is not None:
            self._work.cancel()

    def _show_only(self, *buttons: Button | None) -> None:
        self.progress.setVisible(self.stop in buttons)
        is_choice = self.take in buttons or (self.answer in buttons and bool(self.answer.text()))
        leave, back = translate("import", "Cancel"), translate("import", "Back")
        self.back.setText(leave if is_choice else back)
        for button in (self.take, self.answer, self.stop, self.back):
            button.setVisible(button in buttons and bool(button.text()))
