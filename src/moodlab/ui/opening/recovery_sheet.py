"""The recovery sheet in the window: offered once when a passphrase is set, printed or saved."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QWidget

from moodlab.domain.days import local_now
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.recovery import write_recovery_sheet
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.shell.announce import announce
from moodlab.ui.shell.file_choice import Chosen, choose_new_file
from moodlab.ui.widgets.text import Button

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

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


def ask_how_to_print_sheet(
    parent: QWidget, key: Key, journal: Path, tell: Callable[[str], object]
) -> None:
    """Ask for a printer, print the sheet on it, and give what is to be said to `tell`."""
    from moodlab.ui.widgets.paper.printing import A4, ask_how_to_print

    def send(printer: "QPrinter") -> None:
        try:
            tell(print_recovery_sheet(printer, key, journal))
        except MoodLabError as error:
            tell(error.sentence)

    ask_how_to_print(parent, A4, 1, send)


def print_recovery_sheet(printer: "QPrinter", key: Key, journal: Path) -> str:
    """Print the sheet, which leaves no file here, and return what to say. Raises NotPrinted."""
    from moodlab.report.recovery_sheet import draw_sheet
    from moodlab.ui.widgets.paper.printing import DPI, print_sheets

    paragraphs = write_recovery_sheet(key, journal, local_now().date())
    said = print_sheets(printer, [QImage.fromData(draw_sheet(paragraphs, DPI))])
    keep = translate("security", "Keep the print away from the computer.")
    return f"{said} {keep}"


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
                "away from the computer. You can also make one later under Security & backups.",
            ),
            "muted",
        )
        self.said = self.add_text("")
        self.print = Button(translate("security", "Print it…"), "primary", self._ask_how_to_print)
        self.save = Button(
            translate("security", "Save it…"),
            "secondary",
            lambda: ask_where_sheet(self, self.save_to),
        )
        self.show_it = Button(translate("security", "Open it to print"), "secondary", self._show)
        self.show_it.hide()
        self.go_on = Button(translate("security", "Not now"), "secondary", lambda: self.leave(True))
        self.add_end(self.print, self.save, self.show_it, self.go_on)

    def first_focus(self) -> QWidget:
        return self.print

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
        self._saved = target
        self.show_it.show()
        self.tell_done(sentence)

    def tell_done(self, sentence: str) -> None:
        """Say what became of the sheet, and lead on."""
        self.say("")
        self.said.setText(sentence)
        announce(self, sentence)
        self.go_on.setText(translate("security", "Continue"))
        self.go_on.setFocus()

    def _ask_how_to_print(self) -> None:
        key = self._opening.key
        if key is not None:
            ask_how_to_print_sheet(self, key, self._opening.paths.journal, self.tell_done)

    def _show(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))
