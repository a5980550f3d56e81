"""What a chart in the window has the Worker do: measure and draw it, beside the window.

Nothing of matplotlib is touched in the window's own thread: a chart of ten years takes it longer
than a window may stand still.
"""

import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

from moodlab.charts.chart import Chart, Drawn
from moodlab.domain.days import Period
from moodlab.theme import Theme
from moodlab.ui.worker import Progress

_POINTS_PER_PX = 0.75


@dataclass(frozen=True, slots=True)
class Frame:
    """What a chart is drawn into: `width` pixels, each `ratio` pixels of the screen wide and high.

    `scale` says how much larger things are than at 100 %.
    """

    width: int
    ratio: float
    scale: float
    theme: Theme


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A drawn chart, where its days stand on it, and which days they are."""

    image: QImage
    drawn: Drawn
    period: Period
    width: int
    height: int


def draw_chart(
    chart: Chart, result: Any, period: Period, frame: Frame, progress: Progress
) -> ChartPicture:
    """Draw `result` as wide as `frame` and as high as it needs. Slow; gives way to a cancel."""
    from moodlab.charts.drawing.render import to_pixels

    points = _POINTS_PER_PX / frame.scale
    height = math.ceil(chart.measure(result, frame.width * points) / points)

    def draw(figure: Any) -> Drawn:
        drawn = chart.draw(figure, result, frame.theme)
        progress(1, 2)
        return drawn

    pixels = to_pixels(frame.width * points, height * points, draw, 72 / points * frame.ratio)
    rows = QImage(
        pixels.rgba, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGBA8888
    )
    image = rows.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(frame.ratio)
    return ChartPicture(image, pixels.drawn, period, frame.width, height)
