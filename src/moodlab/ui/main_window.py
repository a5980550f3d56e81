"""The window: navigation at the left, one page at the right, a short menu bar."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalUnusable, MoodLabError
from moodlab.domain.history.steps import Step
from moodlab.i18n import translate
from moodlab.ui.look.style import look, next_text_size
from moodlab.ui.page import BACK_UP, NEW_TREATMENT, RESTORE, Page
from moodlab.ui.page_registry import ALL, PageEntry, find_page, has_page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.bars import Bars
from moodlab.ui.shell.first_size import fit_to_screen, room_for
from moodlab.ui.shell.focus_ring import FocusRing
from moodlab.ui.shell.menu_bar import MenuBar
from moodlab.ui.shell.navigation import Navigation
from moodlab.ui.shell.window import AppWindow
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.domain.history.row_words import StepNames
    from moodlab.ui.jotting.event_popover import EventPopover
    from moodlab.ui.jotting.question_popover import QuestionPopover

DEFAULT_SIZE = (1040, 720)
SMALLEST_SIZE = (480, 320)
LIST_FROM_WIDTH = 860
_MENUS = 32  # the menu bar above the list


class MainWindow(AppWindow):
    """Shows the pages of the registry, loading each when it is first opened.

    `page_loaded(id, page)` is sent for each page once.
    """

    page_loaded = Signal(str, object)

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__()
        self.session = session
        self._worker = worker
        self.pages = {}
        self._stale: set[str] = set()
        self._current = ""
        self._asking: Any = None
        self._stack = QStackedWidget()
        self.navigation = Navigation(ALL)
        self.navigation.chosen.connect(self.open_page)
        self._chooser: Any = None
        self._arrange()
        self._menus = MenuBar(self, session, worker)
        self.painted.connect(self.navigation.list.bring_icons)
        self._focus_ring = FocusRing(self)
        example = session.journal.is_example
        self.setWindowTitle("MoodLab – example" if example else "MoodLab")
        self.setMinimumSize(QSize(*SMALLEST_SIZE).boundedTo(room_for(self)))
        self._restore_place()
        session.changed.connect(self._refresh_pages)

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        return self.pages.get(self._current)

    def open_page(self, page_id: str) -> Page:
        """Show a page, loading it when it is new, and give it the keyboard. Returns the page.

        Where the journal can't be read for it, that is told and the page before it stays.
        """
        entry = find_page(page_id)
        try:
            page = self._bring_up_to_date(entry)
        except JournalUnusable as error:
            if self.page is None:
                raise
            self.navigation.mark(self._current)
            self.tell(error.sentence, assertive=True)
            return self.page
        self._current = entry.id
        self._stack.setCurrentWidget(page)
        self.navigation.mark(entry.id)
        if self._chooser is not None:
            self._chooser.mark(entry.id)
        self._menus.show_page(page)
        # Arrows in the list open pages one after another; the keyboard stays there meanwhile.
        if not self.navigation.list.has_focus():
            page.take_focus()
        return page

    def undo(self) -> None:
        """Take back the newest step, show where it was and say what it was.

        A step that was made before this window was opened is only taken back on purpose.
        """
        try:
            step = self.session.journal.next_undo()
        except MoodLabError as error:
            self.tell(error.sentence, assertive=True)
            return
        if step is not None and self.session.is_earlier(step):
            self._ask_about_earlier(step)
        else:
            self._undo()

    def redo(self) -> None:
        """Bring back what was taken back last."""
        from moodlab.domain.history.step_words import redone_words

        self._reverse(
            self.session.redo,
            redone_words,
            translate("window", "Redone: {step}."),
            translate("window", "Nothing to redo."),
        )

    def change_text_size(self, steps: int) -> None:
        """Make all text larger or smaller by so many steps."""
        self.session.prefer(text_size=next_text_size(self.session.settings.text_size, steps))

    def show_again(self) -> None:
        """Have every page write its times and numbers anew."""
        for page in self.pages.values():
            page.write_anew()

    def unsaved(self) -> str:
        """Return what would be lost by leaving now, after one more try; empty for nothing."""
        asked = [page.unsaved() for page in self.pages.values()]
        return " ".join(sentence for sentence in asked if sentence)

    def remember_place(self) -> None:
        """Keep where the window stands and how large it is."""
        geometry = b64encode(self.saveGeometry().data()).decode("ascii")
        if geometry != self.session.settings.geometry:
            self.session.prefer(geometry=geometry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_navigation()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._choose_navigation()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        unsaved = self.unsaved()
        if unsaved and self._asking is None:
            self._ask_before_closing(unsaved)
            event.ignore()
            return
        self.remember_place()
        self.session.stop_watching()
        super().closeEvent(event)

    def _bring_up_to_date(self, entry: PageEntry) -> Page:
        """Return a page that shows what the journal has, made if it is new."""
        page = self.pages.get(entry.id)
        if page is None:
            page = entry.load()(self.session, self._worker)
            self.pages[entry.id] = page
            self._stack.addWidget(page)
            self._menus.add_page(page)
            page.page_wanted.connect(self.go_to)
            page.import_wanted.connect(self.ask_what_to_import)
            page.event_wanted.connect(self.jot_event)
            page.undo_offered.connect(self._offer_undo)
            self.page_loaded.emit(entry.id, page)
        elif entry.id in self._stale:
            page.refresh()
        self._stale.discard(entry.id)
        return page

    def _arrange(self) -> None:
        central = QWidget()
        self.setCentralWidget(central)
        # From the outside inwards: what gets a new parent is styled anew with all that is in it.
        layout = QHBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        self._page_area = QWidget()
        layout.addWidget(self._page_area, 1)
        self._page_side = QVBoxLayout(self._page_area)
        self._page_side.setContentsMargins(0, 0, 0, 0)
        self._page_side.setSpacing(0)
        self.bars = Bars(self.session)
        self._page_side.addWidget(self.bars)
        self._page_side.addWidget(self._stack, 1)

    def ask_what_to_import(self) -> None:
        """Ask for a file to take in; the page that is open now is opened again afterwards."""
        from moodlab.ui.exchange.actions import ask_what_to_import

        ask_what_to_import(self, self.session, self._current)

    def tell(self, sentence: str, *, assertive: bool = False) -> None:
        """Show a sentence on the page, or above one that has no place for it, and say it."""
        if self.page is not None and self.page.tell(sentence):
            announce(self, sentence, assertive)
        else:
            self.bars.tell(sentence)

    def back_up(self) -> None:
        """Ask where a further backup is to lie."""
        self.open_page("safety").go_to_place(BACK_UP)

    def restore(self) -> None:
        """Ask which backup or file is to be restored."""
        self.open_page("safety").go_to_place(RESTORE)

    def print_page(self) -> None:
        """Print what the open page shows, or the report where it shows nothing for paper."""
        if self.page is None or not self.page.print_page():
            self.open_page("report").print_page()

    def jot_question(self) -> None:
        """Take a question for the visit, whichever page is open."""
        self._jot("question")

    def jot_event(self) -> None:
        """Take an event, of the day that is open on the page or of today."""
        self._jot("event")

    def begin_treatment(self) -> None:
        """Open the form for a new treatment."""
        self.open_page("treatments").go_to_place(NEW_TREATMENT)

    def _jot(self, what: str) -> None:
        if self.session.why_read_only is not None:
            self.tell(self.session.why_read_only, assertive=True)
        elif what == "event":
            day = self.page.shown_day if self.page is not None else None
            self.event_popover.jot(day or self.session.journal.today())
        else:
            self.question_popover.jot()

    @cached_property
    def question_popover(self) -> "QuestionPopover":
        """Where a question is jotted."""
        from moodlab.ui.jotting.question_popover import QuestionPopover

        popover = QuestionPopover(self._page_area, self.bars, self.session)
        self.page_loaded.emit("a question", popover)
        return popover

    @cached_property
    def event_popover(self) -> "EventPopover":
        """Where an event is jotted."""
        from moodlab.ui.jotting.event_popover import EventPopover

        popover = EventPopover(self._page_area, self.bars, self.session)
        self.page_loaded.emit("an event", popover)
        return popover

    @property
    def written_in(self) -> dict[str, QWidget]:
        """By their names, the pages and popovers that were opened and may hold half-typed text."""
        popovers = (("a question", "question_popover"), ("an event", "event_popover"))
        opened = {name: vars(self)[kept] for name, kept in popovers if kept in vars(self)}
        return {**self.pages, **opened}

    def open_from_keyboard(self, page_id: str) -> None:
        """Open a page and give it the keyboard, also where the list of pages has it."""
        self.open_page(page_id).take_focus()

    def go_to(self, page_id: str, place: str) -> None:
        """Open a page and show what `place` names on it."""
        self.open_page(page_id).go_to_place(place)

    def _choose_navigation(self) -> None:
        has_height = self.height() >= self.navigation.minimumSizeHint().height() + look().px(_MENUS)
        is_wide = self.width() >= look().px(LIST_FROM_WIDTH) and has_height
        self.navigation.setVisible(is_wide)
        if not is_wide and self._chooser is None:
            from moodlab.ui.shell.page_chooser import PageChooser

            self._chooser = PageChooser(ALL)
            self._chooser.chosen.connect(self.open_page)
            self._page_side.insertWidget(1, self._chooser)
            if self._current:
                self._chooser.mark(self._current)
        if self._chooser is not None:
            self._chooser.setVisible(not is_wide)

    def _refresh_pages(self, changes: Changes) -> None:
        for page_id, page in self.pages.items():
            if not changes & page.REFRESH_ON:
                continue
            if page_id == self._current:
                page.refresh()
            else:
                self._stale.add(page_id)

    def _undo(self) -> None:
        from moodlab.domain.history.step_words import undone_words

        self._reverse(
            self.session.undo,
            undone_words,
            translate("window", "Undone: {step}."),
            translate("window", "Nothing to undo."),
        )

    def _offer_undo(self, sentence: str) -> None:
        self.bars.tell(sentence, undo=self.undo)

    def _ask_about_earlier(self, step: Step) -> None:
        from moodlab.domain.history.step_words import step_words

        words = step_words(step, self.session.journal.step_names())
        self.bars.tell(
            translate(
                "window", "Nothing more to undo since you opened MoodLab. Before that: {step}."
            ).format(step=words),
            offers=[(translate("window", "Undo that too"), self._undo)],
        )

    def _reverse(
        self,
        reverse: Callable[[], Step | None],
        words: "Callable[[Step, StepNames], str]",
        form: str,
        nothing: str,
    ) -> None:
        try:
            step = reverse()
            names = self.session.journal.step_names()
        except MoodLabError as error:
            self.tell(error.sentence, assertive=True)
            return
        self.bars.tell("")
        if step is None:
            self.tell(nothing)
            return
        from moodlab.domain.history.step_words import places_of

        places = [where for where in places_of(step) if has_page(where[0])]
        # A page that shows it stays.
        here = [where for where in places if where[0] == self._current]
        page_id, place = next(iter(here + places), ("", ""))
        if page_id and not (self.page is not None and self.page.shows(step)):
            page = self.page if self._current == page_id else self.open_page(page_id)
            if page is not None and page.place != place:
                page.go_to_place(place)
        self.tell(form.format(step=words(step, names)))

    def _ask_before_closing(self, sentence: str) -> None:
        from PySide6.QtWidgets import QMessageBox

        asking = QMessageBox(self)
        asking.setTextFormat(Qt.TextFormat.PlainText)
        asking.setText(sentence)
        asking.addButton(translate("window", "Keep open"), QMessageBox.ButtonRole.RejectRole)
        leave = asking.addButton(
            translate("window", "Close without saving it"), QMessageBox.ButtonRole.DestructiveRole
        )
        self._asking = asking

        def decide() -> None:
            if asking.clickedButton() is leave:
                self.close()
            self._asking = None

        asking.finished.connect(lambda _code: decide())
        asking.open()

    def _restore_place(self) -> None:
        fit_to_screen(self, DEFAULT_SIZE)
        stored = self.session.settings.geometry
        if stored:
            self.restoreGeometry(QByteArray(b64decode(stored.encode("ascii"), validate=False)))
            # The screen may be a smaller one than the last time, or be shown larger.
            self.resize(self.size().boundedTo(self.screen().availableSize()))
