"""If you need help now: always in the same place, without a network, never shown by itself."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.changes import Changes
from moodlab.domain.errors import MoodLabError
from moodlab.domain.events import Contact
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.help_now.contact_rows import ContactRows
from moodlab.ui.help_now.crisis_lines import Country, read_countries
from moodlab.ui.look.style import look
from moodlab.ui.page import Page
from moodlab.ui.session import Session
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.text import hairline, label
from moodlab.ui.worker import Worker

READING_WIDTH = 680
ELSEWHERE = ""


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
        self._countries = read_countries()
        self._build_advice()
        self._build_lines()
        self._build_contacts()
        self.body.addStretch(1)
        self._show_country()
        self.refresh()

    def refresh(self) -> None:
        """Show the contacts again as the journal has them."""
        self.contacts.show_contacts(self._session.journal.contacts())

    def take_focus(self) -> None:
        """Begin at the country."""
        self.country.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_read_only(self, reason: str) -> None:
        """Take no contacts; those that are there stay to be read."""
        self.contacts.setEnabled(False)

    def _build_advice(self) -> None:
        for text, role in (
            (
                translate(
                    "help now",
                    "If you might be in danger or might harm yourself, call your emergency number"
                    " (112 in the EU, 999 in the UK, 911 in the US and Canada, 000 in Australia)"
                    " or go to the nearest emergency department.",
                ),
                "section",
            ),
            (
                translate(
                    "help now",
                    "MoodLab can't send anything. Nobody is told what you write here.",
                ),
                "muted",
            ),
        ):
            self.body.addWidget(label(text, role, wrap=True))
        self.body.addSpacing(look().px(2 * GRID))

    def _build_lines(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(
            label(translate("help now", "Talk to someone now"), "section", wrap=True), 1
        )
        caption = label(translate("help now", "&Country"), "muted")
        self.country = QComboBox()
        self.country.setAccessibleName(translate("help now", "Country"))
        caption.setBuddy(self.country)
        for country in self._countries:
            self.country.addItem(country.name, country.code)
        self.country.addItem(translate("help now", "Another country"), ELSEWHERE)
        self.country.activated.connect(self._choose_country)
        heading.addWidget(caption)
        heading.addWidget(self.country)
        self.body.addLayout(heading)
        self.body.addWidget(
            label(
                translate("help now", "You don't have to be in danger to call."),
                "muted",
                wrap=True,
            )
        )
        self.body.addWidget(hairline())
        self._lines = QWidget()
        self._line_rows = QVBoxLayout(self._lines)
        self._line_rows.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._lines)
        self.body.addSpacing(look().px(2 * GRID))

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

    def _choose_country(self, _row: int) -> None:
        self._session.prefer(country=self.country.currentData() or "-")
        self._show_country()

    def _show_country(self) -> None:
        preferred = self._session.settings.country
        code = preferred or QLocale.territoryToCode(QLocale.system().territory())
        country = next((known for known in self._countries if known.code == code), None)
        self.country.setCurrentIndex(self.country.findData(country.code if country else ELSEWHERE))
        _empty(self._line_rows)
        self._line_rows.setSpacing(look().px(GRID))
        for line in _line_widgets(country):
            self._line_rows.addWidget(line)

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


def _line_widgets(country: Country | None) -> list[QWidget]:
    if country is None:
        return [
            label(
                translate(
                    "help now",
                    "There is no list for this country yet. Ask your doctor's practice for the"
                    " local crisis line and write it below.",
                ),
                wrap=True,
            )
        ]
    emergency = translate("help now", "Emergency")
    rows = [(country.emergency, emergency, "")]
    rows += [(line.reach, line.name, line.how_sure()) for line in country.lines]
    made = []
    for reach, name, how_sure in rows:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, look().px(200))
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(reach, "section"), 0, 0)
        grid.addWidget(label(name, wrap=True), 0, 1)
        if how_sure:
            grid.addWidget(label(how_sure, "quiet", wrap=True), 1, 1)
        made.append(row)
    return made


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
