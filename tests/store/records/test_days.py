from datetime import timedelta, timezone
from pathlib import Path

import pytest

from moodlab.domain.days import Timeliness
from moodlab.domain.errors import Refused
from moodlab.domain.ratings import DayState, Rating
from moodlab.store.journal import FOREVER, Journal
from tests.moments import TODAY, Clock, days_ago


def only_rating(journal: Journal, metric: str = "mood") -> Rating:
    (rating,) = journal.days.read_ratings(FOREVER.first, FOREVER.last)[metric]
    return rating


def states(journal: Journal, first: int, last: int) -> list[DayState | None]:
    return [journal.days.read_day(days_ago(ago)).state for ago in range(first, last - 1, -1)]


def test_the_four_answers_are_kept_apart(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.rate(TODAY, "fatigue", 0)
    journal.days.rate(TODAY, "sleep", None)

    ratings = journal.days.read_ratings(TODAY, TODAY)

    assert {metric: kept[0].value for metric, kept in ratings.items()} == {
        "mood": 3000,
        "fatigue": 0,
        "sleep": None,
    }
    assert "pleasure" not in ratings


def test_a_late_evening_belongs_to_the_day_that_is_ending(journal: Journal, clock: Clock) -> None:
    clock.be(days_ago(-1), 0, 40)

    journal.days.rate(journal.today(), "mood", 3000)

    assert journal.today() == TODAY
    assert journal.calendar_today() == days_ago(-1)
    assert only_rating(journal).timeliness is Timeliness.SAME_DAY


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(6, Timeliness.SAME_DAY), (8, Timeliness.NEXT_DAY), (24, Timeliness.NEXT_DAY),
     (32, Timeliness.LATER)],
)  # fmt: skip
def test_how_late_a_value_was_written_is_kept(
    journal: Journal, clock: Clock, hours: int, expected: Timeliness
) -> None:
    clock.pass_time(hours=hours)

    journal.days.rate(TODAY, "mood", 3000)

    assert only_rating(journal).timeliness is expected


def test_an_edit_days_later_makes_the_value_late(journal: Journal, clock: Clock) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    clock.pass_time(days=3)

    journal.days.rate(TODAY, "mood", 4000)

    assert only_rating(journal).timeliness is Timeliness.LATER


def test_another_end_of_day_reclassifies_nothing(journal: Journal, clock: Clock) -> None:
    clock.be(days_ago(-1), 1)
    journal.days.rate(TODAY, "mood", 3000)
    before = only_rating(journal)

    journal.set_settings({"day_end_minutes": "0"})

    assert journal.today() == days_ago(-1)
    assert only_rating(journal) == before
    assert before.timeliness is Timeliness.SAME_DAY


@pytest.mark.parametrize("hours", [-11, 13])
def test_travel_moves_no_day_that_was_written(
    journal: Journal, journal_path: Path, clock: Clock, hours: int
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    before = only_rating(journal)
    journal.close()

    clock.moment = clock.moment.astimezone(timezone(timedelta(hours=hours)))
    with Journal.open(journal_path, clock=clock) as again:
        assert only_rating(again) == before
        assert again.today() == (days_ago(-1) if hours == 13 else TODAY)


def test_a_clock_set_back_overwrites_no_other_day(journal: Journal, clock: Clock) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    clock.pass_time(days=-1)

    journal.days.rate(journal.today(), "mood", 7000)

    kept = journal.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]
    assert [(rating.day, rating.value) for rating in kept] == [
        (days_ago(1), 7000),
        (TODAY, 3000),
    ]


def test_a_pause_reaches_to_the_eve_of_its_end(journal: Journal) -> None:
    journal.days.mark(days_ago(5), DayState.PAUSED)

    journal.pauses.resume(TODAY)

    assert states(journal, 6, 0) == [None, *[DayState.PAUSED] * 5, None]
    journal.undo()
    assert states(journal, 6, 0) == [None, DayState.PAUSED, *[None] * 5]


def test_a_pause_leaves_days_with_a_rating_or_a_mark_of_their_own(journal: Journal) -> None:
    journal.days.mark(days_ago(5), DayState.PAUSED)
    journal.days.rate(days_ago(3), "mood", 4000)
    journal.days.mark(days_ago(2), DayState.UNWELL)

    journal.pauses.resume(TODAY)

    paused, unwell = DayState.PAUSED, DayState.UNWELL
    assert states(journal, 5, 0) == [paused, paused, None, unwell, paused, None]


def test_resuming_without_a_pause_marks_nothing(journal: Journal) -> None:
    assert not journal.pauses.resume(TODAY)
    assert journal.days.read_days(FOREVER.first, FOREVER.last) == ()


def test_a_metric_counts_as_asked_from_its_first_rating(journal: Journal) -> None:
    spans = {tracked.metric.id: tracked.spans for tracked in journal.read_metrics()}
    assert spans["mood"] == ((None, None),)
    assert spans["stress"] == ()

    journal.days.rate(days_ago(3), "stress", 4000)
    journal.days.rate(days_ago(9), "stress", 4000)

    spans = {tracked.metric.id: tracked.spans for tracked in journal.read_metrics()}
    assert spans["stress"] == ((days_ago(9), None),)


def test_a_note_keeps_its_lines_and_its_tick(journal: Journal) -> None:
    journal.days.write_note(TODAY, " first\r\nsecond\x00 ", for_doctor=True)
    journal.days.write_note(TODAY, "first\nsecond\nthird")

    kept = journal.days.read_day(TODAY)

    assert kept.note == "first\nsecond\nthird"
    assert kept.note_for_doctor


def test_a_note_of_a_thousand_characters_fits(journal: Journal) -> None:
    journal.days.write_note(TODAY, "🌧" * 1000)

    assert len(journal.days.read_day(TODAY).note) == 1000


def test_a_day_left_empty_stays_a_day_without_state(journal: Journal) -> None:
    journal.days.leave_empty(TODAY)

    kept = journal.days.read_day(TODAY)
    assert (kept.left_empty, kept.state, kept.note) == (True, None, "")


def test_an_unknown_metric_is_refused_by_name(journal: Journal) -> None:
    assert journal.find_metric("Brain-fog").id == "brain_fog"
    with pytest.raises(Refused, match="mood"):
        journal.find_metric("moood")


def test_a_metric_that_does_not_exist_cannot_be_rated_past_the_names(journal: Journal) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        journal.days.rate(TODAY, "nonsense", 1000)

    assert journal.days.read_ratings(TODAY, TODAY) == {}
    assert not journal.ledger.connection.in_transaction
