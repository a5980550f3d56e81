"""Undo, redo and the history, against a plain model that keeps a copy of everything."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from moodlab.domain.changes import Changes
from moodlab.domain.errors import Refused
from moodlab.domain.ratings import DayState
from moodlab.store.check import check_journal
from moodlab.store.journal import FOREVER, Journal
from tests.examples import one_in
from tests.journals import begin
from tests.moments import TODAY, Clock, days_ago

DAYS = st.integers(0, 2).map(days_ago)
METRICS = st.sampled_from(["mood", "fatigue", "stress"])  # stress is not tracked from the start
VALUES = st.one_of(st.none(), st.sampled_from([0, 3000, 10000]))
STATES = st.one_of(st.none(), st.sampled_from(list(DayState)))

Told = dict[tuple[object, ...], object]


def told_by(journal: Journal) -> Told:
    """Everything that a person can see of days, in the shape of the model."""
    told: Told = {}
    for metric, ratings in journal.days.read_ratings(FOREVER.first, FOREVER.last).items():
        for rating in ratings:
            told["rating", rating.day, metric] = (rating.value, rating.recorded.at)
    for day in journal.days.read_days(FOREVER.first, FOREVER.last):
        if day.state or day.note:
            told["day", day.day] = (day.state, day.note)
    return told


class Diarist(RuleBasedStateMachine):
    """Somebody who rates, clears, marks, notes, undoes, redoes and closes the app at random."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "journal.moodlab"
        self.clock = Clock()
        self.journal = begin(self.path, self.clock)
        self.present: Told = {}
        self.past: list[Told] = []
        self.future: list[Told] = []

    def _expect(self, changes: Changes, after: Told) -> None:
        assert bool(changes) == (after != self.present)
        if after != self.present:
            self.past.append(self.present)
            self.future.clear()
            self.present = after

    @rule(day=DAYS, metric=METRICS, value=VALUES)
    def rate(self, day: date, metric: str, value: int | None) -> None:
        self.clock.pass_time(minutes=1)
        changes = self.journal.days.rate(day, metric, value)

        key = ("rating", day, metric)
        before = self.present.get(key)
        is_same = isinstance(before, tuple) and before[0] == value
        at = before if is_same else (value, self.clock.moment)
        self._expect(changes, self.present | {key: at})

    @rule(day=DAYS, metric=METRICS)
    def clear(self, day: date, metric: str) -> None:
        changes = self.journal.days.clear(day, metric)

        left = {key: what for key, what in self.present.items() if key != ("rating", day, metric)}
        self._expect(changes, left)

    @rule(day=DAYS, state=STATES)
    def mark(self, day: date, state: DayState | None) -> None:
        _, note = self.present.get(("day", day), (None, ""))  # type: ignore[misc]
        self._expect(self.journal.days.mark(day, state), self._with_day(day, state, note))

    @rule(day=DAYS, note=st.sampled_from(["", "rain", "Grüße 🌧"]))
    def write_note(self, day: date, note: str) -> None:
        state, _ = self.present.get(("day", day), (None, ""))  # type: ignore[misc]
        changes = self.journal.days.write_note(day, note)
        self._expect(changes, self._with_day(day, state, note))

    def _with_day(self, day: date, state: object, note: object) -> Told:
        rest = {key: what for key, what in self.present.items() if key != ("day", day)}
        return rest | ({("day", day): (state, note)} if state or note else {})

    @rule()
    def undo(self) -> None:
        step = self.journal.undo()

        assert (step is not None) == bool(self.past)
        if self.past:
            self.future.append(self.present)
            self.present = self.past.pop()

    @rule()
    def redo(self) -> None:
        step = self.journal.redo()

        assert (step is not None) == bool(self.future)
        if self.future:
            self.past.append(self.present)
            self.present = self.future.pop()

    @precondition(lambda self: self.past or self.future)
    @rule()
    def close_and_open_again(self) -> None:
        self.journal.close()
        self.journal = Journal.open(self.path, clock=self.clock)

    @invariant()
    def the_journal_tells_what_the_model_tells(self) -> None:
        assert told_by(self.journal) == self.present
        assert not self.journal.ledger.connection.in_transaction

    def teardown(self) -> None:
        assert check_journal(self.journal) == ()
        self.journal.close()
        self.folder.cleanup()


TestDiarist = Diarist.TestCase
TestDiarist.settings = settings(one_in(4), stateful_step_count=30)


def test_twenty_undos_in_a_row_after_reopening_lead_back_to_the_start(
    journal: Journal, journal_path: Path, clock: Clock
) -> None:
    for number in range(20):
        journal.days.rate(days_ago(number), "mood", number % 11 * 1000)
    journal.close()

    with Journal.open(journal_path, clock=clock) as again:
        kinds = [step.kind for _ in range(20) if (step := again.undo())]

        assert kinds == ["rate"] * 20
        assert told_by(again) == {}
        assert again.undo() is None
        assert [bool(again.redo()) for _ in range(21)] == [True] * 20 + [False]
        assert len(told_by(again)) == 20


def test_the_same_answer_again_keeps_its_moment_and_leaves_no_trace(
    journal: Journal, clock: Clock
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    before = told_by(journal), batches(journal)
    clock.pass_time(days=3)

    changes = journal.days.rate(TODAY, "mood", 3000)

    assert changes is Changes.NOTHING
    assert (told_by(journal), batches(journal)) == before


def batches(journal: Journal) -> int:
    return int(journal.ledger.connection.execute("SELECT count(*) FROM batch").fetchone()[0])


def test_a_step_that_breaks_half_way_leaves_nothing(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    before = told_by(journal), batches(journal)

    with pytest.raises(KeyboardInterrupt), journal.ledger.batch("log"):  # noqa: PT012
        journal.days.rate(TODAY, "mood", 4000)
        journal.days.rate(TODAY, "fatigue", 4000)
        raise KeyboardInterrupt

    assert (told_by(journal), batches(journal)) == before
    assert not journal.ledger.connection.in_transaction
    assert journal.days.rate(TODAY, "mood", 5000) is Changes.DAYS


def test_several_values_in_one_step_are_undone_together(journal: Journal) -> None:
    with journal.ledger.batch("log"):
        journal.days.rate(TODAY, "mood", 4000)
        journal.days.write_note(TODAY, "rain")

    step = journal.undo()

    assert step is not None
    assert step.changes is Changes.DAYS
    assert told_by(journal) == {}


def test_a_refused_note_leaves_nothing(journal: Journal) -> None:
    before = batches(journal)

    with pytest.raises(Refused, match="1000"):
        journal.days.write_note(TODAY, "x" * 1001)

    assert batches(journal) == before
    assert told_by(journal) == {}


def test_a_deleted_row_is_found_in_the_history(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.clear(TODAY, "mood")

    before, after = journal.ledger.connection.execute(
        "SELECT before ->> 'value_thousandths', after FROM change"
        " WHERE row_table = 'rating' ORDER BY number DESC LIMIT 1"
    ).fetchone()

    assert (int(before), after) == (3000, None)


def test_the_beginning_cannot_be_undone(journal: Journal) -> None:
    assert journal.undo() is None
    assert journal.data_up_to() is None
    assert check_journal(journal) == ()


def test_data_reach_up_to_the_day_of_the_last_change(journal: Journal, clock: Clock) -> None:
    clock.pass_time(days=2)
    journal.days.rate(TODAY, "mood", 3000)

    assert journal.data_up_to() == days_ago(-2)


def test_ids_and_moments_are_the_ones_the_journal_was_given(tmp_path: Path, clock: Clock) -> None:
    numbers = iter(range(10_000))
    with Journal.create(
        tmp_path / "j.moodlab", clock=clock, ids=lambda: f"id {next(numbers)}"
    ) as journal:
        journal.days.rate(TODAY, "mood", 3000)

        stored = journal.ledger.connection.execute(
            "SELECT batch.id LIKE 'id %', batch.at, change.recorded_at, change.offset_minutes,"
            " change.recorded_day FROM change JOIN batch ON batch.id = change.batch"
            " ORDER BY change.number DESC LIMIT 1"
        ).fetchone()

    moment = "2026-03-04T20:00:00.000Z"
    assert stored == (1, moment, moment, 60, "2026-03-04")
