"""One calm strip in a page, with a sentence and its answers."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QSizePolicy

from moodlab.ui.look.style import look
from moodlab.ui.widgets.strip import Strip


class Notice(Strip):
    """A sentence with buttons of equal weight; at most one stands on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def ask(self, sentence: str, answers: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Show `sentence` with a button for each (text, what it does)."""
        px = look().px
        self._layout.setContentsMargins(px(14), px(4), px(4), px(4))
        self._layout.setSpacing(px(8))
        self.say(sentence, *answers)
