"""What a chart in the window has the Worker do: read, measure and draw it, in one task.

The window's own thread touches nothing of matplotlib: a chart of ten years takes longer than a
window may stand still.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtGui import QImage

from moodlab.charts.chart import Chart, Drawn
from moodlab.charts.writing import writing
from moodlab.domain.days import Period
from moodlab.store.journal import Journal
from moodlab.theme import Theme
from moodlab.ui.look.conventions import decimal_text
from moodlab.ui.trends.range_data import RangeData, Wanted, read_range
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
    """A drawn chart, the frame it was drawn for, where its days stand, and which days they are."""

    image: QImage
    frame: Frame
    drawn: Drawn
    period: Period
    height: int

    @property
    def width(self) -> int:
        """The width in the window's pixels."""
        return self.frame.width

    def share_of(self, day: date) -> float | None:
        """Return where the middle of a day stands, as a share of the width."""
        if day not in self.period:
            return None
        share = ((day - self.period.first).days + 0.5) / len(self.period)
        return self.drawn.left + share * (self.drawn.right - self.drawn.left)

    def day_at(self, across: float, *, nearest: bool = False) -> date | None:
        """Return the day at a share of the width; beside all days none, or the `nearest`."""
        share = (across - self.drawn.left) / (self.drawn.right - self.drawn.left)
        if not 0 <= share <= 1 and not nearest:
            return None
        days = min(int(max(share, 0) * len(self.period)), len(self.period) - 1)
        return self.period.first + timedelta(days=days)

    def place_at(self, across: float, down: float) -> int | None:
        """Return the number of the place that is there, on a chart without a time axis."""
        for number, place in enumerate(self.drawn.places):
            if place.left <= across <= place.right and place.top <= down <= place.bottom:
                return number
        return None


@dataclass(frozen=True, slots=True)
class MadeChart:
    """What one task brings back; `picture` is None where no chart is wanted or possible."""

    reading: RangeData
    picture: ChartPicture | None


def make_chart(
    journal: Journal, wanted: Wanted, frame: Frame | None, progress: Progress
) -> MadeChart:
    """Read what is wanted and draw it into `frame`; without a frame, only read.

    Slow; gives way to a cancel.
    """
    reading = read_range(journal, wanted)
    progress(1, 3)
    if frame is None or not can_be_drawn(wanted.chart, reading):
        return MadeChart(reading, None)
    picture = draw_chart(wanted.chart, reading.result, reading.period, frame, progress)
    return MadeChart(reading, picture)


def can_be_drawn(chart: Chart, reading: RangeData) -> bool:
    """Whether there is something to draw, and not only a sentence to say."""
    return (
        not reading.is_empty
        and reading.result is not None
        and not chart.explain_empty(reading.result)
    )


def draw_chart(
    chart: Chart, result: Any, period: Period, frame: Frame, progress: Progress
) -> ChartPicture:
    """Draw `result` as wide as `frame` and as high as it needs. Slow; gives way to a cancel."""
    from moodlab.charts.drawing.render import to_pixels

    points = _POINTS_PER_PX / frame.scale
    height = math.ceil(chart.measure(result, frame.width * points) / points)

    def draw(figure: Any) -> Drawn:
        with writing(decimal_text):
            drawn = chart.draw(figure, result, frame.theme)
        progress(2, 3)
        return drawn

    pixels = to_pixels(frame.width * points, height * points, draw, 72 / points * frame.ratio)
    rows = QImage(
        pixels.rgba, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGBA8888
    )
    image = rows.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(frame.ratio)
    return ChartPicture(image, frame, pixels.drawn, period, height)
