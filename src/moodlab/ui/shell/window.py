"""What menus and their entries may ask of the main window, seen from below it."""

from abc import abstractmethod

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow

from moodlab.ui.page import Page
from moodlab.ui.shell.bars import Bars

AFTER_PAINT_MS = 30


class AppWindow(QMainWindow):
    """The main window without its arrangement.

    `painted` is sent once, two frames after the first paint, for what can wait until then. A timer
    that begins earlier may end before the paint and delay it.
    """

    painted = Signal()

    bars: Bars
    pages: dict[str, Page]  # those that were opened
    _is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(AFTER_PAINT_MS, self, self.painted.emit)

    @property
    @abstractmethod
    def page(self) -> Page | None:
        """The page that is open."""

    @abstractmethod
    def open_from_keyboard(self, page_id: str) -> None:
        """Open a page and give it the keyboard, also where the list of pages has it."""

    @abstractmethod
    def jot_question(self) -> None:
        """Take a question for the visit, whichever page is open."""

    @abstractmethod
    def jot_event(self) -> None:
        """Take an event, of the day that is open on the page or of today."""

    @abstractmethod
    def begin_treatment(self) -> None:
        """Open the form for a new treatment."""

    @abstractmethod
    def go_to(self, page_id: str, place: str) -> None:
        """Open a page and show what `place` names on it."""

    @abstractmethod
    def undo(self) -> None:
        """Take back the newest step."""

    @abstractmethod
    def redo(self) -> None:
        """Bring back what was taken back last."""

    @abstractmethod
    def back_up(self) -> None:
        """Ask where a further backup goes."""

    @abstractmethod
    def restore(self) -> None:
        """Ask which backup or file is restored."""

    @abstractmethod
    def print_page(self) -> None:
        """Print what the open page shows, or the report."""

    @abstractmethod
    def tell(self, sentence: str, *, assertive: bool = False) -> None:
        """Show a sentence on the page, or above one that has no place for it, and say it."""

    @abstractmethod
    def ask_what_to_import(self) -> None:
        """Ask for a file to import."""

    @abstractmethod
    def change_text_size(self, steps: int) -> None:
        """Make all text larger or smaller by so many steps."""
