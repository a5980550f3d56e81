"""Events on the page's time axis: a span as a line with ends, a day as a tick, words beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from moodlab.charts.drawing.axis import TimeAxis
from moodlab.charts.drawing.fonts import printable_line, shorten, text_width
from moodlab.charts.drawing.sheet import Panel
from moodlab.domain.days import Period
from moodlab.domain.events import Event

MOST_ROWS = 2
_GAP = 6.0
_PAD = 3.0
_WIDEST = 150.0
_CAP = 0.32


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """Where an event is drawn and its words begin, in points; row 0 is the highest."""

    row: int
    left: float
    right: float
    words: float
    text: str
    days: Period


def place_events(
    events: Sequence[Event], axis: TimeAxis, size: float
) -> tuple[tuple[PlacedEvent, ...], int]:
    """Return the events that find room, the newest first, and how many don't.

    Words stand right of their event or left of it, on no other event and on no other words.
    """
    placed: list[PlacedEvent] = []
    for event in sorted(events, key=lambda event: (event.first_day, event.text), reverse=True):
        free = (
            candidate
            for candidate in _candidates(event, axis, size)
            if not any(_touch(candidate, other, size) for other in placed)
        )
        candidate = next(free, None)
        if candidate is not None:
            placed.append(candidate)
    return tuple(placed), len(events) - len(placed)


def draw_events(panel: Panel, placed: Sequence[PlacedEvent], pitch: float) -> None:
    """Draw the events, one row every `pitch` points from the top."""
    panel.scale(0, panel.height)
    at = panel.axis.ordinal
    cap = pitch * _CAP
    lines, caps = [], []
    for event in placed:
        middle = panel.height - (event.row + 0.5) * pitch
        lines.append(((at(event.left), middle), (at(event.right), middle)))
        caps += [
            ((at(x), middle - cap), (at(x), middle + cap))
            for x in dict.fromkeys((event.left, event.right))
        ]
        panel.label(at(event.words), middle, event.text, color=panel.theme.text)
    panel.lines(lines, panel.theme.text, panel.medium.hair * 2)
    panel.lines(caps, panel.theme.text, panel.medium.hair * 2)


def _candidates(event: Event, axis: TimeAxis, size: float) -> Iterator[PlacedEvent]:
    first = max(event.first_day, axis.period.first)
    last = min(event.last_day or event.first_day, axis.period.last)
    if first == last:
        left = right = axis.offset(first.toordinal())
    else:
        left = axis.offset(first.toordinal() - 0.5)
        right = axis.offset(last.toordinal() + 0.5)
    days = Period(first, last)
    text = printable_line(event.text)
    for most in (_WIDEST, _WIDEST / 2):
        cut = shorten(text, size, min(text_width(text, size), most))
        if not cut:
            return
        wide = text_width(cut, size)
        for row in range(MOST_ROWS):
            if right + _PAD + wide <= axis.width:
                yield PlacedEvent(row, left, right, right + _PAD, cut, days)
            if left - _PAD - wide >= 0:
                yield PlacedEvent(row, left, right, left - _PAD - wide, cut, days)


def _touch(one: PlacedEvent, other: PlacedEvent, size: float) -> bool:
    (left, right), (begin, end) = _reach(one, size), _reach(other, size)
    return one.row == other.row and left < end + _GAP and begin < right + _GAP


def _reach(event: PlacedEvent, size: float) -> tuple[float, float]:
    wide = text_width(event.text, size)
    return min(event.left, event.words), max(event.right, event.words + wide)
