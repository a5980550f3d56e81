"""What was deleted and can be put back or erased for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from moodlab.domain.days import Recorded
from moodlab.i18n import QT_TRANSLATE_NOOP, translate, translate_marked

NOTE, DAY = "note", "day"
KINDS = {
    DAY: QT_TRANSLATE_NOOP("bin", "Day"),
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

    `table` is a table's name, ``note`` for the emptied note of the day `key`, or ``day`` for all of
    it. What was deleted in one step shares its `deletion`.
    """

    table: str
    key: str
    deleted: Recorded
    words: str
    deletion: str = field(default="", compare=False)
    # Of a day: the rows that went with it, by table and key.
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """The kind of thing, in words."""
        return translate_marked(KINDS[self.table])


@dataclass(frozen=True, slots=True)
class Target:
    """What to erase: one row, some `rows`, the note of a day, or everything about a day."""

    table: str
    key: str
    rows: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, item: Deleted) -> "Target":
        """One thing in the bin."""
        return cls(item.table, item.key, item.rows)

    @classmethod
    def of_day(cls, day: date) -> "Target":
        """The ratings, mark, note, measures and questionnaires of a day, deleted ones too."""
        return cls("", day.isoformat())


def day_contents(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Return what a day's own rows hold, ``7 ratings, note``; empty for nothing."""
    rows = list(rows)
    count = sum(table == "rating" for table, _ in rows)
    day = next((row for table, row in rows if table == DAY), {})
    marks = {"unwell": translate("bin", "too unwell"), "paused": translate("bin", "paused")}
    parts = (
        translate("bin", "1 rating") if count == 1 else "",
        translate("bin", "{n} ratings").format(n=count) if count > 1 else "",
        translate("bin", "note") if day.get("note") else "",
        marks.get(str(day.get("state")), ""),
        translate("bin", "left empty") if day.get("left_empty") else "",
    )
    return ", ".join(filter(None, parts))
