"""The example looks like a life and behaves like any journal."""

from collections import Counter
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from moodlab.domain.days import Timeliness
from moodlab.domain.errors import Refused
from moodlab.domain.labs.reference_ranges import Position
from moodlab.domain.ratings import DayState
from moodlab.store.check import check_journal
from moodlab.store.example import journal as example_module
from moodlab.store.example.journal import make_example
from moodlab.store.file.engine import connect
from moodlab.store.file.migrations import KEYS
from moodlab.store.journal import Journal
from tests.moments import EVENING, TODAY, Clock, days_ago


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = connect(path, read_only=True)
    tables = {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()
        for table in (*KEYS, "batch", "change")
    }
    connection.close()
    return tables


def days_between(first: int, last: int) -> set[object]:
    return {days_ago(ago) for ago in range(last, first + 1)}


def test_it_is_marked_as_an_example_and_is_sound(example: Journal) -> None:
    assert example.is_example
    assert check_journal(example) == ()
    assert example.identity().name == example.identity().born == ""


def test_it_ends_on_the_evening_of_today_and_never_after_now(example: Journal) -> None:
    diary = example.read_diary()
    latest = example.ledger.connection.execute(
        "SELECT max(recorded_at), min(recorded_at) FROM change"
    ).fetchone()

    assert diary.data_up_to == TODAY
    assert diary.ratings["mood"][-1].day == TODAY
    assert diary.ratings["mood"][0].day <= days_ago(360)
    assert "2026-03-04" <= latest[0] <= EVENING.astimezone(UTC).isoformat()
    assert latest[1].startswith("2025-03-04")


def test_moments_only_go_forward(example: Journal) -> None:
    backwards = example.ledger.connection.execute(
        "SELECT count(*) FROM change AS earlier JOIN change AS later"
        " ON later.number = earlier.number + 1 WHERE later.recorded_at < earlier.recorded_at"
        " OR later.id < earlier.id"
    ).fetchone()

    assert backwards == (0,)


def test_days_are_missing_late_unwell_and_paused_as_in_a_life(example: Journal) -> None:
    diary = example.read_diary()
    rated = {rating.day for ratings in diary.ratings.values() for rating in ratings}
    states = Counter(day.state for day in diary.days)
    classes = Counter(rating.timeliness for ratings in diary.ratings.values() for rating in ratings)
    unable = [r for ratings in diary.ratings.values() for r in ratings if r.value is None]

    assert 270 <= len(rated) <= 330
    assert not days_between(50, 44) & rated
    assert states[DayState.UNWELL] >= 7
    assert states[DayState.PAUSED] >= 12
    assert classes[Timeliness.NEXT_DAY] > 100
    assert classes[Timeliness.LATER] > 30
    assert classes[Timeliness.SAME_DAY] > 0.75 * classes.total()
    assert unable
    edited = example.ledger.connection.execute(
        "SELECT count(*) FROM change WHERE row_table = 'rating' AND before IS NOT NULL"
    ).fetchone()[0]
    assert edited >= 3


def test_mood_lifts_after_the_second_medicine_while_motivation_stays(example: Journal) -> None:
    ratings = example.read_diary().ratings

    def middle(metric: str, first: int, last: int) -> int:
        wanted = days_between(first, last)
        values = sorted(r.value for r in ratings[metric] if r.day in wanted and r.value is not None)
        assert len(values) >= 12
        return values[len(values) // 2]

    assert middle("mood", 27, 0) >= middle("mood", 55, 28) + 1000
    assert abs(middle("motivation", 27, 0) - middle("motivation", 55, 28)) < 1000
    whole = {r.value % 1000 for rs in ratings.values() for r in rs if r.value is not None}
    assert whole == {0}


def test_lab_results_show_what_labs_print(example: Journal) -> None:
    labs = example.read_diary().labs
    printed = {lab.printed_with_unit: lab for lab in labs}

    assert printed["<0.3 mg/L"].catalogue_id == "hs_crp"
    assert printed["0.31 mg/dL"].canonical_text == "3.1 mg/L"
    infected = printed["48 mg/L H"]
    assert (infected.context, infected.excluded) == (("infection",), True)
    assert infected.position is Position.ABOVE
    assert [lab.analyte for lab in labs].count("il6") == 1
    assert len({lab.lab for lab in labs}) >= 2
    assert len({lab.range_text for lab in labs if lab.catalogue_id == "crp"}) >= 2


def test_treatments_events_questions_and_notes_are_there(example: Journal) -> None:
    diary = example.read_diary()
    stopped, therapy, present = diary.treatments
    visits = [event for event in diary.events if event.is_appointment]

    assert stopped.last_day
    assert stopped.end_reason
    assert therapy.kind == "therapy"
    assert len(present.doses) == 2
    assert present.last_day is None
    assert visits[-1].first_day == days_ago(84)
    assert [question.is_closed for question in diary.questions].count(False) == 3
    assert [question.is_closed for question in diary.questions].count(True) == 1
    assert sum(day.note_for_doctor for day in diary.days) == 2
    assert len(diary.pins) == 1


def test_its_last_step_can_be_undone(example: Journal) -> None:
    assert example.undo() is not None
    assert check_journal(example) == ()


def test_the_same_seed_day_and_clock_give_the_same_journal(
    example_original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    make_example(tmp_path / "again", clock=Clock(EVENING))
    make_example(tmp_path / "other", seed=5, clock=Clock(EVENING))

    assert rows_of(tmp_path / "again") == rows_of(example_original)
    assert rows_of(tmp_path / "other") != rows_of(example_original)


@pytest.mark.parametrize("hour", [0, 3, 4, 9, 23])
def test_it_can_be_made_at_any_hour(tmp_path: Path, hour: int) -> None:
    clock = Clock(EVENING.replace(hour=hour))
    make_example(tmp_path / "j", clock=clock)

    with Journal.open(tmp_path / "j", clock=clock) as journal:
        today = TODAY if hour >= 4 else days_ago(1)
        assert journal.today() == today == journal.data_up_to()
        last = journal.days.read_ratings(today, today)["mood"][0]
        assert last.timeliness is Timeliness.SAME_DAY
        assert last.recorded.at <= clock.moment


def test_it_can_end_on_an_earlier_day(tmp_path: Path) -> None:
    make_example(tmp_path / "j", today=days_ago(100), clock=Clock(EVENING))

    with Journal.open(tmp_path / "j") as journal:
        assert journal.data_up_to() == days_ago(100)


def test_several_years_reach_back_as_far(tmp_path: Path) -> None:
    make_example(tmp_path / "j", years=3, clock=Clock(EVENING))

    with Journal.open(tmp_path / "j") as journal:
        diary = journal.read_diary()
        assert diary.ratings["mood"][0].day <= days_ago(3 * 365 - 6)
        assert check_journal(journal) == ()
        assert len(diary.treatments) == 5


@pytest.mark.parametrize(
    "wrong", [{"years": 0}, {"years": 51}, {"today": TODAY + timedelta(days=1)}]
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        make_example(tmp_path / "j", clock=Clock(EVENING), **wrong)  # type: ignore[arg-type]

    assert list(tmp_path.iterdir()) == []


def test_a_file_in_its_place_stays(tmp_path: Path) -> None:
    (tmp_path / "j").write_text("mine")

    with pytest.raises(Refused, match="already exists"):
        make_example(tmp_path / "j")

    assert (tmp_path / "j").read_text() == "mine"


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(example_module.Timeline, "carry_out", interrupt)

    with pytest.raises(KeyboardInterrupt):
        make_example(tmp_path / "j", clock=Clock(EVENING))

    assert list(tmp_path.iterdir()) == []
