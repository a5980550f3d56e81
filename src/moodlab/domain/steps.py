"""What a person calls the steps that can be undone."""

from moodlab.i18n import translate

_WORDS = {
    "rate": "a rating",
    "clear": "clearing a rating",
    "log": "entries of a day",
    "mark": "the mark of a day",
    "resume": "the end of a pause",
    "note": "a note",
    "leave empty": "leaving a day empty",
    "lab result": "a blood result",
    "delete lab result": "deleting a blood result",
    "test": "a test of your own",
    "unit": "a unit of a test of your own",
    "treatment": "a treatment",
    "delete treatment": "deleting a treatment",
    "event": "an event",
    "delete event": "deleting an event",
    "question": "a question",
    "delete question": "deleting a question",
    "settings": "a setting",
    "import": "an import",
    "put back": "putting back something deleted",
}


def name_step(kind: str) -> str:
    """Return the words for a step, to stand after "Undone:"."""
    return translate("steps", _WORDS.get(kind, kind))
