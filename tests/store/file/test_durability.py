"""An acknowledged rating is in the file: after kill -9, after a full disk, after anything."""

import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.store.check import check_journal
from moodlab.store.journal import FOREVER, Journal
from tests.moments import TODAY, Clock

KILLS = 30

SAVE_UNTIL_KILLED = """
import sys
from datetime import date, timedelta
from pathlib import Path
from moodlab.store.journal import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    for number in range(int(sys.argv[2]), 1_000_000):
        journal.days.rate(date(1900, 1, 1) + timedelta(days=number), "mood", number % 11 * 1000)
        print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    journal: Journal, journal_path: Path
) -> None:
    journal.close()
    chance = random.Random(30)
    acknowledged = -1
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVE_UNTIL_KILLED, str(journal_path), str(acknowledged + 1)],
            stdout=subprocess.PIPE, text=True,
        ) as writer:  # fmt: skip
            assert writer.stdout
            acknowledged = int(writer.stdout.readline())
            with pytest.raises(subprocess.TimeoutExpired):
                writer.wait(chance.uniform(0.001, 0.1))
            writer.kill()
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        assert writer.returncode == -signal.SIGKILL

        with Journal.open(journal_path, clock=Clock()) as again:
            kept = again.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]
            first = kept[0].day
            values = {(rating.day - first).days: rating.value for rating in kept}
            assert set(range(acknowledged + 1)) <= set(values)
            assert all(value == number % 11 * 1000 for number, value in values.items())
            assert check_journal(again) == ()
    assert acknowledged > KILLS


FILL_THE_DISK = """
import os, resource, signal, sys
from datetime import timedelta
from pathlib import Path
from moodlab.domain.errors import JournalUnusable
from moodlab.store.check import check_journal
from moodlab.store.journal import FOREVER, Journal

path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
with Journal.open(path) as journal:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 40_000, hard))
    saved = 0
    try:
        for number in range(10_000):
            journal.days.rate(journal.today() - timedelta(days=number), "mood", 3000)
            saved += 1
    except JournalUnusable as error:
        print("refused:", error.sentence)
    kept = journal.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]
    print("kept all:", len(kept) == saved, saved > 0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    journal.days.rate(journal.today() - timedelta(days=saved), "mood", 3000)
    kept = journal.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]
    print("works again:", len(kept) == saved + 1, check_journal(journal) == ())
"""


def test_a_full_disk_is_told_costs_nothing_saved_and_passes(
    journal: Journal, journal_path: Path
) -> None:
    pytest.importorskip("resource")
    journal.close()

    done = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(journal_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == ""
    refused, kept, again = done.stdout.splitlines()
    assert refused.startswith("refused: The disk")
    assert "not saved" in refused
    assert kept == "kept all: True True"
    assert again == "works again: True True"


def test_what_was_saved_survives_without_closing(journal: Journal, journal_path: Path) -> None:
    for number in range(5):
        journal.days.rate(TODAY - timedelta(days=number), "mood", 3000)

    with journal.open_again() as other:
        assert len(other.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]) == 5
