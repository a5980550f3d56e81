"""A disk that is really full, and a limit on file sizes: told, nothing lost, works again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable, MoodLabError
from moodlab.domain.history.deletions import Target
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
from moodlab.store.backups import backup as copies
from moodlab.store.backups.backup import BackupFailed
from moodlab.store.backups.names import backups_folder
from moodlab.store.backups.restore import restore
from moodlab.store.check import check_journal
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.journal import Journal
from moodlab.store.ledger.erasing import erase
from tests.exchange.fhir.fhir_files import lines, observation
from tests.faults import programs
from tests.faults.programs import FIRST, KINDS, day_of, journal_key, rate

DISK_KB = 700
EVER = date(2100, 1, 1)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory of a few hundred kilobytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.getuid() or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", str(place)],
        check=False, capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("no tmpfs can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room at all."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def days(journal: Journal) -> int:
    return len(journal.days.read_ratings(FIRST, EVER)["mood"])


@pytest.mark.parametrize("kind", KINDS)
def test_an_import_that_fills_the_disk_leaves_the_journal_as_it_was(
    kind: str, small_disk: Path, tmp_path: Path
) -> None:
    """It is larger than SQLite keeps in memory, so that half of it was in the file already."""
    folder = small_disk / kind
    path, key = programs.prepare(folder, 3), journal_key(folder)
    results = tmp_path / "results.ndjson"
    results.write_bytes(lines(observation(f"{n}", on="2025-01-02") for n in range(8000)))
    before = path.read_bytes()
    with Journal.open(path, key=key) as journal:
        intake = fhir.open_source(Source(results, EVER))
        with pytest.raises(JournalUnusable, match="full"):
            journal.imports.take(intake)

        after = path.read_bytes()
        assert len(after) == len(before)
        # An encrypted page that is written back is another text for the same page.
        assert kind != "plain" or after == before
        assert sorted(each.name for each in path.parent.iterdir()) == [path.name]
        rate(journal, 3)
        assert days(journal) == 4
        assert check_journal(journal) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_saves_on_a_full_disk(kind: str, small_disk: Path, say) -> None:
    folder = small_disk / kind
    path, key = programs.prepare(folder, 3), journal_key(folder)
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 200_000)
    saved = 3
    with Journal.open(path, key=key) as journal:
        sentence = ""
        while not sentence:
            try:
                rate(journal, saved)
                saved += 1
            except JournalUnusable as error:
                sentence = error.sentence
        assert "full" in sentence
        assert "locked" not in sentence
        assert not journal.ledger.connection.in_transaction
        assert days(journal) == saved
        with Journal.open(path, key=key) as other:
            assert days(other) == saved
        filler.unlink()
        rate(journal, saved)
        assert days(journal) == saved + 1
        assert check_journal(journal) == ()
    say(f"full disk, {kind}: {saved - 3} saves told of, 0 lost; “{sentence}”; works again")


@pytest.mark.parametrize("kind", KINDS)
def test_copies_and_whatever_needs_room_leave_everything_as_it_was(
    kind: str, small_disk: Path
) -> None:
    folder = small_disk / kind
    path, key = programs.prepare(folder, 3), journal_key(folder)
    with Journal.open(path, key=key) as journal:
        copy = copies.make_backup(path, key)
        rate(journal, 3)
        journal.days.write_note(day_of(1), "a word to be erased")
        filler = fill(small_disk)

        def names() -> list[str]:
            return sorted(str(found) for found in small_disk.rglob("*") if found.is_file())

        before = names()
        with pytest.raises(BackupFailed):
            copies.make_backup(path, key)
        with pytest.raises(BackupFailed):
            copies.save_backup(path, key, small_disk / "out.moodlab")
        with pytest.raises(MoodLabError):
            erase(journal.ledger, Target.of_day(day_of(1)))
        assert names() == before
        assert days(journal) == 4
        assert copies.list_backups(path) == (copy,)

    with pytest.raises(MoodLabError):
        restore(path, copy.path, key=key, backup_key=key)
    with pytest.raises(MoodLabError):
        set_passphrase(path, "another", key)
    assert names() == before
    with Journal.open(path, key=key) as journal:
        assert days(journal) == 4
        assert check_journal(journal) == ()

    filler.unlink()
    assert copies.make_backup(path, key).days == 4
    assert len(list(backups_folder(path).iterdir())) == 2
    restore(path, copy.path, key=key, backup_key=key)


LIMIT_FILE_SIZE = """
import resource, signal, sys
from pathlib import Path
from moodlab.domain.errors import JournalUnusable
from moodlab.exchange.importers import fhir
from moodlab.exchange.source import Source
from moodlab.store.backups import backup as copies
from moodlab.store.backups.backup import BackupFailed
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.faults.programs import journal_key, rate

folder = Path(sys.argv[1])
path, key = folder / "journal.moodlab", journal_key(folder)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
with Journal.open(path, key=key) as journal:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000, hard))
    saved = 3
    try:
        while True:
            rate(journal, saved)
            saved += 1
    except JournalUnusable as error:
        print(error.sentence)
    try:
        copies.save_backup(path, key, folder / "out.moodlab")
    except BackupFailed as error:
        print(error.sentence)
    print(sorted(found.name for found in folder.iterdir()))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    rate(journal, saved)
    print(saved, check_journal(journal))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_limit_on_file_sizes(kind: str, tmp_path: Path, say) -> None:
    pytest.importorskip("resource")
    folder = tmp_path / kind
    programs.prepare(folder, 3)

    done = subprocess.run(
        [sys.executable, "-c", LIMIT_FILE_SIZE, str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stderr == ""
    told, *copy, left, end = done.stdout.splitlines()
    assert "not saved" in told
    assert left == "['journal.moodlab']" or (not copy and "out.moodlab" in left)
    saved, problems = end.split(maxsplit=1)
    assert problems == "()"
    with Journal.open(folder / "journal.moodlab", key=journal_key(folder)) as journal:
        assert days(journal) == int(saved) + 1
    say(f"file size limit, {kind}: {int(saved) - 3} saves told of, 0 lost; “{told}”")
