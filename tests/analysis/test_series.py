from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moodlab.analysis.series import first_known_day, read_series, series_in
from moodlab.domain.days import Period
from moodlab.domain.diary import Diary, TrackedMetric
from moodlab.domain.metrics import BY_ID
from tests.diaries import EVER, LAST, WEEKS12, diary, lively, rating, ratings_from

FATIGUE = TrackedMetric(BY_ID["fatigue"], EVER)


def fatigue(values: list[int | None], **more: object) -> Diary:
    return diary({"fatigue": ratings_from(WEEKS12.first, values)}, **more)


@given(st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=84))
def test_every_value_of_the_period_is_a_point_and_nothing_else_is(
    values: list[int | None],
) -> None:
    series = read_series(fatigue(values), FATIGUE, WEEKS12)
    assert {(point.day, point.value) for point in series.points} == {
        (WEEKS12.first + timedelta(days=number), value * 1000)
        for number, value in enumerate(values)
        if value is not None
    }


def test_could_not_say_is_no_point_and_no_zero() -> None:
    answers = (rating(WEEKS12.first, 0), rating(WEEKS12.first + timedelta(days=1), None))
    series = read_series(diary({"fatigue": answers}), FATIGUE, WEEKS12)
    assert [point.value for point in series.points] == [0]
    assert series.summary.unable == 1


def test_a_gap_is_three_days_or_more_and_reaches_to_the_last_day() -> None:
    series = read_series(fatigue([5, 5, None, None, 5, None, None, None, 5]), FATIGUE, WEEKS12)
    begin = WEEKS12.first
    assert series.gaps == (
        Period(begin + timedelta(days=5), begin + timedelta(days=7)),
        Period(begin + timedelta(days=9), LAST),
    )
    assert series.longest_gap == series.gaps[1]


def test_silence_before_the_journal_began_is_no_gap_unless_it_began_earlier() -> None:
    new = diary({"fatigue": ratings_from(LAST - timedelta(days=4), [5, 5, 5, 5, 5])})
    assert read_series(new, FATIGUE, WEEKS12).gaps == ()
    known = replace(new, begins=WEEKS12.first - timedelta(days=300))
    older = read_series(known, FATIGUE, WEEKS12)
    assert older.gaps == (Period(WEEKS12.first, LAST - timedelta(days=5)),)


def test_days_on_which_it_was_not_asked_are_not_a_gap() -> None:
    begin = WEEKS12.first
    paused = TrackedMetric(
        BY_ID["fatigue"], ((None, begin + timedelta(days=9)), (begin + timedelta(days=40), None))
    )
    series = read_series(fatigue([5] * 10 + [None] * 30 + [5] * 44), paused, WEEKS12)
    assert series.gaps == ()
    assert series.untracked == (Period(begin + timedelta(days=10), begin + timedelta(days=39)),)
    assert series.line is not None
    assert set(series.line.medians[10:40]) == {None}


def test_the_line_uses_only_days_of_the_period() -> None:
    longer = diary(
        {"fatigue": ratings_from(WEEKS12.first - timedelta(days=30), [9] * 30 + [1] * 84)}
    )
    series = read_series(longer, FATIGUE, WEEKS12)
    assert series.line is not None
    assert series.line.medians[0] == 1000
    assert len(series.line.medians) == 84


def test_a_year_has_weekly_boxes_and_no_line() -> None:
    year = Period.ending(LAST, 365)
    series = read_series(diary({"fatigue": ratings_from(year.first, [6] * 365)}), FATIGUE, year)
    assert series.line is None
    assert len(series.boxes) == 53
    assert {each.median for each in series.boxes if each.n >= 3} == {6000}


def test_series_come_worse_before_better_and_include_what_is_tracked_without_a_value() -> None:
    made = diary(
        {"mood": (rating(LAST, 5, metric="mood"),)}, spans={"brain_fog": EVER, "stress": ()}
    )
    assert [series.metric.id for series in series_in(made, WEEKS12)] == ["brain_fog", "mood"]


def test_the_first_known_day_counts_ratings_and_day_records() -> None:
    assert first_known_day(diary()) is None
    assert first_known_day(lively()) == WEEKS12.first


def test_same_day_counts_only_what_was_written_on_its_day() -> None:
    answers = tuple(
        rating(WEEKS12.first + timedelta(days=number), 5, days_later=number % 3)
        for number in range(9)
    )
    assert read_series(diary({"fatigue": answers}), FATIGUE, WEEKS12).same_day == 3
