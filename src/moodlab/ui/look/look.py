"""A theme at a text size: its colours, fonts and lengths as Qt needs them."""

from functools import lru_cache

from PySide6.QtGui import QColor, QFont

from moodlab import theme
from moodlab.theme import TYPE, Theme

_REFERENCE_DPI = 96.0


class Look:
    """A theme at a text size in per cent, on a screen of `dpi` dots per inch. Not to be changed."""

    __slots__ = ("_scale", "dpi", "percent", "theme")

    def __init__(
        self, colors: Theme = theme.LIGHT, percent: int = 100, dpi: float = _REFERENCE_DPI
    ) -> None:
        self.theme = colors
        self.percent = percent
        self.dpi = dpi
        self._scale = max(percent, 100) / 100 * max(1.0, dpi / _REFERENCE_DPI)

    def px(self, size: float) -> int:
        """Return a length of the design (pixels at 100 %) in pixels of this look.

        Smaller text does not make targets smaller: they are as small as may be at 100 %.
        """
        return round(size * self._scale)

    def pt(self, size: float) -> float:
        """Return a type size of the design in points; a 72 dpi screen needs more points."""
        return size * self.percent / 100 * max(1.0, _REFERENCE_DPI / self.dpi)

    def color(self, token: str) -> QColor:
        """Return a colour of the theme by its token, such as ``"muted"``. Not to be changed."""
        return _color(getattr(self.theme, token))

    def font(self, size: float = TYPE.body, *, strong: bool = False) -> QFont:
        """Return the one family at `size` design points, with figures of equal width.

        The font is shared: not to be changed.
        """
        return _font(self.pt(size), strong)


@lru_cache(maxsize=64)
def _color(name: str) -> QColor:
    return QColor(name)


@lru_cache(maxsize=64)
def _font(points: float, strong: bool) -> QFont:
    font = QFont(theme.FONT_FAMILY)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
