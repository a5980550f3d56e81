"""Security & backups: passphrase, lock and backups. They keep the diary private, and whole."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from moodlab.domain.changes import Changes
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import BACK_UP, BIN, RESTORE, SHEET, Page
from moodlab.ui.safety.backups_section import BackupsSection
from moodlab.ui.safety.lock_section import LockSection
from moodlab.ui.safety.passphrase_section import PassphraseSection
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

READING_WIDTH = 760


class SafetyPage(Page):
    """Its sections in the order in which a person thinks of them."""

    ID = "safety"
    TITLE = "Security & backups"
    ICON = "safety"
    PURPOSE = QT_TRANSLATE_NOOP("safety", "Keep it private, and keep it whole.")
    REFRESH_ON = Changes.EVERYTHING

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate_marked(self.PURPOSE), max_width=READING_WIDTH)
        self.notice = Notice(keeps_room=True)
        self.body.addWidget(self.notice)
        self.passphrase = PassphraseSection(session, self._say)
        self.lock = LockSection(session)
        self.backups = BackupsSection(session, worker, self._say)
        self.bin = Button(
            translate("safety", "Open the bin"), "", lambda: self.page_wanted.emit("history", BIN)
        )
        self._add(translate("safety", "Passphrase"), self.passphrase)
        self._add(translate("safety", "Lock"), self.lock)
        self._add(translate("safety", "Backups"), self.backups)
        erasing = label(
            translate(
                "safety",
                "Deleted entries lie in the bin on History. There they can be erased for good, "
                "in backups too.",
            ),
            wrap=True,
        )
        self._add(translate("safety", "Deleted entries"), erasing, self.bin)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read backups again."""
        self.backups.refresh()

    def take_focus(self) -> None:
        """Begin at the passphrase."""
        self.passphrase.first_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_place(self, place: str) -> None:
        """Begin with what the menu asks."""
        if place == BACK_UP:
            self.backups.ask_where()
        elif place == RESTORE:
            self.backups.offer_restore()
        elif place == SHEET:
            self.passphrase.ask_for_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The way out of what was asked last, wherever the keyboard is.
        closes = event.key() == Qt.Key.Key_Escape
        if closes and any(part.step_back() for part in (self.backups, self.passphrase)):
            return
        super().keyPressEvent(event)

    def print_page(self) -> bool:
        """Print the recovery sheet, where there is one."""
        return self.passphrase.ask_for_sheet()

    def tell(self, sentence: str) -> bool:
        """Show one sentence at the top."""
        self.notice.ask(sentence, [])
        self.ensureWidgetVisible(self.notice)
        self.backups.refresh()
        return True

    def _say(self, sentence: str) -> None:
        self.tell(sentence)
        announce(self, sentence)

    def _add(self, heading: str, section: QWidget, button: Button | None = None) -> None:
        self.body.addWidget(label(heading, "section"))
        self.body.addWidget(hairline())
        self.body.addWidget(section)
        if button is not None:
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(look().px(2.5 * GRID))
