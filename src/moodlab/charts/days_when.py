"""How often some conditions that the person chose held together, by week or month."""

import json
from datetime import date
from typing import TYPE_CHECKING

from moodlab.analysis.days_when import DaysWhen, DaysWhenOverTime, count_over_time
from moodlab.charts.chart import Asked, Chart, Drawn, Place, Subject, Table
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import shorten, text_width
from moodlab.charts.drawing.sheet import PX, SCREEN, Panel, Sheet, box
from moodlab.charts.panels.surroundings import FOOT
from moodlab.domain.days import MONTHS, Period, brief_date, span_text
from moodlab.domain.diary import Diary, Pin
from moodlab.domain.metrics import Metric
from moodlab.domain.tracking.conditions import Condition, condition_text, parse_conditions
from moodlab.i18n import QT_TRANSLATE_NOOP, translate
from moodlab.theme import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_HEAD, _LEGEND = 30 * PX, 24 * PX
_ABOVE, _PANEL, _DATES = 20 * PX, 220 * PX, 26 * PX
_NAME_PT = 10.5


def words_of(conditions: tuple[Condition, ...], metrics: tuple[Metric, ...]) -> str:
    """Return ``Mood ≥ 5 and Motivation ≤ 3``."""
    parts = [condition_text(condition, metrics) for condition in conditions]
    return translate("chart", " and ").join(parts)


def subject_for(conditions: tuple[Condition, ...], metrics: tuple[Metric, ...]) -> Subject:
    """Return the subject that stands for these conditions."""
    return Subject(json.dumps(conditions), words_of(conditions, metrics))


def conditions_of(subject: str) -> tuple[Condition, ...]:
    """Return the conditions that a subject's id names."""
    return tuple(
        (str(metric), str(sign), int(bound)) for metric, sign, bound in json.loads(subject)
    )


def _metrics(diary: Diary) -> tuple[Metric, ...]:
    return tuple(tracked.metric for tracked in diary.metrics)


def offer(diary: Diary, _today: date) -> tuple[Subject, ...]:
    """Offer what is pinned to the page."""
    return tuple(subject_for(pin.conditions, _metrics(diary)) for pin in diary.pins)


def read_typed(text: str, diary: Diary, _today: date) -> Subject:
    """Read ``mood>=5 and motivation<=3``, or the id of a subject. Raises Refused."""
    metrics = _metrics(diary)
    if text.startswith("["):
        return subject_for(conditions_of(text), metrics)
    joined = text.replace(",", " and ").replace("&", " and ")
    parts = tuple(part for part in joined.split(" and ") if part.strip())
    return subject_for(parse_conditions(parts, metrics), metrics)


def read(diary: Diary, period: Period, subject: str) -> DaysWhenOverTime:
    """Count the days on which the conditions that `subject` names held together."""
    return count_over_time(diary, period, Pin("", conditions_of(subject)))


def measure(_result: DaysWhenOverTime, _width: float) -> float:
    """Return the height in points that the chart needs."""
    return _HEAD + _LEGEND + _ABOVE + _PANEL + _DATES + FOOT


def draw(figure: "Figure", result: DaysWhenOverTime, theme: Theme) -> Drawn:
    """Draw a column for each week or month: its days that met, within those that are known."""
    sheet = Sheet(figure, theme, SCREEN)
    size = sheet.medium.label
    text = shorten(total_words(result), _NAME_PT, sheet.width, strong=True)
    sheet.write(0, _HEAD / 2, text, size=_NAME_PT, strong=True)
    legend = translate("chart", "outlined: days with these values · filled: days when it was so")
    if result.is_example:
        legend = translate("chart", "EXAMPLE · {legend}").format(legend=legend)
    sheet.write(0, _HEAD + _LEGEND / 2, shorten(legend, size, sheet.width), color=theme.muted)
    axis = TimeAxis(result.period, sheet.width)
    top = _HEAD + _LEGEND + _ABOVE
    panel = sheet.place(0, top, axis, _PANEL)
    panel.scale(0, 7 if result.is_by_week else 31)
    _draw_columns(panel, result)
    places = tuple(
        Place(
            axis.offset(part.first.toordinal() - 0.5) / sheet.width,
            (top - _ABOVE) / sheet.height,
            axis.offset(part.last.toordinal() + 0.5) / sheet.width,
            (top + _PANEL + _DATES) / sheet.height,
            part_words(part, counted),
            part.first,
        )
        for part, counted in result.parts
    )
    return Drawn(0.0, 1.0, top / sheet.height, (top + _PANEL) / sheet.height, places=places)


def _draw_columns(panel: Panel, result: DaysWhenOverTime) -> None:
    theme, medium, axis = panel.theme, panel.medium, panel.axis
    first, last = axis.limits
    panel.lines([((first, 0), (last, 0))], theme.hairline, medium.hair)
    known, met = [], []
    for part, counted in result.parts:
        gap = min(0.08 * len(part), 3 / axis.points_per_day)
        left, right = part.first.toordinal() - 0.5 + gap, part.last.toordinal() + 0.5 - gap
        if counted.of:
            known.append(box(left, right, 0, counted.of))
        if counted.days:
            met.append(box(left, right, 0, counted.days))
    panel.areas(known, theme.window, theme.muted, linewidth=medium.edge)
    panel.areas(met, theme.data_line, theme.data_line, linewidth=medium.edge)
    reach = -1.0
    for part, counted in result.parts:
        middle = (part.first.toordinal() + part.last.toordinal()) / 2
        room = len(part) * axis.points_per_day
        text = translate("chart", "{n} of {of}").format(n=counted.days, of=counted.of)
        if counted.of and text_width(text, medium.label) < room:
            rise = panel.level(8) - panel.level(0)
            panel.label(middle, counted.of + rise, text, ha="center", color=theme.text)
        name = _date_words(part, result)
        begin = axis.offset(part.first.toordinal() - 0.5)
        if begin >= reach and begin + text_width(name, medium.label) <= axis.width:
            panel.label(part.first.toordinal() - 0.5, panel.level(-12), name)
            reach = begin + text_width(name, medium.label) + 8


def _date_words(part: Period, result: DaysWhenOverTime) -> str:
    if result.is_by_week:
        return brief_date(part.first, Period.ending(result.period.last, 1))
    month = MONTHS[part.first.month - 1][:3]
    is_first = part.first == result.period.first or part.first.month == 1
    return f"{month} {part.first.year}" if is_first else month


def total_words(result: DaysWhenOverTime) -> str:
    """Return ``Mood ≥ 5 and Motivation ≤ 3: 12 of the 60 days with these values``."""
    return translate("chart", "{conditions}: {days} of the {of} days with these values").format(
        conditions=words_of(result.total.pin.conditions, result.metrics),
        days=result.total.days,
        of=result.total.of,
    )


def part_words(part: Period, counted: DaysWhen) -> str:
    """Return ``1 Oct – 31 Oct 2025: 5 of 21 days``."""
    return translate("chart", "{span}: {n} of {of} days with these values").format(
        span=span_text(part), n=counted.days, of=counted.of
    )


def describe(result: DaysWhenOverTime) -> str:
    """Return the alternative text."""
    sentences = [f"{total_words(result)}."]
    sentences += [f"{part_words(part, counted)}." for part, counted in result.parts if counted.of]
    if result.is_example:
        sentences.insert(0, translate("chart", "Example, invented data."))
    return " ".join(sentences)


def tabulate(result: DaysWhenOverTime) -> Table:
    """Return one row for each week or month, newest last."""
    header = (
        translate("chart", "Days"),
        translate("chart", "Days when it was so"),
        translate("chart", "Days with these values"),
    )
    rows = tuple(
        (span_text(part), str(counted.days), str(counted.of)) for part, counted in result.parts
    )
    return Table(header, rows)


def explain_empty(result: DaysWhenOverTime) -> str:
    """Return why there is nothing to draw."""
    if result.total.of:
        return ""
    return translate("chart", "{conditions}: no day in this range has all these values.").format(
        conditions=words_of(result.total.pin.conditions, result.metrics)
    )


CHART = Chart(
    id="days_when",
    name=QT_TRANSLATE_NOOP("chart", "Days when"),
    title=QT_TRANSLATE_NOOP("chart", "How often was it so?"),
    how_to_read=QT_TRANSLATE_NOOP(
        "chart",
        "Write two or three conditions, such as “mood>=5 and motivation<=3”. The outline is the"
        " number of days on which all these values are known, the filled part the days on which all"
        " conditions held. The limits are your own. Nothing here shows a cause.",
    ),
    read=read,
    measure=measure,
    draw=draw,
    describe=describe,
    read_day=lambda result, _day: total_words(result),
    tabulate=tabulate,
    asked=Asked(
        QT_TRANSLATE_NOOP("chart", "Conditions"),
        offer,
        read_typed,
        "mood>=5 and motivation<=3",
    ),
    explain_empty=explain_empty,
)
