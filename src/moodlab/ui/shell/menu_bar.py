"""The menu bar: its titles at once, what they open a moment later."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer

from moodlab.i18n import translate
from moodlab.ui.session import Session
from moodlab.ui.shell.focus_ring import OWN_RING
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.ui.shell.menus import Menus
    from moodlab.ui.shell.window import AppWindow

AFTER_PAINT_MS = 30


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
        self._new_pages: list[Any] = []
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
        QTimer.singleShot(AFTER_PAINT_MS, self, self.fill)

    def fill(self) -> None:
        """Make the entries, if that was not done yet."""
        if self._menus is not None:
            return
        from moodlab.ui.shell.menus import Menus

        self._main.removeEventFilter(self)
        self._menus = Menus(self._titles, self._main, self._session, self._worker)
        for page in self._new_pages:
            self.add_page(page)
        if self._main.page is not None:
            self.show_page(self._main.page)

    def add_page(self, page: Any) -> None:
        """Give a new page the keys of what can be done there."""
        if self._menus is None:
            self._new_pages.append(page)
            return
        for action in getattr(page, "actions_for_menu", list)():
            page.addAction(action)

    def show_page(self, page: Any) -> None:
        """List in the View menu what the open page can do."""
        if self._menus is not None:
            self._menus.show_page_actions(page.actions())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Comes before every key, and before Qt looks for the shortcut that it may be.
        if event.type() == QEvent.Type.ShortcutOverride:
            self.fill()
        return False
