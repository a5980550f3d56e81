"""What the menus hold: short, every entry with words, shortcuts shown where there are some."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.ui.page_registry import ALL, PageEntry, find_page
from moodlab.ui.session import Session
from moodlab.ui.shell.actions import add_action
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.ui.shell.window import AppWindow

THEMES = (
    ("system", QT_TRANSLATE_NOOP("menu", "Like the system")),
    ("light", QT_TRANSLATE_NOOP("menu", "Light")),
    ("dark", QT_TRANSLATE_NOOP("menu", "Dark")),
    ("more_contrast", QT_TRANSLATE_NOOP("menu", "More contrast")),
)


def fill_page_menu(
    menu: QMenu, entries: tuple[PageEntry, ...], open_page: Callable[[str], object]
) -> None:
    """List the pages of the navigation with Ctrl+1 and on."""
    numbered = [entry for entry in entries if not entry.fixed_at_bottom]
    for number, entry in enumerate(numbered, start=1):
        add_action(
            menu,
            entry.shown_title,
            lambda page=entry.id: open_page(page),
            [f"Ctrl+{number}"],
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
    group = QActionGroup(menu)
    for theme_id, text in THEMES:
        action = add_action(menu, translate_marked(text), lambda theme=theme_id: choose(theme))
        action.setCheckable(True)
        action.setChecked(theme_id == chosen)
        group.addAction(action)


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
        keys = QKeySequence.StandardKey
        add_action(edit, translate("menu", "&Undo"), main.undo, keys.Undo)
        add_action(edit, translate("menu", "&Redo"), main.redo, keys.Redo)
        self._fill_view()
        self._fill_help(help_menu)

    def show_page_actions(self, actions: list[QAction]) -> None:
        """Put what the open page can do into the View menu, so that its keys can be found."""
        for action in self._page_actions:
            self._view.removeAction(action)
        self._page_actions = actions
        self._view.insertActions(self._page_actions_end, actions)

    def _fill_file(self, menu: QMenu) -> None:
        main = self._main
        add_action(menu, translate("menu", "&Back up now…"), main.back_up)
        add_action(menu, translate("menu", "&Restore…"), lambda: main.open_from_keyboard("safety"))
        menu.addSeparator()
        add_action(menu, translate("menu", "&Import…"), main.ask_what_to_import)
        export = menu.addMenu(translate("menu", "&Export"))
        export.aboutToShow.connect(lambda: self._fill_export(export))
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
        fill_text_size_menu(menu, main.change_text_size, lambda: session.prefer(text_size=100))
        themes = menu.addMenu(translate("menu", "&Theme"))
        fill_theme_menu(themes, session.settings.theme, lambda name: session.prefer(theme=name))

    def _fill_help(self, menu: QMenu) -> None:
        main = self._main
        for page_id, shortcuts in (("help", ["F1", "Ctrl+?"]), ("help_now", ["Ctrl+H"])):
            add_action(
                menu,
                find_page(page_id).shown_title,
                lambda page=page_id: main.open_from_keyboard(page),
                shortcuts,
            )
