"""Lab results of one substance as marks: bounds stay bounds, and nothing joins two results."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from moodlab.domain import analytes
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.domain.labs import LabResult
from moodlab.domain.reference_ranges import Position, parse_range
from moodlab.domain.units import fold_unit

SAME_DAY_STEP = 0.6


@dataclass(frozen=True, slots=True)
class LabMark:
    """One result where it is drawn.

    `figure` is its number or bound in the axis's unit. `label` is the value as printed, with its
    unit where that is not the axis's. `shift` is in days and sets results of one day side by side.
    `upper_limit` is the lab's own, in the axis's unit.
    """

    result: LabResult
    figure: Decimal
    label: str
    shift: float
    upper_limit: Decimal | None

    @property
    def comparator(self) -> str | None:
        """None for a number, otherwise the side on which the true value lies."""
        return self.result.value.comparator

    @property
    def is_above_range(self) -> bool:
        """Whether it certainly lies above the lab's printed range."""
        return self.result.position is Position.ABOVE


@dataclass(frozen=True, slots=True)
class LabMarks:
    """The results of one substance in a period, by day.

    `shared_limit` is the upper limit that all of them print; None where they differ or lack one.
    """

    substance: str
    label: str
    unit: str
    marks: tuple[LabMark, ...]
    shared_limit: Decimal | None


def mark_labs(diary: Diary, period: Period, substance: str = "crp") -> LabMarks:
    """Return the results of `substance`, by any assay, that were collected in `period`.

    Results in words have no place on an axis and are left to the tables.
    """
    results = sorted(
        (
            result
            for result in diary.labs
            if result.analyte == substance
            and result.collected in period
            and result.canonical is not None
        ),
        key=lambda result: (result.collected, result.id),
    )
    count = Counter(result.collected for result in results)
    placed: Counter[object] = Counter()
    marks = []
    for result in results:
        place, of = placed[result.collected], count[result.collected]
        placed[result.collected] += 1
        marks.append(
            LabMark(
                result=result,
                figure=result.canonical or Decimal(0),
                label=_label(result),
                shift=SAME_DAY_STEP * (place - (of - 1) / 2),
                upper_limit=_upper_limit(result),
            )
        )
    limits = {mark.upper_limit for mark in marks}
    entry = analytes.BY_ID.get(substance)
    return LabMarks(
        substance=substance,
        label=entry.label if entry else substance,
        unit=analytes.display_unit(entry.canonical_unit) if entry else "",
        marks=tuple(marks),
        shared_limit=limits.pop() if len(limits) == 1 else None,
    )


def _label(result: LabResult) -> str:
    printed_on_axis = fold_unit(result.unit) == fold_unit(result.canonical_unit)
    return result.value.text if printed_on_axis else result.printed_with_unit


def _upper_limit(result: LabResult) -> Decimal | None:
    limits = parse_range(result.range_text, result.unit) if result.range_text else None
    entry = analytes.BY_ID.get(result.catalogue_id)
    if limits is None or limits.high is None or entry is None:
        return None
    try:
        conversion = entry.conversion(result.unit)
    except Refused:
        return None
    return conversion.to_canonical(limits.high)
