"""What a person reads about a lab result: the same words in window, charts, page and commands.

Files and commands keep the keys, ``dental``.
"""

from collections.abc import Iterable

from moodlab.domain.labs.reference_ranges import Position
from moodlab.i18n import translate


def context_words(context: str) -> str:
    """Return what a context of a draw is called, ``dental work``.

    A context that only a later version of MoodLab knows is called by its key.
    """
    return {
        "infection": translate("labs", "infection"),
        "vaccination": translate("labs", "vaccination"),
        "injury": translate("labs", "injury"),
        "surgery": translate("labs", "surgery"),
        "dental": translate("labs", "dental work"),
        "exercise": translate("labs", "hard exercise"),
        "anti_inflammatory": translate("labs", "anti-inflammatory dose"),
        "fasting": translate("labs", "fasting"),
        "contraceptive": translate("labs", "contraceptive or hormones"),
        "pregnancy": translate("labs", "pregnancy"),
        "smoking": translate("labs", "smoking"),
        "medicine": translate("labs", "another medicine"),
        "other": translate("labs", "something else"),
    }.get(context, context.replace("_", "-"))


def all_context_words(contexts: Iterable[str]) -> str:
    """Return what was going on around a draw, ``infection, dental work``."""
    return ", ".join(map(context_words, contexts))


def position_words(position: Position) -> str:
    """Return where a result lies against its range, where the range stands beside it."""
    return {
        Position.BELOW: translate("labs", "below"),
        Position.WITHIN: translate("labs", "within"),
        Position.ABOVE: translate("labs", "above"),
        Position.CANNOT_BE_PLACED: translate("labs", "can't be placed"),
    }[position]


def range_position_words(position: Position) -> str:
    """Return the same where no range stands beside it, ``within the lab's range``."""
    return {
        Position.BELOW: translate("labs", "below the lab's range"),
        Position.WITHIN: translate("labs", "within the lab's range"),
        Position.ABOVE: translate("labs", "above the lab's range"),
        Position.CANNOT_BE_PLACED: translate("labs", "can't be placed in the lab's range"),
    }[position]


def left_out_words() -> str:
    """Return what is said of a result that summaries do not count."""
    return translate("labs", "left out")


def marked_left_out(text: str) -> str:
    """Return ``14 mg/L (left out)``."""
    return translate("labs", "{result} (left out)").format(result=text)
