"""A sentence with its answers, in one line."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from moodlab.ui.widgets.text import Button, label


class Strip(QFrame):
    """Is seen only while it says something."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        self._buttons: list[Button] = []
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._text, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._text.text()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Its answers, in order."""
        return tuple(self._buttons)

    def say(self, sentence: str, *answers: tuple[str, Callable[[], object]]) -> None:
        """Show `sentence` with a button for each (text, what it does); an empty one hides it."""
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._text.setText(sentence)
        self._buttons = [Button(text, "", do) for text, do in answers]
        for button in self._buttons:
            self._layout.addWidget(button)
        self.setVisible(bool(sentence))
