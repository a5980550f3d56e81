"""The rows of the page Settings, in order. TO ADD ONE: its entry in `ALL`; the rest follows.

A choice of a few values has them in `moodlab.preferences`, which the command `setting` reads too.
"""

from collections.abc import Callable
from typing import NamedTuple

from moodlab.i18n import QT_TRANSLATE_NOOP, Marked, translate_marked
from moodlab.ui.settings.choices import DayEndControl, PreferenceControl
from moodlab.ui.settings.control import Control, Surroundings
from moodlab.ui.settings.journal_place import JournalControl
from moodlab.ui.settings.other_controls import (
    IdentityControl,
    LinkControl,
    backups_state,
    contacts_state,
    passphrase_state,
)

DAYS = QT_TRANSLATE_NOOP("settings", "Your days")
LOOKS = QT_TRANSLATE_NOOP("settings", "How it looks")
NUMBERS = QT_TRANSLATE_NOOP("settings", "Times and numbers")
PAGE = QT_TRANSLATE_NOOP("settings", "The page for your doctor")
SAFETY = QT_TRANSLATE_NOOP("settings", "Privacy and safety")
JOURNAL = QT_TRANSLATE_NOOP("settings", "Your journal file")

Make = Callable[["Row", Surroundings], Control]


class Row(NamedTuple):
    """One setting. `id` is its place on the page, `field` the preference that it changes, if any.

    `also` are other words by which somebody may look for it.
    """

    id: str
    section: Marked
    title: Marked
    about: Marked
    make: Make
    also: Marked
    field: str = ""

    @property
    def shown_title(self) -> str:
        """The title in the chosen language."""
        return translate_marked(self.title)

    def is_found_by(self, words: str) -> bool:
        """Whether each of the typed words begins a word of the row, or stands within one."""
        texts = (self.section, self.title, self.about, self.also)
        own = " ".join(map(translate_marked, texts)).casefold()
        return all(word in own for word in words.casefold().split())


def _choice(row: Row, around: Surroundings) -> Control:
    return PreferenceControl(around, row.field, row.shown_title)


def _link(page: str, words: Marked, state: Callable[..., str] | None = None) -> Make:
    def make(row: Row, around: Surroundings) -> Control:
        return LinkControl(around, row.shown_title, translate_marked(words), page, state)

    return make


_SAFETY_PAGE = QT_TRANSLATE_NOOP("pages", "Security & backups")

ALL = (
    Row(
        "tracking", DAYS, QT_TRANSLATE_NOOP("settings", "What to track"),
        QT_TRANSLATE_NOOP("settings", "Choose, order and name what you rate."),
        _link("tracking", QT_TRANSLATE_NOOP("settings", "Choose and order")),
        QT_TRANSLATE_NOOP("settings", "metrics rows rating own hide add"),
    ),
    Row(
        "day_end", DAYS, QT_TRANSLATE_NOOP("settings", "A day ends at"),
        QT_TRANSLATE_NOOP("settings", "Until then a late evening belongs to the day before."),
        lambda row, around: DayEndControl(around, row.shown_title),
        QT_TRANSLATE_NOOP("settings", "midnight night early new day"),
    ),
    Row(
        "short_version", DAYS, QT_TRANSLATE_NOOP("settings", "Today shows"),
        QT_TRANSLATE_NOOP("settings", "The short version asks for less, for tired days."), _choice,
        QT_TRANSLATE_NOOP("settings", "short day tired fewer"), "short_version",
    ),
    Row(
        "theme", LOOKS, QT_TRANSLATE_NOOP("settings", "Theme"),
        QT_TRANSLATE_NOOP("settings", "Colours of the window. The page stays light."), _choice,
        QT_TRANSLATE_NOOP("settings", "dark mode light contrast colors night"), "theme",
    ),
    Row(
        "text_size", LOOKS, QT_TRANSLATE_NOOP("settings", "Text size"),
        QT_TRANSLATE_NOOP("settings", "Ctrl++ and Ctrl+- change it on any page."), _choice,
        QT_TRANSLATE_NOOP("settings", "larger smaller zoom font big"), "text_size",
    ),
    Row(
        "reduced_motion", LOOKS, QT_TRANSLATE_NOOP("settings", "Motion"),
        QT_TRANSLATE_NOOP("settings", "Reduced: nothing fades, moves or blinks."), _choice,
        QT_TRANSLATE_NOOP("settings", "animation blinking cursor still"), "reduced_motion",
    ),
    Row(
        "clock", NUMBERS, QT_TRANSLATE_NOOP("settings", "Clock"),
        QT_TRANSLATE_NOOP("settings", "How times are shown."), _choice,
        QT_TRANSLATE_NOOP("settings", "12 hours 24 hours am pm time format"), "clock",
    ),
    Row(
        "decimal_sign", NUMBERS, QT_TRANSLATE_NOOP("settings", "Decimal sign"),
        QT_TRANSLATE_NOOP("settings", "Point or comma. Lab values stay as printed."), _choice,
        QT_TRANSLATE_NOOP("settings", "numbers format region"), "decimal_sign",
    ),
    Row(
        "week_start", NUMBERS, QT_TRANSLATE_NOOP("settings", "A week begins on"),
        QT_TRANSLATE_NOOP("settings", "The first column of every calendar."), _choice,
        QT_TRANSLATE_NOOP("settings", "first day weekday"), "week_start",
    ),
    Row(
        "paper", PAGE, QT_TRANSLATE_NOOP("settings", "Paper"),
        QT_TRANSLATE_NOOP("settings", "The size for which the page is set."), _choice,
        QT_TRANSLATE_NOOP("settings", "print size format report pdf"), "paper",
    ),
    Row(
        "identity", PAGE, QT_TRANSLATE_NOOP("settings", "Name and date of birth"),
        QT_TRANSLATE_NOOP("settings", "Optional. Printed at the top of the page."),
        lambda _row, around: IdentityControl(around),
        QT_TRANSLATE_NOOP("settings", "identity who born birthday person report"),
    ),
    Row(
        "lock_minutes", SAFETY, QT_TRANSLATE_NOOP("settings", "Lock after"),
        QT_TRANSLATE_NOOP("settings", "Minutes without a key or click. Ctrl+L locks at once."),
        _choice, QT_TRANSLATE_NOOP("settings", "automatic hide idle screen"), "lock_minutes",
    ),
    Row(
        "passphrase", SAFETY, QT_TRANSLATE_NOOP("settings", "Passphrase"),
        QT_TRANSLATE_NOOP("settings", "Set, change or remove it, and print the recovery sheet."),
        _link("safety", _SAFETY_PAGE, passphrase_state),
        QT_TRANSLATE_NOOP("settings", "password encryption encrypt security"),
    ),
    Row(
        "backups", SAFETY, QT_TRANSLATE_NOOP("settings", "Backups"),
        QT_TRANSLATE_NOOP("settings", "Made once a day. A second folder keeps them elsewhere."),
        _link("safety", _SAFETY_PAGE, backups_state),
        QT_TRANSLATE_NOOP("settings", "restore copy usb stick second folder bin"),
        "second_copies",
    ),
    Row(
        "contacts", SAFETY, QT_TRANSLATE_NOOP("settings", "Help contacts and country"),
        QT_TRANSLATE_NOOP("settings", "Whom to call, and whose numbers are shown."),
        _link(
            "help_now", QT_TRANSLATE_NOOP("pages", "If you need help now"), contacts_state
        ),
        QT_TRANSLATE_NOOP("settings", "crisis emergency numbers phone"), "country",
    ),
    Row(
        "journal", JOURNAL, QT_TRANSLATE_NOOP("settings", "Where it lies"),
        QT_TRANSLATE_NOOP("settings", "Moving takes the backups along."),
        lambda _row, around: JournalControl(around),
        QT_TRANSLATE_NOOP("settings", "file folder location place move drive path"), "journal",
    ),
)  # fmt: skip
