"""What a row may hold: text and numbers that SQLite gives back exactly as they were."""

from collections.abc import Mapping
from typing import Any

from moodlab.domain.errors import Refused
from moodlab.i18n import translate

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


def refuse_unstorable(row: Mapping[str, Any]) -> None:
    """Raise Refused for half a character, a NUL (at which SQL ends a text) or an inexact number."""
    for value in row.values():
        if isinstance(value, str) and not _is_whole_text(value):
            raise Refused(
                translate(
                    "store",
                    "The text contains a character that can't be saved. Type the text instead of "
                    "pasting it.",
                )
            )
        if isinstance(value, float) or (
            isinstance(value, int) and not _SMALLEST <= value <= _LARGEST
        ):
            raise Refused(translate("store", "The number is too large or has too many decimals."))


def _is_whole_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
