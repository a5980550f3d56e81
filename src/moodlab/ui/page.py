"""What every page of the window is: a frame with content, and what the window asks of it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from moodlab.domain.changes import Changes
from moodlab.ui.widgets.page_frame import PageFrame

if TYPE_CHECKING:
    from moodlab.domain.history.steps import Step

# Places on the page Security & backups, for the menu: what is asked there.
BACK_UP, RESTORE, SHEET = "back up", "restore", "sheet"
# On the page Treatments & events: the form for another one.
NEW_TREATMENT = "new treatment"
# The place on the page History where deleted entries lie.
BIN = "bin"


class Page(PageFrame):
    """A page of the registry. A subclass names itself and overrides what it needs.

    Its constructor takes ``(session, worker)``. `page_wanted(id, place)` asks the window for
    another page, `import_wanted` for the choice of a file to import, `event_wanted` for the two
    fields of an event. `undo_offered(sentence)` has it tell what was done, with Undo.
    """

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    ICON: ClassVar[str]
    PURPOSE: ClassVar[str]  # one sentence
    REFRESH_ON: ClassVar[Changes] = Changes.NOTHING

    page_wanted = Signal(str, str)
    import_wanted = Signal()
    event_wanted = Signal()
    undo_offered = Signal(str)

    def refresh(self) -> None:
        """Show what the journal has now; called after changes in `REFRESH_ON`."""

    def write_anew(self) -> None:
        """Show the same again: times and numbers are written in another way now."""
        self.refresh()

    def take_focus(self) -> None:
        """Give the keyboard to where the person begins."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def actions_for_menu(self) -> list[QAction]:
        """Return what can be done here, for the View menu."""
        return []

    def find_action(self) -> QAction | None:
        """Return what Find… does here: the action with its key; None where nothing can be found."""
        keys = QKeySequence.keyBindings(QKeySequence.StandardKey.Find)
        return next(
            (action for action in self.actions() if set(keys) & set(action.shortcuts())), None
        )

    def print_page(self) -> bool:
        """Print what the page shows; say whether it is something to print."""
        return False

    def tell(self, sentence: str) -> bool:
        """Show one sentence in the page; say whether it has a place for it."""
        return False

    def unsaved(self) -> str:
        """Return what would be lost by leaving now, after one more try; empty for nothing."""
        return ""

    def be_read_only(self, reason: str) -> None:
        """Take no entries, and say why."""

    @property
    def shown_day(self) -> date | None:
        """The day that the page is about; None where it is about none."""
        return None

    @property
    def place(self) -> str:
        """Which of the many things that the page can show is shown; empty where it shows one."""
        return ""

    def shows(self, step: "Step") -> bool:
        """Show here what a step changed, if possible; else the window opens a page that does."""
        return False

    def go_to_place(self, place: str) -> None:
        """Show what `place` named."""
