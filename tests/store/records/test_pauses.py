"""Pauses: no day of one is without its mark, whenever it is read, and none after it has one."""

from datetime import timedelta

import pytest

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalDamaged, Refused
from moodlab.domain.ratings import DayState
from moodlab.domain.tracking.pauses import Pause, parse_pause, pause_text
from moodlab.store.journal import FOREVER, Journal
from tests.moments import TODAY, Clock, days_ago
from tests.store.records.test_days import states

PAUSED, UNWELL = DayState.PAUSED, DayState.UNWELL


def rows_of(journal: Journal) -> int:
    return journal.ledger.connection.execute("SELECT count(*) FROM day").fetchone()[0]


def test_a_pause_that_runs_covers_the_days_as_they_come(journal: Journal, clock: Clock) -> None:
    assert journal.pauses.begin(Pause(days_ago(2))) & Changes.DAYS

    assert states(journal, 3, -1) == [None, PAUSED, PAUSED, PAUSED, None]
    assert rows_of(journal) == 1
    clock.pass_time(days=30)
    assert states(journal, 3, -30) == [None, *[PAUSED] * 33]
    assert [record.day for record in journal.days.read_days(FOREVER.first, FOREVER.last)] == [
        days_ago(ago) for ago in range(2, -31, -1)
    ]


def test_who_resumes_after_a_month_has_no_day_without_a_mark(
    journal: Journal, clock: Clock
) -> None:
    journal.pauses.begin(Pause(TODAY))
    clock.pass_time(days=30)

    journal.pauses.resume(days_ago(-30))

    assert states(journal, 1, -30) == [None, *[PAUSED] * 30, None]
    assert journal.pauses.read() is None
    journal.undo()
    assert journal.pauses.read() == Pause(TODAY)
    assert states(journal, 1, -30) == [None, *[PAUSED] * 31]
    journal.redo()
    assert states(journal, 1, -30) == [None, *[PAUSED] * 30, None]


def test_a_pause_until_a_day_ends_by_itself(journal: Journal, clock: Clock) -> None:
    journal.pauses.begin(Pause(TODAY, days_ago(-5)))
    clock.pass_time(days=9)

    assert states(journal, 0, -8) == [*[PAUSED] * 6, None, None, None]
    # Whoever says so once more ends the pause where it ended, and marks nothing behind it.
    journal.pauses.resume(days_ago(-9))
    assert states(journal, 0, -9) == [*[PAUSED] * 6, None, None, None, None]
    assert rows_of(journal) == 6


def test_the_next_pause_keeps_the_one_before(journal: Journal, clock: Clock) -> None:
    journal.pauses.begin(Pause(TODAY, days_ago(-2)))
    clock.pass_time(days=6)

    journal.pauses.begin(Pause(days_ago(-5)))

    assert states(journal, 0, -6) == [PAUSED, PAUSED, PAUSED, None, None, PAUSED, PAUSED]


def test_a_pause_that_runs_is_changed_as_a_whole(journal: Journal) -> None:
    journal.pauses.begin(Pause(days_ago(4)))

    journal.pauses.begin(Pause(days_ago(2), TODAY))

    assert states(journal, 5, 0) == [None, None, None, PAUSED, PAUSED, PAUSED]
    assert journal.pauses.read() == Pause(days_ago(2), TODAY)


def test_a_pause_that_is_over_is_marked_at_once(journal: Journal) -> None:
    journal.pauses.begin(Pause(days_ago(6), days_ago(4)))

    assert journal.pauses.read() is None
    assert states(journal, 7, 3) == [None, PAUSED, PAUSED, PAUSED, None]
    journal.undo()
    assert states(journal, 7, 3) == [None] * 5


def test_values_may_be_entered_and_what_was_said_of_a_day_stays(journal: Journal) -> None:
    journal.days.mark(days_ago(3), UNWELL)
    journal.pauses.begin(Pause(days_ago(4)))
    journal.days.rate(days_ago(2), "mood", 4000)
    journal.days.rate(days_ago(1), "mood", None)
    journal.days.write_note(TODAY, "by the sea")

    assert states(journal, 4, 0) == [PAUSED, UNWELL, None, PAUSED, PAUSED]
    assert journal.days.read_day(TODAY).note == "by the sea"
    journal.pauses.resume(TODAY)
    assert states(journal, 4, 0) == [PAUSED, UNWELL, None, PAUSED, None]
    journal.days.clear(days_ago(2), "mood")
    assert states(journal, 2, 2) == [None]


def test_who_was_back_earlier_says_from_which_day(journal: Journal) -> None:
    journal.pauses.begin(Pause(days_ago(6)))

    journal.pauses.resume(days_ago(3))

    assert states(journal, 6, 0) == [PAUSED, PAUSED, PAUSED, None, None, None, None]


def test_the_end_of_an_older_pause_leaves_the_one_that_runs(journal: Journal) -> None:
    journal.days.mark(days_ago(9), PAUSED)
    journal.pauses.begin(Pause(days_ago(1)))

    journal.pauses.resume(days_ago(6))

    assert states(journal, 9, 0) == [PAUSED] * 3 + [None] * 5 + [PAUSED] * 2


@pytest.mark.parametrize(
    ("pause", "said"),
    [
        (Pause(days_ago(-1)), "in the future"),
        (Pause(TODAY, days_ago(1)), "before the first"),
        (Pause(days_ago(367)), "more than a year ago"),
    ],
)
def test_an_odd_pause_is_refused(journal: Journal, pause: Pause, said: str) -> None:
    with pytest.raises(Refused, match=said):
        journal.pauses.begin(pause)
    assert rows_of(journal) == 0


@pytest.mark.parametrize("pause", [Pause(TODAY), Pause(TODAY, TODAY + timedelta(days=9))])
def test_a_pause_is_read_as_it_was_kept(pause: Pause) -> None:
    assert parse_pause(pause_text(pause)) == pause


@pytest.mark.parametrize("text", ["", "2026-03-04", "2026-03-04/2026-03-01", "20260304/", "x/"])
def test_what_is_no_pause_is_damage(journal: Journal, text: str) -> None:
    journal.set_settings({"pause": text})

    with pytest.raises(JournalDamaged):
        journal.days.read_day(TODAY)
