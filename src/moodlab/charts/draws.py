"""How the days before each blood draw were, with the results on the same axis."""

from datetime import date
from typing import TYPE_CHECKING

from moodlab.analysis.spans import Spans, read_draws
from moodlab.charts.chart import Asked, Chart, Drawn, Subject
from moodlab.charts.spans import (
    describe_spans,
    draw_spans,
    measure_spans,
    read_day,
    tabulate_spans,
)
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WINDOWS = (14, 7, 28)


def offer(diary: Diary, _today: date) -> tuple[Subject, ...]:
    """Offer how many days before a draw are looked at, where there is a draw."""
    if not diary.labs:
        return ()
    return tuple(
        Subject(str(days), translate("chart", "the {n} days before each draw").format(n=days))
        for days in WINDOWS
    )


def read(diary: Diary, period: Period, subject: str) -> Spans:
    """Return the days before each draw of `period`."""
    return read_draws(diary, period, int(subject))


def draw(figure: "Figure", result: Spans, theme: Theme) -> Drawn:
    """Draw every metric with a box for the days before each draw."""
    return draw_spans(figure, result, theme, translate("chart", "DAYS BEFORE EACH DRAW"))


def explain_empty(result: Spans) -> str:
    """Return why there is nothing to draw."""
    return "" if result.spans else translate("chart", "No blood was drawn on these days.")


CHART = Chart(
    id="draws",
    name=QT_TRANSLATE_NOOP("chart", "Blood draws"),
    title=QT_TRANSLATE_NOOP("chart", "What were the days before each draw like?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "A dashed line stands at each draw, a box before it: the thick line is the middle value,"
        " the box the middle half. A box needs five days with a value. Results stand below, hollow"
        " where they are left out. Single results vary by themselves; nothing here shows a cause.",
    ),
    read=read,
    measure=measure_spans,
    draw=draw,
    describe=describe_spans,
    read_day=read_day,
    tabulate=tabulate_spans,
    asked=Asked(QT_TRANSLATE_NOOP("chart", "Days before"), offer),
    explain_empty=explain_empty,
)
