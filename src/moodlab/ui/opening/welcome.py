"""The first start: what MoodLab is, where the diary will lie, and whether it is encrypted."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.paths import Paths
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from moodlab.ui.lock.secret_field import SecretFields
from moodlab.ui.lock.unlock import back_button
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import BackgroundTask, Greeting, Opening
from moodlab.ui.shell.file_choice import choose_new_file
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Progress

EXAMPLE_NAME = "example.moodlab"


class WelcomeScreen(StartScreen[BackgroundTask | Opening]):
    """Decides for a task that makes the diary or the example, or to go back; None if closed."""

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
        self._add_passphrase()
        self.add_space(1.5)
        self._add_place()
        self.start = Button(translate("welcome", "Start"), "primary", self.start_encrypted)
        self.plain = Button(
            translate("welcome", "Start without a passphrase"), "secondary", self.start_plain
        )
        self.example = Button(
            translate("welcome", "Look around with example data"), "link", self.look_around
        )
        self.add_end(self.start, self.plain)
        self.add_below(self.example)
        if opening.back is not None:
            self.back = back_button(self, opening.back)
            self.add_below(self.back)
        self.say(opening.greeting.said)

    def first_focus(self) -> QWidget:
        return self.secrets.fields[0]

    def start_encrypted(self) -> None:
        """Make the diary with the passphrase that was typed twice."""
        try:
            passphrase = self.secrets.read_new()
        except Refused as error:
            self.say(error.sentence)
            return
        self.secrets.forget()
        self._make(passphrase)

    def start_plain(self) -> None:
        """Make the diary without a passphrase."""
        self.secrets.forget()
        self._make(None)

    def look_around(self) -> None:
        """Open an example that is kept apart, in the folder of what can be made again."""
        self.secrets.forget()
        self.leave(example_task(self._paths, self._opening.saying("")))

    def place(self, journal: Path) -> None:
        """Have the diary made at another place."""
        self._paths = self._paths._replace(journal=journal, is_remembered=True)
        self.where.setText(str(journal))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Escape neither starts nor ends anything.
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            return
        super().keyPressEvent(event)

    def _add_passphrase(self) -> None:
        self.add_text(translate("welcome", "Protect it with a passphrase"), "section")
        self.add_text(
            translate(
                "welcome",
                "Use any words that you will remember. Long is better than odd. Without the "
                "passphrase nobody can open the diary, not even the makers of MoodLab. Next, you "
                "can print a recovery sheet.",
            ),
            "muted",
        )
        self.body.addWidget(hairline())
        self.secrets = SecretFields(
            translate("security", "&Passphrase"), translate("security", "Passphrase &again")
        )
        self.secrets.entered.connect(self.start_encrypted)
        self.body.addWidget(self.secrets)
        self.add_text(
            translate(
                "welcome",
                "Without a passphrase, anyone who can read your files can read this diary. You can"
                " set one later.",
            ),
            "muted",
        )

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

    def _make(self, passphrase: str | None) -> None:
        paths = self._paths
        again = self._opening._replace(paths=paths)

        def work(_progress: Progress) -> Opening:
            key = None if passphrase is None else make_key(passphrase)
            Journal.create(paths.journal, key=key).close()
            greeting = Greeting(offers_sheet=key is not None)
            return Opening(paths, key, greeting=greeting, accepts_plain=key is None)

        self.leave(BackgroundTask(translate("welcome", "Setting up your diary…"), work, again))


def example_task(paths: Paths, back: Opening) -> BackgroundTask:
    """Return the making and opening of the example journal; `back` is where its bar leads."""
    path = paths.cache / EXAMPLE_NAME

    def work(_progress: Progress) -> Opening:
        from moodlab.store.example.journal import make_example

        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_example(path)
        return Opening(paths._replace(journal=path, is_remembered=False), back=back)

    return BackgroundTask(translate("welcome", "Creating example data…"), work, back)
