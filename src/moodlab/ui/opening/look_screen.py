"""The third screen of a first start: how the window looks, and who can open the diary."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from moodlab.domain.errors import Refused
from moodlab.i18n import translate
from moodlab.preferences import CHOICES
from moodlab.settings import Settings
from moodlab.theme import GRID
from moodlab.ui.lock.secret_field import SecretFields
from moodlab.ui.look.style import look
from moodlab.ui.opening.first_choices import Back
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.widgets.preferences.choice import make_choice, show_choice
from moodlab.ui.widgets.text import Button, hairline, label


class Done(NamedTuple):
    """The decision to make the diary, with a passphrase or without."""

    passphrase: str | None


class LookScreen(StartScreen[Done | Back]):
    """Decides how the diary is made. Theme and text size hold at once, through `prefer`."""

    def __init__(self, settings: Settings, prefer: Callable[..., None], geometry: str = "") -> None:
        super().__init__(translate("welcome", "How it looks, and who can open it."), geometry)
        self._prefer = prefer
        self.frame.set_subtitle(translate("welcome", "Step 3 of 3"))
        self.add_space(1)
        self._add_look(settings)
        self.add_space(1.5)
        self._add_passphrase()
        texts = (
            translate("welcome", "Start without a passphrase"),
            translate("welcome", "Start with this passphrase"),
        )
        self._texts = texts
        self.start = Button(texts[0], "primary", self.decide)
        self.start.keep_width_for(*texts)
        self.back = Button(translate("welcome", "Back"), "secondary", self._go_back)
        self.add_end(self.start, self.back)
        for field in self.secrets.fields:
            field.textChanged.connect(lambda _text: self._name_start())

    def first_focus(self) -> QWidget:
        return self.start

    @property
    def has_passphrase(self) -> bool:
        """Whether anything is typed for one."""
        return any(field.text() for field in self.secrets.fields)

    def decide(self) -> None:
        """Make the diary, encrypted where a passphrase is typed."""
        if not self.has_passphrase:
            self.leave(Done(None))
            return
        try:
            passphrase = self.secrets.read_new()
        except Refused as error:
            self.say(error.sentence)
            return
        self.secrets.forget()
        self.leave(Done(passphrase))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.has_passphrase:
            # What is half typed is taken back first: nobody loses a passphrase unawares.
            self.secrets.forget()
            self.say("")
        else:
            self.decide()

    def _choose(self, field: str, index: int) -> None:
        self._prefer(**{field: CHOICES[field][index].value})

    def _go_back(self) -> None:
        self.secrets.forget()
        self.leave(Back())

    def _name_start(self) -> None:
        self.start.setText(self._texts[self.has_passphrase])

    def _add_look(self, settings: Settings) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(2 * GRID))
        grid.setVerticalSpacing(look().px(GRID))
        grid.setColumnStretch(1, 1)
        for number, (field, words) in enumerate(
            (
                ("theme", translate("welcome", "Theme")),
                ("text_size", translate("welcome", "Text size")),
            )
        ):
            choices = CHOICES[field]
            control = make_choice(
                words,
                [choice.shown for choice in choices],
                partial(self._choose, field),
            )
            now = settings._asdict()[field]
            values = [choice.value for choice in choices]
            if now in values:
                show_choice(control, values.index(now))
            caption = label(words)
            caption.setBuddy(control)
            grid.addWidget(caption, number, 0)
            grid.addWidget(control, number, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)

    def _add_passphrase(self) -> None:
        self.add_text(translate("welcome", "A passphrase, if you like"), "section")
        self.body.addWidget(hairline())
        self.add_text(
            translate(
                "welcome",
                "Use any words that you will remember. Long is better than odd. Without the "
                "passphrase nobody can open the diary, not even the makers of MoodLab. Next, you "
                "can print a recovery sheet.",
            ),
            "muted",
        )
        self.secrets = SecretFields(
            translate("security", "&Passphrase"), translate("security", "Passphrase &again")
        )
        self.secrets.entered.connect(self.decide)
        self.body.addWidget(self.secrets)
        self.add_text(
            translate(
                "welcome",
                "Without a passphrase, anyone who can read your files can read this diary. You can"
                " set one later.",
            ),
            "muted",
        )
