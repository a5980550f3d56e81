"""A typeset document with the pictures of its sheets, for the preview and for the printer."""

from dataclasses import dataclass, replace
from typing import Any, Self

from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class DrawnSheets:
    """What is saved and printed is what `sheets` show, at `dpi`."""

    document: Any
    dpi: float
    sheets: tuple[QImage, ...]

    def at(self, dpi: float) -> Self:
        """Return the same with its sheets rendered anew. Slow."""
        return replace(self, dpi=dpi, sheets=render(self.document, dpi))


def render(document: Any, dpi: float) -> tuple[QImage, ...]:
    """Return a picture of each sheet. Slow."""
    return tuple(QImage.fromData(sheet) for sheet in document.to_png(dpi))
