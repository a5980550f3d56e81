"""The fields for one change of the passphrase, and what they say while it is under way."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.lock.secret_field import SecretFields
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Runner


class PassphraseForm(QFrame):
    """Hidden lines, a button and a way out. What is typed now is checked beside the window."""

    def __init__(self, captions: list[str], button: str, close: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.check: Callable[[str], Any] | None = None
        self.reads_new = False
        self.chosen: list[Callable[[list[str]], None]] = []
        self._runner = Runner()
        self._is_checking = False
        self.secrets = SecretFields(*captions)
        self.secrets.entered.connect(self.submit)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.submit_button = Button(button, "", self.submit)
        self.cancel = Button(translate("safety", "Cancel"), "", close)
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(12), px(14), px(12))
        layout.setSpacing(px(GRID))
        self._extra = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(self.submit_button)
        row.addWidget(self.cancel)
        row.addStretch(1)
        layout.addWidget(self.secrets)
        layout.addLayout(self._extra)
        layout.addWidget(self.trouble)
        layout.addLayout(row)

    def add(self, widget: QWidget) -> None:
        """Add something under the lines."""
        self._extra.addWidget(widget)

    def submit(self) -> None:
        """Read the lines, check the present passphrase, and go on."""
        if self._is_checking:
            return
        typed = [field.text() for field in self.secrets.fields]
        try:
            if self.reads_new:
                self.secrets.read_new()
        except MoodLabError as error:
            self._say(error)
            return
        check = self.check
        if check is None:
            self._go_on(typed)
            return
        self._is_checking = True
        self._be_busy(is_busy=True)
        self._runner.run(
            lambda _progress: check(typed[0]), lambda _none: self._go_on(typed), self._refuse
        )

    def _be_busy(self, *, is_busy: bool) -> None:
        self.secrets.set_busy(is_busy=is_busy)
        self.submit_button.setEnabled(not is_busy)

    def _go_on(self, typed: list[str]) -> None:
        self._is_checking = False
        self.secrets.forget()
        for go_on in self.chosen:
            go_on(typed)

    def _refuse(self, error: MoodLabError) -> None:
        if self._is_checking:
            self._is_checking = False
            self.secrets.fields[0].clear()
        self._be_busy(is_busy=False)
        self._say(error)
        self.secrets.focus_first()

    def _say(self, error: MoodLabError) -> None:
        self.trouble.setText(error.sentence)
        self.trouble.show()
        announce(self, error.sentence, assertive=True)
