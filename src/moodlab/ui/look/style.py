"""How the window looks: a Theme and a text size become palette, fonts and one style sheet.

Pages and widgets ask `look()` for colours, fonts and scaled sizes when they paint, and learn of a
change through Qt's own ``PaletteChange`` and ``StyleChange`` events.
"""

from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from moodlab import assets, theme
from moodlab.theme import TYPE, Theme
from moodlab.ui.look.style_sheet import style_sheet

TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
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


class _Current:
    look = Look()


def look() -> Look:
    """Return how the window looks now."""
    return _Current.look


def apply_look(app: QApplication, preferred: str, percent: int) -> Look:
    """Dress the application: `preferred` is ``system`` or the name of a screen theme."""
    load_fonts()
    hints = app.styleHints()
    if preferred == "system":
        # First, or the system would be asked and answer with our own earlier wish.
        hints.unsetColorScheme()
    chosen = Look(_theme_for(preferred), percent, app.primaryScreen().logicalDotsPerInch())
    _Current.look = chosen
    scheme = Qt.ColorScheme.Dark if chosen.theme.is_dark else Qt.ColorScheme.Light
    # Native frames and dialogs follow the hint; our own colours come from the palette below.
    if preferred != "system" and hints.colorScheme() is not scheme:
        hints.setColorScheme(scheme)
    app.setFont(chosen.font())
    app.setPalette(_palette(chosen.theme))
    app.setStyleSheet(style_sheet(chosen))
    return chosen


@cache
def load_fonts() -> None:
    """Register the bundled faces, once in a process."""
    for path in assets.font_paths():
        QFontDatabase.addApplicationFont(str(path))


def next_text_size(percent: int, steps: int) -> int:
    """Return the text size `steps` larger or smaller than `percent`, within 80 to 200 %."""
    nearest = min(range(len(TEXT_SIZES)), key=lambda index: abs(TEXT_SIZES[index] - percent))
    return TEXT_SIZES[min(max(nearest + steps, 0), len(TEXT_SIZES) - 1)]


def _theme_for(preferred: str) -> Theme:
    if preferred != "system":
        return theme.BY_NAME.get(preferred, theme.LIGHT)
    hints = QGuiApplication.styleHints()
    if hasattr(hints, "accessibility"):  # Qt 6.10
        contrast = hints.accessibility().contrastPreference()
        if contrast == Qt.ContrastPreference.HighContrast:
            return theme.MORE_CONTRAST
    return theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else theme.LIGHT


def _palette(colors: Theme) -> QPalette:
    role = QPalette.ColorRole
    table = {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.control,
        role.AlternateBase: colors.panel,
        role.Text: colors.text,
        role.PlaceholderText: colors.muted,
        role.Button: colors.control,
        role.ButtonText: colors.text,
        role.BrightText: colors.error,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.ToolTipBase: colors.panel,
        role.ToolTipText: colors.text,
        role.Light: colors.panel,
        role.Midlight: colors.hairline,
        role.Mid: colors.control_border,
        role.Dark: colors.control_border,
        role.Shadow: colors.text,
        role.Accent: colors.accent,
    }
    palette = QPalette()
    for which, color in table.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colors.muted))
    return palette
