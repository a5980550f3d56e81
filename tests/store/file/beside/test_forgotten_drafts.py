"""A draft that a killed process left is a whole journal: it goes, and nothing of others does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from moodlab.atomic_replace import new_draft
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.file.beside import forgotten_drafts
from moodlab.store.file.beside.forgotten_drafts import find_drafts
from moodlab.store.journal import Journal
from tests.keys import derive_quickly
from tests.moments import TODAY

DEAD = subprocess.Popen([sys.executable, "-c", ""])
DEAD.wait()


def leave(folder: Path, process: int = DEAD.pid, content: bytes = b"all of it") -> Path:
    draft = folder / f".{process}-0123abcd.new"
    draft.write_bytes(content)
    draft.chmod(0o600)
    return draft


@pytest.fixture
def folders(journal: Journal, journal_path: Path) -> tuple[Path, Path]:
    journal.days.rate(TODAY, "mood", 3000)
    backup = make_backup(journal_path)
    journal.close()
    return journal_path.parent, backup.path.parent


def test_what_a_killed_process_left_goes_at_the_next_start(
    folders: tuple[Path, Path], journal_path: Path
) -> None:
    left = [leave(folder) for folder in folders]
    beside = left[0].with_name(f"{left[0].name}-journal")
    beside.write_bytes(b"x")
    beside.chmod(0o600)

    Journal.open(journal_path).close()

    assert not any(draft.exists() for draft in (*left, beside))


@pytest.mark.parametrize(
    "name",
    [".mine.new", ".12-xyz.new", "12-0123abcd.new", ".12-0123abcd.new.txt", ".a-0123abcd.new"],
)
def test_what_only_looks_similar_stays(
    name: str, folders: tuple[Path, Path], journal_path: Path
) -> None:
    others = [folder / name for folder in folders]
    for other in others:
        other.write_bytes(b"not ours")
        os.utime(other, (0, 0))

    Journal.open(journal_path).close()
    make_backup(journal_path)

    assert all(other.exists() for other in others)


def test_links_and_folders_of_such_a_name_stay(
    folders: tuple[Path, Path], journal_path: Path, tmp_path: Path
) -> None:
    beside = folders[0]
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    (beside / f".{DEAD.pid}-00000001.new").symlink_to(target)
    (beside / f".{DEAD.pid}-00000002.new").mkdir()

    Journal.open(journal_path).close()

    assert target.read_bytes() == b"precious"
    assert (beside / f".{DEAD.pid}-00000001.new").is_symlink()
    assert (beside / f".{DEAD.pid}-00000002.new").is_dir()


def test_one_that_is_being_written_stays(folders: tuple[Path, Path], journal_path: Path) -> None:
    own, others = new_draft(folders[0]), leave(folders[0], os.getppid())

    Journal.open(journal_path).close()

    assert own.exists()
    assert others.exists()


def test_one_of_this_process_before_it_was_started_anew_goes(
    folders: tuple[Path, Path], journal_path: Path
) -> None:
    own = leave(folders[0], os.getpid())
    long_ago = forgotten_drafts._BEGUN - 60
    os.utime(own, (long_ago, long_ago))

    Journal.open(journal_path).close()

    assert not own.exists()


def test_encrypting_removes_forgotten_drafts_and_names_the_others(
    folders: tuple[Path, Path], journal_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    leave(folders[1])
    busy = leave(folders[0], os.getppid())
    kept = journal_path.with_name(f"{journal_path.name}-journal.kept-20260303T100000Z")
    kept.write_bytes(b"pages in the clear")

    done = set_passphrase(journal_path, "a passphrase")

    assert set(done.left) == {busy, kept}
    assert find_drafts(folders[1]) == []
