"""Lab results of one substance as marks: bounds stay bounds, and nothing joins two results."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.domain.labs import analytes
from moodlab.domain.labs.catalogue import Catalogue
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.units import Conversion, fold_unit

SAME_DAY_STEP = 0.6


class Changed(StrEnum):
    """What may differ between two draws so that their results are not one series."""

    ASSAY = "assay"
    LAB = "lab"
    METHOD = "method"


class Shape(StrEnum):
    """The shape of a mark: a bound points to where the true value lies."""

    DIAMOND = "diamond"
    SQUARE = "square"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Limits:
    """A lab's own range in the axis's unit; a limit that it did not print is None."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class LabMark:
    """One result where it is drawn.

    `figure` is its number or bound in the axis's unit. `label` is the value as printed, with its
    unit where that is not the axis's. `shift` is in days and sets results of one day side by side.
    `limits` are the lab's own, `printed_limits` the same in the unit of the report; None where it
    printed none that can be read.
    """

    result: LabResult
    figure: Decimal
    label: str
    shift: float
    limits: Limits | None
    printed_limits: Limits | None

    @property
    def comparator(self) -> str | None:
        """None for a number, otherwise the side on which the true value lies."""
        return self.result.value.comparator

    @property
    def shape(self) -> Shape:
        """The shape in which it is drawn."""
        if self.comparator in ("<", "<="):
            return Shape.DOWN
        if self.comparator in (">", ">="):
            return Shape.UP
        return Shape.SQUARE if self.result.assay else Shape.DIAMOND

    @property
    def is_hollow(self) -> bool:
        """Whether it is drawn as an outline: a bound, or a draw that was left out."""
        return self.comparator is not None or self.result.excluded

    @property
    def is_above_range(self) -> bool:
        """Whether the value is certainly above the lab's printed range."""
        return self.result.position is Position.ABOVE


@dataclass(frozen=True, slots=True)
class LabBreak:
    """A change of lab, method or assay between two days of draws: the series ends and begins."""

    before: date
    after: date
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class LabMarks:
    """The results of one substance in a period, by day.

    `shared_limits` is the range that all of them print; None where they differ or lack one.
    `shared_printed` is that range in `printed_unit`, the unit in which all of them print it.
    `in_words` are the results that have no place on an axis.
    """

    substance: str
    label: str
    unit: str
    marks: tuple[LabMark, ...]
    shared_limits: Limits | None
    breaks: tuple[LabBreak, ...] = ()
    in_words: tuple[LabResult, ...] = ()
    shared_printed: Limits | None = None
    printed_unit: str = ""

    @property
    def results(self) -> tuple[LabResult, ...]:
        """Every result, drawn or in words, by day."""
        drawn = (mark.result for mark in self.marks)
        return tuple(
            sorted((*drawn, *self.in_words), key=lambda result: (result.collected, result.id))
        )


def mark_labs(diary: Diary, period: Period, substance: str = "crp") -> LabMarks:
    """Return the results of `substance`, by any assay, that were collected in `period`."""
    return _mark(
        substance,
        [
            result
            for result in diary.labs
            if result.analyte == substance and result.collected in period
        ],
        diary.catalogue,
    )


def mark_others(diary: Diary, period: Period, but: str = "crp") -> tuple[LabMarks, ...]:
    """Return the other substances with results in `period`: built-in ones first, then by name."""
    by_substance: dict[str, list[LabResult]] = {}
    for result in diary.labs:
        if result.collected in period and result.analyte != but:
            by_substance.setdefault(result.analyte, []).append(result)
    built_in = {analyte.substance: number for number, analyte in enumerate(analytes.ANALYTES)}
    marked = [
        _mark(substance, results, diary.catalogue) for substance, results in by_substance.items()
    ]
    return tuple(
        sorted(
            marked,
            key=lambda labs: (
                built_in.get(labs.substance, len(built_in)),
                labs.label.casefold(),
                labs.substance,
            ),
        )
    )


def _mark(substance: str, results: Iterable[LabResult], catalogue: Catalogue) -> LabMarks:
    ordered = sorted(results, key=lambda result: (result.collected, result.id))
    drawn = [result for result in ordered if result.canonical is not None]
    count = Counter(result.collected for result in drawn)
    placed: Counter[object] = Counter()
    marks = []
    for result in drawn:
        place, of = placed[result.collected], count[result.collected]
        placed[result.collected] += 1
        marks.append(
            LabMark(
                result=result,
                figure=result.canonical or Decimal(0),
                label=_label(result),
                shift=SAME_DAY_STEP * (place - (of - 1) / 2),
                limits=_convert(result, _printed_limits(result), catalogue),
                printed_limits=_printed_limits(result),
            )
        )
    entry = analytes.BY_ID.get(substance)
    own_unit = marks[0].result.canonical_unit if marks else ""
    limits = {mark.limits for mark in marks}
    printed = {(mark.printed_limits, fold_unit(mark.result.unit)) for mark in marks}
    are_alike = len(limits) == len(printed) == 1
    axis_unit = analytes.display_unit(entry.canonical_unit if entry else own_unit)
    own_label = ordered[0].label if ordered else ""
    return LabMarks(
        substance=substance,
        label=entry.label if entry else own_label or substance,
        unit=axis_unit,
        marks=tuple(marks),
        shared_limits=limits.pop() if len(limits) == 1 else None,
        breaks=find_breaks(drawn),
        in_words=tuple(result for result in ordered if result.canonical is None),
        shared_printed=marks[0].printed_limits if are_alike else None,
        printed_unit=analytes.display_unit(marks[0].result.unit) if are_alike else "",
    )


def find_breaks(results: Sequence[LabResult]) -> tuple[LabBreak, ...]:
    """Return where lab, method or assay change between draws of one substance, oldest first.

    A lab or method that was not written down is not known to have changed: it is taken as the one
    before. Two assays of one draw stand beside each other and are no change.
    """
    known: dict[tuple[Changed, str | None], set[str]] = {}
    breaks = []
    before: tuple[date, set[str | None]] | None = None
    for day, drawn in groupby(results, lambda result: result.collected):
        later = list(drawn)
        assays = {result.assay for result in later}
        changed = _learn(known, later)
        if before is not None:
            if not before[1] & assays:
                changed = (Changed.ASSAY, *changed)
            if changed:
                breaks.append(LabBreak(before[0], day, changed))
        before = day, assays
    return tuple(breaks)


def _learn(
    known: dict[tuple[Changed, str | None], set[str]], drawn: Iterable[LabResult]
) -> tuple[Changed, ...]:
    """Record the labs and methods of one day's results, and return which of them changed."""
    named: dict[tuple[Changed, str | None], set[str]] = {}
    for result in drawn:
        # Methods are compared within one assay, since assays differ in method anyway.
        for key, text in (
            ((Changed.LAB, None), result.lab), ((Changed.METHOD, result.assay), result.method),
        ):  # fmt: skip
            if name := "".join(sign for sign in text.casefold() if sign.isalnum()):
                named.setdefault(key, set()).add(name)
    changed = {key[0] for key, names in named.items() if not names & known.get(key, names)}
    known |= named
    return tuple(sorted(changed))


def _label(result: LabResult) -> str:
    printed_on_axis = fold_unit(result.unit) == fold_unit(result.canonical_unit)
    return result.value.text if printed_on_axis else result.printed_with_unit


def _printed_limits(result: LabResult) -> Limits | None:
    printed = result.printed_range
    if printed is None:
        return None
    # A range from 0 has no lower limit that a result could lie below.
    limits = Limits(printed.low or None, printed.high)
    return None if limits == Limits(None, None) else limits


def _convert(result: LabResult, printed: Limits | None, catalogue: Catalogue) -> Limits | None:
    conversion = _conversion(result, catalogue)
    if printed is None or conversion is None:
        return None
    low, high = (
        None if limit is None else conversion.to_canonical(limit)
        for limit in (printed.low, printed.high)
    )
    return Limits(low, high)


def _conversion(result: LabResult, catalogue: Catalogue) -> Conversion | None:
    if fold_unit(result.unit) == fold_unit(result.canonical_unit):
        return Conversion(result.canonical_unit, Decimal(1), "itself")
    entry = catalogue.by_id.get(result.catalogue_id)
    # Range and value use the same conversion, or the range is not drawn.
    if entry is None or fold_unit(entry.canonical_unit) != fold_unit(result.canonical_unit):
        return None
    try:
        return entry.conversion(result.unit)
    except Refused:
        return None
