"""When the journal seems to be open in another window that does not answer."""

from moodlab.i18n import translate
from moodlab.ui.opening.single_instance import name_holder
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.widgets.text import Button


class AlreadyOpenScreen(StartScreen[bool]):
    """Decides for True to open it all the same, None to quit."""

    def __init__(self, opening: Opening, geometry: str = "") -> None:
        super().__init__(translate("start", "This journal seems to be open already."), geometry)
        computer = name_holder(opening.paths)
        self.add_text(
            translate(
                "start",
                "Another MoodLab window on the computer “{computer}” has it open and does not "
                "answer.",
            ).format(computer=computer)
        )
        self.add_text(str(opening.paths.journal), "quiet")
        self.add_text(
            translate(
                "start",
                "Close it there first. Two windows on one synced file can overwrite each other's "
                "entries.",
            ),
            "muted",
        )
        self.quit = Button(translate("start", "Quit"), "secondary", self.close)
        self.open = Button(
            translate("start", "Open it anyway"), "secondary", lambda: self.leave(True)
        )
        self.add_end(self.quit, self.open)

    def first_focus(self) -> Button:
        return self.quit
