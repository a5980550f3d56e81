"""Thinning over five simulated years: many recent copies, some old ones, none lost to a clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from moodlab.store.backups.names import Backup
from moodlab.store.backups.thinning import choose_obsolete
from tests.examples import one_in

START = datetime(2026, 1, 1, 20, tzinfo=UTC)
FIVE_YEARS = 5 * 365


def copy(number: int, moment: datetime, entries: int) -> Backup:
    return Backup(Path(f"{number}"), "automatic", number, moment, entries, entries, 1)


def thinned(copies: Sequence[Backup]) -> list[Backup]:
    gone = set(choose_obsolete(copies))
    return [one for one in copies if one not in gone]


def live_through(moments: Sequence[datetime], entries: Sequence[int]) -> list[Backup]:
    """Make a copy at each moment, thinning after each; every promise is looked at on the way."""
    kept: list[Backup] = []
    for number, (moment, count) in enumerate(zip(moments, entries, strict=True), 1):
        before = [*kept, copy(number, moment, count)]
        kept = thinned(before)
        newest, former = before[-1], before[-2:-1]
        assert newest in kept
        assert any(one.entries == max(other.entries for other in before) for one in kept)
        assert set(newest_days(before, 3)) <= set(kept)
        if former and count < former[0].entries * 0.95:
            assert kept == before
    return kept


def newest_days(copies: Sequence[Backup], days: int) -> list[Backup]:
    seen = list(dict.fromkeys(one.day for one in reversed(copies)))[:days]
    return [one for one in copies if one.day in seen]


def test_five_years_of_days_leave_days_weeks_and_months() -> None:
    moments = [START + timedelta(days=number) for number in range(FIVE_YEARS)]

    kept = live_through(moments, range(1, FIVE_YEARS + 1))

    days = [(moments[-1].date() - one.day).days for one in reversed(kept)]
    assert days[:15] == list(range(15))  # today and the two before, then twelve
    weeks = {one.day.isocalendar()[:2] for one in kept if 15 <= age(one, moments) < 85}
    assert len(weeks) == 10
    months = {(one.day.year, one.day.month) for one in kept if age(one, moments) >= 85}
    assert len(months) == 9
    assert len(kept) == 3 + 12 + 10 + 9


def age(one: Backup, moments: Sequence[datetime]) -> int:
    return (moments[-1].date() - one.day).days


def test_each_week_and_month_keeps_its_last_copy() -> None:
    moments = [START + timedelta(days=number) for number in range(400)]

    kept = live_through(moments, range(1, 401))

    monthly = [one.day for one in kept if age(one, moments) >= 100]
    assert all((day + timedelta(days=7)).month != day.month for day in monthly)


def test_all_of_the_last_48_hours_stay() -> None:
    moments = [START + timedelta(hours=5 * number) for number in range(200)]

    kept = live_through(moments, [9] * 200)

    recent = [moment for moment in moments if moments[-1] - moment <= timedelta(hours=48)]
    assert [one.made_at for one in kept][-len(recent) :] == recent


def test_nothing_goes_after_a_loss_of_more_than_one_in_twenty() -> None:
    copies = [copy(n, START + timedelta(hours=n * 2), 100) for n in range(1, 100)]

    assert choose_obsolete([*copies, copy(100, START + timedelta(days=30), 94)]) == ()
    assert choose_obsolete([*copies, copy(100, START + timedelta(days=30), 95)]) != ()


def test_the_fullest_copy_stays_however_old_it_grows() -> None:
    moments = [START + timedelta(days=number) for number in range(FIVE_YEARS)]
    entries = [1000] * 300 + [10] * (FIVE_YEARS - 300)

    kept = live_through(moments, entries)

    assert max(one.entries for one in kept) == 1000


def test_a_year_without_the_app_costs_no_copy_but_its_own_thinning() -> None:
    moments = [START + timedelta(days=number) for number in range(60)]
    kept = live_through(moments, [50] * 60)

    later = thinned([*kept, copy(61, START + timedelta(days=500), 50)])

    assert len(kept) - len(later) <= 1


def test_a_clock_that_is_dead_for_a_day_costs_no_copy_made_before() -> None:
    moments = [START + timedelta(days=number) for number in range(60)]
    kept = live_through(moments, [50] * 60)

    for wrong in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)):
        after = thinned([*kept, copy(61, wrong, 50)])
        assert len(kept) - len(after) <= 1
        assert copy(61, wrong, 50) in after


@one_in(2)
@given(
    jumps=st.dictionaries(st.integers(0, 300), st.integers(-2000, 2000), max_size=6),
    losses=st.dictionaries(st.integers(0, 300), st.floats(0, 0.5), max_size=4),
    pauses=st.sets(st.integers(0, 300), max_size=60),
    per_day=st.integers(1, 3),
)
def test_promises_hold_through_clock_jumps_losses_and_pauses(
    jumps: dict[int, int], losses: dict[int, float], pauses: set[int], per_day: int
) -> None:
    moment, entries = START, 100
    moments, counts = [], []
    for day in range(300):
        moment += timedelta(days=1) + timedelta(days=jumps.get(day, 0))
        entries = int((entries + 7) * (1 - losses.get(day, 0)))
        if day not in pauses:
            for hour in range(per_day):
                moments.append(moment + timedelta(hours=hour))
                counts.append(entries)

    kept = live_through(moments, counts)

    assert len(kept) >= min(len({one.date() for one in moments}), 15)
