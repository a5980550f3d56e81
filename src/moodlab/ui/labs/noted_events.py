"""What the journal has noted before a draw, with an offer to tick what it suggests."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moodlab.domain.labs.draw_context import Noted
from moodlab.domain.labs.words import context_words
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.lab_words import event_words
from moodlab.ui.widgets.text import Button, label

MOST_NAMED = 4


class NotedEvents(QWidget):
    """One line that names the events. `ticked(context)` when the person takes one over.

    It stands where the notice of the page does, and gives way to it, so that nothing moves.
    """

    ticked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = label("", "muted", wrap=True)
        self.buttons: dict[str, Button] = {}
        self._has_noted = self._gives_way = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(8))
        layout.addWidget(self.text, 1)
        for context in ("infection", "vaccination"):
            words = translate("labs", "Tick {context}").format(context=context_words(context))
            self.buttons[context] = Button(words, "", partial(self.ticked.emit, context))
            layout.addWidget(self.buttons[context])
        self.hide()

    def show_noted(
        self, noted: Sequence[Noted], drawn: date | None, ticked: Collection[str]
    ) -> None:
        """Name `noted` before the day `drawn`, newest last.

        Offers what it suggests and is not `ticked` yet.
        """
        suggested = {each.context for each in noted} - set(ticked)
        for context, button in self.buttons.items():
            button.setVisible(context in suggested)
        sentence = _sentence(noted, drawn) if drawn and noted else ""
        self._has_noted = bool(noted)
        self._show()
        if sentence != self.text.text():
            self.text.setText(sentence)
            if sentence:
                announce(self, sentence)

    def give_way(self, gives_way: bool) -> None:
        """Be hidden while something else is said in this place."""
        self._gives_way = gives_way
        self._show()

    def _show(self) -> None:
        self.setVisible(self._has_noted and not self._gives_way)


def _sentence(noted: Sequence[Noted], drawn: date) -> str:
    # What suggests something is named before what is only shown; each by its day.
    ranked = sorted(noted, key=lambda each: each.context is None)[:MOST_NAMED]
    named = "; ".join(event_words(each.event, drawn) for each in noted if each in ranked)
    if more := len(noted) - len(ranked):
        named += translate("labs", "; and {n} more").format(n=more)
    return translate("labs", "Noted before this draw: {events}.").format(events=named)
