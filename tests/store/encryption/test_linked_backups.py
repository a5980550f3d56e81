"""Backups behind a link are somebody else's: they are not re-encrypted, thinned out or erased."""

import os
from pathlib import Path

import pytest

from moodlab.store.backups.backup import list_backups, make_backup
from moodlab.store.backups.names import backups_folder
from moodlab.store.backups.second_folder import find_second
from moodlab.store.encryption.rekey import NotRekeyed, set_passphrase
from moodlab.store.encryption.unlocking import is_encrypted
from moodlab.store.journal import Journal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """My journal, and another's with a backup."""
    mine, others = tmp_path / "mine.moodlab", tmp_path / "others.moodlab"
    for path in (mine, others):
        Journal.create(path).close()
    make_backup(others)
    return mine, others


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_linked_folder_keeps_the_passphrase_from_being_set(two: tuple[Path, Path]) -> None:
    mine, others = two
    backups_folder(mine).symlink_to(backups_folder(others))
    before = everything(backups_folder(others))

    with pytest.raises(NotRekeyed, match=r"mine\.moodlab\.copies is a link"):
        set_passphrase(mine, "a few random words")

    assert everything(backups_folder(others)) == before
    assert not is_encrypted(mine)


def test_so_does_a_linked_second_folder(two: tuple[Path, Path], tmp_path: Path) -> None:
    mine, others = two
    stick = tmp_path / "stick"
    stick.mkdir()
    folder = find_second(mine, stick, None)
    assert folder
    folder.symlink_to(backups_folder(others))

    with pytest.raises(NotRekeyed, match="is a link"):
        set_passphrase(mine, "a few random words", second_folder=stick)


def test_a_link_or_a_pipe_among_the_backups_is_none(two: tuple[Path, Path]) -> None:
    mine, others = two
    made = make_backup(mine)
    (theirs,) = list_backups(others)
    link = made.path.with_name(made.path.name.replace("-0001_", "-0002_"))
    link.symlink_to(theirs.path)
    os.mkfifo(made.path.with_name(made.path.name.replace("-0001_", "-0003_")))

    assert [backup.number for backup in list_backups(mine)] == [1]
    done = set_passphrase(mine, "a few random words")

    assert done.backups == 1
    assert link.is_symlink()
    assert not is_encrypted(theirs.path)


def test_others_backups_behind_a_link_are_not_thinned_out(two: tuple[Path, Path]) -> None:
    mine, others = two
    theirs = backups_folder(others)
    (made,) = list_backups(others)
    for number in range(2, 40):
        old = made.path.name.replace("-0001_", f"-{number:04}_")
        (theirs / f"{old[:15]}{old[15:]}").write_bytes(b"theirs")
    before = set(theirs.iterdir())
    backups_folder(mine).symlink_to(theirs)

    make_backup(mine)

    assert before <= set(theirs.iterdir())
