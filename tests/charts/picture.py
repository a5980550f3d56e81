"""Draws charts for tests, as window and page do."""

from collections.abc import Iterator

from matplotlib.axes import Axes  # noqa: TID253 - only tests that draw import this
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: TID253 - only tests that draw import this
from matplotlib.figure import Figure  # noqa: TID253 - only tests that draw import this
from matplotlib.text import Text  # noqa: TID253 - only tests that draw import this

from moodlab.charts.chart import Chart, Drawn
from moodlab.charts.drawing.render import new_figure
from moodlab.charts.overview import CHART
from moodlab.theme import LIGHT, Theme

WIDTH = 576.0


def draw(
    result: object, theme: Theme = LIGHT, width: float = WIDTH, chart: Chart = CHART
) -> tuple[Figure, Drawn]:
    """Draw a chart, usually the overview, with Agg and return the figure."""
    figure = new_figure(width, chart.measure(result, width))
    drawn = chart.draw(figure, result, theme)
    FigureCanvasAgg(figure).draw()
    return figure, drawn


def texts(figure: Figure) -> Iterator[Text]:
    """Every text with something in it, of the figure and of its panels."""
    for text in (*figure.texts, *(text for axes in figure.axes for text in axes.texts)):
        if text.get_text():
            yield text


def marks(axes: Axes, marker: str) -> Iterator[tuple[float, float]]:
    """The places of one class of marks on a panel."""
    for line in axes.lines:
        if line.get_marker() == marker:
            yield from zip(line.get_xdata(), line.get_ydata(), strict=True)


def rating_panels(figure: Figure) -> list[Axes]:
    """The panels of 0 to 10 ratings, from the top."""
    return [axes for axes in figure.axes if axes.get_ylim() == (-0.6, 10.6)]
