"""The example's ratings: whole numbers that drift slowly, and the habits of writing them down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from moodlab.domain.metrics import BY_ID, METRICS, THOUSAND, Direction
from moodlab.store.example.story import Story
from moodlab.store.example.timeline import Act, Timeline
from moodlab.store.journal import Journal

Answers = Mapping[str, int | None]

# Where each rating begins on its scale before the story moves it.
_USUAL = {
    "fatigue": 6.1, "brain_fog": 5.0, "sleep": 5.2, "mood": 4.4, "motivation": 3.2,
    "pleasure": 3.7, "functioning": 4.2,
}  # fmt: skip
_DAILY = tuple(metric.id for metric in METRICS if metric.daily)
_WORSE = {metric.id for metric in METRICS if metric.direction is Direction.HIGHER_WORSE}

# How much of yesterday is still there today, in what all ratings share and in each of its own.
_SHARED_MEMORY, _SHARED_SPREAD = 0.9, 0.6
_OWN_MEMORY, _OWN_SPREAD = 0.8, 0.7
_DAY_TO_DAY = 0.55

# The newest days are written on time, so that nothing recorded later would lie ahead of now.
_ALWAYS_ON_TIME = 6


@dataclass(frozen=True, slots=True)
class _Shift:
    """Moves one rating by `by`, in even steps from `first` to `last` days ago, and for good."""

    metric: str
    first: int
    last: int
    by: float

    def on(self, days_ago: int) -> float:
        done = (self.first - days_ago) / max(self.first - self.last, 1)
        return self.by * min(max(done, 0.0), 1.0)


def plan_days(timeline: Timeline, days: int, stories: Sequence[tuple[int, Story]]) -> None:
    """Plan the ratings of all `days`: when written, when left out, and a few mended later."""
    random = timeline.random
    states = _states(stories)
    for days_ago, rated in _drift(random, days, stories):
        answers: Answers
        state = states.get(days_ago)
        left_out = random.random() < 0.07 and days_ago > 0
        if state == "unwell_at_end":
            answers = {name: rated[name] for name in ("fatigue", "functioning")}
        elif state is not None or left_out:
            continue
        else:
            answers = _as_given(random, rated)
        when = _habit(random, days_ago, is_exact=state is not None)
        timeline.add(*when, _logging(timeline.day(days_ago), answers))
        if random.random() < 0.02 and days_ago > 2 * _ALWAYS_ON_TIME:
            mended = _mended(random, answers)
            wait = random.randint(2, 5)
            timeline.add(
                when[0] - wait, 21, random.randint(0, 59),
                _logging(timeline.day(days_ago), mended),
            )  # fmt: skip


def _states(stories: Sequence[tuple[int, Story]]) -> dict[int, str]:
    """Return what was told about whole days. A long unwell stretch ends with a day half rated."""
    states: dict[int, str] = {}
    for shift, story in stories:
        for stretch in story["stretches"]:
            first, last = stretch["from"] + shift, stretch["to"] + shift
            states |= dict.fromkeys(range(last, first + 1), stretch["kind"])
            if stretch["kind"] == "unwell" and first - last > 3:
                states[last] = "unwell_at_end"
    return states


def _drift(
    random: Random, days: int, stories: Sequence[tuple[int, Story]]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Yield, oldest first, how many days ago and every rating in thousandths.

    What all ratings share and what each has of its own wander and return; the stories' shifts and a
    day's chance come on top. Sleep hours follow the rating of the night.
    """
    shifts = [
        _Shift(told["metric"], told["from"] + shift, told["to"] + shift, told["by"])
        for shift, story in stories
        for told in story["shifts"]
    ]
    shared, own = 0.0, dict.fromkeys(_DAILY, 0.0)
    for days_ago in reversed(range(days)):
        shared = _wander(random, shared, _SHARED_MEMORY, _SHARED_SPREAD)
        rated: dict[str, int] = {}
        for metric in _DAILY:
            own[metric] = _wander(random, own[metric], _OWN_MEMORY, _OWN_SPREAD)
            told = sum(shift.on(days_ago) for shift in shifts if shift.metric == metric)
            level = _USUAL[metric] + told + own[metric] + random.gauss(0, _DAY_TO_DAY)
            level += -shared if metric in _WORSE else shared
            rated[metric] = min(max(round(level), 0), 10) * THOUSAND
        quarters = round(4 * (5.0 + 0.32 * rated["sleep"] / THOUSAND + random.gauss(0, 0.5)))
        rated["sleep_hours"] = min(max(quarters, 8), 44) * 15 * THOUSAND
        yield days_ago, rated


def _wander(random: Random, value: float, memory: float, spread: float) -> float:
    return memory * value + random.gauss(0, spread * (1 - memory**2) ** 0.5)


def _as_given(random: Random, rated: Mapping[str, int]) -> dict[str, int | None]:
    """Return what was really answered: some rows "could not say", some evenings only the first."""
    given: dict[str, int | None] = {
        name: None if name in _DAILY and random.random() < 0.012 else value
        for name, value in rated.items()
    }
    if random.random() < 0.3:
        del given["sleep_hours"]
    if random.random() < 0.04:
        given = {name: given[name] for name in _DAILY[: random.randint(2, 5)]}
    return given


def _habit(random: Random, days_ago: int, *, is_exact: bool) -> tuple[int, int, int]:
    """Return when a day is written: days ago, hour and minute."""
    chance, minute = random.random(), random.randint(0, 59)
    if is_exact or days_ago < _ALWAYS_ON_TIME or chance < 0.80:
        return days_ago, random.choice((20, 20, 21, 21, 21, 22)), minute
    if chance < 0.86:
        return days_ago, 24, minute  # past midnight, and still that day
    if chance < 0.96:
        return days_ago - 1, random.choice((7, 8, 9)), minute
    return days_ago - random.randint(2, 4), 19, minute


def _mended(random: Random, answers: Answers) -> dict[str, int | None]:
    """Return one answer thought over."""
    rated = [name for name in _DAILY if answers.get(name) is not None]
    if not rated:
        return {}
    name = random.choice(rated)
    before = answers[name] or 0
    step = THOUSAND if before < BY_ID[name].maximum else -THOUSAND
    return {name: before + step}


def _logging(day: date, answers: Answers) -> Act:
    def log(journal: Journal) -> None:
        for metric, value in answers.items():
            journal.days.rate(day, metric, value, source="example")

    return log
