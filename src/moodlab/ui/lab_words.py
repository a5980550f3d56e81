"""What the window calls contexts and positions, and the echo of a result before it is saved."""

from moodlab.domain.days import long_date
from moodlab.domain.labs import LabResult
from moodlab.domain.reference_ranges import Position
from moodlab.i18n import translate

_CONTEXT_WORDS = {
    "infection": "infection",
    "vaccination": "vaccination",
    "injury": "injury",
    "surgery": "surgery",
    "dental": "dental work",
    "exercise": "hard exercise",
    "anti_inflammatory": "anti-inflammatory dose",
    "fasting": "fasting",
    "contraceptive": "contraceptive or hormones",
    "pregnancy": "pregnancy",
    "smoking": "smoking",
    "medicine": "another medicine",
    "other": "something else",
}
_POSITION_WORDS = {
    Position.BELOW: "below the lab's range",
    Position.WITHIN: "within the lab's range",
    Position.ABOVE: "above the lab's range",
    Position.CANNOT_BE_PLACED: "cannot be placed in the lab's range",
}


def context_words(context: str) -> str:
    """Return what a context is called in the window."""
    return translate("labs", _CONTEXT_WORDS[context])


def position_words(result: LabResult) -> str:
    """Return where a result certainly lies against its printed range; empty without one."""
    position = result.position
    return translate("labs", _POSITION_WORDS[position]) if position else ""


def echo_of(result: LabResult) -> str:
    """Return what a result means, in words, before it is saved."""
    parts = [long_date(result.collected, year=True)]
    if result.value.is_censored:
        bound = {
            "<": translate("labs", "below {figure} (limit of the test)"),
            "<=": translate("labs", "{figure} or below (limit of the test)"),
            ">": translate("labs", "above {figure} (limit of the test)"),
            ">=": translate("labs", "{figure} or above (limit of the test)"),
        }[result.value.comparator or "<"]
        figure = result.canonical_text.lstrip("<>=")
        parts.append(f"{result.printed_with_unit}: " + bound.format(figure=figure))
    elif not result.is_converted:
        parts.append(result.printed_with_unit)
    else:
        parts.append(f"{result.printed_with_unit} = {result.canonical_text}")
    if words := position_words(result):
        parts.append(words)
    if result.excluded:
        parts.append(translate("labs", "left out of summaries"))
    return " · ".join(parts)
