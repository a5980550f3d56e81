"""kill -9 at random moments of real saves: nothing told as saved is lost, nothing is damaged."""

import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.faults import programs
from tests.faults.programs import FIRST, KINDS, journal_key, value_of
from tests.faults.trace import command

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL here")
KILLS = 110
ENDLESS = 1_000_000


@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_any_moment_a_journal_has_all_it_told_of(kind: str, tmp_path: Path, say) -> None:
    folder = tmp_path / kind
    path, key = programs.prepare(folder, 3), journal_key(folder)
    chance = random.Random(kind)
    acknowledged, hot = 2, 0
    for _ in range(KILLS):
        with subprocess.Popen(
            command("save", folder, ENDLESS), stdout=subprocess.PIPE, text=True
        ) as saver:
            assert saver.stdout
            saver.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                saver.wait(chance.uniform(0, 0.15))
            saver.kill()
            told = [int(word) for word in saver.stdout.read().split() if word.isdigit()]
        assert saver.returncode == -signal.SIGKILL
        acknowledged = max([acknowledged, *told])
        hot += is_hot(path)
        with Journal.open(path, key=key) as journal:
            ratings = journal.days.read_ratings(FIRST, date(9000, 1, 1))["mood"]
            days = [(rating.day - FIRST).days for rating in ratings]
            assert days == list(range(len(days)))
            assert len(days) > acknowledged
            assert [rating.value for rating in ratings] == [value_of(day) for day in days]
            assert check_journal(journal) == ()

    say(f"kill -9, {kind}: {KILLS} kills, {hot} with a hot journal, {acknowledged - 2} saves told"
        " of, 0 lost, 0 damaged")  # fmt: skip
    assert hot >= 20


def is_hot(path: Path) -> bool:
    """Whether a rollback journal is left whose beginning says that it is to be played back."""
    beside = path.with_name(f"{path.name}-journal")
    return beside.exists() and any(beside.read_bytes()[:8])
