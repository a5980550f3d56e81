"""If you need help now: always in the same place, without a network, never shown by itself."""

from PySide6.QtCore import Qt

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.domain.events import Contact
from moodlab.i18n import translate
from moodlab.settings import Settings
from moodlab.theme import GRID
from moodlab.ui.help_now.advice import Advice
from moodlab.ui.help_now.contact_rows import ContactRows
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.text import hairline, label
from moodlab.ui.worker import Worker

READING_WIDTH = 680


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
        self.advice = Advice(session.settings.country)
        self.advice.chosen.connect(lambda code: session.prefer(country=code))
        self._country = session.settings.country
        session.settings_changed.connect(self._follow_settings)
        self.body.addWidget(self.advice)
        self.body.addSpacing(look().px(2 * GRID))
        self._build_contacts()
        self.body.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show the contacts again as the journal has them."""
        self.contacts.show_contacts(self._session.journal.contacts())

    def take_focus(self) -> None:
        """Begin at the country."""
        self.advice.country.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_read_only(self, reason: str) -> None:
        """Take no contacts; those that are there stay to be read."""
        self.contacts.setEnabled(False)

    def _follow_settings(self, settings: Settings) -> None:
        if settings.country != self._country:
            self._country = settings.country
            self.advice.show_country(settings.country)

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
        self.contacts = ContactRows()
        self.contacts.written.connect(self._write)
        self.body.addWidget(self.contacts)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)

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
