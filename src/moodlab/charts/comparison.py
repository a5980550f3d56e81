"""How two stretches of days are drawn beside each other, in words and as a table.

Each metric has two rows of columns on one axis from 0 to 10: on how many days each number was
given. A diamond stands at the middle value, a bar covers the middle half.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from moodlab.analysis.comparison import HIGHEST, Comparison, MetricPair, Side, about_the_same_words
from moodlab.analysis.figures import figure_text, short_figure_text, yes_days_text
from moodlab.charts.chart import Drawn, Place, Table
from moodlab.charts.drawing.fonts import shorten, text_width
from moodlab.charts.drawing.sheet import PX, SCREEN, Sheet, box
from moodlab.domain.days import Period, span_text
from moodlab.domain.metrics import Kind
from moodlab.i18n import translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEAD = 26 * PX
_NAME, _SIDE, _SENTENCE, _GAP = 24 * PX, 40 * PX, 22 * PX, 14 * PX
_NUMBERS = 16 * PX
_FOOT = 26 * PX
_NAME_PT = 10.5
# The share of the width that the columns take; the words about them stand beside.
_COLUMNS, _BETWEEN = 0.48, 16 * PX


def _row_height(pair: MetricPair) -> float:
    numbers = _NUMBERS if pair.metric.kind is Kind.SCALE else 0.0
    return _NAME + 2 * _SIDE + numbers + _SENTENCE + _GAP


def measure_comparison(comparison: Comparison, _width: float) -> float:
    """Return the height in points that the comparison needs."""
    return _HEAD + sum(map(_row_height, comparison.pairs)) + _FOOT


def draw_comparison(figure: "Figure", comparison: Comparison, theme: Theme) -> Drawn:
    """Draw one block for each metric over the whole of `figure`."""
    sheet = Sheet(figure, theme, SCREEN)
    first, second = side_names(comparison)
    legend = translate("chart", "above: {first} · below: {second}").format(
        first=first, second=second
    )
    if comparison.is_example:
        legend = translate("chart", "EXAMPLE · {legend}").format(legend=legend)
    size = sheet.medium.label
    sheet.write(0, _HEAD / 2, shorten(legend, size, sheet.width), color=theme.muted)
    top, places = _HEAD, []
    most = max((max(side.counts, default=0) for side in _sides(comparison)), default=0)
    for pair in comparison.pairs:
        height = _row_height(pair)
        _draw_pair(sheet, pair, top, most)
        places.append(
            Place(
                0.0,
                top / sheet.height,
                1.0,
                min((top + height - _GAP / 2) / sheet.height, 1.0),
                pair_words(comparison, pair),
                comparison.around,
            )
        )
        top += height
    footer = no_cause_words()
    sheet.write(0, top + _FOOT / 2, shorten(footer, size, sheet.width), color=theme.muted)
    return Drawn(0.0, 1.0, _HEAD / sheet.height, top / sheet.height, places=tuple(places))


def _sides(comparison: Comparison) -> list[Side]:
    return [side for pair in comparison.pairs for side in (pair.first, pair.second)]


def _draw_pair(sheet: Sheet, pair: MetricPair, top: float, most: int) -> None:
    theme, metric = sheet.theme, pair.metric
    sheet.rule(top)
    room = sheet.width * 0.6
    name = shorten(metric.shown_label, _NAME_PT, room, strong=True)
    sheet.write(0, top + _NAME * 0.6, name, size=_NAME_PT, strong=True)
    beside = text_width(name, _NAME_PT, strong=True) + 8 * PX
    direction = shorten(metric.direction_text, sheet.medium.label, sheet.width - beside)
    sheet.write(beside, top + _NAME * 0.6, direction, color=theme.muted)
    top += _NAME
    columns = sheet.width * _COLUMNS
    left = columns + _BETWEEN if metric.kind is Kind.SCALE else 0.0
    for number, side in enumerate((pair.first, pair.second)):
        line = shorten(side_words(pair, side), sheet.medium.label, sheet.width - left)
        sheet.write(left, top + _SIDE * 0.62, line)
        if metric.kind is Kind.SCALE:
            axes = _axes(sheet, top, columns, most)
            _draw_side(sheet, axes, side, most, is_first=number == 0)
        top += _SIDE
    if metric.kind is Kind.SCALE:
        for value in (0, 5, HIGHEST):
            at = (value + 0.5) / (HIGHEST + 1) * columns
            sheet.write(at, top + _NUMBERS / 2, str(value), color=theme.muted, align="center")
        top += _NUMBERS
    sentence = difference_words(pair)
    sheet.write(0, top + _SENTENCE / 2, shorten(sentence, sheet.medium.label, sheet.width))


def _axes(sheet: Sheet, top: float, width: float, most: int) -> "Axes":
    axes = sheet.figure.add_axes(
        (
            0.0,
            1 - (top + _SIDE) / sheet.height,
            width / sheet.width,
            (_SIDE - 6 * PX) / sheet.height,
        ),
        frameon=False,
    )
    axes.set_axis_off()
    axes.set_autoscale_on(False)
    axes.set_xlim(-0.5, HIGHEST + 0.5)
    axes.set_ylim(-0.28 * max(most, 1), max(most, 1))
    return axes


def _draw_side(sheet: Sheet, axes: "Axes", side: Side, most: int, *, is_first: bool) -> None:
    """Draw columns (outlined for the first stretch, filled for the second) and the middle half."""
    from matplotlib.collections import LineCollection, PolyCollection
    from matplotlib.lines import Line2D

    theme, medium = sheet.theme, sheet.medium
    outlines = [
        box(value - 0.36, value + 0.36, 0, count)
        for value, count in enumerate(side.counts)
        if count
    ]
    axes.add_collection(
        LineCollection([((-0.5, 0), (HIGHEST + 0.5, 0))], colors=theme.hairline,
                       linewidths=medium.hair),
        autolim=False,
    )  # fmt: skip
    if outlines:
        axes.add_collection(
            PolyCollection(
                outlines,
                facecolors=theme.window if is_first else theme.data_line,
                edgecolors=theme.muted if is_first else theme.data_line,
                linewidths=medium.edge,
            ),
            autolim=False,
        )
    summary = side.summary
    if summary.median is None or summary.q1 is None or summary.q3 is None:
        return
    below = -0.16 * max(most, 1)
    axes.add_collection(
        LineCollection([((float(summary.q1), below), (float(summary.q3), below))],
                       colors=theme.text, linewidths=medium.line * 1.6),
        autolim=False,
    )  # fmt: skip
    axes.add_line(
        Line2D(
            [float(summary.median)],
            [below],
            linestyle="none",
            marker="D",
            markersize=medium.lab,
            markerfacecolor=theme.window,
            markeredgecolor=theme.text,
            markeredgewidth=medium.edge,
            clip_on=False,
        )
    )


# In words


def side_names(comparison: Comparison) -> tuple[str, str]:
    """Return the days of both stretches: ``7 Sep – 4 Oct 2025``."""
    return span_text(comparison.first), span_text(comparison.second)


def side_words(pair: MetricPair, side: Side) -> str:
    """Return ``median 6.5 · middle half 6–7 · 22 days``, or why there is no middle value."""
    summary = side.summary
    if pair.metric.kind is Kind.YES_NO and summary.n:
        return yes_days_text(summary)
    if summary.median is None or summary.q1 is None or summary.q3 is None:
        return translate("chart", "not enough days ({n} with a value)").format(n=summary.n)
    return translate("chart", "median {median} · middle half {q1}–{q3} · {n} days").format(
        median=figure_text(pair.metric, summary.median),
        q1=short_figure_text(pair.metric, summary.q1),
        q3=short_figure_text(pair.metric, summary.q3),
        n=summary.n,
    )


def difference_words(pair: MetricPair) -> str:
    """Return ``Median fatigue 6.5, then 6: about the same.``; never better or worse."""
    first, second = pair.first.summary.median, pair.second.summary.median
    if first is None or second is None:
        return translate("chart", "Not compared: each side needs 12 days with a value.")
    if pair.metric.kind is Kind.YES_NO:
        return translate("chart", "First {one}, then {other}.").format(
            one=yes_days_text(pair.first.summary), other=yes_days_text(pair.second.summary)
        )
    way = _way(pair, first, second)
    return translate("chart", "Median {first}, then {second}: {way}.").format(
        first=figure_text(pair.metric, first), second=figure_text(pair.metric, second), way=way
    )


def _way(pair: MetricPair, first: Decimal, second: Decimal) -> str:
    if first == second:
        return translate("chart", "the same")
    if pair.metric.kind is Kind.SCALE and pair.is_about_the_same:
        return about_the_same_words()
    return translate("chart", "higher") if second > first else translate("chart", "lower")


def no_cause_words() -> str:
    """Return what a comparison can't show."""
    return translate("chart", "Before and after do not show the cause of a change.")


def pair_words(comparison: Comparison, pair: MetricPair) -> str:
    """Return one metric of the comparison in a sentence or two."""
    first, second = side_names(comparison)
    return translate("chart", "{metric}. {first}: {one}. {second}: {other}. {sentence}").format(
        metric=pair.metric.shown_label,
        first=first,
        one=side_words(pair, pair.first),
        second=second,
        other=side_words(pair, pair.second),
        sentence=difference_words(pair),
    )


def describe_comparison(comparison: Comparison) -> str:
    """Return the alternative text: every metric with both middle values."""
    sentences = [pair_words(comparison, pair) for pair in comparison.pairs]
    if comparison.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join([*sentences, no_cause_words()])


def explain_few_days(comparison: Comparison) -> str:
    """Return why nothing is compared; empty where at least one metric is."""
    if not comparison.is_empty:
        return ""
    most_first = max((pair.first.summary.n for pair in comparison.pairs), default=0)
    most_second = max((pair.second.summary.n for pair in comparison.pairs), default=0)
    return translate(
        "chart",
        "Not enough days to compare: {n} of {days} have a value from {first}, {m} of {others} from"
        " {second}. Each side needs 12.",
    ).format(
        n=most_first,
        days=len(comparison.first),
        first=span_text(comparison.first),
        m=most_second,
        others=len(comparison.second),
        second=span_text(comparison.second),
    )


def tabulate_comparison(comparison: Comparison) -> Table:
    """Return two rows for each metric: n, median, middle half, and the days at each number."""
    header = (
        translate("chart", "Metric"),
        translate("chart", "Days"),
        translate("chart", "n"),
        translate("chart", "Median"),
        translate("chart", "Middle half"),
        *(str(value) for value in range(HIGHEST + 1)),
    )
    rows = []
    for pair in comparison.pairs:
        for period, side in ((comparison.first, pair.first), (comparison.second, pair.second)):
            rows.append(_row(pair, period, side))
    # A table shows its last row first.
    return Table(header, tuple(reversed(rows)))


def _row(pair: MetricPair, period: Period, side: Side) -> tuple[str, ...]:
    summary = side.summary
    median = half = ""
    if pair.metric.kind is Kind.YES_NO:
        median = yes_days_text(summary)
    elif summary.median is not None and summary.q1 is not None and summary.q3 is not None:
        median = short_figure_text(pair.metric, summary.median)
        half = (
            f"{short_figure_text(pair.metric, summary.q1)}–"
            f"{short_figure_text(pair.metric, summary.q3)}"
        )
    counts = [str(count) for count in side.counts] or [""] * (HIGHEST + 1)
    return (pair.metric.shown_label, span_text(period), str(summary.n), median, half, *counts)
