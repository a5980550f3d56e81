"""Treatment eras: the ratings during each dose, side by side and without a conclusion."""

from dataclasses import dataclass

from moodlab.analysis.coverage import measure_coverage
from moodlab.analysis.summaries import FEWEST_IN_PERIOD, Summary, summarise
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary
from moodlab.domain.treatments import Treatment


@dataclass(frozen=True, slots=True)
class Era:
    """The days of a period on which one dose of one treatment was in force."""

    treatment: Treatment
    dose: str
    period: Period
    days_with_rating: int
    metrics: tuple[tuple[str, Summary], ...]


def find_eras(diary: Diary, period: Period) -> tuple[Era, ...]:
    """Return the eras that touch `period`, clipped to it, by their first day.

    Eras of different treatments may overlap.
    """
    eras = [
        _era(diary, treatment, index, clipped)
        for treatment in diary.treatments
        for index in range(len(treatment.doses))
        if (clipped := _clip(treatment, index, period)) is not None
    ]
    return tuple(sorted(eras, key=lambda era: (era.period.first, era.treatment.name)))


def _clip(treatment: Treatment, index: int, period: Period) -> Period | None:
    first = max(treatment.doses[index].first_day, period.first)
    last = min(treatment.last_day_of(index) or period.last, period.last)
    return Period(first, last) if first <= last else None


def _era(diary: Diary, treatment: Treatment, index: int, clipped: Period) -> Era:
    return Era(
        treatment=treatment,
        dose=treatment.doses[index].text,
        period=clipped,
        days_with_rating=measure_coverage(diary, clipped).days_with_rating,
        metrics=tuple(
            (tracked.metric.id, summarise(ratings, clipped, FEWEST_IN_PERIOD))
            for tracked in diary.metrics
            if (ratings := diary.ratings.get(tracked.metric.id, ()))
            or tracked.is_tracked_in(clipped.first, clipped.last)
        ),
    )
