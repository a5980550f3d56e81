"""How the window looks: a Theme and a text size become palette, fonts and one style sheet.

Pages and widgets ask `look()` for colours, fonts and scaled sizes when they paint, and learn of a
change through Qt's own ``PaletteChange`` and ``StyleChange`` events.
"""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from moodlab import assets, theme
from moodlab.settings import Settings
from moodlab.theme import Theme
from moodlab.ui.look.look import Look
from moodlab.ui.look.motion import NO_MOTION, be_still
from moodlab.ui.look.style_sheet import style_sheet


class _Current:
    look = Look()


def application() -> QApplication:
    """Return the application of this process, which exists before any widget."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    raise RuntimeError("no QApplication yet")


def look() -> Look:
    """Return how the window looks now."""
    return _Current.look


def apply_look(
    app: QApplication, preferred: str, percent: int, reduced_motion: bool = False
) -> Look:
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
    app.setStyleSheet((NO_MOTION if reduced_motion else "") + style_sheet(chosen))
    be_still(app, reduced_motion)
    return chosen


def look_of(settings: Settings) -> tuple[str, int, bool]:
    """Return what of the settings `apply_look` takes."""
    return settings.theme, settings.text_size, settings.reduced_motion


@cache
def load_fonts() -> None:
    """Register the bundled faces, once in a process."""
    for path in assets.font_paths():
        QFontDatabase.addApplicationFont(str(path))


def next_text_size(percent: int, steps: int) -> int:
    """Return the text size `steps` larger or smaller than `percent`, within 80 to 200 %."""
    from moodlab.preferences import TEXT_SIZES

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
