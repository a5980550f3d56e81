"""Asks for a passphrase or recovery code, and finds the key beside the window."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError, Refused, WrongPassphrase
from moodlab.i18n import translate
from moodlab.store.encryption.crypto import refuse_unusable
from moodlab.theme import GRID
from moodlab.ui.lock.secret_field import SecretFields
from moodlab.ui.look.motion import be_busy
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Runner

MISSES_BEFORE_HINT = 3
FindKey = Callable[[str], object]


class UnlockForm(QWidget):
    """A hidden line and a button. `find` gets what was typed, in a thread.

    `found(result)` when it returned; `refused(MoodLabError)` for anything but a wrong passphrase,
    which is said here. The line is emptied after each use.
    """

    found = Signal(object)
    refused = Signal(object)

    def __init__(self, caption: str, button: str, find: FindKey) -> None:
        super().__init__()
        self._find = find
        self._misses = 0
        self._runner = Runner()
        self.secrets = SecretFields(caption)
        self.secrets.entered.connect(self.submit)
        self.button = Button(button, "primary", self.submit)
        self.progress = QProgressBar()
        be_busy(self.progress)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(self.field.sizeHint().width())
        self.progress.setAccessibleName(translate("security", "Checking the passphrase"))
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self.sentence = label("", "error", wrap=True)
        self.sentence.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addWidget(self.secrets)
        layout.addWidget(self.progress)
        layout.addWidget(self.sentence)

    @property
    def field(self) -> QWidget:
        """Where it is typed."""
        return self.secrets.fields[0]

    def submit(self) -> None:
        """Try what was typed."""
        if not self._runner.is_idle:
            return
        typed = self.secrets.fields[0].text()
        try:
            refuse_unusable(typed)
        except Refused:
            self.secrets.focus_first()
            return
        self.secrets.forget()
        self.sentence.hide()
        self._be_busy(is_busy=True)
        self._runner.run(lambda _progress: self._find(typed), self._tell, self._judge)

    def say(self, sentence: str) -> None:
        """Show what was wrong."""
        self.sentence.setText(sentence)
        self.sentence.show()
        announce(self, sentence, assertive=True)

    def _be_busy(self, *, is_busy: bool) -> None:
        self.secrets.set_busy(is_busy=is_busy)
        self.button.setEnabled(not is_busy)
        self.progress.setVisible(is_busy)

    def _tell(self, result: object) -> None:
        self._be_busy(is_busy=False)
        self.found.emit(result)

    def _judge(self, error: MoodLabError) -> None:
        self._be_busy(is_busy=False)
        self.secrets.focus_first()
        if not isinstance(error, WrongPassphrase):
            self.refused.emit(error)
            return
        self._misses += 1
        sentence = error.sentence
        if self._misses >= MISSES_BEFORE_HINT:
            sentence += " " + translate(
                "security",
                "If you are sure, the file may be damaged. Try the passphrase on the latest "
                "backup.",
            )
        self.say(sentence)
