"""The bundled face in charts, and the width of a text in it."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from moodlab import assets
from moodlab.charts.drawing.glyphs import printable_line
from moodlab.theme import FONT_FAMILY, WEIGHTS

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties


@cache
def register_fonts() -> None:
    """Make the bundled faces known to matplotlib, once in a process."""
    from matplotlib.font_manager import fontManager

    for path in assets.font_paths():
        fontManager.addfont(str(path))


@lru_cache(maxsize=64)
def font(size: float, *, strong: bool = False) -> "FontProperties":
    """Return the one family at `size` points.

    The file is named too, so that a face of the same name on this computer is never taken instead.
    """
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
    # No panel holds more than some hundred letters, and each try is measured.
    for end in range(min(len(text) - 1, _MOST_LETTERS), 2, -1):
        cut = text[:end].rstrip() + "…"
        if text_width(cut, size, strong=strong) <= room:
            return cut
    return ""
