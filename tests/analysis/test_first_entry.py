"""A journal that has just begun is not blamed for the time before it."""

from dataclasses import replace
from datetime import timedelta

from moodlab.analysis.coverage import measure_coverage
from moodlab.analysis.overview import read_overview
from moodlab.analysis.series import since_first_entry
from moodlab.domain.days import Period
from moodlab.domain.events import Event
from tests.diaries import LAST, WEEKS12, diary, lab, lively, rating, treatment


def ago(days: int):
    return LAST - timedelta(days=days)


def begun(days: int):
    """A diary with a rating on every second day of so many."""
    return replace(
        diary({"fatigue": [rating(ago(number), 5) for number in range(days - 1, -1, -2)]}),
        begins=ago(days - 1),
    )


def test_the_axis_begins_with_the_first_entry() -> None:
    assert since_first_entry(begun(30), WEEKS12) == Period(ago(29), LAST)


def test_two_weeks_are_shown_at_least() -> None:
    assert since_first_entry(begun(3), WEEKS12) == Period.ending(LAST, 14)


def test_any_entry_is_a_first_one() -> None:
    young = begun(20)
    for entered in (
        replace(young, labs=(lab(ago(50), "3.1"),)),
        replace(young, events=(Event("event", ago(50), "A cold"),)),
        replace(young, treatments=(treatment("Tea", (ago(50), "1 cup")),)),
    ):
        assert since_first_entry(entered, WEEKS12).first == ago(50)


def test_what_was_entered_of_longer_ago_does_not_stretch_the_axis() -> None:
    young = replace(
        begun(20), labs=(lab(ago(500), "3.1"),), treatments=(treatment("Tea", (ago(900), "1 cup")),)
    )

    assert since_first_entry(young, WEEKS12).first == ago(19)


def test_a_longer_journal_and_an_empty_one_keep_their_period() -> None:
    assert since_first_entry(lively(200), WEEKS12) == WEEKS12
    assert since_first_entry(replace(begun(200)), WEEKS12) == WEEKS12
    assert since_first_entry(diary({}), WEEKS12) == WEEKS12


def test_the_longest_stretch_begins_with_the_journal_too() -> None:
    young = begun(20)

    assert measure_coverage(young, WEEKS12).longest_gap == Period(ago(18), ago(18))
    assert read_overview(young, WEEKS12).coverage.longest_gap_days == 1
