"""Diaries made in memory: just enough of a life to compute and draw."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from moodlab.domain import metrics
from moodlab.domain.days import Period, Recorded
from moodlab.domain.diary import Diary, TrackedMetric
from moodlab.domain.events import Event
from moodlab.domain.labs import analytes
from moodlab.domain.labs.entry import express
from moodlab.domain.labs.printed_values import parse_value
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import DayRecord, DayState, Rating
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind

LAST = date(2025, 11, 4)
WEEKS12 = Period.ending(LAST, 84)
EVER = ((None, None),)


def recorded(day: date, days_later: int = 0) -> Recorded:
    then = day + timedelta(days=days_later)
    return Recorded(datetime(then.year, then.month, then.day, 20, tzinfo=UTC), 60, then)


def rating(day: date, value: int | None, days_later: int = 0, metric: str = "fatigue") -> Rating:
    """One answer in whole units of the metric."""
    return Rating(day, metric, None if value is None else value * 1000, recorded(day, days_later))


def ratings_from(
    first: date, values: Sequence[int | None], metric: str = "fatigue"
) -> tuple[Rating, ...]:
    """Consecutive days from `first`; None is a day without an answer."""
    return tuple(
        rating(first + timedelta(days=number), value, metric=metric)
        for number, value in enumerate(values)
        if value is not None
    )


def diary(
    ratings: Mapping[str, tuple[Rating, ...]] | None = None,
    *,
    spans: Mapping[str, tuple[tuple[date | None, date | None], ...]] | None = None,
    days: tuple[DayRecord, ...] = (),
    labs: tuple[LabResult, ...] = (),
    treatments: tuple[Treatment, ...] = (),
    events: tuple[Event, ...] = (),
    is_example: bool = False,
) -> Diary:
    """A diary in which the metrics that have ratings were tracked all along."""
    given = ratings or {}
    asked = dict.fromkeys(given, EVER) | dict(spans or {})
    return Diary(
        metrics=tuple(
            TrackedMetric(metric, asked.get(metric.id, ())) for metric in metrics.METRICS
        ),
        ratings=given,
        days=days,
        labs=labs,
        treatments=treatments,
        events=events,
        data_up_to=LAST,
        is_example=is_example,
    )


def lab(
    day: date,
    printed: str,
    *,
    unit: str = "mg/L",
    test: str = "crp",
    range_text: str = "",
    context: tuple[str, ...] = (),
    excluded: bool = False,
    by: str = "",
    method: str = "",
    number: int = 1,
) -> LabResult:
    entry = analytes.BY_ID[test]
    bare = LabResult(
        f"lab-{number}", day, entry.substance, entry.assay, entry.loinc, parse_value(printed),
        unit, None, "", range_text, by, method, context=context, excluded=excluded,
    )  # fmt: skip
    return express(bare, entry)


def treatment(
    name: str, *steps: tuple[date, str], until: date | None = None, as_needed: Sequence[date] = ()
) -> Treatment:
    return Treatment(
        name,
        name,
        TreatmentKind.MEDICINE,
        tuple(Dose(f"{name}-{number}", day, text) for number, (day, text) in enumerate(steps)),
        until,
        as_needed_days=tuple(as_needed),
    )


def marked(first: date, days: int, state: DayState) -> tuple[DayRecord, ...]:
    return tuple(DayRecord(first + timedelta(days=number), state) for number in range(days))


def lively(days: int = 84, *, is_example: bool = False) -> Diary:
    """Seven ratings and hours asleep with gaps, late entries, labs, treatments and events."""
    first = LAST - timedelta(days=days - 1)
    silent = {LAST - timedelta(days=50 + number) for number in range(7)}
    names = [metric.id for metric in metrics.METRICS if metric.daily] + ["sleep_hours"]
    ratings = {}
    for offset, name in enumerate(names):
        answers = []
        for number in range(days):
            day = first + timedelta(days=number)
            if day in silent or (number * 7 + offset) % 11 == 0:
                continue
            value = (number * (offset + 3) // 5 + offset) % 11
            if name == "sleep_hours":
                value = 300 + value * 20
            answers.append(rating(day, value, 0 if number % 6 else number % 4, name))
        ratings[name] = tuple(answers)
    back = LAST - timedelta(days=30)
    return diary(
        ratings,
        days=marked(LAST - timedelta(days=50), 2, DayState.UNWELL),
        labs=(
            lab(LAST - timedelta(days=60), "14", range_text="<5", context=("infection",),
                excluded=True, number=1),
            lab(back, "3.1", range_text="<5", number=2),
            lab(LAST - timedelta(days=9), "<0.3", test="hs_crp", range_text="<5", number=3),
        ),
        treatments=(
            treatment("Vitamin D", (LAST - timedelta(days=900), "1000 IU")),
            treatment("Sertraline", (back, "50 mg"), (LAST - timedelta(days=12), "100 mg")),
        ),
        events=(Event("e1", LAST - timedelta(days=61), "Sore throat"),),
        is_example=is_example,
    )  # fmt: skip
