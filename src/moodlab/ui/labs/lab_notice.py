"""The notice of the page Labs: what was saved, asked or refused, or a deletion with its Undo."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Signal

from moodlab.domain.errors import AlreadyThere, NeedsConfirmation
from moodlab.i18n import translate
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice


class Kind(Enum):
    """What the notice says; a question or a refusal is about what stands in the form."""

    TOLD = auto()
    ASKED = auto()
    REFUSED = auto()
    UNDOABLE = auto()


class LabNotice(Notice):
    """A notice that leaves with what it is about; `toggled(bool)` when it comes and goes."""

    toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.kind = Kind.TOLD

    @property
    def is_about_the_form(self) -> bool:
        """Whether it goes when something else is typed."""
        return self.kind in (Kind.ASKED, Kind.REFUSED)

    def tell(self, sentence: str, kind: Kind = Kind.TOLD, *, assertive: bool = False) -> None:
        """Say what was done, or why it was not."""
        self.kind = kind
        self.ask(sentence, [])
        announce(self, sentence, assertive)

    def question(
        self, question: NeedsConfirmation, save: Callable[[], None], go_back: Callable[[], None]
    ) -> None:
        """Ask before saving, with the keyboard at the way back."""
        yes = (
            translate("labs", "Save again")
            if isinstance(question, AlreadyThere)
            else translate("labs", "Yes, save it")
        )
        self.kind = Kind.ASKED
        self.ask(question.sentence, [(yes, save), (translate("labs", "Go back"), go_back)])
        announce(self, question.sentence, assertive=True)
        self.buttons[1].setFocus()

    def offer_undo(self, sentence: str, undo: Callable[[], None]) -> None:
        """Say what was deleted, with a button that brings it back."""
        self.kind = Kind.UNDOABLE
        self.ask(sentence, [(translate("labs", "Undo"), undo)])
        announce(self, sentence)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.toggled.emit(visible)

    def hush(self) -> None:
        """Say nothing any more."""
        self.kind = Kind.TOLD
        self.hide()
