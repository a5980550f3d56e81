"""Blood results on a logarithmic axis: values as printed, bounds as bounds, nothing in between."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from moodlab.analysis.lab_marks import LabMark, LabMarks
from moodlab.charts.axis import ValueScale
from moodlab.charts.backdrop import BACK, draw_changes, draw_grid, draw_watermark
from moodlab.charts.fonts import text_width
from moodlab.charts.sheet import Panel, box
from moodlab.domain.printed_values import plain
from moodlab.i18n import translate

# Half decades. The default span holds nearly every CRP without drawing small changes large.
_STEPS = tuple(number * 10.0**power for power in range(-6, 7) for number in (1, 3))
_DEFAULT_LOW, _DEFAULT_HIGH = 0.3, 100.0
_MARGIN = 0.2
LABELS_WHEN_MANY, MANY = 12, 40
_PAD = 3.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mark's place in points from the panel's lower left corner."""

    mark: LabMark
    x: float
    y: float


def lab_scale(labs: LabMarks) -> ValueScale:
    """Return the logarithmic axis: 0.3 to 100, and further by half decades where values need it."""
    values = [float(mark.figure) for mark in labs.marks if mark.figure > 0]
    if labs.substance == "crp":
        values += [_DEFAULT_LOW, _DEFAULT_HIGH]
    low, high = min(values, default=_DEFAULT_LOW), max(values, default=_DEFAULT_HIGH)
    ticks = [step for step in _STEPS if step * 3.4 > low and step < high * 3.4]
    # The tenth of a per cent absorbs that 3 × 0.1 is not quite 0.3.
    while len(ticks) > 2 and ticks[1] <= low * 1.001:
        ticks.pop(0)
    while len(ticks) > 2 and ticks[-2] >= high * 0.999:
        ticks.pop()
    return ValueScale(
        math.log10(ticks[0]) - _MARGIN,
        math.log10(ticks[-1]) + _MARGIN,
        tuple((math.log10(tick), f"{tick:g}") for tick in ticks),
    )


def draw_lab_panel(
    panel: Panel,
    labs: LabMarks,
    change_days: Iterable[date],
    *,
    ticks_left: bool = False,
    is_example: bool = False,
) -> None:
    """Draw the results of one substance; a set-aside draw is hollow and says why."""
    scale = lab_scale(labs)
    panel.scale(scale.low, scale.high)
    changes = tuple(change_days)
    lines = [panel.axis.offset(panel.axis.begin_of(day)) for day in changes]
    _draw_limits(panel, labs)
    draw_grid(panel, scale, ticks_left=ticks_left)
    draw_changes(panel, changes)
    if is_example:
        draw_watermark(panel)
    spots = [_spot(panel, mark) for mark in labs.marks]
    _draw_marks(panel, spots)
    boxes = [_mark_box(panel, spot) for spot in spots]
    boxes += [(spot.x - 0.5, spot.x + 0.5, 0.0, spot.y) for spot in spots]  # their drop lines
    if labs.shared_limit is None:
        boxes += [_limit_box(panel, spot) for spot in spots if spot.mark.upper_limit is not None]
    limit = None if labs.shared_limit is None else _exponent(float(labs.shared_limit), scale.low)
    boxes += _write_values(panel, spots, lines, boxes, limit)
    if labs.shared_limit is not None:
        _write_limit(panel, labs, lines, boxes)


def _exponent(number: float, low: float) -> float:
    """Return where a value stands on the axis; zero has no logarithm and stands at the foot."""
    return math.log10(number) if number > 0 else low


def _spot(panel: Panel, mark: LabMark) -> _Spot:
    low, high = panel.axes.get_ylim()
    y = _exponent(float(mark.figure), low)
    x = panel.axis.offset(mark.result.collected.toordinal() + mark.shift)
    half = panel.medium.lab / 2
    inside = min(max(x, half), panel.axis.width - half)
    return _Spot(mark, inside, (y - low) / (high - low) * panel.height)


def _draw_limits(panel: Panel, labs: LabMarks) -> None:
    low, _ = panel.axes.get_ylim()
    first, last = panel.axis.limits
    if labs.shared_limit is not None:
        top = _exponent(float(labs.shared_limit), low)
        panel.areas([box(first, last, low, top)], panel.theme.range_band, zorder=BACK)
        return
    half = panel.medium.lab / panel.axis.points_per_day
    panel.lines(
        [
            ((day - half, y), (day + half, y))
            for mark in labs.marks
            if mark.upper_limit is not None
            for day in (mark.result.collected.toordinal() + mark.shift,)
            for y in (_exponent(float(mark.upper_limit), low),)
        ],
        panel.theme.muted,
        panel.medium.hair * 1.6,
        zorder=13,
    )


def _marker(mark: LabMark) -> tuple[str, float]:
    if mark.comparator in ("<", "<="):
        return "v", 1.15
    if mark.comparator in (">", ">="):
        return "^", 1.15
    return ("s", 0.95) if mark.result.assay else ("D", 1.0)


def is_hollow(mark: LabMark) -> bool:
    """Whether the mark is drawn as an outline: a bound, or a draw that was set aside."""
    return mark.comparator is not None or mark.result.excluded


def _draw_marks(panel: Panel, spots: Sequence[_Spot]) -> None:
    theme, medium, at = panel.theme, panel.medium, panel.axis.ordinal
    panel.lines(
        [((at(spot.x), panel.level(0)), (at(spot.x), panel.level(spot.y))) for spot in spots],
        theme.lab,
        medium.hair,
        zorder=14,
    )
    kinds: dict[tuple[str, float, bool, bool], list[_Spot]] = {}
    for spot in spots:
        key = (*_marker(spot.mark), is_hollow(spot.mark), spot.mark.is_above_range)
        kinds.setdefault(key, []).append(spot)
    for (marker, grown, hollow, above), alike in sorted(kinds.items(), key=lambda item: item[0]):
        panel.marks(
            [at(spot.x) for spot in alike],
            [panel.level(spot.y) for spot in alike],
            marker,
            markersize=medium.lab * grown,
            markerfacecolor=theme.window if hollow else theme.lab,
            markeredgecolor=theme.text if above and not hollow else theme.lab,
            markeredgewidth=medium.edge * (1.6 if above else 1.2),
            clip_on=False,
            zorder=15,
        )


_Box = tuple[float, float, float, float]


def _mark_box(panel: Panel, spot: _Spot) -> _Box:
    half = panel.medium.lab * 0.75
    return spot.x - half, spot.x + half, spot.y - half, spot.y + half


def _limit_box(panel: Panel, spot: _Spot) -> _Box:
    """Return the room of a result's own limit tick."""
    low, high = panel.axes.get_ylim()
    limit = _exponent(float(spot.mark.upper_limit or 1), low)
    y = (limit - low) / (high - low) * panel.height
    return spot.x - panel.medium.lab, spot.x + panel.medium.lab, y - 1, y + 1


def _value_text(mark: LabMark) -> str:
    if not mark.result.excluded:
        return mark.label
    why = ", ".join(word.replace("_", "-") for word in mark.result.context)
    return translate("chart", "{value} ({why})").format(
        value=mark.label, why=why or translate("chart", "set aside")
    )


def _write_values(
    panel: Panel,
    spots: Sequence[_Spot],
    lines: Sequence[float],
    marks: Sequence[_Box],
    limit: float | None,
) -> list[_Box]:
    """Write each printed value beside its mark; where there are many, only the last twelve."""
    size = panel.medium.label
    labelled = spots if len(spots) < MANY else spots[-LABELS_WHEN_MANY:]
    written: list[_Box] = []
    for spot in reversed(labelled):  # the newest result is the one most looked for
        # Why a draw was set aside gives way first; then the number may interrupt a dashed line.
        for text, avoided in (
            (_value_text(spot.mark), lines), (spot.mark.label, lines), (spot.mark.label, ()),
        ):  # fmt: skip
            wide = text_width(text, size)
            place = _free_place(panel, spot, wide, avoided, [*marks, *written])
            if place is not None:
                written.append(place)
                cover = None if avoided or not lines else _ground(panel, place, limit)
                _write_value(panel, place, text, cover)
                break
    return written


def _ground(panel: Panel, place: _Box, limit: float | None) -> str:
    """Return the colour behind `place`, by which a value covers the dashed line under it."""
    in_band = limit is not None and panel.level((place[2] + place[3]) / 2) < limit
    return panel.theme.range_band if in_band else panel.theme.window


def _write_value(panel: Panel, place: _Box, text: str, cover: str | None) -> None:
    more = {"bbox": {"facecolor": cover, "edgecolor": "none", "pad": 0.6}} if cover else {}
    panel.label(
        panel.axis.ordinal(place[0]),
        panel.level((place[2] + place[3]) / 2),
        text,
        color=panel.theme.text,
        zorder=16,
        **more,
    )


def _free_place(
    panel: Panel, spot: _Spot, wide: float, lines: Sequence[float], taken: Sequence[_Box]
) -> _Box | None:
    half, mark = panel.medium.label / 2, panel.medium.lab
    right, left = spot.x + mark * 0.75 + _PAD, spot.x - mark * 0.75 - _PAD - wide
    centred = min(max(spot.x - wide / 2, 0.0), panel.axis.width - wide)
    for x, y in (
        (right, spot.y), (left, spot.y),
        (right, spot.y + half), (right, spot.y - half),
        (left, spot.y + half), (left, spot.y - half),
        (centred, spot.y + mark + half),
        (centred, spot.y - mark - half),
    ):  # fmt: skip
        y = min(max(y, half), panel.height - half * 0.6)
        place = (x, x + wide, y - half, y + half)
        if (
            x >= 0
            and x + wide <= panel.axis.width
            and not any(x - _PAD / 2 < line < x + wide + _PAD / 2 for line in lines)
            and not any(_overlap(place, other) for other in taken)
        ):
            return place
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _write_limit(
    panel: Panel, labs: LabMarks, lines: Sequence[float], taken: Sequence[_Box]
) -> None:
    """Name the grey band just under its upper edge, where nothing else stands."""
    assert labs.shared_limit is not None
    low, high = panel.axes.get_ylim()
    text = translate("chart", "lab's upper limit {limit}").format(limit=plain(labs.shared_limit))
    half, wide = panel.medium.label / 2, text_width(text, panel.medium.label)
    edge = (_exponent(float(labs.shared_limit), low) - low) / (high - low) * panel.height
    left = _PAD
    while left + wide <= panel.axis.width:
        for y in (edge - half - 1, edge + half + 1):
            place = (left, left + wide, y - half, y + half)
            if (
                half <= y <= panel.height - half
                and not any(left - _PAD < line < left + wide + _PAD for line in lines)
                and not any(_overlap(place, other) for other in taken)
            ):
                panel.label(panel.axis.ordinal(left), panel.level(y), text, zorder=16)
                return
        left += 6.0
