"""The menu bar: short, every entry with words, shortcuts shown where there are some."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from moodlab.i18n import translate
from moodlab.ui.pages import PageEntry

THEMES = (
    ("system", "Like the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("more_contrast", "More contrast"),
)


def add_action(
    menu: QMenu,
    text: str,
    do: Callable[[], object],
    keys: QKeySequence.StandardKey | Iterable[str] | None = None,
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> QAction:
    """Add one entry to `menu`. `keys` is a standard key or a list of key texts."""
    action = QAction(text, menu)
    # macOS guesses roles from words unless told.
    action.setMenuRole(role)
    if isinstance(keys, QKeySequence.StandardKey):
        action.setShortcuts(QKeySequence.keyBindings(keys))
    elif keys is not None:
        action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked=False: do())
    menu.addAction(action)
    return action


def page_action(page: QWidget, text: str, do: Callable[[], object], keys: Iterable[str]) -> QAction:
    """Return an action whose keys work only while `page` is open."""
    action = QAction(text, page)
    action.setMenuRole(QAction.MenuRole.NoRole)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: do())
    return action


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
        action = add_action(menu, translate("menu", text), lambda theme=theme_id: choose(theme))
        action.setCheckable(True)
        action.setChecked(theme_id == chosen)
        group.addAction(action)
