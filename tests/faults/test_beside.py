"""Power cuts and kills while side files of others lie about: none is played, none is lost."""

import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from moodlab.store.backups.backup import make_backup
from moodlab.store.file.engine import connect_as_it_lies
from moodlab.store.journal import Journal
from tests.faults import programs
from tests.faults.programs import KINDS, NEW, journal_in, journal_key, key_of
from tests.faults.test_power_loss import (
    Judge,
    judge_rekeying,
    judge_restore,
    look,
    run,
    with_older_copy,
)
from tests.faults.trace import command, needs_strace
from tests.store.file.beside.strays import foreign_journal, foreign_wal, journals_wal

KILLS = 25
# Within which a kill comes: about as long as each takes here.
SECONDS = {"init": 0.5}
DRAFT = ".1-00c0ffee.new"
STRAYS = ("another program's log", "another journal's log", "another journal's save", "a draft")
Prepare = Callable[[Path], object]


def lay(stray: str, folder: Path, aside: Path) -> dict[str, bytes]:
    """Lay what is called so beside the journal's name; return what may not be lost of it."""
    path, key = journal_in(folder), journal_key(folder)
    match stray:
        case "another program's log":
            shutil.copy(foreign_wal(aside), f"{path}-wal")
            Path(f"{path}-shm").write_bytes(bytes(32768))
        case "another journal's log":
            shutil.copy(journals_wal(aside, key), f"{path}-wal")
        case "another journal's save":
            shutil.copy(foreign_journal(aside, key), f"{path}-journal")
        case "a draft":
            (folder / DRAFT).write_bytes(b"what a process left " * 1000)
            return {}
    return {
        ending: Path(f"{path}{ending}").read_bytes()
        for ending in ("-wal", "-journal")
        if Path(f"{path}{ending}").exists()
    }


def keeping(judge: Judge, strays: dict[str, bytes]) -> Judge:
    """Judge, and see that what lay about is still there, under its name or another."""

    def judge_all(place: Path, told: list[str]) -> str:
        verdict = judge(place, told)
        name = journal_in(place).name
        for ending, content in strays.items():
            found = [file for file in place.iterdir() if file.name.startswith(name + ending)]
            if content not in [file.read_bytes() for file in found]:
                return "what lay about is gone"
        return verdict

    return judge_all


def judge_begun(place: Path, told: list[str]) -> str:
    if not journal_in(place).exists():
        return "told as begun and is not" if "done" in told else "none"
    days, problem = look(journal_in(place), journal_key(place))
    return problem or ("new" if not days else "somebody else's entries")


def judge_merge(place: Path, told: list[str]) -> str:
    days, problem = look(journal_in(place), journal_key(place))
    if problem:
        return problem
    if days == list(range(12)):
        return "told as merged and is not" if "done" in told else "old"
    return "new" if days == list(range(15)) else "half"


def without_journal(folder: Path) -> None:
    journal_in(folder).unlink()


def with_other(folder: Path) -> None:
    with Journal.create(folder / "other.moodlab", key=journal_key(folder)) as other:
        for number in range(15):
            programs.rate(other, number)


def with_copy(folder: Path) -> None:
    programs.back_up(folder, 0)


def copy_without_journal(folder: Path) -> None:
    """The journal is lost: its last save was cut off, and only a backup is there."""
    make_backup(journal_in(folder), journal_key(folder))
    journal_in(folder).unlink()


def judge_return(place: Path, told: list[str]) -> str:
    if not journal_in(place).exists():
        return "told as restored and is not" if "done" in told else "old"
    days, problem = look(journal_in(place), journal_key(place))
    return problem or ("new" if days == list(range(12)) else "not the backup")


DOINGS: dict[str, tuple[Prepare, str, Judge, set[str]]] = {
    "restore": (with_older_copy, "bring_back", judge_restore, {"old", "new"}),
    "restore a lost journal": (
        copy_without_journal, "bring_back", judge_return, {"old", "new"},
    ),
    "init": (without_journal, "begin", judge_begun, {"none", "new"}),
    "encrypt": (with_copy, "encrypt", judge_rekeying(key_of(NEW)), {"old", "new"}),
    "merge": (with_other, "merge", judge_merge, {"old", "new"}),
}  # fmt: skip


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    aside = tmp_path / "aside"
    aside.mkdir()
    return aside


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("doing", DOINGS)
@needs_strace
def test_a_power_cut_plays_nothing_and_loses_nothing(
    doing: str, kind: str, tmp_path: Path, aside: Path, say
) -> None:
    prepare, program, judge, wanted = DOINGS[doing]
    every: Counter[str] = Counter()
    states = 0
    for number, stray in enumerate(STRAYS):
        top = tmp_path / f"{number}"
        top.mkdir()
        folder = top / kind
        programs.prepare(folder, 12)
        prepare(folder)
        (aside / f"{number}").mkdir()
        strays = lay(stray, folder, aside / f"{number}")

        outcome = run(folder, program, keeping(judge, strays))

        states += outcome.states
        every += outcome.verdicts
        assert set(outcome.verdicts) == wanted, stray
    say(f"power loss, {doing}, {kind}, with {len(STRAYS)} strays: {states} states: {dict(every)}")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("doing", DOINGS)
def test_a_kill_plays_nothing_and_loses_nothing(
    doing: str, kind: str, tmp_path: Path, aside: Path, say
) -> None:
    prepare, program, judge, wanted = DOINGS[doing]
    chance = random.Random(f"{doing} {kind}")
    made = tmp_path / "made" / kind
    made.parent.mkdir()
    programs.prepare(made, 12)
    prepare(made)
    verdicts: Counter[str] = Counter()
    for number in range(KILLS):
        folder = tmp_path / f"{number}" / kind
        shutil.copytree(made, folder)
        (aside / f"{number}").mkdir()
        strays = lay(chance.choice(STRAYS), folder, aside / f"{number}")
        with subprocess.Popen(
            command(program, folder, 0), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            told = [process.stdout.readline().strip()]
            try:
                process.wait(chance.uniform(0, SECONDS.get(doing, 0.12)))
            except subprocess.TimeoutExpired:
                process.kill()
            told += process.stdout.read().split()
        verdicts[keeping(judge, strays)(folder, told)] += 1
    say(f"kill -9, {doing}, {kind}, with strays: {KILLS} kills: {dict(verdicts)}")
    assert set(verdicts) <= wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_judges_find_out_what_is_played(kind: str, tmp_path: Path, aside: Path) -> None:
    """The control: SQLite alone takes in another journal's log."""
    folder = tmp_path / kind
    path = programs.prepare(folder, 12)
    with_other(folder)
    assert judge_merge(folder, []) == "old"
    lay("another journal's log", folder, aside)

    connection = connect_as_it_lies(path, journal_key(folder))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()

    assert judge_merge(folder, []) not in ("old", "new")
