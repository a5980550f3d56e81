"""What the bundled face can print, and what stands in the place of a character that it can't.

One missing glyph would void the whole PDF/UA export, and a system's own fonts would make the page
depend on the computer. So symbols are spelled and other scripts named, in charts and on the page.
"""

import unicodedata
from functools import cache
from itertools import groupby

from moodlab import assets
from moodlab.i18n import translate

# Controls, what only modifies the character before it, and what no font draws.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Me", "Mn")


def printable(text: str) -> str:
    """Return `text` with only line breaks and characters that the bundled face holds.

    A symbol becomes its Unicode name, ``[grinning face]``; a run of letters of another script
    ``[thai text]``; control, joining and direction characters are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    visible = (
        character
        for character in unicodedata.normalize("NFC", text.replace("\t", " "))
        if character == "\n"
        or has_glyph(character)
        or unicodedata.category(character) not in _INVISIBLE
    )
    parts: list[str] = []
    for script, run in groupby(visible, _script_without_glyph):
        if script is None:
            parts.extend(run)
        elif script:
            parts.append(translate("page", "[{script} text]").format(script=script))
        else:
            parts.extend(_spell(character) for character in run)
    return "".join(parts)


def printable_line(text: str) -> str:
    """Return `printable` text on one line, for a label."""
    return printable(text).replace("\n", " ")


def has_glyph(character: str) -> bool:
    """Return whether both bundled faces hold `character`."""
    return ord(character) in _code_points()


def _spell(character: str) -> str:
    if character.isspace():
        return " "
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"


def _script_without_glyph(character: str) -> str | None:
    """Return None for what prints, the script of a letter, "" for another sign."""
    if character == "\n" or has_glyph(character):
        return None
    if unicodedata.category(character)[0] != "L":
        return ""
    return unicodedata.name(character, "UNKNOWN").split()[0].lower()


@cache
def _code_points() -> frozenset[int]:
    # Without matplotlib's font manager, for texts that need no drawing.
    from matplotlib.ft2font import FT2Font

    regular, strong = (set(FT2Font(str(path)).get_charmap()) for path in assets.font_paths())
    return frozenset(regular & strong)
