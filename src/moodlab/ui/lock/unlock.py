"""The window while the journal is locked: it asks for the passphrase, or only hides a plain one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import JournalDamaged, JournalUnusable, MoodLabError
from moodlab.i18n import translate
from moodlab.store.backups.names import list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.unlocking import find_key
from moodlab.ui.lock.unlock_form import UnlockForm
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.shell.file_choice import choose_file
from moodlab.ui.widgets.text import Button


@dataclass(frozen=True, slots=True)
class Damage:
    """The passphrase is right and the file is not; `key` opens the newest backup, if one does."""

    error: JournalUnusable
    key: Key | None = field(default=None, repr=False)


class UnlockScreen(StartScreen[Opening | Damage]):
    """Decides for the `Opening` with its key, for `Damage`, or for None where it is closed."""

    def __init__(self, opening: Opening, geometry: str = "") -> None:
        super().__init__(translate("unlock", "Your diary is locked."), geometry)
        self._opening = opening
        self.add_text(translate("unlock", "Enter your passphrase or the recovery code."))
        self.add_text(str(opening.paths.journal), "quiet")
        self.add_space(1.5)
        self.form = UnlockForm(
            translate("security", "&Passphrase or recovery code"),
            translate("unlock", "Unlock"),
            lambda typed: _find(opening.paths.journal, typed),
        )
        self.form.found.connect(self._go_in)
        self.form.refused.connect(self._turn_away)
        self.body.addWidget(self.form)
        self.another = Button(
            translate("start", "Choose another file…"), "secondary", self._choose_another
        )
        self.add_end(self.form.button, self.another)
        if opening.back is not None:
            self.back = back_button(self, opening.back)
            self.add_below(self.back)
        if opening.greeting.said:
            self.form.say(opening.greeting.said)

    def first_focus(self) -> QWidget:
        return self.form.field

    def _go_in(self, found: object) -> None:
        if isinstance(found, Damage):
            self.leave(found)
        else:
            key = found if isinstance(found, Key) else None
            self.leave(self._opening.saying("")._replace(key=key))

    def _turn_away(self, error: MoodLabError) -> None:
        if isinstance(error, JournalUnusable):
            self.leave(Damage(error))
        else:
            self.form.say(error.sentence)

    def _choose_another(self) -> None:
        choose_file(
            self,
            translate("start", "Choose a journal"),
            self._opening.paths.journal.parent,
            [translate("start", "Journals (*.moodlab)"), translate("start", "All files (*)")],
            lambda path: self.leave(another(self._opening, path)),
        )


class HiddenScreen(StartScreen[Opening]):
    """What a lock can do for a plain journal. Decides for the `Opening`."""

    def __init__(self, opening: Opening, geometry: str = "") -> None:
        super().__init__(translate("unlock", "Your diary is hidden."), geometry)
        self.add_text(translate("unlock", "This hides the window. It does not encrypt the file."))
        self.add_text(
            translate("unlock", "You can set a passphrase under Security & backups."), "muted"
        )
        self.open = Button(
            translate("unlock", "Show my diary"), "primary", lambda: self.leave(opening)
        )
        self.add_end(self.open)

    def first_focus(self) -> QWidget:
        return self.open


def another(opening: Opening, journal: Path) -> Opening:
    """Return the opening of another file, which is remembered if it turns out to be a journal."""
    paths = opening.paths._replace(journal=journal, is_remembered=True)
    return Opening(paths, back=opening.back)


def back_button(screen: StartScreen[Any], back: Opening) -> Button:
    """Return the quiet way back to the journal that was open before."""
    words = translate("start", "Back to {name}").format(name=back.paths.journal.name)
    return Button(words.replace("&", "&&"), "link", lambda: screen.leave(back))


def _find(journal: Path, typed: str) -> Key | Damage | None:
    try:
        return find_key(journal, typed)
    except JournalDamaged as error:
        backup = next(iter(list_backups(journal)), None)
        try:
            return Damage(error, find_key(backup.path, typed) if backup else None)
        except JournalUnusable:
            return Damage(error)
