"""Places on a blood panel in points: what is taken, and what is free for words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# Left, right, foot and top in points from the panel's lower left corner.
Box = tuple[float, float, float, float]
# The corners of a thin line, from the word to what it names.
Leader = tuple[tuple[float, float], ...]

# Between a word and a dashed line, another word or a thin line.
CLEARANCE = 1.5


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands on a panel before any words.

    `marks` and `ticks` are boxes, `drops` the upper ends of the lines from marks to the foot,
    `dashed` the places of dashed lines. `overhang` is how far a word may reach over the upper edge.
    """

    width: float
    height: float
    overhang: float
    marks: Sequence[Box]
    ticks: Sequence[Box]
    drops: Sequence[tuple[float, float]]
    dashed: Sequence[float]

    def is_free(self, box: Box, *, over_dashed: bool = False) -> bool:
        """Whether a word in `box` stands inside of the panel and on nothing drawn."""
        left, right, foot, top = box
        return (
            left >= 0
            and right <= self.width
            and foot >= -1
            and top <= self.height + self.overhang
            and (over_dashed or not self.is_on_dashed(box))
            and not any(overlap(box, other) for other in self.marks)
            and not any(overlap(box, other) for other in self.ticks)
            and not any(left - 0.5 < x < right + 0.5 and foot < y for x, y in self.drops)
        )

    def is_on_dashed(self, box: Box) -> bool:
        """Whether a word in `box` interrupts a dashed line."""
        return any(box[0] - CLEARANCE < x < box[1] + CLEARANCE for x in self.dashed)

    def reach_between(self, left: float, right: float) -> float:
        """Return how high marks and ticks reach between two places."""
        return max(
            (box[3] for box in (*self.marks, *self.ticks) if box[0] < right and left < box[1]),
            default=0.0,
        )


@dataclass(slots=True)
class Writing:
    """The words that stand already: their boxes and their thin lines."""

    boxes: list[Box] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)

    def has_room(self, box: Box, leader: Leader = ()) -> bool:
        """Whether a word in `box` and its thin line touch no other word and no thin line."""
        padded = box[0] - CLEARANCE, box[1] + CLEARANCE, box[2], box[3]
        return (
            not any(overlap(padded, other) or crosses(leader, other) for other in self.boxes)
            and not any(crosses(other, padded) for other in self.leaders)
            and not (leader and any(other and _meet(leader, other) for other in self.leaders))
        )


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def crosses(leader: Leader, box: Box) -> bool:
    """Whether a thin line runs through a box; it may begin at its edge."""
    return any(_runs_through(start, end, box) for start, end in pairwise(leader))


def _runs_through(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    first, last = 0.0, 1.0
    for begin, way, low, high in (
        (start[0], end[0] - start[0], box[0], box[1]),
        (start[1], end[1] - start[1], box[2], box[3]),
    ):
        if not way:
            if not low < begin < high:
                return False
            continue
        enters, leaves = sorted(((low - begin) / way, (high - begin) / way))
        first, last = max(first, enters), min(last, leaves)
    return last - first > 1e-6


def _meet(upright: Leader, other: Leader) -> bool:
    """Whether a thin line runs across an upright one."""
    x, (_, top), (_, foot) = upright[0][0], upright[0], upright[-1]
    hair = x - 0.1, x + 0.1, foot, top
    return crosses(other, hair)


def spread(wanted: Sequence[float], apart: Sequence[float], low: float, high: float) -> list[float]:
    """Return places as near to the `wanted` ones as can be, in the same order.

    `apart[n]` lies between place n and the next. Empty where `low` to `high` hold not all of them.
    The nearest by squares: neighbours that touch share their displacement.
    """
    before = [0.0]
    for gap in apart:
        before.append(before[-1] + gap)
    if before[-1] > high - low:
        return []
    groups: list[tuple[float, int]] = []  # the sum of free places, and how many
    for place, offset in zip(wanted, before, strict=True):
        total, count = place - offset, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / count:
            more, others = groups.pop()
            total, count = total + more, count + others
        groups.append((total, count))
    free = [total / count for total, count in groups for _ in range(count)]
    return [
        min(max(place, low), high - before[-1]) + offset
        for place, offset in zip(free, before, strict=True)
    ]
