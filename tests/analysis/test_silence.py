from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.series import read_series
from moodlab.analysis.smoothing import GAP_DAYS, find_runs
from moodlab.domain.days import Period
from moodlab.domain.diary import TrackedMetric
from moodlab.domain.metrics import BY_ID
from tests.diaries import diary, rating

FIRST = date(2026, 1, 1)
PERIOD = Period(FIRST + timedelta(days=5), FIRST + timedelta(days=34))
numbers = st.integers(0, 39)
ends = st.one_of(st.none(), numbers)


def day(number: int | None) -> date | None:
    return None if number is None else FIRST + timedelta(days=number)


def runs(holds: list[bool], fewest: int) -> tuple[Period, ...]:
    return tuple(
        Period(PERIOD.first + timedelta(days=first), PERIOD.first + timedelta(days=last))
        for first, last in find_runs(holds, fewest)
    )


@given(st.sets(numbers), st.lists(st.tuples(ends, ends), max_size=4), ends)
def test_gaps_are_what_a_look_at_each_day_finds(rated, spans, begins) -> None:
    tracked = TrackedMetric(BY_ID["mood"], tuple((day(first), day(last)) for first, last in spans))
    answers = tuple(rating(day(number), 5) for number in sorted(rated))
    read = replace(diary({"mood": answers}), begins=day(begins))

    series = read_series(read, tracked, PERIOD)

    known = day(begins) or (answers[0].day if answers else PERIOD.last)
    given_on = {answer.day for answer in answers}
    silent = [each >= known and each not in given_on for each in PERIOD]
    asked = [tracked.is_tracked_in(each, each) for each in PERIOD]
    both = list(zip(silent, asked, strict=True))
    assert series.gaps == runs([one and other for one, other in both], GAP_DAYS)
    assert series.untracked == runs([one and not other for one, other in both], 1)
