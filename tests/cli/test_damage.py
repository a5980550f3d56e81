"""What the commands say of a plain journal in which one value was damaged."""

from pathlib import Path

import pytest

from moodlab.cli import run_command
from tests.damage import flip, make_full_journal
from tests.moments import TODAY, Clock

UNREADABLE = [
    ("rating", "day"), ("rating", "recorded_at"), ("rating", "recorded_day"), ("day", "day"),
    ("lab_result", "collected"), ("lab_result", "value"),
    ("lab_result", "recorded_at"), ("analyte", "units"), ("treatment", "last_day"),
    ("treatment", "kind"), ("dose", "first_day"), ("event", "first_day"), ("question", "asked_day"),
]  # fmt: skip
IDS = [
    ("rating", "metric"), ("metric_span", "metric"), ("lab_result", "id"),
    ("lab_result", "analyte"), ("analyte", "id"), ("treatment", "id"), ("dose", "treatment"),
    ("event", "id"),
    ("question", "id"), ("change", "row_table"), ("change", "after"), ("journal", "value"),
]  # fmt: skip

SPAN = ("--from", "2026-01-01", "--to", TODAY.isoformat())


def tells_damage(said: str) -> bool:
    return "damaged" in said or "can't be read" in said


@pytest.fixture
def path(journal_path: Path, clock: Clock) -> Path:
    make_full_journal(journal_path, clock)
    return journal_path


def run(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command in this process, where a defect of ours is an exception."""
    status = run_command(["--journal", str(path), *words])
    told = capsys.readouterr()
    return status, told.out + told.err


def test_the_journal_is_sound_before(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, capsys, "check") == (0, "The journal is sound.\n")
    assert run(path, capsys, "report", str(path.with_name("out.txt")), *SPAN)[0] == 0


@pytest.mark.parametrize("where", UNREADABLE, ids=".".join)
def test_a_value_that_cannot_be_read_is_told_as_damage_and_nothing_is_written(
    where: tuple[str, str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = flip(path, *where)

    out = path.with_name("out")
    for command in (
        ("check",),
        ("report", f"{out}.txt", *SPAN),
        ("export", f"{out}.json"),
        ("export", f"{out}.zip"),
    ):
        status, said = run(path, capsys, *command)

        assert status == 1, command
        assert tells_damage(said), command
        assert "restore" in said, command
    assert path.read_bytes() == damaged
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("where", IDS, ids=".".join)
def test_a_value_that_reads_otherwise_is_found_by_the_check_and_stops_nothing_else(
    where: tuple[str, str], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = flip(path, *where)

    status, said = run(path, capsys, "check")
    assert status == 1
    assert "backup" in said
    out = path.with_name("out")
    for command in (("report", f"{out}.txt", *SPAN), ("export", f"{out}.json")):
        status, said = run(path, capsys, *command)
        assert status == 0 or tells_damage(said), command
    assert path.read_bytes() == damaged


def test_the_words_of_a_text_that_is_none_are_not_repeated(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"a quiet day", b"a quiet\xff\xffay"))

    for command in (("report", str(path.with_name("out.txt")), *SPAN), ("check",)):
        status, said = run(path, capsys, *command)

        assert status == 1
        assert tells_damage(said)
        assert "quiet" not in said


def test_undo_of_a_step_whose_history_is_damaged_is_told(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = path.read_bytes()
    kept = b'{"answer":""'
    assert kept in content
    path.write_bytes(content.replace(kept, b"\x7b" + b"#" + kept[2:]))
    damaged = path.read_bytes()

    status, said = run(path, capsys, "undo")

    assert status == 1
    assert tells_damage(said)
    assert path.read_bytes() == damaged
