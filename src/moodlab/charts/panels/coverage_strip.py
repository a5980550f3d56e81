"""The coverage strip: a cell for each day, or the share of each week or month."""

from collections.abc import Sequence
from datetime import date

from moodlab.analysis.coverage import DayClass
from moodlab.analysis.smoothing import BinRule, cut
from moodlab.charts.drawing.axis import DateLabel
from moodlab.charts.drawing.sheet import Panel, box
from moodlab.domain.days import Period

_CELL = 0.4
_LATE = (DayClass.NEXT_DAY, DayClass.LATER)


def draw_coverage_strip(
    panel: Panel, period: Period, classes: Sequence[DayClass], rule: BinRule | None
) -> None:
    """Draw the class of every day: filled same day, hollow later, × too unwell, light paused.

    A day that nobody knows the time of writing of is light with an edge.
    """
    panel.scale(0, 1)
    first, last = panel.axis.limits
    panel.lines(
        [((first, 0), (last, 0)), ((first, 1), (last, 1))],
        panel.theme.hairline,
        panel.medium.hair,
        zorder=0,
    )
    if rule is None:
        _draw_days(panel, period, classes)
    else:
        _draw_shares(panel, period, classes, rule)
    places = unwell_places(period, classes, rule)
    size = panel.medium.point
    panel.marks(
        places,
        [0.5 if rule is None else 1.0] * len(places),
        "x",
        color=panel.theme.data_point,
        markersize=min(size + 1, panel.axis.points_per_day) if rule is None else size,
        markeredgewidth=panel.medium.edge,
        clip_on=False,
        zorder=5,
    )


def unwell_places(period: Period, classes: Sequence[DayClass], rule: BinRule | None) -> list[float]:
    """Return the ordinals of days marked too unwell to log, or the middles of their bins."""
    begin = period.first.toordinal()
    if rule is None:
        return [begin + number for number, kind in enumerate(classes) if kind is DayClass.UNWELL]
    return [
        (each.first.toordinal() + each.last.toordinal()) / 2
        for each in cut(period, rule)
        if DayClass.UNWELL in classes[each.first.toordinal() - begin :][: len(each)]
    ]


def write_dates(
    panel: Panel, *, both_ends: bool = False, inside: bool = False
) -> tuple[DateLabel, ...]:
    """Write the dates below the panel, with a short tick at each, and return them.

    `inside` writes them in the panel itself, above the ticks at its foot; `both_ends` always
    labels the first and the last day.
    """
    size = panel.medium.label
    labels = panel.axis.date_labels(size, both_ends=both_ends)
    way = 1 if inside else -1
    panel.lines(
        [
            ((x, panel.level(0)), (x, panel.level(way * 2.5)))
            for each in labels
            for x in (_tick(panel, each.day, both_ends=both_ends),)
        ],
        panel.theme.muted,
        panel.medium.hair,
        clip_on=False,
    )
    for each in labels:
        panel.label(panel.axis.ordinal(each.left), panel.level(way * (3.5 + size / 2)), each.text)
    return labels


def _tick(panel: Panel, day: date, *, both_ends: bool) -> float:
    """Return where the day begins; a last day that is always named is ticked where it ends."""
    is_last = both_ends and day == panel.axis.period.last and len(panel.axis.period) > 1
    return panel.axis.limits[1] if is_last else panel.axis.begin_of(day)


def _draw_days(panel: Panel, period: Period, classes: Sequence[DayClass]) -> None:
    theme, medium = panel.theme, panel.medium
    days = list(zip(range(period.first.toordinal(), period.last.toordinal() + 1), classes,
                    strict=True))  # fmt: skip
    inset = panel.level(medium.edge / 2)

    def cells(kinds: Sequence[DayClass], margin: float = 0.0) -> list[list[tuple[float, float]]]:
        return [
            box(day - _CELL, day + _CELL, margin, 1 - margin) for day, kind in days if kind in kinds
        ]

    panel.areas(cells((DayClass.SAME_DAY,)), theme.muted)
    panel.areas(cells(_LATE, inset), "none", theme.muted, linewidth=medium.edge)
    panel.areas(
        cells((DayClass.UNKNOWN,), inset), theme.range_band, theme.muted, linewidth=medium.edge
    )
    panel.areas(cells((DayClass.PAUSED,)), theme.range_band)


def _draw_shares(panel: Panel, period: Period, classes: Sequence[DayClass], rule: BinRule) -> None:
    """Stack each bin's share of days: same day, later above, unknown, paused; the rest blank."""
    theme, medium = panel.theme, panel.medium
    prompt, late, unknown, paused = [], [], [], []
    for each in cut(period, rule):
        begin = (each.first - period.first).days
        kinds = classes[begin : begin + len(each)]
        left, right = each.first.toordinal() - 0.5, each.last.toordinal() + 0.5
        gap = min(0.12 * (right - left), 0.5 / panel.axis.points_per_day)
        lower = kinds.count(DayClass.SAME_DAY) / len(each)
        upper = lower + sum(map(kinds.count, _LATE)) / len(each)
        if lower:
            prompt.append(box(left + gap, right - gap, 0, lower))
        if upper > lower:
            late.append(box(left + gap, right - gap, lower, upper))
        top = upper + kinds.count(DayClass.UNKNOWN) / len(each)
        if DayClass.UNKNOWN in kinds:
            unknown.append(box(left + gap, right - gap, upper, top))
        if DayClass.PAUSED in kinds:
            highest = top + kinds.count(DayClass.PAUSED) / len(each)
            paused.append(box(left + gap, right - gap, top, highest))
    panel.areas(prompt, theme.muted)
    panel.areas(late, theme.window, theme.muted, linewidth=medium.hair * 0.6)
    panel.areas(unknown, theme.range_band, theme.muted, linewidth=medium.hair * 0.6)
    panel.areas(paused, theme.range_band)
