"""The layout of a blood panel: its axis, marks, breaks and words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from moodlab.analysis.lab_marks import SAME_DAY_STEP, LabBreak, LabMark, LabMarks, Limits
from moodlab.charts.blood.labels import (
    PAD,
    Lettering,
    Spot,
    Word,
    labelled,
    mark_box,
    worth,
)
from moodlab.charts.blood.places import Box, Ground, Writing
from moodlab.charts.blood.words import is_band_named, limits_words, name_breaks
from moodlab.charts.drawing.axis import TimeAxis, ValueScale
from moodlab.charts.drawing.fonts import text_width
from moodlab.charts.drawing.sheet import Medium

# The two strokes of a break, in points: height, and half of their distance and slant.
STROKE, APART = 7.0, 2.6
# Between the marks of one day, as a multiple of their size.
_SIDE_BY_SIDE = 1.3
# The share of a panel's height that rows of words may take from the axis.
_MOST_FOR_WORDS = 0.55
# The default span holds nearly every CRP without drawing small changes large.
_DEFAULT_LOW, _DEFAULT_HIGH = 0.3, 100.0
_AXIS_MARGIN = 0.2
# Between two numbers at the axis, as a multiple of their size: figures are lower than letters.
_CLOSEST = 0.85
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Layout:
    """A panel before it is drawn; `breaks` are offsets in points.

    `is_complete` where every value and every name of a break found room.
    """

    scale: ValueScale
    spots: Sequence[Spot]
    breaks: Sequence[float]
    words: Sequence[Word]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class LabLayouter:
    """Lays out the results of one substance on `height` points, words clear of `dashed` lines."""

    labs: LabMarks
    axis: TimeAxis
    height: float
    medium: Medium
    dashed: Sequence[float]

    def lay_out(self) -> Layout:
        """Return the layout with room for most words.

        Where marks stand too close for them, the axis ends lower and rows of words stand above it.
        """
        step = self.medium.label / 2
        best: Layout | None = None
        for rows in range(int(self.height * _MOST_FOR_WORDS / step) + 1):
            layout = self._lay_out_under(rows * step)
            if best is None or worth(layout.words) > worth(best.words):
                best = layout
            if best.is_complete:
                break
        assert best is not None
        return self._with_band_name(best)

    def _lay_out_under(self, above: float) -> Layout:
        """Return the layout where the axis ends `above` points under the panel's upper edge."""
        axis = lab_scale(self.labs, self.height - above, self.medium.label, self.medium.numbers)
        top = axis.low + (axis.high - axis.low) * self.height / (self.height - above)
        scale = replace(axis, high=top)
        spots = [self._spot(mark, scale) for mark in self.labs.marks]
        breaks = [self._place_break(spots, each) for each in self.labs.breaks]
        lettering = Lettering(
            self._ground(scale, spots, breaks), self.medium.label, self.medium.lab
        )
        names = name_breaks(self.labs)
        labels = [lettering.value(spot) for spot in labelled(spots)] + [
            lettering.change(names[each.changed], x, STROKE)
            for x, each in reversed(list(zip(breaks, self.labs.breaks, strict=True)))
            if each.changed in names
        ]
        words = lettering.write(labels)
        needed = sum(label.may_rise for label in labels)
        is_complete = sum(word.is_value or len(word.text) > 1 for word in words) == needed
        return Layout(scale, spots, breaks, words, is_complete)

    def _rise(self, level: float, scale: ValueScale) -> float:
        return (level - scale.low) / (scale.high - scale.low) * self.height

    def _spot(self, mark: LabMark, scale: ValueScale) -> Spot:
        # Over a long period, the marks of one day would cover each other.
        step = max(SAME_DAY_STEP * self.axis.points_per_day, self.medium.lab * _SIDE_BY_SIDE)
        x = self.axis.offset(mark.result.collected.toordinal()) + mark.shift / SAME_DAY_STEP * step
        half = self.medium.lab / 2
        inside = min(max(x, half), self.axis.width - half)
        return Spot(mark, inside, self._rise(exponent(float(mark.figure), scale.low), scale))

    def _place_break(self, spots: Sequence[Spot], each: LabBreak) -> float:
        """Return where the series is broken: between the two draws, away from dashed lines."""
        left = max(spot.x for spot in spots if spot.mark.result.collected == each.before)
        right = min(spot.x for spot in spots if spot.mark.result.collected == each.after)
        middle = (left + right) / 2
        room = max(0.0, (right - left) / 2 - 2 * APART)
        steps = [0.0] + [sign * step for step in range(2, int(room) + 1, 2) for sign in (1, -1)]
        return next(
            (
                middle + step
                for step in steps
                if all(abs(middle + step - line) > 2 * APART for line in self.dashed)
            ),
            middle,
        )

    def _ground(self, scale: ValueScale, spots: Sequence[Spot], breaks: Sequence[float]) -> Ground:
        own_limits = self.labs.shared_limits is None
        return Ground(
            width=self.axis.width,
            height=self.height,
            overhang=self.medium.label / 2,
            marks=[mark_box(spot, self.medium.lab) for spot in spots],
            ticks=[
                *((x - APART, x + APART, 0.0, STROKE) for x in breaks),
                *(box for spot in spots if own_limits for box in self._limit_boxes(spot, scale)),
            ],
            drops=[(spot.x, spot.y) for spot in spots],
            dashed=self.dashed,
        )

    def _limit_boxes(self, spot: Spot, scale: ValueScale) -> Iterator[Box]:
        """Yield the room of a result's own limit ticks."""
        half = self.medium.lab
        for level in limit_levels(spot.mark.limits, scale.low):
            y = self._rise(level, scale)
            yield spot.x - half, spot.x + half, y - 1, y + 1

    def _with_band_name(self, layout: Layout) -> Layout:
        """Name the grey band at its edge, in a free place."""
        limits = self.labs.shared_limits
        if limits is None or not is_band_named(self.labs):
            return layout
        ground = self._ground(layout.scale, layout.spots, layout.breaks)
        writing = Writing(
            [word.box for word in layout.words], [word.leader for word in layout.words]
        )
        edge = limits.low if limits.high is None else limits.high
        assert edge is not None
        y = self._rise(exponent(float(edge), layout.scale.low), layout.scale)
        text = limits_words(self.labs)
        half, wide = self.medium.label / 2, text_width(text, self.medium.label)
        inside = -1 if limits.high is not None else 1
        for left in range(int(PAD), int(self.axis.width - wide) + 1, 6):
            for middle in (y + inside * (half + 1), y - inside * (half + 1)):
                place = left, left + wide, middle - half, middle + half
                if ground.is_free(place) and writing.has_room(place):
                    return replace(layout, words=[*layout.words, Word(text, place)])
        return layout


def limit_levels(limits: Limits | None, low: float) -> list[float]:
    """Return the places of a result's own limits on an axis that begins at `low`."""
    if limits is None:
        return []
    return [exponent(float(limit), low) for limit in (limits.low, limits.high) if limit is not None]


@dataclass(frozen=True, slots=True)
class _Step:
    """``lead`` × 10 to the `power`; the lead is 1 or 3."""

    lead: int
    power: int

    @property
    def figure(self) -> float:
        return float(f"{self.lead}e{self.power}")

    @property
    def text(self) -> str:
        if -4 <= self.power <= 5:
            return f"{self.figure:.{max(0, -self.power)}f}"
        return self.short_text

    @property
    def short_text(self) -> str:
        ten = "10" + str(self.power).translate(_SUPERSCRIPTS)
        return ten if self.lead == 1 else f"{self.lead}·{ten}"

    def text_in(self, room: float, size: float) -> str:
        """Return what fits into `room` points; empty where neither form does."""
        texts = (self.text, self.short_text)
        return next((text for text in texts if text_width(text, size) <= room), "")


_STEPS = tuple(_Step(lead, power) for power in range(-18, 19) for lead in (1, 3))


def lab_scale(
    labs: LabMarks, height: float = math.inf, size: float = 0.0, room: float = math.inf
) -> ValueScale:
    """Return the axis: CRP 0.3 to 100, and further by whole half decades where values need it.

    For another substance it reaches just over the values and the lab's own limits. Where numbers of
    `size` points would touch on a panel `height` points high, or are wider than `room` however they
    are written, some are left out.
    """
    placed = [number for number in _numbers(labs) if number > 0] or [_DEFAULT_LOW, _DEFAULT_HIGH]
    first, last = 0, len(_STEPS) - 1
    while first < last and _STEPS[first + 1].figure <= min(placed):
        first += 1
    while last > first and _STEPS[last - 1].figure >= max(placed):
        last -= 1
    if first == last:
        first, last = max(first - 1, 0), min(last + 1, len(_STEPS) - 1)
    bottom = math.log10(_STEPS[first].figure) - _AXIS_MARGIN
    top = math.log10(_STEPS[last].figure) + _AXIS_MARGIN
    shown = _thin(_STEPS[first : last + 1], height / (top - bottom), size)
    texts = (step.text_in(room, size) if room < math.inf else step.text for step in shown)
    return ValueScale(
        bottom,
        top,
        tuple((math.log10(s.figure), text) for s, text in zip(shown, texts, strict=True)),
    )


def exponent(number: float, low: float) -> float:
    """Return a value's position on the axis; a value without a logarithm is at its foot."""
    return math.log10(number) if number > 0 else low


def _numbers(labs: LabMarks) -> list[float]:
    figures = [float(mark.figure) for mark in labs.marks]
    if labs.substance == "crp":
        return [*figures, _DEFAULT_LOW, _DEFAULT_HIGH]
    limits = [mark.limits for mark in labs.marks if mark.limits is not None]
    return figures + [
        float(limit) for each in limits for limit in (each.low, each.high) if limit is not None
    ]


def _thin(steps: Sequence[_Step], decade: float, size: float) -> Sequence[_Step]:
    """Return the steps that fit: all, each decade, every second decade and so on."""
    if decade * math.log10(3) >= _CLOSEST * size:
        return steps
    tens = [step for step in reversed(steps) if step.lead == 1]
    every = max(1, math.ceil(_CLOSEST * size / decade))
    return list(reversed(tens[::every])) or steps[:1]
