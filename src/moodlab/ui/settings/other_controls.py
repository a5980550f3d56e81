"""Controls of Settings that are no choice: who the page is about, and ways to other pages."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from moodlab.domain.diary import Identity
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.session import Session
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.widgets.preferences.identity_fields import IdentityFields
from moodlab.ui.widgets.text import Button, label

_FIELDS_WIDTH = 320


class IdentityControl(Control):
    """Name and date of birth for the page; the page Report has the same fields."""

    is_of_journal = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.fields = IdentityFields()
        self.fields.setMaximumWidth(look().px(_FIELDS_WIDTH))
        self.fields.changed.connect(self._save)
        self.column.addWidget(self.fields)
        self.show_now()

    @property
    def first(self) -> QWidget:
        return self.fields.name

    @property
    def is_usual(self) -> bool:
        return self.around.session.journal.identity() == Identity()

    def show_now(self) -> None:
        self.fields.show_identity(self.around.session.journal.identity())

    def reset(self) -> None:
        self._save(Identity())

    def _save(self, identity: Identity) -> None:
        written = {"person_name": identity.name, "person_born": identity.born}
        try:
            self.around.session.apply(lambda journal: journal.set_settings(written))
        except MoodLabError as error:
            self.around.tell(error.sentence)


class LinkControl(Control):
    """How it stands now, in words, and the way to the page that changes it."""

    def __init__(
        self,
        around: Surroundings,
        name: str,
        words: str,
        page: str,
        state: Callable[[Session], str] | None = None,
    ) -> None:
        super().__init__(around)
        self._state = state
        self.button = Button(words.replace("&", "&&"), "", lambda: around.go(page, ""))
        self.button.setAccessibleName(f"{words}, {name}")
        self.state = label("", "quiet", wrap=True)
        self.state.setVisible(state is not None)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.state)
        self.show_now()

    @property
    def first(self) -> QWidget:
        return self.button

    def show_now(self) -> None:
        if self._state is not None:
            self.state.setText(self._state(self.around.session))


def passphrase_state(session: Session) -> str:
    """Return whether the diary is encrypted."""
    if session.journal.key is None:
        return translate("settings", "This diary is not encrypted.")
    return translate("settings", "This diary is encrypted.")


def backups_state(session: Session) -> str:
    """Return where backups go besides their usual place."""
    folder = session.settings.second_copies
    if folder:
        return translate("settings", "Also saved in {folder}.").format(folder=folder)
    return translate("settings", "No second folder chosen.")


def contacts_state(session: Session) -> str:
    """Return how many contacts of one's own there are."""
    count = len(session.journal.contacts())
    if count == 0:
        return translate("settings", "No contact of your own yet.")
    if count == 1:
        return translate("settings", "1 contact of your own.")
    return translate("settings", "{n} contacts of your own.").format(n=count)
