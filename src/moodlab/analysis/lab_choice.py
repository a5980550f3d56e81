"""Which blood results are listed where there is room for few: inflammation tests first."""

from collections.abc import Sequence

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
