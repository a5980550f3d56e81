"""How large a window is at first: as it is meant, or what its screen has room for."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

# The system draws about this above a window; a person can't reach what lies past the screen.
_TITLE_BAR = 40


def fit_to_screen(window: QWidget, wanted: tuple[int, int]) -> None:
    """Give a window its first size: `wanted`, or what its screen has room for."""
    window.resize(QSize(*wanted).boundedTo(room_for(window)))


def room_for(window: QWidget) -> QSize:
    """Return how large a window may be to be seen whole."""
    area = window.screen().availableGeometry()
    return QSize(area.width(), area.height() - _TITLE_BAR)
