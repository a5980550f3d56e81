"""What to do and whom to call: the part of the help that needs no journal."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.help_now.crisis_lines import Country, read_countries
from moodlab.ui.look.style import look
from moodlab.ui.widgets.layouts import empty
from moodlab.ui.widgets.text import hairline, label

ELSEWHERE = ""


class Advice(QWidget):
    """The emergency sentence and a country's lines. `chosen(code)` tells of another country."""

    chosen = Signal(str)

    def __init__(self, preferred: str) -> None:
        super().__init__()
        self._countries = read_countries()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look().px(GRID))
        self._add_sentences()
        self._add_lines()
        self.show_country(preferred)

    def show_country(self, preferred: str) -> None:
        """Show the lines of a country; an empty code is where this computer stands."""
        code = preferred or QLocale.territoryToCode(QLocale.system().territory())
        country = next((known for known in self._countries if known.code == code), None)
        self.country.setCurrentIndex(self.country.findData(country.code if country else ELSEWHERE))
        empty(self._rows)
        self._rows.setSpacing(look().px(GRID))
        for line in _line_widgets(country):
            self._rows.addWidget(line)

    def _add_sentences(self) -> None:
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
            self._layout.addWidget(label(text, role, wrap=True))
        self._layout.addSpacing(look().px(2 * GRID))

    def _add_lines(self) -> None:
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
        self.country.activated.connect(self._choose)
        heading.addWidget(caption)
        heading.addWidget(self.country)
        self._layout.addLayout(heading)
        self._layout.addWidget(
            label(
                translate("help now", "You don't have to be in danger to call."),
                "muted",
                wrap=True,
            )
        )
        self._layout.addWidget(hairline())
        lines = QWidget()
        self._rows = QVBoxLayout(lines)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(lines)

    def _choose(self, _row: int) -> None:
        code = self.country.currentData() or "-"
        self.show_country(code)
        self.chosen.emit(code)


def _line_widgets(country: Country | None) -> list[QWidget]:
    if country is None:
        return [
            label(
                translate(
                    "help now",
                    "There is no list for this country yet. Ask your doctor's practice for the"
                    " local crisis line and keep it in your contacts.",
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
