"""What every chart consists of: a question, a result, a drawing, a sentence and a table.

A chart may ask for a subject (which metric, which day, which conditions); then it offers some, and
may read one that is typed.
"""

from collections.abc import Callable, Sequence
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
class Place:
    """A part of a chart without a time axis on which the cursor can stand, and what it says there.

    The edges are shares of the figure's width and height, from the upper left. `day` is opened from
    here.
    """

    left: float
    top: float
    right: float
    bottom: float
    words: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the days stand on a drawn chart, as shares of the figure's width and height.

    The first day begins at `left`, the last ends at `right`; panels reach from `top` to `bottom`,
    both measured from the upper edge. `dates` is where the dates are written, from top to bottom.
    A chart without a time axis has `places` instead, in reading order, and no `dates`.
    """

    left: float
    right: float
    top: float
    bottom: float
    dates: tuple[float, float] = (0.0, 0.0)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The plotted values as text; where there is a row for each day, newest last."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart can be about: a metric, a day, a treatment, some conditions."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """That a chart has a subject, and how one is found.

    `label` names the choice. `offer(diary, today)` lists what there is, the usual one first;
    `read(text, diary, today)` understands what is typed and raises Refused. Without `read` only
    what is offered can be chosen; `example` is shown in the empty field. `usual(offered, today)`
    is the one to begin with.
    """

    label: Marked
    offer: Callable[[Diary, date], tuple[Subject, ...]]
    read: Callable[[str, Diary, date], Subject] | None = None
    example: str = ""
    usual: Callable[[Sequence[Subject], date], Subject | None] = lambda offered, _today: next(
        iter(offered), None
    )


# What a chart needs to know of the days before its period, for a comparison; or of all days.
LAST_AND_BEFORE, ALL_DAYS = 56, None


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of the registry. All functions after `read` take the result that `read` returned.

    `name` is its short name in the choice of charts, `title` its question; `how_to_read` has at
    most 60 words. `read(diary, period)` computes, and takes the id of the subject as a third
    argument where one is `asked`; `measure(result, width)` gives the height in points for a width
    in points; `draw(figure, result, theme)` draws on a figure of that size; `describe` is the
    alternative text, `read_day` what stands on one day, `tabulate` all of it as a table.
    `explain_empty` returns why there is nothing to draw, or an empty text.

    `days_back` is how many days before the end of the period the diary reaches at least, or
    `ALL_DAYS`. A chart that finds its days by itself does not `follows_range`.
    """

    id: str
    name: Marked
    title: Marked
    how_to_read: Marked
    read: Callable[..., Any]
    measure: Callable[[Any, float], float]
    draw: Callable[["Figure", Any, Theme], Drawn]
    describe: Callable[[Any], str]
    read_day: Callable[[Any, date], str]
    tabulate: Callable[[Any], Table]
    asked: Asked | None = None
    explain_empty: Callable[[Any], str] = lambda _result: ""
    days_back: int | None = LAST_AND_BEFORE
    follows_range: bool = True

    def read_subject(self, diary: Diary, period: Period, subject: str) -> Any:
        """Compute the result; the subject's id is left out by a chart that has none."""
        return self.read(diary, period, subject) if self.asked else self.read(diary, period)

    @property
    def shown_name(self) -> str:
        """The short name in the chosen language."""
        return translate_marked(self.name)

    @property
    def shown_title(self) -> str:
        """The title in the chosen language."""
        return translate_marked(self.title)

    @property
    def explanation(self) -> str:
        """How to read the chart, in the chosen language."""
        return translate_marked(self.how_to_read)
