"""Help: what the numbers mean and which keys there are, in few words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from moodlab.domain.changes import Changes
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.page_registry import ALL
from moodlab.ui.session import Session
from moodlab.ui.shell.focus_ring import RING_INSIDE
from moodlab.ui.widgets.text import hairline, label
from moodlab.ui.worker import Worker


def _paragraphs() -> tuple[tuple[str, str], ...]:
    return (
        (
            translate("help", "What the numbers mean"),
            translate(
                "help",
                "Each row asks about the day overall. The words beside 0 and 10 say what the two "
                "ends mean. There is no right number. In the upper group a higher number is "
                "worse; in the lower group it is better.",
            ),
        ),
        (
            translate("help", "What you leave out"),
            translate(
                "help",
                "An empty row stays empty and never counts as zero. “Could not say” is an answer "
                "too. If a day was too much, mark it with one click.",
            ),
        ),
        (
            translate("help", "Blood results"),
            translate(
                "help",
                "Copy what your report prints, or import a file from your portal (File, "
                "Import…). Results are compared with your lab's own range. Single results vary "
                "naturally: in healthy people the next CRP may be three times as high as the "
                "last, or a third of it (Macy and others, Clinical Chemistry 43, 1997, page 52).",
            ),
        ),
        (
            translate("help", "Treatments, events and questions"),
            translate(
                "help",
                "Keep what you take or do with its dates; what you stop stays listed. Note a "
                "question for the visit at any time. The first three that are ticked are printed, "
                "and what was said is kept.",
            ),
        ),
        (
            translate("help", "Where it is kept"),
            translate(
                "help",
                "MoodLab saves every value on this computer as you enter it. It has no account "
                "and never uses the internet. It is a diary: no diagnosis, no advice.",
            ),
        ),
    )


def _keys() -> tuple[tuple[str, str], ...]:
    return (
        ("0 – 9", translate("help", "enter this number and go to the next row")),
        ("X  or  +", translate("help", "enter ten")),
        ("–", translate("help", "could not say")),
        ("Y   N", translate("help", "yes and no, where that is asked")),
        (translate("help", "Enter"), translate("help", "finish and read the day back")),
        (translate("help", "Backspace"), translate("help", "clear this row, or go back one")),
        ("← →   ↑ ↓", translate("help", "change the number, change the row")),
        ("Alt+←   Alt+→", translate("help", "previous day, next day")),
        ("Ctrl+T", translate("help", "today")),
        ("Ctrl+G", translate("help", "go to a day, in History")),
        ("Ctrl+Shift+W", translate("help", "the week from paper, in History")),
        ("Ctrl+F", translate("help", "find words, in History; one test, in Labs")),
        ("Ctrl+N", translate("help", "note")),
        ("Ctrl+U", translate("help", "too unwell to log")),
        ("Ctrl+E", translate("help", "an event of the day")),
        ("Ctrl+J", translate("help", "a question for the visit")),
        ("Ctrl+Z", translate("help", "undo")),
        ("Ctrl+K", translate("help", "go to any page, action, test or day")),
        (f"Ctrl+1 – {_numbered()}", translate("help", "the pages")),
        ("Ctrl +   Ctrl –", translate("help", "larger and smaller text")),
        ("Ctrl+P", translate("help", "print")),
        ("Ctrl+L", translate("help", "lock")),
        ("Ctrl+H", translate("help", "if you need help now")),
    )


def _numbered() -> int:
    return sum(entry.in_navigation and not entry.fixed_at_bottom for entry in ALL)


class HelpPage(Page):
    """A page to read; nothing on it can be changed."""

    ID = "help"
    TITLE = "Help"
    ICON = "help"
    PURPOSE = "How MoodLab works, in a minute."
    REFRESH_ON = Changes.NOTHING

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(
            translate("help", "How MoodLab works, in a minute."), max_width=READING_WIDTH
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(translate("help", "Help"))
        self.setProperty(RING_INSIDE, True)
        for heading, text in _paragraphs():
            self.body.addWidget(label(heading, "section"))
            self.body.addWidget(label(text, wrap=True))
            self.body.addSpacing(look().px(GRID))
        self.body.addWidget(label(translate("help", "Keys"), "section"))
        self.body.addWidget(hairline())
        keys = QGridLayout()
        keys.setHorizontalSpacing(look().px(3 * GRID))
        keys.setColumnStretch(1, 1)
        for row, (key, meaning) in enumerate(_keys()):
            keys.addWidget(label(key), row, 0, Qt.AlignmentFlag.AlignTop)
            keys.addWidget(label(meaning, "muted", wrap=True), row, 1)
        self.body.addLayout(keys)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Nothing here depends on the journal."""

    def take_focus(self) -> None:
        """Let the keys scroll."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)


READING_WIDTH = 620
