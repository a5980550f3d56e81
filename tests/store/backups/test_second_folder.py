"""Two journals of one name that share a second folder keep to their own backups there."""

from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.domain.history.deletions import Target
from moodlab.store.backups.backup import back_up_if_due, keep_second, make_backup
from moodlab.store.backups.erasing import find_in_backups
from moodlab.store.backups.names import backups_folder, list_backups_in
from moodlab.store.backups.second_folder import find_second
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.journal import Journal
from tests.journals import check_file
from tests.keys import derive_quickly
from tests.moments import TODAY, Clock


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two journals that are both called journal.moodlab."""
    paths = tmp_path / "mine" / "journal.moodlab", tmp_path / "yours" / "journal.moodlab"
    for number, path in enumerate(paths):
        with Journal.create(path, clock=Clock()) as journal:
            for ago in range(10 + 20 * number):
                journal.days.rate(TODAY - timedelta(days=ago), "mood", 1000 + 1000 * number)
    return paths


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    return stick


def folder_of(journal: Path, stick: Path) -> Path:
    folder = find_second(journal, stick, None)
    assert folder
    return folder


def back_up_for(journal: Path, stick: Path, clock: Clock) -> None:
    with Journal.open(journal, clock=clock) as opened:
        back_up_if_due(opened, second_folder=stick)


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_each_has_a_folder_and_thins_out_its_own(two: tuple[Path, Path], stick: Path) -> None:
    mine, yours = two
    clock = Clock()
    back_up_for(yours, stick, clock)
    before = content(folder_of(yours, stick))
    for _ in range(60):
        clock.pass_time(days=1)
        back_up_for(mine, stick, clock)

    own = list_backups_in(folder_of(mine, stick))
    assert 20 < len(own) < 60
    assert {backup.entries for backup in own} == {10}
    assert content(folder_of(yours, stick)) == before
    assert len(before) == 1
    assert len(list(stick.iterdir())) == 2


def test_a_passphrase_and_an_erasure_reach_only_the_own_ones(
    two: tuple[Path, Path], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    mine, yours = two
    for path in two:
        keep_second(make_backup(path), path, stick)
    before = content(folder_of(yours, stick))
    folder = folder_of(mine, stick)

    found = find_in_backups([folder], None, Target("", TODAY.isoformat()))
    done = set_passphrase(mine, "a passphrase", second_folder=stick)

    assert [backup.path.parent for backup in found.backups] == [folder]
    assert content(folder_of(yours, stick)) == before
    assert (done.backups, done.left) == (2, ())
    assert done.key
    assert find_second(mine, stick, done.key) == folder
    (backup,) = list_backups_in(folder)
    assert check_file(backup.path, key=done.key) == ()


def test_a_moved_journal_keeps_its_folder(two: tuple[Path, Path], stick: Path) -> None:
    mine, _ = two
    before = folder_of(mine, stick)
    moved = mine.rename(mine.parent.parent / "journal.moodlab")

    assert folder_of(moved, stick) == before


def test_the_folder_of_an_earlier_version_is_taken_over_where_all_in_it_is_its_own(
    two: tuple[Path, Path], stick: Path
) -> None:
    mine, _ = two
    former = stick / backups_folder(mine).name
    former.mkdir()
    first = make_backup(mine).path
    (former / first.name).write_bytes(first.read_bytes())

    keep_second(make_backup(mine), mine, stick)

    assert not former.exists()
    assert len(list_backups_in(folder_of(mine, stick))) == 2


def test_one_that_two_shared_stays_as_it_is_and_is_named(
    two: tuple[Path, Path], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    mine = two[0]
    former = stick / backups_folder(mine).name
    former.mkdir()
    for path in two:
        made = make_backup(path).path
        (former / made.name).write_bytes(made.read_bytes())
    before = content(former)

    keep_second(make_backup(mine), mine, stick)
    done = set_passphrase(mine, "a passphrase", second_folder=stick)

    assert content(former) == before
    assert len(before) == 2
    assert {path.parent for path in done.left} == {former}
