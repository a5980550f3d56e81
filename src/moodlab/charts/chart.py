"""What every chart consists of: a question, a result, a drawing, a sentence and a table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.i18n import Marked, translate_marked
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the days stand on a drawn chart, as shares of the figure's width and height.

    The first day begins at `left`, the last ends at `right`; panels reach from `top` to `bottom`,
    both measured from the upper edge. `dates` is where the dates are written, from top to bottom.
    """

    left: float
    right: float
    top: float
    bottom: float
    dates: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """The plotted values as text, one row for each day, newest last."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the registry. All functions after `read` take the result that `read` returned.

    `title` is the chart's question, `how_to_read` has at most 60 words.
    `read(diary, period)` computes; `measure(result, width)` gives the height in points for
    a width in points; `draw(figure, result, theme)` draws on a figure of that size; `describe` is
    the alternative text, `read_day` what stands on one day, `tabulate` all of it as a table.
    """

    id: str
    title: Marked
    how_to_read: Marked
    read: Callable[[Diary, Period], Any]
    measure: Callable[[Any, float], float]
    draw: Callable[["Figure", Any, Theme], Drawn]
    describe: Callable[[Any], str]
    read_day: Callable[[Any, date], str]
    tabulate: Callable[[Any], Table]

    @property
    def shown_title(self) -> str:
        """The title in the chosen language."""
        return translate_marked(self.title)

    @property
    def explanation(self) -> str:
        """How to read the chart, in the chosen language."""
        return translate_marked(self.how_to_read)
