"""The passphrase on the page Security & backups: set, change, remove; the recovery sheet."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from moodlab.domain.errors import MoodLabError
from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate, translate_marked
from moodlab.store.encryption.unlocking import refuse_other_secret
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.opening.transition import BackgroundTask, Greeting, Opening
from moodlab.ui.safety.passphrase_form import PassphraseForm
from moodlab.ui.session import Session
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.notice import Notice
from moodlab.ui.widgets.text import Button, label
from moodlab.ui.worker import Progress

if TYPE_CHECKING:
    from moodlab.store.encryption.rekey import Rekeyed

NOW = QT_TRANSLATE_NOOP("security", "Passphrase &now")
NEW = QT_TRANSLATE_NOOP("security", "&New passphrase")
AGAIN = QT_TRANSLATE_NOOP("security", "Passphrase &again")


class PassphraseSection(QWidget):
    """Says how it stands, and opens one short form at a time."""

    def __init__(self, session: Session, tell: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._tell = tell
        self._form: PassphraseForm | None = None
        self._key = session.journal.key
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look().px(GRID))
        self._layout.addWidget(label(self._state(), wrap=True))
        row = Flow()
        row.setSpacing(look().px(GRID))
        self.set = Button(
            translate("safety", "Set a passphrase…"), "", lambda: self._show(self._set_form())
        )
        self.change = Button(
            translate("safety", "Change it…"), "", lambda: self._show(self._change_form())
        )
        self.remove = Button(
            translate("safety", "Remove it…"), "", lambda: self._show(self._remove_form())
        )
        self.sheet = Button(translate("safety", "Recovery sheet…"), "", self.ask_for_sheet)
        self._buttons = (self.set, self.change, self.remove, self.sheet)
        for button in self._buttons:
            row.addWidget(button)
            is_for_plain = button is self.set
            button.setVisible(is_for_plain == (self._key is None))
            button.setEnabled(session.why_read_only is None or button is self.sheet)
        self._layout.addLayout(row)
        self.question = Notice()
        self._layout.addWidget(self.question)
        self._layout.addWidget(
            label(
                translate(
                    "safety",
                    "A passphrase protects the file and its backups, not an open window: "
                    "programs that run under your name can see what you see. Saved pages, "
                    "exports and the recovery sheet are not encrypted. What was once saved "
                    "without a passphrase may still be found on the disk.",
                ),
                "quiet",
                wrap=True,
            )
        )

    @property
    def form(self) -> "PassphraseForm | None":
        """The form that is open."""
        return self._form

    def first_button(self) -> Button:
        """Return what has the keyboard first."""
        return self.set if self._key is None else self.change

    def close_form(self) -> None:
        """Put the form away, with what was typed in it."""
        if self._form is not None:
            form, self._form = self._form, None
            form.secrets.forget()
            form.hide()
            form.deleteLater()
            self.first_button().setFocus()

    def step_back(self) -> bool:
        """Close the form that is open; say whether there was one."""
        if self._form is None:
            return False
        self.close_form()
        return True

    def ask_for_sheet(self) -> bool:
        """Open the form for the recovery sheet; say whether this diary has one."""
        if self._key is None:
            return False
        self._show(self._sheet_form())
        return True

    def save_sheet(self, target: Path) -> None:
        """Save the recovery sheet there."""
        from moodlab.ui.opening.recovery_sheet import save_recovery_sheet

        key = self._key
        if key is None:
            return
        try:
            sentence = save_recovery_sheet(target, key, self._session.journal.path)
        except MoodLabError as error:
            sentence = error.sentence
        self._tell(sentence)

    def _state(self) -> str:
        if self._key is None:
            return translate(
                "safety",
                "This diary is not encrypted. Anyone who can read your files can read it.",
            )
        return translate(
            "safety",
            "This diary is encrypted. Without the passphrase nobody can open it, not even the "
            "makers of MoodLab.",
        )

    def _show(self, form: "PassphraseForm") -> None:
        self.close_form()
        self._form = form
        self._layout.insertWidget(2, form)
        form.show()
        form.secrets.focus_first()

    def _captions(self, *texts: Marked) -> list[str]:
        return [translate_marked(text) for text in texts]

    def _set_form(self) -> "PassphraseForm":
        form = PassphraseForm(
            self._captions(NEW, AGAIN), translate("safety", "Encrypt the diary"), self.close_form
        )
        keeps = QCheckBox(translate("safety", "Keep existing backups unencrypted"))
        form.add(keeps)
        form.chosen.append(lambda typed: self._leave_with(typed[0], keeps_plain=keeps.isChecked()))
        form.reads_new = True
        return form

    def _change_form(self) -> "PassphraseForm":
        form = PassphraseForm(
            self._captions(NOW, NEW, AGAIN), translate("safety", "Change it"), self.close_form
        )
        form.check = self._check
        form.reads_new = True
        form.chosen.append(lambda typed: self._leave_with(typed[1]))
        return form

    def _remove_form(self) -> "PassphraseForm":
        form = PassphraseForm(
            self._captions(NOW), translate("safety", "Remove it"), self.close_form
        )
        form.add(
            label(
                translate(
                    "safety",
                    "The diary and its backups will no longer be encrypted. Anyone who can read "
                    "your files will be able to read them.",
                ),
                wrap=True,
            )
        )
        form.check = self._check
        form.chosen.append(lambda _typed: self._leave_without())
        return form

    def _sheet_form(self) -> "PassphraseForm":
        form = PassphraseForm(self._captions(NOW), translate("safety", "Continue"), self.close_form)
        form.check = self._check
        form.chosen.append(lambda _typed: self._offer_sheet())
        return form

    def _offer_sheet(self) -> None:
        """Offer the ways to have the sheet, once the passphrase was right."""
        from moodlab.ui.opening.recovery_sheet import ask_how_to_print_sheet, ask_where_sheet

        self.close_form()
        key, journal = self._key, self._session.journal.path
        if key is None:
            return
        ways = (
            (
                translate("security", "Print it…"),
                lambda: ask_how_to_print_sheet(self, key, journal, self._tell),
            ),
            (translate("security", "Save it…"), lambda: ask_where_sheet(self, self.save_sheet)),
        )
        self.question.ask(
            translate("security", "The recovery sheet has a code that opens this diary."),
            [
                *((words, partial(self._close_question, act)) for words, act in ways),
                (translate("safety", "Cancel"), self._close_question),
            ],
        )
        self.question.buttons[0].setFocus()

    def _close_question(self, act: Callable[[], None] | None = None) -> None:
        self.question.hide()
        self.sheet.setFocus()
        if act is not None:
            act()

    def _check(self, typed: str) -> None:
        """Raise WrongPassphrase for anything but the passphrase or the recovery code."""
        if self._key is not None:
            refuse_other_secret(typed, self._key)

    def _leave_with(self, passphrase: str, *, keeps_plain: bool = False) -> None:
        before = self._stay()
        journal, second = before.paths.journal, self._second_folder()

        def work(progress: Progress) -> Opening:
            from moodlab.store.encryption.rekey import set_passphrase

            done = set_passphrase(
                journal,
                passphrase,
                before.key,
                keeps_plain_backups=keeps_plain,
                second_folder=second,
                progress=progress,
            )
            said = f"{_what_is_new(done, before.key is None)}{_about_others(done)}"
            return before._replace(key=done.key, greeting=Greeting(said, offers_sheet=True))

        caption = translate("safety", "Encrypting the diary and its backups…")
        self._session.leave_for(BackgroundTask(caption, work, before, can_stop=True))

    def _leave_without(self) -> None:
        before = self._stay()
        key, journal, second = before.key, before.paths.journal, self._second_folder()
        if key is None:
            return

        def work(progress: Progress) -> Opening:
            from moodlab.store.encryption.rekey import remove_passphrase

            done = remove_passphrase(journal, key, second_folder=second, progress=progress)
            said = f"{_what_is_plain(done)}{_about_others(done)}"
            return before.saying(said)._replace(key=None, accepts_plain=True)

        caption = translate("safety", "Removing the passphrase…")
        self._session.leave_for(BackgroundTask(caption, work, before, can_stop=True))

    def _stay(self) -> Opening:
        """Return the opening that leads back here as things are."""
        return self._session.opening_here("safety")

    def _second_folder(self) -> Path | None:
        chosen = self._session.settings.second_copies
        return Path(chosen) if chosen else None


def _what_is_new(done: "Rekeyed", is_first: bool) -> str:
    match is_first, done.backups:
        case True, 0:
            return translate("safety", "The diary is now encrypted.")
        case True, 1:
            return translate("safety", "Diary and 1 backup are now encrypted.")
        case True, count:
            form = translate("safety", "Diary and {count} backups are now encrypted.")
        case _, 0:
            return translate("safety", "The diary has the new passphrase.")
        case _, 1:
            return translate("safety", "Diary and 1 backup have the new passphrase.")
        case _, count:
            form = translate("safety", "Diary and {count} backups have the new passphrase.")
    return form.format(count=count)


def _what_is_plain(done: "Rekeyed") -> str:
    match done.backups:
        case 0:
            said = translate("safety", "The diary is no longer encrypted.")
        case 1:
            said = translate("safety", "Diary and 1 backup are no longer encrypted.")
        case count:
            form = translate("safety", "Diary and {count} backups are no longer encrypted.")
            said = form.format(count=count)
    return said + " " + translate("safety", "Anyone who has the file can read it.")


def _about_others(done: "Rekeyed") -> str:
    said = ""
    if done.left:
        names = ", ".join(backup.name for backup in done.left)
        said += " " + translate("safety", "Not changed: {names}.").format(names=names)
    for unread in done.unread:
        said += " " + translate("safety", "{problem} They were not changed.").format(
            problem=unread.sentence
        )
    return said
