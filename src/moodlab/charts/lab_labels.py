"""Where the words of a blood panel stand: on no mark, no dashed line and no other word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from moodlab.analysis.lab_marks import Changed, LabMark, LabMarks, Limits
from moodlab.charts.fonts import text_width
from moodlab.charts.lab_axis import exponent
from moodlab.charts.lab_words import change_words, limits_words
from moodlab.charts.sheet import Panel
from moodlab.i18n import translate

MANY, LABELS_WHEN_MANY = 40, 12
_PAD = 3.0

# Left, right, foot and top in points from the panel's lower left corner.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark's place in points from the panel's lower left corner."""

    mark: LabMark
    x: float
    y: float


@dataclass(slots=True)
class LabLabels:
    """Writes on `panel` where there is room. `lines` are the places of dashed lines, in points."""

    panel: Panel
    lines: Sequence[float]
    band: Limits | None
    taken: list[Box] = field(default_factory=list)

    def write_values(self, spots: Sequence[Spot]) -> None:
        """Write each printed value beside its mark; where there are many, only the last twelve."""
        labelled = spots if len(spots) < MANY else spots[-LABELS_WHEN_MANY:]
        for spot in reversed(labelled):  # the newest result is the one most looked for
            # Why a draw was set aside gives way first; then the number may interrupt a line.
            for text, lines in (
                (_value_text(spot.mark), self.lines),
                (spot.mark.label, self.lines),
                (spot.mark.label, ()),
            ):
                wide = text_width(text, self.panel.medium.label)
                place = self._first_free(self._places_beside(spot, wide), lines)
                if place is not None:
                    self._write(place, text, self.panel.theme.text, covers=not lines)
                    break

    def write_change(self, x: float, changed: Sequence[Changed]) -> None:
        """Name what changed at the double tick `x` points from the left."""
        text = change_words(changed)
        wide = text_width(text, self.panel.medium.label)
        place = self._first_free(self._places_over(x, wide), self.lines)
        if place is not None:
            self._write(place, text, self.panel.theme.muted)

    def write_limits(self, labs: LabMarks) -> None:
        """Name the grey band at its edge, where nothing else stands."""
        limits = labs.shared_limits
        assert limits is not None
        low, high = self.panel.axes.get_ylim()
        edge = limits.low if limits.high is None else limits.high
        assert edge is not None
        y = (exponent(float(edge), low) - low) / (high - low) * self.panel.height
        text = limits_words(labs)
        half, wide = self.panel.medium.label / 2, text_width(text, self.panel.medium.label)
        inside = -1 if limits.high is not None else 1
        columns = range(int(_PAD), int(self.panel.axis.width - wide) + 1, 6)
        places = (
            (left, left + wide, middle - half, middle + half)
            for left in columns
            for middle in (y + inside * (half + 1), y - inside * (half + 1))
        )
        place = self._first_free(places, self.lines)
        if place is not None:
            self._write(place, text, self.panel.theme.muted)

    def _places_beside(self, spot: Spot, wide: float) -> Iterator[Box]:
        panel = self.panel
        half, mark = panel.medium.label / 2, panel.medium.lab
        right, left = spot.x + mark * 0.75 + _PAD, spot.x - mark * 0.75 - _PAD - wide
        centred = min(max(spot.x - wide / 2, 0.0), panel.axis.width - wide)
        away = mark + half + 2
        for x, y in (
            (right, spot.y), (left, spot.y),
            (right, spot.y + half), (right, spot.y - half),
            (left, spot.y + half), (left, spot.y - half),
            (centred, spot.y + mark + half),
            (centred, spot.y - mark - half),
            (right, spot.y + 2 * half), (right, spot.y - 2 * half),
            (left, spot.y + 2 * half), (left, spot.y - 2 * half),
            (right - wide / 3, spot.y + away), (left + wide / 3, spot.y + away),
            (right - wide / 3, spot.y - away), (left + wide / 3, spot.y - away),
        ):  # fmt: skip
            middle = min(max(y, half), panel.height - half * 0.6)
            yield x, x + wide, middle - half, middle + half

    def _places_over(self, x: float, wide: float) -> Iterator[Box]:
        """Yield places from the foot upwards: beside the tick, then above it, or nearly."""
        half, size = self.panel.medium.label / 2, self.panel.medium.label
        middle = half
        while middle <= self.panel.height - half:
            lefts = [x + size * 0.6, x - size * 0.6 - wide]
            if middle > half:
                lefts = [
                    x - wide * share for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
                ]
            for left in lefts:
                yield left, left + wide, middle - half, middle + half
            middle += size * 1.15

    def _first_free(self, places: Iterator[Box], lines: Sequence[float]) -> Box | None:
        for place in places:
            left, right, foot, top = place
            if (
                left >= 0
                and right <= self.panel.axis.width
                and foot >= -1
                and top <= self.panel.height + self.panel.medium.label / 2
                and not any(left - _PAD / 2 < line < right + _PAD / 2 for line in lines)
                and not any(_overlap(place, other) for other in self.taken)
            ):
                return place
        return None

    def _write(self, place: Box, text: str, color: str, *, covers: bool = False) -> None:
        panel, middle = self.panel, (place[2] + place[3]) / 2
        self.taken.append((place[0] - _PAD / 2, place[1] + _PAD / 2, *place[2:]))
        more: dict[str, Any] = {}
        if covers and self.lines:
            more = {"bbox": {"facecolor": self._ground(middle), "edgecolor": "none", "pad": 0.6}}
        at = panel.axis.ordinal(place[0]), panel.level(middle)
        panel.label(*at, text, color=color, zorder=16, **more)

    def _ground(self, middle: float) -> str:
        """Return the colour at a height, by which a value covers the dashed line under it."""
        theme = self.panel.theme
        if self.band is None:
            return theme.window
        low, high = self.panel.axes.get_ylim()
        foot = low if self.band.low is None else exponent(float(self.band.low), low)
        top = high if self.band.high is None else exponent(float(self.band.high), low)
        return theme.range_band if foot < self.panel.level(middle) < top else theme.window


def _value_text(mark: LabMark) -> str:
    if not mark.result.excluded:
        return mark.label
    why = ", ".join(word.replace("_", "-") for word in mark.result.context)
    return translate("chart", "{value} ({why})").format(
        value=mark.label, why=why or translate("chart", "set aside")
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
