"""What every page of the window is: a frame with content, and what the window asks of it."""

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction

from moodlab.domain.changes import Changes
from moodlab.ui.widgets.page_frame import PageFrame

# A place on the page Safety: the question where a further backup goes.
BACK_UP = "back up"


class Page(PageFrame):
    """A page of the registry. A subclass names itself and overrides what it needs.

    Its constructor takes ``(session, worker)``. `page_wanted(id, place)` asks the window for
    another page, `import_wanted` for the choice of a file to import.
    """

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    ICON: ClassVar[str]
    PURPOSE: ClassVar[str]  # one sentence
    REFRESH_ON: ClassVar[Changes] = Changes.NOTHING

    page_wanted = Signal(str, str)
    import_wanted = Signal()

    def refresh(self) -> None:
        """Show what the journal has now; called after changes in `REFRESH_ON`."""

    def take_focus(self) -> None:
        """Give the keyboard to where the person begins."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return []

    def tell(self, sentence: str) -> bool:
        """Show one sentence in the page; say whether it has a place for it."""
        return False

    def unsaved(self) -> str:
        """Return what would be lost by leaving now, after one more try; empty for nothing."""
        return ""

    def be_read_only(self, reason: str) -> None:
        """Take no entries, and say why."""

    @property
    def place(self) -> str:
        """Which of the many things that the page can show is shown; empty where it shows one."""
        return ""

    def go_to_place(self, place: str) -> None:
        """Show what `place` named."""
