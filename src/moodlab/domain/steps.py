"""The steps that can be undone, and what a person calls them."""

from typing import NamedTuple

from moodlab.domain.changes import Changes
from moodlab.i18n import QT_TRANSLATE_NOOP, translate_marked

_WORDS = {
    "rate": QT_TRANSLATE_NOOP("steps", "a rating"),
    "clear": QT_TRANSLATE_NOOP("steps", "clearing a rating"),
    "log": QT_TRANSLATE_NOOP("steps", "entries of a day"),
    "mark": QT_TRANSLATE_NOOP("steps", "the mark of a day"),
    "resume": QT_TRANSLATE_NOOP("steps", "the end of a pause"),
    "note": QT_TRANSLATE_NOOP("steps", "a note"),
    "leave empty": QT_TRANSLATE_NOOP("steps", "leaving a day empty"),
    "lab result": QT_TRANSLATE_NOOP("steps", "a blood result"),
    "delete lab result": QT_TRANSLATE_NOOP("steps", "deleting a blood result"),
    "test": QT_TRANSLATE_NOOP("steps", "a test of your own"),
    "unit": QT_TRANSLATE_NOOP("steps", "a unit of a test of your own"),
    "treatment": QT_TRANSLATE_NOOP("steps", "a treatment"),
    "delete treatment": QT_TRANSLATE_NOOP("steps", "deleting a treatment"),
    "event": QT_TRANSLATE_NOOP("steps", "an event"),
    "delete event": QT_TRANSLATE_NOOP("steps", "deleting an event"),
    "question": QT_TRANSLATE_NOOP("steps", "a question"),
    "delete question": QT_TRANSLATE_NOOP("steps", "deleting a question"),
    "settings": QT_TRANSLATE_NOOP("steps", "a setting"),
    "import": QT_TRANSLATE_NOOP("steps", "an import"),
    "put back": QT_TRANSLATE_NOOP("steps", "putting back something deleted"),
}


class Step(NamedTuple):
    """A batch that can be undone or redone, with what it touched."""

    id: str
    kind: str
    changes: Changes


def name_step(kind: str) -> str:
    """Return the words for a step, to stand after "Undone:"."""
    words = _WORDS.get(kind)
    return kind if words is None else translate_marked(words)
