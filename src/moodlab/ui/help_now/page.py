"""If you need help now: always in the same place, without a network, never shown by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.domain.events import Contact
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.help_now.advice import Advice
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.layouts import empty
from moodlab.ui.widgets.text import Button, hairline, label
from moodlab.ui.worker import Worker

READING_WIDTH = 680
MOST_CONTACTS = 12


class HelpNowPage(Page):
    """What to do, whom to call, and the person's own contacts, which are kept in the journal."""

    ID = "help_now"
    TITLE = "If you need help now"
    ICON = "help_now"
    PURPOSE = "Whom to call, today or any day."
    REFRESH_ON = Changes.SETTINGS

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(translate("help now", "If you need help now"), max_width=READING_WIDTH)
        self._session = session
        self._shown_contacts: tuple[Contact, ...] | None = None
        self.advice = Advice(session.settings.country)
        self.advice.chosen.connect(lambda code: session.prefer(country=code))
        self.body.addWidget(self.advice)
        self.body.addSpacing(look().px(2 * GRID))
        self._build_contacts()
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the contacts again as the journal has them."""
        contacts = self._session.journal.contacts()
        if contacts != self._shown_contacts:
            self._shown_contacts = contacts
            self._show_contacts(contacts)

    def take_focus(self) -> None:
        """Begin at the country."""
        self.advice.country.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_read_only(self, reason: str) -> None:
        """Take no contacts; those that are there stay to be read."""
        self._contacts.setEnabled(False)

    def _build_contacts(self) -> None:
        self.body.addWidget(label(translate("help now", "My contacts"), "section"))
        self.body.addWidget(
            label(
                translate(
                    "help now",
                    "A person, your doctor, a clinic, or what has helped before. Kept in your"
                    " journal.",
                ),
                "muted",
                wrap=True,
            )
        )
        self.body.addWidget(hairline())
        self._contacts = QWidget()
        self._contact_rows = QGridLayout(self._contacts)
        self._contact_rows.setContentsMargins(0, 0, 0, 0)
        self._contact_rows.setColumnStretch(0, 2)
        self._contact_rows.setColumnStretch(1, 3)
        self.body.addWidget(self._contacts)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._fields: list[tuple[QLineEdit, QLineEdit]] = []

    def _show_contacts(self, contacts: tuple[Contact, ...]) -> None:
        empty(self._contact_rows)
        self._fields = []
        for contact in (*contacts, Contact("", "")):
            if len(self._fields) < MOST_CONTACTS:
                self._add_contact(contact)

    def _add_contact(self, contact: Contact) -> None:
        row = len(self._fields)
        name, reach = QLineEdit(contact.name), QLineEdit(contact.reach)
        number = row + 1
        for column, (field, caption) in enumerate(
            (
                (name, translate("help now", "Name")),
                (reach, translate("help now", "Number, place or words")),
            )
        ):
            field.setPlaceholderText(caption)
            field.setAccessibleName(f"{caption} {number}")
            field.setMaxLength(300)
            field.editingFinished.connect(self._save)
            self._contact_rows.addWidget(field, row, column)
        if contact.name or contact.reach:
            remove = Button(translate("help now", "Remove"), "link", lambda: self._remove(contact))
            remove.setAccessibleName(
                translate("help now", "Remove {name}").format(name=contact.name or contact.reach)
            )
            self._contact_rows.addWidget(remove, row, 2)
        self._fields.append((name, reach))

    def _remove(self, contact: Contact) -> None:
        kept = [known for known in self._written() if known != contact]
        self._write(tuple(kept))

    def _written(self) -> list[Contact]:
        texts = [(name.text().strip(), reach.text().strip()) for name, reach in self._fields]
        return [Contact(name, reach) for name, reach in texts if name or reach]

    def _save(self) -> None:
        written = tuple(self._written())
        if written == self._shown_contacts:
            return
        # Leaving the first field of a new contact for its second is not the end of it.
        last_name, last_reach = self._fields[-1]
        if last_name.text().strip() and not last_reach.text().strip() and last_reach.hasFocus():
            return
        self._write(written)

    def _write(self, contacts: tuple[Contact, ...]) -> None:
        try:
            self._session.apply(lambda journal: journal.set_contacts(contacts))
        except MoodLabError as error:
            self.trouble.setText(error.sentence)
            self.trouble.show()
            announce(self, error.sentence, assertive=True)
            return
        self.trouble.hide()
        announce(self, translate("help now", "Saved."))
