"""The chart with its dates above: the dates stay in sight while the chart is scrolled."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from moodlab.ui.look.style import look
from moodlab.ui.shell.focus_ring import RING_AT_AREA
from moodlab.ui.trends.chart_view import ChartView

_LEAST_HEIGHT = 240


class ScrolledChart(QWidget):
    """Scrolls a chart under its dates."""

    def __init__(self, view: ChartView) -> None:
        super().__init__()
        self.area = _Area()
        self.dates = DateLine(view)
        view.setProperty(RING_AT_AREA, True)
        holder = QWidget()
        holder.setObjectName("pageBody")
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(view)
        around.addStretch(1)
        self.area.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.dates)
        layout.addWidget(self.area, 1)
        self._fit_look()

    def chart_width(self, room: int) -> int:
        """Return how wide the chart becomes where this is `room` pixels wide."""
        return room - self.area.verticalScrollBar().sizeHint().width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        self.area.setMinimumHeight(look().px(_LEAST_HEIGHT))


class DateLine(QWidget):
    """Paints the dates of the chart's picture once more, above it."""

    def __init__(self, view: ChartView) -> None:
        super().__init__()
        self._view = view
        view.painted.connect(self._follow)

    def _follow(self) -> None:
        picture = self._view.picture
        if picture is not None:
            top, bottom = picture.drawn.dates
            self.setFixedHeight(round((bottom - top) * picture.height))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._view.picture
        if picture is None:
            return
        top, bottom = picture.drawn.dates
        ratio = picture.image.devicePixelRatio()
        left = picture.drawn.left
        source = QRectF(
            left * picture.width * ratio,
            top * picture.height * ratio,
            (1 - left) * picture.width * ratio,
            (bottom - top) * picture.height * ratio,
        )
        # Stretched as the picture itself is until one for this width arrives.
        width = self._view.width()
        place = QRectF(left * width, 0, (1 - left) * width, self.height())
        QPainter(self).drawImage(place, picture.image, source)


class _Area(QScrollArea):
    """Always shows its bar, so that the chart keeps its width; Tab does not scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QWidget.focusNextPrevChild(self, forward)
