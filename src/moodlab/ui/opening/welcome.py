"""The first screen of a first start: what MoodLab is, and where the diary will lie."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.paths import Paths
from moodlab.ui.lock.unlock import back_button
from moodlab.ui.opening.example_window import example_task, show_example
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.shell.file_choice import choose_new_file
from moodlab.ui.widgets.text import Button, label


class Begin(NamedTuple):
    """The decision to begin a diary at this place."""

    paths: Paths


class WelcomeScreen(StartScreen[Begin | BackgroundTask | Opening]):
    """Decides to begin, or to go back to the journal before; None if closed."""

    def __init__(self, opening: Opening, geometry: str = "") -> None:
        super().__init__(
            translate("welcome", "A private diary for energy, mood and sleep."), geometry
        )
        self._opening = opening
        self._paths = opening.paths
        self.add_text(
            translate("welcome", "It stays on this computer: no account, no internet, no tracking.")
        )
        self.add_text(
            translate(
                "welcome",
                "It does not diagnose and cannot call for help. In an emergency use your local"
                " emergency number.",
            ),
            "muted",
        )
        self.add_space(2)
        self._add_place()
        self.add_space(2)
        self.start = Button(translate("welcome", "Start"), "primary", self.begin)
        self.example = Button(
            translate("welcome", "Look around with example data"), "secondary", self.look_around
        )
        self.add_end(self.start, self.example)
        if opening.back is not None:
            self.back = back_button(self, opening.back)
            self.add_below(self.back)
        self.say(opening.greeting.said)

    def first_focus(self) -> QWidget:
        return self.start

    def begin(self) -> None:
        """Go on to what is rated. Nothing is made yet."""
        self.leave(Begin(self._paths))

    def look_around(self) -> None:
        """Open an example in a window of its own; in this one where that can't be had."""
        if not show_example(self._opening.paths):
            self.leave(example_task(self._paths, self._opening.saying("")))

    def place(self, journal: Path) -> None:
        """Have the diary made at another place."""
        self._paths = self._paths._replace(journal=journal, is_remembered=True)
        self.where.setText(str(journal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.begin()
            return
        super().keyPressEvent(event)

    def _add_place(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label(translate("welcome", "File:"), "quiet"))
        self.where = label(str(self._paths.journal), "quiet", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self.where, 1)
        self.change = Button(translate("welcome", "Change…"), "link", self._choose_place)
        row.addWidget(self.change)
        self.body.addLayout(row)

    def _choose_place(self) -> None:
        choose_new_file(
            self,
            translate("welcome", "Where the diary is kept"),
            self._paths.journal,
            translate("start", "Journals (*.moodlab)"),
            self.place,
        )
