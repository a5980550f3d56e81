"""The bundled font: what it can print, what replaces other characters, and how wide a text is.

One missing glyph would void the whole PDF/UA export, and a system's own fonts would make the page
depend on the computer. So symbols are spelled and other scripts named, in charts and on the page.
"""

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from moodlab import assets
from moodlab.charts.drawing.own_style import load_matplotlib
from moodlab.i18n import translate
from moodlab.theme import FONT_FAMILY, WEIGHTS

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties


# Controls, what only modifies the character before it, and what no font draws.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Me", "Mn")


@cache
def register_fonts() -> None:
    """Make the bundled faces known to matplotlib, once in a process."""
    load_matplotlib()
    from matplotlib.font_manager import fontManager

    for path in assets.font_paths():
        fontManager.addfont(str(path))


@lru_cache(maxsize=64)
def font(size: float, *, strong: bool = False) -> "FontProperties":
    """Return the bundled font at `size` points.

    The file is named too, so that a face of the same name on this computer is never taken instead.
    """
    load_matplotlib()
    from matplotlib.font_manager import FontProperties

    register_fonts()
    path = assets.font_paths()[1 if strong else 0]
    return FontProperties(
        family=FONT_FAMILY, weight=WEIGHTS[1 if strong else 0], size=size, fname=str(path)
    )


_MOST_LETTERS = 300


@lru_cache(maxsize=2048)
def text_width(text: str, size: float, *, strong: bool = False) -> float:
    """Return the width in points of `text`, as far as it is printable, at `size` points."""
    load_matplotlib()
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    face = get_font(str(assets.font_paths()[1 if strong else 0]))
    face.set_size(size, 72)
    face.set_text(printable_line(text), 0.0, flags=LoadFlags.NO_HINTING)
    return float(face.get_width_height()[0]) / 64


def shorten(text: str, size: float, room: float, *, strong: bool = False) -> str:
    """Return `text`, cut with an ellipsis to `room` points; empty where not even that fits."""
    if text_width(text, size, strong=strong) <= room:
        return text
    # No panel has room for more letters, and measuring each cut takes time.
    for end in range(min(len(text) - 1, _MOST_LETTERS), 2, -1):
        cut = text[:end].rstrip() + "…"
        if text_width(cut, size, strong=strong) <= room:
            return cut
    return ""


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
    load_matplotlib()
    from matplotlib.ft2font import FT2Font

    regular, strong = (set(FT2Font(str(path)).get_charmap()) for path in assets.font_paths())
    return frozenset(regular & strong)
