"""The menu bar: its titles at once, a moment later what they open, every entry with its keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.page import Page
from moodlab.ui.page_registry import ALL, PageEntry, find_page
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import ALSO_FOUND_BY, add_action
from moodlab.ui.shell.focus_ring import OWN_RING
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.ui.shell.window import AppWindow

REDO_KEYS = ("Ctrl+Shift+Z", "Ctrl+Y")


class MenuBar(QObject):
    """Fills the menus a moment after the first paint, or before the first key if that is sooner.

    Nobody needs them earlier, and they are a twentieth of the start.
    """

    def __init__(self, main: "AppWindow", session: Session, worker: Worker) -> None:
        super().__init__(main)
        self._main = main
        self._session = session
        self._worker = worker
        self._menus: Menus | None = None
        self._new_pages: list[Page] = []
        bar = main.menuBar()
        bar.setProperty(OWN_RING, True)
        self._titles = [
            bar.addAction(title)
            for title in (
                translate("menu", "&File"), translate("menu", "&Edit"),
                translate("menu", "&View"), translate("menu", "&Help"),
            )
        ]  # fmt: skip
        main.installEventFilter(self)
        main.painted.connect(self.fill)

    def fill(self) -> None:
        """Make the entries, if that was not done yet."""
        if self._menus is not None:
            return
        self._main.removeEventFilter(self)
        self._menus = Menus(self._titles, self._main, self._session, self._worker)
        for page in self._new_pages:
            self.add_page(page)
        if self._main.page is not None:
            self.show_page(self._main.page)

    def add_page(self, page: Page) -> None:
        """Give a new page the keys of what can be done there."""
        if self._menus is None:
            self._new_pages.append(page)
            return
        for action in page.actions_for_menu():
            page.addAction(action)

    def show_page(self, page: Page) -> None:
        """List in the View menu what the open page can do."""
        if self._menus is not None:
            self._menus.show_page_actions(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Comes before every key, and before Qt looks for the shortcut that it may be.
        if event.type() == QEvent.Type.ShortcutOverride:
            self.fill()
        return False


def fill_page_menu(
    menu: QMenu, entries: tuple[PageEntry, ...], open_page: Callable[[str], object]
) -> None:
    """List the pages, those of the navigation with Ctrl+1 and on, and then the others."""
    listed = [entry for entry in entries if not entry.fixed_at_bottom]
    for number, entry in enumerate(sorted(listed, key=lambda entry: not entry.in_navigation), 1):
        add_action(
            menu,
            entry.shown_title.replace("&", "&&"),
            partial(open_page, entry.id),
            [f"Ctrl+{number}"] if entry.in_navigation else [],
        )


def fill_text_size_menu(
    menu: QMenu, change: Callable[[int], object], reset: Callable[[], object]
) -> None:
    """Add the entries by which all text grows and shrinks a step at a time."""
    add_action(menu, translate("menu", "Text &larger"), lambda: change(1), ["Ctrl++", "Ctrl+="])
    add_action(menu, translate("menu", "Text &smaller"), lambda: change(-1), ["Ctrl+-"])
    add_action(menu, translate("menu", "&Reset text size"), reset, ["Ctrl+0"])


def fill_theme_menu(menu: QMenu, chosen: str, choose: Callable[[str], object]) -> None:
    """List the themes, one of them ticked."""
    from moodlab.preferences import CHOICES

    group = QActionGroup(menu)
    for choice in CHOICES["theme"]:
        action = add_action(menu, choice.shown, partial(choose, str(choice.value)))
        action.setCheckable(True)
        action.setData(choice.value)
        group.addAction(action)
    tick_theme(menu, chosen)


def tick_theme(menu: QMenu, chosen: str) -> None:
    """Tick the theme that holds, wherever it was chosen."""
    for action in menu.actions():
        action.setChecked(action.data() == chosen)


class Menus:
    """The entries of File, Edit, View and Help, and the keys of them."""

    def __init__(
        self, titles: list[QAction], main: "AppWindow", session: Session, worker: Worker
    ) -> None:
        self._main = main
        self._session = session
        self._worker = worker
        self._page_actions: list[QAction] = []
        file, edit, self._view, help_menu = (QMenu(main.menuBar()) for _ in titles)
        for title, menu in zip(titles, (file, edit, self._view, help_menu), strict=True):
            title.setMenu(menu)
        self._fill_file(file)
        self._undo = add_action(
            edit, translate("menu", "&Undo"), main.undo, QKeySequence.StandardKey.Undo
        )
        self._redo = add_action(edit, translate("menu", "&Redo"), main.redo, REDO_KEYS)
        edit.aboutToShow.connect(self._name_steps)
        # A key works all the same, and says that there is nothing.
        edit.aboutToHide.connect(self._let_keys_work)
        edit.addSeparator()
        # The menus come a moment after the first paint, and so does what fills them.
        from moodlab.ui.shell.menu.field_actions import FieldActions

        FieldActions(edit)
        edit.addSeparator()
        self._find = add_action(
            edit, translate("menu", "&Find…"), self._find_on_page, QKeySequence.StandardKey.Find
        )
        # Shown only: the page itself has the key, where it has something to find.
        self._find.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        edit.addSeparator()
        add_action(
            edit, translate("menu", "&Settings"), partial(main.open_from_keyboard, "settings"),
            ["Ctrl+,"], QAction.MenuRole.PreferencesRole,
        )  # fmt: skip
        self._recent: list[str] = []  # what was chosen in the palette
        add_action(edit, translate("menu", "&Go to…"), self._open_palette, ["Ctrl+K"])
        self._fill_view()
        self._fill_help(help_menu)

    def show_page_actions(self, page: Page) -> None:
        """Put what the open page can do into the View menu, so that its keys can be found."""
        actions = page.actions()
        self._find.setEnabled(page.find_action() is not None)
        for action in self._page_actions:
            self._view.removeAction(action)
        self._page_actions = actions
        self._view.insertActions(self._page_actions_end, actions)

    def _name_steps(self) -> None:
        """Say what Undo and Redo would do now; what there is nothing for is grey."""
        from moodlab.domain.history.step_words import step_words

        journal = self._session.journal
        with suppress(MoodLabError):
            names = journal.step_names()
            undone, redone = journal.next_undo(), journal.next_redo()
            can_write = self._session.why_read_only is None
            self._undo.setText(
                translate("menu", "&Undo: {step}").format(step=step_words(undone, names))
                if undone
                else translate("menu", "&Undo")
            )
            self._redo.setText(
                translate("menu", "&Redo: {step}").format(step=step_words(redone, names))
                if redone
                else translate("menu", "&Redo")
            )
            self._undo.setEnabled(can_write and undone is not None)
            self._redo.setEnabled(can_write and redone is not None)

    def _let_keys_work(self) -> None:
        for action in (self._undo, self._redo):
            action.setEnabled(True)

    def _fill_file(self, menu: QMenu) -> None:
        from moodlab.ui.shell.menu.journals import (
            ask_what_to_open,
            begin_another,
            fill_recent_menu,
            recent_others,
        )

        main, session = self._main, self._session
        add_action(menu, translate("menu", "&New…"), partial(begin_another, main, session))
        add_action(
            menu,
            translate("menu", "&Open…"),
            partial(ask_what_to_open, main, session),
            QKeySequence.StandardKey.Open,
        )
        recent = menu.addMenu(translate("menu", "Open re&cent"))
        recent.aboutToShow.connect(lambda: fill_recent_menu(recent, main, session))
        menu.aboutToShow.connect(lambda: recent.setEnabled(bool(recent_others(session))))
        menu.addSeparator()
        add_action(
            menu, translate("menu", "New &treatment"), main.begin_treatment, ["Ctrl+Shift+T"]
        )
        add_action(menu, translate("menu", "New &event"), main.jot_event, ["Ctrl+E"])
        add_action(menu, translate("menu", "New &question"), main.jot_question, ["Ctrl+J"])
        menu.addSeparator()
        add_action(menu, translate("menu", "&Back up now…"), main.back_up)
        add_action(menu, translate("menu", "&Restore…"), main.restore)
        menu.addSeparator()
        add_action(menu, translate("menu", "&Import…"), main.ask_what_to_import)
        export = menu.addMenu(translate("menu", "&Export"))
        export.aboutToShow.connect(lambda: self._fill_export(export))
        menu.addSeparator()
        add_action(
            menu, translate("menu", "&Print…"), main.print_page, QKeySequence.StandardKey.Print
        )
        menu.addSeparator()
        add_action(menu, translate("menu", "&Lock"), self._session.lock_asked.emit, ["Ctrl+L"])
        quit_role = QAction.MenuRole.QuitRole
        add_action(menu, translate("menu", "&Quit"), main.close, ["Ctrl+Q"], quit_role)

    def _fill_export(self, menu: QMenu) -> None:
        from moodlab.ui.exchange.actions import fill_export_menu

        fill_export_menu(menu, self._main, self._session, self._worker)

    def _fill_view(self) -> None:
        menu, main, session = self._view, self._main, self._session
        fill_page_menu(menu, ALL, main.open_from_keyboard)
        menu.addSeparator()
        self._page_actions_end = menu.addSeparator()
        pause = add_action(menu, translate("menu", "&Pause logging…"), self._ask_about_pause)
        pause.setProperty(ALSO_FOUND_BY, translate("menu", "resume break holiday away"))
        menu.addSeparator()
        fill_text_size_menu(menu, main.change_text_size, lambda: session.prefer(text_size=100))
        themes = menu.addMenu(translate("menu", "&Theme"))
        fill_theme_menu(themes, session.settings.theme, lambda name: session.prefer(theme=name))
        themes.aboutToShow.connect(lambda: tick_theme(themes, session.settings.theme))

    def _fill_help(self, menu: QMenu) -> None:
        main = self._main
        for page_id, shortcuts in (("help", ["F1", "Ctrl+?"]), ("help_now", ["Ctrl+H"])):
            add_action(
                menu,
                find_page(page_id).shown_title,
                partial(main.open_from_keyboard, page_id),
                shortcuts,
            )
        menu.addSeparator()
        add_action(menu, translate("menu", "&Example diary…"), self._show_example)
        about_role = QAction.MenuRole.AboutRole
        add_action(menu, translate("menu", "&About MoodLab"), self._show_about, role=about_role)

    def _show_example(self) -> None:
        from moodlab.ui.opening.example_window import example_task, show_example

        here = self._session.opening_here("")
        own = here.back or here
        if not show_example(own.paths):
            self._session.leave_for(example_task(own.paths, own))

    def _show_about(self) -> None:
        from moodlab.ui.shell.menu.about import AboutDialog

        AboutDialog(self._main).open()

    def _open_palette(self) -> None:
        from moodlab.ui.palette.entry import Around
        from moodlab.ui.palette.palette import Palette

        with self._telling_trouble():
            Palette(Around(self._main, self._session), self._recent).show()

    def _ask_about_pause(self) -> None:
        from moodlab.ui.pause.dialog import PauseDialog

        with self._telling_trouble():
            PauseDialog(self._main, self._session, self._main.tell).open()

    @contextmanager
    def _telling_trouble(self) -> Iterator[None]:
        """Say why the journal can't be read for what was asked."""
        try:
            yield
        except MoodLabError as error:
            self._main.tell(error.sentence, assertive=True)

    def _find_on_page(self) -> None:
        page = self._main.page
        if page is not None and (action := page.find_action()) is not None:
            action.trigger()
