"""The words of a blood panel, beside their marks or in rows above with a thin line down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from moodlab.analysis.lab_marks import LabMark
from moodlab.charts.blood.places import Box, Ground, Leader, Writing, spread
from moodlab.charts.drawing.fonts import text_width
from moodlab.domain.labs.words import all_context_words, left_out_words
from moodlab.i18n import translate

MANY, LABELS_WHEN_MANY = 40, 12
PAD = 3.0
# Between two rows of words, as a multiple of their size, and how many rows there are.
_PITCH, _ROWS = 1.22, 2
# Between a word in a row and the thin lines that pass it.
_BESIDE_LINE = 2.0
# The height in which thin lines lean from the marks' places to the words': at least, and for each
# point aside where there is as much room.
_LEAST_LEAN, _LEAN = 4.0, 0.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark's place in points from the panel's lower left corner."""

    mark: LabMark
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Word:
    """A text in its place, and the thin line to what it names; `covers` a dashed line under it."""

    text: str
    box: Box
    is_value: bool = False
    covers: bool = False
    leader: Leader = ()


@dataclass(frozen=True, slots=True)
class Label:
    """What is to be written about the point (x, y): `near` it, or `text` in a row above.

    `may_rise` is False for what is written near or not at all.
    """

    text: str
    x: float
    y: float
    near: tuple[Word, ...]
    is_value: bool
    may_rise: bool = True


@dataclass(frozen=True, slots=True)
class Lettering:
    """Writes on `ground` in letters of `size` points, beside marks of `mark` points."""

    ground: Ground
    size: float
    mark: float

    def value(self, spot: Spot) -> Label:
        """Return what may be written at a mark, the variant without the reason last."""
        full, plain = value_text(spot.mark), spot.mark.label
        near = [
            Word(text, box, is_value=True, covers=over_dashed)
            for text, over_dashed in ((full, False), (plain, False), (plain, True))
            for box in self._beside(spot, text)
            if self.ground.is_free(box, over_dashed=over_dashed)
        ]
        return Label(plain, spot.x, spot.y + self.mark * 0.75, tuple(near), is_value=True)

    def change(self, text: str, x: float, stroke: float) -> Label:
        """Return what may be written at a double tick `stroke` points high, `x` from the left."""
        near = [
            Word(text, box, leader=leader)
            for box, leader in self._at_tick(x, text, stroke)
            if self.ground.is_free(box)
        ]
        # A single letter means nothing away from its tick.
        return Label(text, x, stroke, tuple(near), is_value=False, may_rise=len(text) > 1)

    def write(self, labels: Sequence[Label]) -> list[Word]:
        """Return the words of all `labels` that find room; the first of them matter most.

        Where one of a dense run has no room beside its mark, the whole run stands in rows. Where
        the rows have no room for that, only those stand there that need it.
        """
        runs = self._runs(labels)
        by_run = self._write(labels, runs)
        if worth(by_run)[0] == sum(label.is_value for label in labels):
            return by_run
        one_by_one = self._write(labels, [{number} for number in sorted(set().union(*runs))])
        return max(by_run, one_by_one, key=worth)

    def _write(self, labels: Sequence[Label], units: Sequence[set[int]]) -> list[Word]:
        risen: set[int] = set()
        while True:
            words = self._rows(labels, risen)
            writing = Writing(
                [word.box for word in words.values()], [word.leader for word in words.values()]
            )
            # What can't rise has few places, so it is written before the others take them.
            for number in sorted(range(len(labels)), key=lambda number: labels[number].may_rise):
                for word in labels[number].near if number not in risen else ():
                    if writing.has_room(word.box, word.leader):
                        writing.boxes.append(word.box)
                        writing.leaders.append(word.leader)
                        words[number] = word
                        break
            before = len(risen)
            for unit in units:
                if not unit <= words.keys() and self._rows(labels, risen | unit):
                    risen |= unit
            if len(risen) == before:
                return list(words.values())

    def _runs(self, labels: Sequence[Label]) -> list[set[int]]:
        """Return the values that stand closer than they are wide, and each other word alone."""
        rising = [number for number, label in enumerate(labels) if label.may_rise]
        names = [{number} for number in rising if not labels[number].is_value]
        values = [number for number in rising if labels[number].is_value]
        runs: list[set[int]] = []
        reached = self.ground.width
        for number in sorted(values, key=lambda number: -labels[number].x):
            half = text_width(labels[number].text, self.size) / 2
            if runs and labels[number].x + half + PAD > reached:
                runs[-1].add(number)
            else:
                runs.append({number})
            reached = labels[number].x - half
        return names + runs

    def _rows(self, labels: Sequence[Label], risen: set[int]) -> dict[int, Word]:
        """Return the words of `risen` in rows under the upper edge; empty where they don't fit.

        In the order of their marks, in turn below and above, so that a thin line from above passes
        between two words below, and no two lines cross. One row is enough where each word has room
        over its own mark.
        """
        order = sorted(risen, key=lambda number: (labels[number].x, -number))
        if not order:
            return {}
        chosen = [labels[number] for number in order]
        half_widths = [text_width(label.text, self.size) / 2 for label in chosen]
        wanted = [label.x for label in chosen]
        ends = half_widths[0], self.ground.width - half_widths[-1]
        rows = 1
        places = spread(wanted, [sum(pair) + PAD for pair in pairwise(half_widths)], *ends)
        if any(abs(here - there) > PAD for here, there in zip(places, wanted, strict=False)):
            places = []
        if not places:
            rows = _ROWS
            apart = [max(pair) + _BESIDE_LINE for pair in pairwise(half_widths)]
            places = spread(wanted, apart, *ends)
        words = self._rows_at(chosen, places, rows) if places else []
        return dict(zip(order, words, strict=True)) if words else {}

    def _rows_at(
        self, labels: Sequence[Label], places: Sequence[float], rows: int
    ) -> Sequence[Word]:
        half, pitch = self.size / 2, self.size * _PITCH
        lowest = self.ground.height - half * 0.6 - (rows - 1) * pitch
        foot = lowest - half
        lean = self._lean_from(foot, labels, places)
        if foot - lean < _LEAST_LEAN:
            return []
        words = []
        for turn, (label, place) in enumerate(zip(labels, places, strict=True)):
            wide = text_width(label.text, self.size) / 2
            middle = lowest + turn % rows * pitch
            box = place - wide, place + wide, middle - half, middle + half
            if not self.ground.is_free(box, over_dashed=True):
                return []
            leader = (place, box[2]), (place, foot), (label.x, lean), (label.x, label.y)
            covers = self.ground.is_on_dashed(box)
            words.append(Word(label.text, box, label.is_value, covers, leader))
        return words

    def _lean_from(self, foot: float, labels: Sequence[Label], places: Sequence[float]) -> float:
        """Return the height over all marks below at which thin lines leave the upright."""
        asides = [sorted((place, label.x)) for place, label in zip(places, labels, strict=True)]
        furthest = max(right - left for left, right in asides)
        return max(
            foot - max(_LEAST_LEAN, furthest * _LEAN),
            max(label.y for label in labels),
            max(self.ground.reach_between(left, right) for left, right in asides),
        )

    def _beside(self, spot: Spot, text: str) -> Iterator[Box]:
        half, wide = self.size / 2, text_width(text, self.size)
        right, left = spot.x + self.mark * 0.75 + PAD, spot.x - self.mark * 0.75 - PAD - wide
        centred = min(max(spot.x - wide / 2, 0.0), self.ground.width - wide)
        away = self.mark + half + 2
        for x, y in (
            (right, spot.y), (left, spot.y),
            (right, spot.y + half), (right, spot.y - half),
            (left, spot.y + half), (left, spot.y - half),
            (centred, spot.y + self.mark + half),
            (centred, spot.y - self.mark - half),
            (right, spot.y + self.size), (right, spot.y - self.size),
            (left, spot.y + self.size), (left, spot.y - self.size),
            (right - wide / 3, spot.y + away), (left + wide / 3, spot.y + away),
            (right - wide / 3, spot.y - away), (left + wide / 3, spot.y - away),
        ):  # fmt: skip
            middle = min(max(y, half), self.ground.height - half * 0.6)
            yield x, x + wide, middle - half, middle + half

    def _at_tick(self, x: float, text: str, stroke: float) -> Iterator[tuple[Box, Leader]]:
        half, wide = self.size / 2, text_width(text, self.size)
        for left, middle in (
            (x + self.size * 0.6, half),
            (x - self.size * 0.6 - wide, half),
            (x - wide / 2, stroke + half),
        ):
            yield (left, left + wide, middle - half, middle + half), ()
        if len(text) == 1:
            return
        # Or at the upper edge, on the thin line or beside it, clear of dashed lines.
        middle = self.ground.height - half * 0.6
        for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9):
            left = x - wide * share
            yield (
                (left, left + wide, middle - half, middle + half),
                ((x, middle - half), (x, stroke)),
            )


def worth(words: Sequence[Word]) -> tuple[int, int]:
    """Return the key that compares two layouts of one panel: values first, then other words."""
    values = sum(word.is_value for word in words)
    return values, len(words) - values


def labelled(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return the marks that are labelled, the newest first; of many, only the last twelve."""
    return list(reversed(spots if len(spots) < MANY else spots[-LABELS_WHEN_MANY:]))


def value_text(mark: LabMark) -> str:
    """Return a value as printed, and why it was left out, ``48 H (infection)``."""
    if not mark.result.excluded:
        return mark.label
    why = all_context_words(mark.result.context)
    return translate("chart", "{value} ({why})").format(
        value=mark.label, why=why or left_out_words()
    )


def mark_box(spot: Spot, mark: float) -> Box:
    """Return the room that a mark of `mark` points takes."""
    half = mark * 0.75
    return spot.x - half, spot.x + half, spot.y - half, spot.y + half
