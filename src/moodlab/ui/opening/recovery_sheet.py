"""The recovery sheet in the window: offered once when a passphrase is set, saved where one says."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from moodlab.domain.days import local_now
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.recovery import write_recovery_sheet
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.shell.file_choice import Chosen, choose_new_file
from moodlab.ui.widgets.text import Button

SUGGESTED = "moodlab-recovery-sheet.pdf"


def ask_where_sheet(parent: QWidget, do: Chosen) -> None:
    """Ask where the sheet is to be saved, and give the path to `do`."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    choose_new_file(
        parent,
        translate("security", "Save the recovery sheet"),
        Path(folder) / SUGGESTED,
        translate("security", "PDF (*.pdf);;Text (*.txt)"),
        do,
    )


def save_recovery_sheet(target: Path, key: Key, journal: Path) -> str:
    """Save the sheet and return what to say about it. Raises MoodLabError."""
    from moodlab.report.recovery_sheet import save_sheet

    save_sheet(target, write_recovery_sheet(key, journal, local_now().date()))
    return translate(
        "security",
        "Saved {name}. Print it, keep the print away from the computer, then delete the file.",
    ).format(name=target.name)


class SheetScreen(StartScreen[bool]):
    """Offers the sheet for a new passphrase. Decides for True to go on, None where it is closed."""

    def __init__(self, opening: Opening, geometry: str = "") -> None:
        super().__init__(translate("security", "Print a recovery sheet?"), geometry)
        self._opening = opening
        self._saved: Path | None = None
        self.add_text(
            translate(
                "security",
                "If you lose the passphrase, nobody can open the diary, not even the makers of "
                "MoodLab. The sheet has a code that opens it instead.",
            )
        )
        self.add_text(
            translate(
                "security",
                "Anyone who has the sheet and the file can read everything. Keep it on paper, "
                "away from the computer. You can also make one later on the Safety page.",
            ),
            "muted",
        )
        self.said = self.add_text("")
        self.save = Button(
            translate("security", "Print or save the sheet…"),
            "primary",
            lambda: ask_where_sheet(self, self.save_to),
        )
        self.show_it = Button(translate("security", "Open it to print"), "secondary", self._show)
        self.show_it.hide()
        self.go_on = Button(translate("security", "Not now"), "secondary", lambda: self.leave(True))
        self.add_end(self.save, self.show_it, self.go_on)

    def first_focus(self) -> QWidget:
        return self.save

    def save_to(self, target: Path) -> None:
        """Save the sheet there."""
        key = self._opening.key
        if key is None:
            return
        try:
            sentence = save_recovery_sheet(target, key, self._opening.paths.journal)
        except MoodLabError as error:
            self.say(error.sentence)
            return
        self.say("")
        self.said.setText(sentence)
        self._saved = target
        self.show_it.show()
        self.go_on.setText(translate("security", "Continue"))
        self.go_on.setFocus()

    def _show(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
