"""Which blood results stand where there is room for few: those that tell of inflammation first."""

from collections.abc import Sequence

from moodlab.analysis.lab_marks import LabMarks, mark_labs
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.labs.analytes import INFLAMMATION
from moodlab.domain.labs.results import LabResult


def tells_inflammation(result: LabResult) -> bool:
    """Whether a result is of a test that inflammation changes first of all."""
    return result.analyte in INFLAMMATION


def choose_labs(results: Sequence[LabResult], places: int) -> tuple[LabResult, ...]:
    """Return what stands in so many places: the newest that tell of inflammation, then the newest.

    `results` are by day, and so is what is returned. Thirty blood counts of one day so hide no CRP.
    """
    numbers = sorted(
        range(len(results)),
        key=lambda number: (tells_inflammation(results[number]), number),
        reverse=True,
    )
    return tuple(results[number] for number in sorted(numbers[:places]))


def mark_leading(diary: Diary, period: Period) -> LabMarks:
    """Return the substance for which the page has a panel: CRP, or else the first one with a mark.

    Only what tells of inflammation is drawn there; without any, the marks are CRP's, and empty.
    """
    every = [mark_labs(diary, period, substance) for substance in INFLAMMATION]
    return next((labs for labs in every if labs.marks), every[0])
