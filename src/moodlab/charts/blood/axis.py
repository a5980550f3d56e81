"""The logarithmic axis of blood results, in whole half decades."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from moodlab.analysis.lab_marks import LabMarks
from moodlab.charts.drawing.axis import ValueScale
from moodlab.charts.drawing.fonts import text_width

# The default span holds nearly every CRP without drawing small changes large.
_DEFAULT_LOW, _DEFAULT_HIGH = 0.3, 100.0
_MARGIN = 0.2
# Between two numbers at the axis, as a multiple of their size: figures are lower than letters.
_CLOSEST = 0.85
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    bottom = math.log10(_STEPS[first].figure) - _MARGIN
    top = math.log10(_STEPS[last].figure) + _MARGIN
    shown = _thin(_STEPS[first : last + 1], height / (top - bottom), size)
    texts = (step.text_in(room, size) if room < math.inf else step.text for step in shown)
    return ValueScale(
        bottom,
        top,
        tuple((math.log10(s.figure), text) for s, text in zip(shown, texts, strict=True)),
    )


def exponent(number: float, low: float) -> float:
    """Return where a value stands on the axis; what has no logarithm stands at its foot."""
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
    """Return the steps that have room: all, or every decade, or every second one and so on."""
    if decade * math.log10(3) >= _CLOSEST * size:
        return steps
    tens = [step for step in reversed(steps) if step.lead == 1]
    every = max(1, math.ceil(_CLOSEST * size / decade))
    return list(reversed(tens[::every])) or steps[:1]
