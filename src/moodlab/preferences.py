"""What each preference may be, in words: the settings page and the command `setting` share it."""

from typing import NamedTuple

from moodlab.domain.errors import Refused
from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate, translate_marked
from moodlab.settings import Settings

# Remembered from use: where the window stood and what was looked at last. Nobody sets these.
REMEMBERED = frozenset(
    {"geometry", "recent", "chart_range", "report_period", "report_extras", "report_without"}
)
# Set where they belong, and only named on the settings page: a folder, a place, a country.
FREE = frozenset({"second_copies", "journal", "country"})
TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
LOCK_MINUTES = (0, 1, 5, 15, 60)
DEFAULT = "default"


class Choice(NamedTuple):
    """One value of a preference, and what it is called."""

    value: str | int | bool
    words: Marked

    @property
    def shown(self) -> str:
        """The words in the chosen language; a number's are the number."""
        return translate_marked(self.words).format(value=self.value)

    @property
    def typed(self) -> str:
        """What the command takes for it."""
        if isinstance(self.value, bool):
            return "on" if self.value else "off"
        return str(self.value) or "system"


_SYSTEM = QT_TRANSLATE_NOOP("preferences", "Like the system")
_PER_CENT = QT_TRANSLATE_NOOP("preferences", "{value} %")
_MINUTES = QT_TRANSLATE_NOOP("preferences", "{value} min")

CHOICES: dict[str, tuple[Choice, ...]] = {
    "theme": (
        Choice("system", _SYSTEM),
        Choice("light", QT_TRANSLATE_NOOP("preferences", "Light")),
        Choice("dark", QT_TRANSLATE_NOOP("preferences", "Dark")),
        Choice("more_contrast", QT_TRANSLATE_NOOP("preferences", "More contrast")),
    ),
    "text_size": tuple(Choice(percent, _PER_CENT) for percent in TEXT_SIZES),
    "reduced_motion": (
        Choice(False, QT_TRANSLATE_NOOP("preferences", "Usual")),
        Choice(True, QT_TRANSLATE_NOOP("preferences", "Reduced")),
    ),
    "short_version": (
        Choice(False, QT_TRANSLATE_NOOP("preferences", "All rows")),
        Choice(True, QT_TRANSLATE_NOOP("preferences", "Short version")),
    ),
    "week_start": (
        Choice("", _SYSTEM),
        Choice("monday", QT_TRANSLATE_NOOP("preferences", "Monday")),
        Choice("sunday", QT_TRANSLATE_NOOP("preferences", "Sunday")),
        Choice("saturday", QT_TRANSLATE_NOOP("preferences", "Saturday")),
    ),
    "clock": (
        Choice("", _SYSTEM),
        Choice("24", QT_TRANSLATE_NOOP("preferences", "21:14")),
        Choice("12", QT_TRANSLATE_NOOP("preferences", "9:14 pm")),
    ),
    "decimal_sign": (
        Choice("", _SYSTEM),
        Choice("point", QT_TRANSLATE_NOOP("preferences", "6.5")),
        Choice("comma", QT_TRANSLATE_NOOP("preferences", "6,5")),
    ),
    "paper": (
        Choice("", _SYSTEM),
        Choice("a4", QT_TRANSLATE_NOOP("preferences", "A4")),
        Choice("letter", QT_TRANSLATE_NOOP("preferences", "US Letter")),
    ),
    "lock_minutes": (
        Choice(0, QT_TRANSLATE_NOOP("preferences", "Never")),
        *(Choice(minutes, _MINUTES) for minutes in LOCK_MINUTES[1:]),
    ),
}


def read_preference(name: str, text: str) -> str | int | bool:
    """Return the value of a preference that `text` names. Raises Refused naming what it may be."""
    if text.strip().lower() == DEFAULT:
        value: str | int | bool = Settings()._asdict()[name]
        return value
    wanted = text.strip().lower().removesuffix("%").strip().replace(" ", "_").replace("-", "_")
    for choice in CHOICES[name]:
        if wanted in (choice.typed, str(choice.value)):
            return choice.value
    known = ", ".join(choice.typed for choice in CHOICES[name])
    raise Refused(
        translate("setting", "{name} is one of {known}, or default.").format(name=name, known=known)
    )


def show_preference(name: str, settings: Settings) -> str:
    """Return the value of a preference as the command shows and takes it."""
    value = settings._asdict()[name]
    if name in FREE:
        return str(value)
    found = next((each for each in CHOICES[name] if each.value == value), None)
    return str(value) if found is None else found.typed
