"""Actions: entries of menus, and keys that work on one page."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

# A property of an action: words by which the palette finds it beside those it is called.
ALSO_FOUND_BY = "alsoFoundBy"


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
