"""When the journal can't be opened: one calm window that says why, and another file or the end."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.paths import Paths
from moodlab.store.journal import Journal
from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.announce import announce
from moodlab.ui.focus_ring import FocusRing
from moodlab.ui.style import look
from moodlab.ui.widgets.text import Button, label


class UnopenedWindow(QWidget):
    """Says why the journal can't be opened. `opened` holds the journal that was, and its paths."""

    def __init__(self, sentence: str, paths: Paths) -> None:
        super().__init__()
        self.setObjectName("pageBody")
        self.setWindowTitle("MoodLab")
        self._paths = paths
        self._loop = QEventLoop()
        self.opened: tuple[Journal, Paths] | None = None
        self.sentence = label(sentence, wrap=True)
        self.another = Button(translate("start", "Choose another file…"), "secondary", self._choose)
        self.leave = Button(translate("start", "Quit"), "secondary", self.close)
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[px(PAGE_MARGIN)] * 4)
        layout.setSpacing(px(2 * GRID))
        layout.addWidget(label(translate("start", "The journal can't be opened"), "title"))
        layout.addWidget(self.sentence)
        layout.addWidget(label(str(paths.journal), "quiet", wrap=True))
        layout.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.another)
        layout.addLayout(buttons)
        self._ring = FocusRing(self)
        self.resize(px(560), px(300))

    def open_file(self, path: Path) -> None:
        """Try another journal; on success the window closes."""
        try:
            journal = Journal.open(path)
        except MoodLabError as error:
            self.sentence.setText(error.sentence)
            announce(self, error.sentence, assertive=True)
            return
        self.opened = (journal, replace(self._paths, journal=path))
        self.close()

    def wait(self) -> tuple[Journal, Paths] | None:
        """Show the window until it is closed; return what was opened."""
        self.show()
        self.another.setFocus(Qt.FocusReason.OtherFocusReason)
        self._loop.exec()
        return self.opened

    def closeEvent(self, event) -> None:
        super().closeEvent(event)
        self._loop.quit()

    def _choose(self) -> None:
        dialog = QFileDialog(self, translate("start", "Choose a journal"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [translate("start", "Journals (*.moodlab)"), translate("start", "All files (*)")]
        )
        dialog.setDirectory(str(self._paths.journal.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.open_file(Path(chosen)))
        dialog.open()


def ask_for_another(sentence: str, paths: Paths) -> tuple[Journal, Paths] | None:
    """Show why the journal can't be opened; return another one, or None to end."""
    return UnopenedWindow(sentence, paths).wait()
