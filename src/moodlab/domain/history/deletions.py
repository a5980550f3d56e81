"""What was deleted and can be put back or erased for good."""

from dataclasses import dataclass
from datetime import date

from moodlab.domain.days import Recorded
from moodlab.i18n import QT_TRANSLATE_NOOP, translate_marked

NOTE = "note"
KINDS = {
    "lab_result": QT_TRANSLATE_NOOP("bin", "Blood result"),
    "treatment": QT_TRANSLATE_NOOP("bin", "Treatment"),
    "event": QT_TRANSLATE_NOOP("bin", "Event"),
    "question": QT_TRANSLATE_NOOP("bin", "Question"),
    "questionnaire": QT_TRANSLATE_NOOP("bin", "Questionnaire"),
    "measure": QT_TRANSLATE_NOOP("bin", "Measure"),
    "pin": QT_TRANSLATE_NOOP("bin", "Days when"),
    "metric": QT_TRANSLATE_NOOP("bin", "Own rating"),
    "analyte": QT_TRANSLATE_NOOP("bin", "Own blood test"),
    NOTE: QT_TRANSLATE_NOOP("bin", "Note"),
}


@dataclass(frozen=True, slots=True)
class Deleted:
    """One thing in the bin: its table and key, when it was deleted, and its words.

    `table` is a table's name, or ``note`` for the emptied note of the day `key`.
    """

    table: str
    key: str
    deleted: Recorded
    words: str

    @property
    def kind(self) -> str:
        """The kind of thing, in words."""
        return translate_marked(KINDS[self.table])


@dataclass(frozen=True, slots=True)
class Target:
    """What to erase: one row, the note of a day, or everything about a day."""

    table: str
    key: str

    @classmethod
    def of(cls, item: Deleted) -> "Target":
        """One thing in the bin."""
        return cls(item.table, item.key)

    @classmethod
    def of_day(cls, day: date) -> "Target":
        """The ratings, mark, note, measures and questionnaires of a day, deleted ones too."""
        return cls("", day.isoformat())
