"""The bundled line icons, tinted with a colour of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from moodlab import assets


@lru_cache(maxsize=128)
def icon_pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon `name` in `color` (``#RRGGBB``), `size` pixels square at pixel `ratio`."""
    svg = assets.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
