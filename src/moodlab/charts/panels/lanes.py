"""Treatments as bars with their dose steps, and the flags and numbers above the panels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moodlab.analysis.timeline import Lane, NumberedEvent, Step, TreatmentChange
from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import font, printable_line, shorten, text_width
from moodlab.charts.drawing.sheet import Panel, box
from moodlab.domain.days import ONE_DAY, Period

_PAD = 3.5
_TIP = 4.0
_NARROWEST = 14.0


def draw_lanes(
    panel: Panel, lanes: Sequence[Lane], pitch: float, bar: float, *, named: bool = True
) -> None:
    """Draw each lane as a bar `bar` points high, one every `pitch` points from the top.

    `named` writes the treatment's name too, where nothing beside the panel does.
    """
    panel.scale(0, panel.height)
    for number, lane in enumerate(lanes):
        middle = panel.height - (number + 0.5) * pitch
        if lane.as_needed_days:
            _draw_single_days(panel, lane, middle, bar, named=named)
        elif lane.steps:
            _draw_bar(panel, lane, middle, bar, named=named)


def _edges(panel: Panel, stretch: Period) -> tuple[float, float]:
    return (
        panel.axis.offset(stretch.first.toordinal() - 0.5),
        panel.axis.offset(stretch.last.toordinal() + 0.5),
    )


def _draw_bar(panel: Panel, lane: Lane, middle: float, bar: float, *, named: bool) -> None:
    theme, medium, at = panel.theme, panel.medium, panel.axis.ordinal
    low, high = middle - bar / 2, middle + bar / 2
    runs = _runs(lane.steps)
    edges = [(_edges(panel, run[0].period)[0], _edges(panel, run[-1].period)[1]) for run in runs]
    outlines = [box(at(left), at(right), low, high) for left, right in edges]
    left, right = edges[-1]
    if lane.is_open:
        neck = at(max(right - _TIP, left))
        outlines[-1] = [
            (at(left), low),
            (at(left), high),
            (neck, high),
            (at(right), middle),
            (neck, low),
        ]
    panel.areas(outlines, theme.range_band, theme.control_border, linewidth=medium.hair)
    starts = [_edges(panel, step.period)[0] for run in runs for step in run[1:]]
    panel.lines(
        [((at(start), low), (at(start), high)) for start in starts], theme.text, medium.hair * 1.6
    )
    _write_doses(panel, lane, middle, right, named=named)


def _runs(steps: Sequence[Step]) -> list[list[Step]]:
    """Return the steps of each stretch without a day between them."""
    runs: list[list[Step]] = []
    for step in steps:
        if runs and step.period.first <= runs[-1][-1].period.last + ONE_DAY:
            runs[-1].append(step)
        else:
            runs.append([step])
    return runs


def _write_doses(panel: Panel, lane: Lane, middle: float, end: float, *, named: bool) -> None:
    """Write name and dose in the first step, the new dose in later ones, where there is room."""
    size = panel.medium.label
    name = printable_line(lane.name) if named else ""
    first = f"{name} {printable_line(lane.steps[0].text)}".strip()
    left, right = _edges(panel, lane.steps[0].period)
    right -= _TIP if lane.is_open and len(lane.steps) == 1 else 0
    inside = right - left - 2 * _PAD
    before, after = left - 2 * _PAD, panel.axis.width - end - 2 * _PAD
    cut = shorten(first, size, inside)
    dose = printable_line(lane.steps[0].text)
    wide, name_wide = text_width(first, size), text_width(name, size)
    if cut == first:
        _write(panel, left + _PAD, middle, first)
    elif len(lane.steps) > 1 and wide <= before:
        _write(panel, left - _PAD - wide, middle, first)
    elif name and dose and name_wide <= before and text_width(dose, size) <= inside:
        _write(panel, left - _PAD - name_wide, middle, name)
        _write(panel, left + _PAD, middle, dose)
    elif cut and (
        len(cut) > len(name) + 2 or (name_wide > inside and inside >= max(before, after))
    ):
        _write(panel, left + _PAD, middle, cut)
    elif len(lane.steps) == 1 or name_wide > inside:
        _write_beside(panel, first, left, end, middle)
    else:
        _write(panel, left + _PAD, middle, name)
    for step in lane.steps[1:]:
        left, right = _edges(panel, step.period)
        right -= _TIP if lane.is_open and step is lane.steps[-1] else 0
        dose = printable_line(step.text)
        if text_width(dose, size) <= right - left - 2 * _PAD:
            _write(panel, left + _PAD, middle, dose)


def _write_beside(panel: Panel, text: str, left: float, right: float, middle: float) -> None:
    """Write to the right of the bar or else to its left, cut to the larger room."""
    size = panel.medium.label
    after, before = panel.axis.width - right - 2 * _PAD, left - 2 * _PAD
    if text_width(text, size) <= after or after >= before:
        if after > _NARROWEST:
            _write(panel, right + _PAD, middle, shorten(text, size, after))
    elif before > _NARROWEST:
        cut = shorten(text, size, before)
        _write(panel, left - _PAD - text_width(cut, size), middle, cut)


def _write(panel: Panel, left: float, middle: float, text: str) -> None:
    panel.label(panel.axis.ordinal(left), middle, text, color=panel.theme.text)


def _draw_single_days(panel: Panel, lane: Lane, middle: float, bar: float, *, named: bool) -> None:
    """Draw days on which an as-needed treatment was taken as ticks, its name beside them."""
    panel.lines(
        [
            ((day.toordinal(), middle - bar / 2), (day.toordinal(), middle + bar / 2))
            for day in lane.as_needed_days
        ],
        panel.theme.text,
        panel.medium.hair * 2,
    )
    left = panel.axis.offset(lane.as_needed_days[0].toordinal())
    right = panel.axis.offset(lane.as_needed_days[-1].toordinal())
    text = printable_line(lane.name if named else lane.steps[-1].text if lane.steps else "")
    _write_beside(panel, text, left, right, middle)


@dataclass(frozen=True, slots=True)
class Flag:
    """The name of a treatment change above the panels, in points; row 0 is the lowest.

    `line` is where its dashed line stands, which reaches up to the text.
    """

    line: float
    left: float
    right: float
    row: int
    text: str


FLAG_ROWS = 2


def place_flags(
    changes: Sequence[TreatmentChange], axis: TimeAxis, reach: float, size: float
) -> list[Flag]:
    """Return the flags that fit between the axis's left end and `reach` points.

    A text begins right of its line or ends left of it, and touches neither another text nor the
    line of another flag; at last it is cut. What finds no room stands in the lanes alone.
    """
    ways = [
        _place_in_turn(order, axis, reach, size) for order in (changes, tuple(reversed(changes)))
    ]
    # From the left or the right: the order that omits fewer, then the one that cuts less.
    return max(ways, key=lambda flags: (len(flags), sum(len(flag.text) for flag in flags)))


def _place_in_turn(
    changes: Sequence[TreatmentChange], axis: TimeAxis, reach: float, size: float
) -> list[Flag]:
    placed: list[Flag] = []
    for change in changes:
        line = axis.offset(axis.begin_of(change.day))
        free = (
            flag
            for flag in _candidates(change.text, line, reach, size)
            if not any(_touch(flag, other) for other in placed)
        )
        flag = next(free, None)
        if flag is not None:
            placed.append(flag)
    return placed


def _candidates(text: str, line: float, reach: float, size: float) -> Iterator[Flag]:
    wide = text_width(text, size)
    for row in range(FLAG_ROWS):
        if line + _PAD + wide <= reach:
            yield Flag(line, line + _PAD, line + _PAD + wide, row, text)
        if line - _PAD - wide >= 0:
            yield Flag(line, line - _PAD - wide, line - _PAD, row, text)
    cut = shorten(text, size, min(wide, reach - line - _PAD) * 0.6)
    if cut:
        for row in range(FLAG_ROWS):
            yield Flag(line, line + _PAD, line + _PAD + text_width(cut, size), row, cut)


def _touch(one: Flag, other: Flag) -> bool:
    if (
        one.row == other.row
        and one.left < other.right + 2 * _PAD
        and (other.left < one.right + 2 * _PAD)
    ):
        return True
    return _crosses(one, other) or _crosses(other, one)


def _crosses(one: Flag, other: Flag) -> bool:
    """Whether the line of `one`, on its way up to its row, runs through the text of `other`."""
    return other.row <= one.row and other.left - _PAD / 2 < one.line < other.right + _PAD / 2


def draw_event_numbers(panel: Panel, events: Sequence[NumberedEvent]) -> None:
    """Draw each numbered event as its number in a ring; the list below says what it was.

    Numbers of neighbouring days are pushed apart, so that each can be read.
    """
    panel.scale(0, panel.height)
    numbered = [each for each in events if each.number is not None]
    ring = panel.medium.label + 4.5
    reach = -ring
    spots = []
    for each in numbered:
        offset = max(panel.axis.offset(each.day.toordinal()), reach + ring + 1)
        spots.append(offset)
        reach = offset
    overshoot = max(0.0, (spots[-1] + ring / 2 - panel.axis.width) if spots else 0.0)
    places = [panel.axis.ordinal(spot - overshoot) for spot in spots]
    middle = panel.height / 2
    panel.marks(
        places, [middle] * len(places), "o",
        markersize=ring, markerfacecolor=panel.theme.window, markeredgecolor=panel.theme.muted,
        markeredgewidth=panel.medium.hair, clip_on=False,
    )  # fmt: skip
    for place, each in zip(places, numbered, strict=True):
        panel.label(
            place, middle, str(each.number),
            ha="center", color=panel.theme.text, fontproperties=font(panel.medium.label),
        )  # fmt: skip
