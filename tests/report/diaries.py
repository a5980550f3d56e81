"""Diaries made in memory, from plain rows, for the tests of the page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from moodlab.domain.days import Period, Recorded
from moodlab.domain.diary import Diary, Identity, Pin, TrackedMetric
from moodlab.domain.events import Event, Question
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import METRICS, THOUSAND, Metric
from moodlab.domain.ratings import DayRecord, Rating
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.report.model import ReportModel, build_report

LAST = date(2025, 11, 4)
DAILY = tuple(metric for metric in METRICS if metric.daily)

# What people paste into notes, and what would be code or markup somewhere.
HOSTILE = (
    '#read("/etc/passwd")',
    "$x^2$ and \\frac{1}{2}",
    '<img src="http://127.0.0.1/x.png"> <b>bold</b>',
    "*bold* _soft_ @ref `raw` /* gone */ // gone",
    '#panic() #eval("1") [content] {code}',
    "a --> b <-- c >= d != e",
    "x" * 400,
    "=heading\n- item\n+ item",
)


def day(ago: int) -> date:
    """The day so many days before `LAST`."""
    return LAST - timedelta(days=ago)


def recorded_on(written: date) -> Recorded:
    moment = datetime(written.year, written.month, written.day, 20, tzinfo=UTC)
    return Recorded(moment, 0, written)


def rating(ago: int, metric: str, value: float | None, late: int | None = 0) -> Rating:
    """Return a rating written `late` days after its day; None: nobody knows when."""
    thousandths = None if value is None else round(value * THOUSAND)
    written = None if late is None else recorded_on(day(ago) + timedelta(days=late))
    return Rating(day(ago), metric, thousandths, written)


def weeks_of_ratings(
    days: int, metrics: Iterable[Metric] = DAILY, *, every: int = 1
) -> dict[str, tuple[Rating, ...]]:
    """Ratings that wander between 0 and 10, on every `every`-th of the last `days` days."""
    return {
        metric.id: tuple(
            rating(ago, metric.id, (ago * 7 + number * 3 + ago // 5) % 11, late=ago % 9 // 7)
            for ago in range(days - 1, -1, -1)
            if ago % every == 0
        )
        for number, metric in enumerate(metrics)
    }


def lab(ago: int, test: str, value: str, unit: str = "mg/L", **more: Any) -> LabResult:
    return read_entry(LabEntry(day(ago), test, value, unit, **more), f"lab-{ago}-{test}-{value}")


def treatment(name: str, doses: Sequence[tuple[int, str]], stopped: int | None = None) -> Treatment:
    return Treatment(
        f"treatment-{name}",
        name,
        TreatmentKind.MEDICINE,
        tuple(Dose(f"{name}-{ago}", day(ago), text) for ago, text in doses),
        None if stopped is None else day(stopped),
    )


def diary(
    ratings: Mapping[str, tuple[Rating, ...]] | None = None,
    *,
    metrics: Sequence[Metric] = DAILY,
    days: Sequence[DayRecord] = (),
    labs: Sequence[LabResult] = (),
    treatments: Sequence[Treatment] = (),
    events: Sequence[Event] = (),
    questions: Sequence[str] = (),
    pins: Sequence[Pin] = (),
    identity: Identity | None = None,
    is_example: bool = False,
) -> Diary:
    return Diary(
        metrics=tuple(TrackedMetric(metric, ((None, None),)) for metric in metrics),
        ratings=dict(ratings or {}),
        days=tuple(sorted(days, key=lambda record: record.day)),
        labs=tuple(sorted(labs, key=lambda result: (result.collected, result.id))),
        treatments=tuple(treatments),
        events=tuple(events),
        questions=tuple(
            Question(f"question-{number}", day(9 - number), text)
            for number, text in enumerate(questions)
        ),
        pins=tuple(pins),
        identity=identity or Identity(),
        data_up_to=LAST,
        is_example=is_example,
    )


def report(of: Diary, days: int = 84) -> ReportModel:
    return build_report(of, Period.ending(LAST, days))


def full(metrics: Sequence[Metric] = DAILY, days: int = 240) -> Diary:
    """A diary with something in every block of the page."""
    return diary(
        weeks_of_ratings(days, metrics),
        metrics=metrics,
        days=[
            DayRecord(day(3), note="Slept badly after the visit.", note_for_doctor=True),
            DayRecord(day(5), note="Not for the page."),
        ],
        labs=[
            lab(70, "crp", "14", range_text="<5", context=("infection",), lab="City Lab"),
            lab(35, "crp", "0.31", "mg/dL", range_text="<0.5"),
            lab(14, "hs-crp", "<0.3", range_text="<3", context=("fasting",)),
        ],
        treatments=[
            treatment("Sertraline", [(60, "50 mg"), (30, "100 mg")]),
            treatment("Amoxicillin", [(64, "")], stopped=47),
        ],
        events=[Event("event-1", day(64), "Chest infection", day(55))],
        questions=["Is the dose right?", "Could it be taken in the evening?"],
        pins=[Pin("pin-1", (("mood", ">=", 5000), ("motivation", "<=", 3000)))],
    )


def hostile() -> Diary:
    """Forty results, ten treatments, sixty events, with the longest texts there are."""
    long_name = "Extended-release-" + "methylphenidatehydrochloride " * 3 + "every other morning"
    return diary(
        weeks_of_ratings(240),
        days=[
            DayRecord(day(ago), note=(text * 1000)[:1000], note_for_doctor=True)
            for ago, text in enumerate(HOSTILE)
        ],
        labs=[
            lab(
                2 * number, "crp" if number % 2 else "hs-crp", f"<{number}.{number:02d}",
                range_text="0.000–5.000 (adults, fasting, repeat if in doubt)",
                context=("infection", "vaccination", "anti_inflammatory", "fasting"),
                lab="Joint Laboratory of the Two Hospitals beyond the River",
                method="immunoturbidimetric, latex-enhanced, third generation",
            )
            for number in range(1, 41)
        ],
        treatments=[
            treatment(f"{number} {long_name}"[:100], [(80 - number, "x" * 80), (40, "y" * 80)])
            for number in range(10)
        ],
        events=[Event(f"event-{number}", day(number), HOSTILE[number % 8]) for number in range(60)],
        questions=[(text + " ") * 30 for text in HOSTILE[:4]],
        identity=Identity("N" * 200, "1 January 1900 " * 8),
        is_example=True,
    )  # fmt: skip
