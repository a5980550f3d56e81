"""A figure as a sheet measured in points from its top left corner, on which panels are placed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import font, printable_line
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PX = 0.75  # one design pixel in points
MM = 72 / 25.4
DASHES = (0, (3.0, 2.4))


@dataclass(frozen=True, slots=True)
class Medium:
    """Sizes of text and marks, in points, where a chart is read.

    `numbers` is the room beside a panel for the numbers of its axis.
    """

    label: float
    point: float
    small_point: float
    edge: float
    line: float
    hair: float
    lab: float
    hatch_step: float
    numbers: float


SCREEN = Medium(
    label=9.0,
    point=3.4,
    small_point=1.6,
    edge=0.8,
    line=1.6,
    hair=0.75,
    lab=5.6,
    hatch_step=5.5,
    numbers=20.5,
)
PAGE = Medium(
    label=8.0,
    point=2.1,
    small_point=1.1,
    edge=0.5,
    line=1.3,
    hair=0.5,
    lab=4.6,
    hatch_step=3.8,
    numbers=14.8,
)

# Forty results have to be told apart.
PAGE_LABS = replace(PAGE, label=7.5)


class Sheet:
    """Places axes, texts and lines on `figure`; lengths in points, y downwards from the top."""

    def __init__(self, figure: "Figure", theme: Theme, medium: Medium) -> None:
        self.figure = figure
        self.theme = theme
        self.medium = medium
        inches = figure.get_size_inches()
        self.width, self.height = float(inches[0]) * 72, float(inches[1]) * 72
        figure.clear()
        figure.set_facecolor(theme.window)

    def place(self, left: float, top: float, axis: TimeAxis, height: float) -> "Panel":
        """Return an empty panel over `axis`: no frame, no ticks, only what is then drawn."""
        axes = self.figure.add_axes(
            (
                left / self.width,
                1 - (top + height) / self.height,
                axis.width / self.width,
                height / self.height,
            ),
            frameon=False,
        )
        axes.set_axis_off()
        axes.set_autoscale_on(False)
        axes.set_xlim(*axis.limits)
        return Panel(axes, axis, height, self.theme, self.medium)

    def write(
        self,
        left: float,
        top: float,
        text: str,
        *,
        size: float | None = None,
        color: str | None = None,
        strong: bool = False,
        align: str = "left",
    ) -> None:
        """Write one line whose vertical middle is at `top`."""
        self.figure.text(
            left / self.width,
            1 - top / self.height,
            printable_line(text),
            color=color or self.theme.text,
            fontproperties=font(size or self.medium.label, strong=strong),
            ha=align,
            va="center_baseline",
            parse_math=False,
        )

    def heading(self, top: float, height: float, text: str) -> None:
        """Write the quiet heading of a group, with a hairline `height` below `top`."""
        self.write(0, top + height * 0.45, text, color=self.theme.muted, strong=True)
        self.rule(top + height)

    def rule(self, top: float) -> None:
        """Draw a hairline over the whole width."""
        from matplotlib.lines import Line2D

        y = 1 - top / self.height
        self.figure.add_artist(
            Line2D((0, 1), (y, y), color=self.theme.hairline, linewidth=self.medium.hair)
        )

    def dash(self, left: float, top: float, bottom: float) -> None:
        """Draw an upright dashed line, as panels do at a treatment change."""
        from matplotlib.lines import Line2D

        x = left / self.width
        ends = (1 - top / self.height, 1 - bottom / self.height)
        self.figure.add_artist(
            Line2D((x, x), ends, color=self.theme.muted, linewidth=self.medium.hair,
                   linestyle=DASHES)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes over a time axis, `height` points high; x is a day's ordinal."""

    axes: "Axes"
    axis: TimeAxis
    height: float
    theme: Theme
    medium: Medium

    def scale(self, low: float, high: float) -> None:
        """Set the vertical limits."""
        self.axes.set_ylim(low, high)

    def level(self, rise: float) -> float:
        """Return the y value `rise` points above the panel's lower edge."""
        low, high = self.axes.get_ylim()
        return float(low + rise / self.height * (high - low))

    def lines(self, segments: Sequence[Any], color: str, width: float, **more: Any) -> None:
        """Draw separate straight lines, given in data units, as one collection."""
        from matplotlib.collections import LineCollection

        if len(segments):
            self.axes.add_collection(
                LineCollection(segments, colors=color, linewidths=width, **more), autolim=False
            )

    def areas(self, outlines: Sequence[Any], face: str, edge: str = "none", **more: Any) -> None:
        """Fill separate polygons, given in data units, as one collection."""
        from matplotlib.collections import PolyCollection

        if len(outlines):
            self.axes.add_collection(
                PolyCollection(outlines, facecolors=face, edgecolors=edge, **more), autolim=False
            )

    def marks(self, x: Sequence[float], y: Sequence[float], marker: str, **more: Any) -> None:
        """Draw all marks of one kind as a single matplotlib line without a stroke."""
        from matplotlib.lines import Line2D

        if len(x):
            self.axes.add_line(Line2D(x, y, linestyle="none", marker=marker, **more))

    def label(self, x: float, y: float, text: str, **more: Any) -> None:
        """Write at a place given in data units."""
        settings: dict[str, Any] = {
            "color": self.theme.muted,
            "fontproperties": font(self.medium.label),
            "ha": "left",
            "va": "center_baseline",
            "parse_math": False,
        } | more
        self.axes.text(x, y, printable_line(text), **settings)


def box(first: float, last: float, low: float, high: float) -> list[tuple[float, float]]:
    """Return the corners of a rectangle."""
    return [(first, low), (first, high), (last, high), (last, low)]
