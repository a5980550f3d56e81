"""Diagonal hatching as real lines: crisp at any size, and the same on screen and in print."""

from moodlab.charts.drawing.sheet import Panel

Segment = tuple[tuple[float, float], tuple[float, float]]


def hatch(panel: Panel, first: float, last: float) -> list[Segment]:
    """Return lines at 45° that cover the panel from ordinal `first` to `last`, in data units.

    Their phase belongs to the panel, so that neighbouring stretches continue each other.
    """
    step = panel.medium.hatch_step
    left, right = panel.axis.offset(first), panel.axis.offset(last)
    tall = panel.height
    segments = []
    number = int((left - tall) // step)
    while number * step < right:
        foot = number * step
        begin, end = max(foot, left), min(foot + tall, right)
        if begin < end:
            segments.append(
                (
                    (panel.axis.ordinal(begin), panel.level(begin - foot)),
                    (panel.axis.ordinal(end), panel.level(end - foot)),
                )
            )
        number += 1
    return segments
