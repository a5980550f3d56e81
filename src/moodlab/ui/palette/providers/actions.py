"""What the menus can do, and what the pages that were opened can do."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from moodlab.i18n import translate
from moodlab.ui.page import Page
from moodlab.ui.page_registry import ALL, find_page
from moodlab.ui.palette.entry import Around, Entry, Provider
from moodlab.ui.shell.actions import ALSO_FOUND_BY


def _read_actions(around: Around) -> Iterator[Entry]:
    main = around.main
    pages = {entry.shown_title for entry in ALL}
    of_pages = {action for page in main.pages.values() for action in page.actions()}
    for title in main.menuBar().actions():
        menu = title.menu()
        if isinstance(menu, QMenu):
            for action, way in _walk(menu, _plain(title.text())):
                # Pages are found as pages, and what a page can do below.
                if action not in of_pages and _plain(action.text()) not in pages:
                    yield _entry(action, translate("palette", "Menu {way}").format(way=way))
    for page_id, page in main.pages.items():
        for action in page.actions():
            if action.isEnabled() and action.text():
                yield _entry(
                    action, find_page(page_id).shown_title, _open_first(around, page_id, page)
                )


def _walk(menu: QMenu, way: str) -> Iterator[tuple[QAction, str]]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            if below.isEmpty():
                below.aboutToShow.emit()  # filled when it opens
            yield from _walk(below, f"{way} › {_plain(action.text())}")
        # What works on the field with the keyboard has no place where that is the palette.
        elif (
            action.isEnabled()
            and action.text()
            and action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut
        ):
            yield action, way


def _open_first(around: Around, page_id: str, page: Page) -> Callable[[], object]:
    def open_first() -> None:
        if around.main.page is not page:
            around.main.open_from_keyboard(page_id)

    return open_first


def _entry(action: QAction, leads: str, before: Callable[[], object] | None = None) -> Entry:
    title = _plain(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return Entry(
        f"action {leads} {title}",
        title,
        leads,
        partial(_trigger, action, before),
        also=f"{leads} {action.property(ALSO_FOUND_BY) or ''}",
        keys=keys,
    )


def _trigger(action: QAction, before: Callable[[], object] | None) -> None:
    if before is not None:
        before()
    action.trigger()


def _plain(text: str) -> str:
    """Return a menu's text without the marks of its access keys."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


PROVIDER = Provider(_read_actions)
