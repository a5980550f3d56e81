"""The disk reports an error at one call or from one call on: it is told, and nothing is lost."""

import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.faults import programs
from tests.faults.programs import FIRST, KINDS, journal_key
from tests.faults.trace import command, needs_strace

pytestmark = needs_strace
SAVES = 4
# Which call fails with what, at which of its occurrences: n is only that one, n+ all from there.
FAULTS = (
    ("pwrite64", "ENOSPC", range(1, 90, 3), ""),
    ("pwrite64", "ENOSPC", range(2, 90, 4), "+"),
    ("pwrite64", "EIO", range(1, 90, 4), ""),
    ("pwrite64", "EIO", range(3, 90, 6), "+"),
    ("fsync,fdatasync", "EIO", range(1, 17), ""),
    ("fsync,fdatasync", "EIO", range(1, 17, 3), "+"),
    ("unlink", "EIO", range(1, 5), ""),
    ("unlink", "EIO", range(1, 5), "+"),
    ("openat", "EIO", range(2, 10), ""),
    ("openat", "EMFILE", range(2, 10, 2), "+"),
    ("pread64", "EIO", range(8, 20, 2), ""),
)


def run_with(fault: str, error: str, when: str, folder: Path) -> list[str]:
    path = folder / "journal.moodlab"
    inject = f"inject={fault}:error={error}:when={when}"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-P", str(path), "-P", f"{path}-journal",
         "-P", str(folder), "-e", f"trace={fault}", "-e", inject,
         *command("save_until_refused", folder, SAVES)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_told_and_costs_nothing(kind: str, tmp_path: Path, say) -> None:
    runs = 0
    seen: Counter[str] = Counter()
    for fault, error, occurrences, after in FAULTS:
        for number in occurrences:
            folder = tmp_path / f"{runs}" / kind
            folder.parent.mkdir()
            path, key = programs.prepare(folder, 3), journal_key(folder)
            lines = run_with(fault, error, f"{number}{after}", folder)
            runs += 1
            where = f"{fault} {error} {number}{after}: {lines}"

            if lines[-1:] != ["end"]:
                # It could not even be opened: that is said, in one line, and nothing changed.
                seen["refused to open"] += 1
                assert len(lines) == 1, where
                assert lines[0].startswith("unusable "), where
                lines = []
            assert "left open" not in lines, where
            refused = [line.split()[1] for line in lines if line.startswith("refused")]
            saved = {int(line.split()[1]) for line in lines if line.startswith("saved")}
            seen["refused something"] += bool(refused)
            seen["saved all on the second try"] += bool(refused) and len(saved) == SAVES
            if lines and not after and "open" not in fault:
                # Once the disk works again, so do saves in the same process.
                assert saved == set(range(1, SAVES + 1)), where

            with Journal.open(path, key=key) as journal:
                kept = kept_of(journal)
                assert saved <= kept, where
                assert check_journal(journal) == (), where
                # The person's own retry after a restart doubles nothing either.
                for again in range(1, SAVES + 1):
                    assert programs.try_to_save(journal, again), where
                assert kept_of(journal) == set(range(1, SAVES + 1)), where
                assert len(journal.events.read_events()) == SAVES // 2, where

    say(f"I/O errors, {kind}: {runs} runs, {dict(seen)}, 0 lost, 0 damaged, 0 doubled")
    assert seen["refused something"] > runs / 4


def kept_of(journal: Journal) -> set[int]:
    ratings = journal.days.read_ratings(FIRST, date(2100, 1, 1))["mood"]
    rated = {(rating.day - FIRST).days - 1000 for rating in ratings}
    return {day for day in rated if day > 0} | {
        int(event.id[-12:]) for event in journal.events.read_events()
    }
