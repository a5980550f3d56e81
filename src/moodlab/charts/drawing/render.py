"""A chart as a file or as pixels: PNG without a window, SVG for the page, RGBA for the window."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from moodlab.charts.chart import Drawn
from moodlab.charts.drawing.fonts import register_fonts
from moodlab.charts.drawing.own_style import load_matplotlib

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 96

# The same input gives the same bytes: no random identifiers, no date.
_SVG: dict[str, Any] = {"svg.fonttype": "none", "svg.hashsalt": "moodlab"}
_SVG_METADATA: dict[str, Any] = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True, slots=True)
class Pixels:
    """A drawn chart: `height` rows of `width` RGBA pixels, and where its days stand."""

    width: int
    height: int
    rgba: bytes
    drawn: Drawn


def new_figure(width: float, height: float, dpi: float = DPI) -> "Figure":
    """Return an empty figure of `width` by `height` points."""
    load_matplotlib()
    from matplotlib.figure import Figure

    register_fonts()
    return Figure(figsize=(width / 72, height / 72), dpi=dpi)


def to_png(
    width: float, height: float, draw: Callable[["Figure"], object], dpi: int = DPI
) -> bytes:
    """Draw on a figure of `width` by `height` points and return it as PNG."""
    figure = new_figure(width, height, dpi)
    draw(figure)
    return _save(figure, "png", {"Software": "MoodLab"})


def to_pixels(
    width: float, height: float, draw: Callable[["Figure"], Drawn], dpi: float = DPI
) -> Pixels:
    """Draw on a figure of `width` by `height` points and return its pixels, opaque."""
    load_matplotlib()
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(new_figure(width, height, dpi))
    drawn = draw(canvas.figure)
    canvas.draw()
    columns, rows = canvas.get_width_height(physical=True)
    return Pixels(columns, rows, bytes(canvas.buffer_rgba()), drawn)


def to_svg(width: float, height: float, draw: Callable[["Figure"], object]) -> bytes:
    """Draw on a figure of `width` by `height` points and return it as SVG with text as text."""
    load_matplotlib()
    from matplotlib import rc_context

    figure = new_figure(width, height, dpi=72)
    draw(figure)
    figure.patch.set_visible(False)
    with rc_context(_SVG):  # type: ignore[arg-type]
        return _save(figure, "svg", _SVG_METADATA)


def _save(figure: "Figure", kind: str, metadata: dict[str, Any]) -> bytes:
    buffer = BytesIO()
    figure.savefig(buffer, format=kind, metadata=metadata)
    return buffer.getvalue()
