"""Locking on the page Security & backups: now, or by itself after a while."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.preferences import LOCK_MINUTES
from moodlab.settings import Settings
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, label


class LockSection(QWidget):
    """What a lock does here, in words that are literally true, and when it comes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        words = (
            translate("unlock", "This hides the window. It does not encrypt the file.")
            if session.journal.key is None
            else translate(
                "safety",
                "Locking clears your diary from memory. Unfinished entries are kept.",
            )
        )
        self.after = Segments(
            translate("safety", "Minutes until MoodLab locks"),
            [translate("safety", "Off"), *(str(minutes) for minutes in LOCK_MINUTES[1:])],
        )
        self._show(session.settings)
        # The page Settings has the same choice.
        session.settings_changed.connect(self._show)
        self.after.chosen.connect(self._choose)
        self.now = Button(translate("safety", "Lock now (Ctrl+L)"), "", session.lock_asked.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(self.now, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(
            label(
                translate(
                    "safety",
                    "Lock automatically after this many minutes without a key or click, and when "
                    "the computer sleeps or its screen locks:",
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addWidget(self.after, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, index: int) -> None:
        self._session.prefer(lock_minutes=LOCK_MINUTES[index])

    def _show(self, settings: Settings) -> None:
        chosen = settings.lock_minutes
        self.after.choose(LOCK_MINUTES.index(chosen) if chosen in LOCK_MINUTES else 0)
