"""What stands at the right of a row of Settings, seen from the row."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.session import Session


class Surroundings(NamedTuple):
    """What a control needs: the session, where to say a sentence, and how to get to a page."""

    session: Session
    tell: Callable[[str], None]
    go: Callable[[str, str], None]


class Control(QWidget):
    """One setting. What it changes holds at once."""

    #: whether the journal itself keeps it, so that one that can't be written takes no change
    is_of_journal = False

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look().px(GRID / 2))

    @property
    def first(self) -> QWidget:
        """What gets the keyboard when the row is looked for."""
        raise NotImplementedError

    @property
    def is_usual(self) -> bool:
        """Whether it is as MoodLab comes, so that there is nothing to reset."""
        return True

    def show_now(self) -> None:
        """Show what holds now."""

    def reset(self) -> None:
        """Make it as MoodLab comes."""
