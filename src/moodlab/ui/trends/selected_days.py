"""Days that are selected on a chart, by dragging or with Shift and the arrow keys."""

from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from moodlab.charts.words import span_words
from moodlab.domain.days import Period
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.trends.chart_drawing import ChartPicture

_SHADE = 40  # of 255
_EDGE = 1.5


class SelectedDays:
    """The days between where a selection began and the cursor; none while it is one day."""

    def __init__(self) -> None:
        self.began: date | None = None

    def period(self, cursor: date | None) -> Period | None:
        """Return what is selected, if more than one day is."""
        if self.began is None or cursor is None or self.began == cursor:
            return None
        return Period(min(self.began, cursor), max(self.began, cursor))

    @staticmethod
    def words(period: Period) -> str:
        """Return the days and what can be done with them."""
        return translate("trends", "{span}: {n} days. Enter shows only these.").format(
            span=span_words(period), n=len(period)
        )

    @staticmethod
    def paint(painter: QPainter, picture: ChartPicture, width: int, period: Period) -> None:
        """Shade the days, with a line at either end."""
        drawn, days = picture.drawn, len(picture.period)
        across = width * (drawn.right - drawn.left) / days
        left = width * drawn.left + across * (period.first - picture.period.first).days
        top, bottom = drawn.top * picture.height, drawn.bottom * picture.height
        shade = look().color("focus")
        shade.setAlpha(_SHADE)
        area = QRectF(left, top, across * len(period), bottom - top)
        painter.fillRect(area, shade)
        painter.setPen(QPen(look().color("focus"), _EDGE))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.drawLine(area.topRight(), area.bottomRight())
