"""A journal goes to another folder with its backups, or stays as it was."""

import errno
import os
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalUnusable, MoodLabError, Refused
from moodlab.store.backups import moving
from moodlab.store.backups.backup import make_backup
from moodlab.store.backups.moving import move_journal
from moodlab.store.backups.names import backups_folder, list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from tests.journals import check_file
from tests.keys import any_key
from tests.moments import TODAY


def begin_at(path: Path, key: Key | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with Journal.create(path, key=key) as journal:
        journal.days.rate(TODAY, "mood", 5000)
    make_backup(path, key)
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_journal_and_backups_are_at_the_new_place_only(
    tmp_path: Path, *, is_encrypted: bool
) -> None:
    key = any_key() if is_encrypted else None
    path, there = begin_at(tmp_path / "here" / "mine.moodlab", key), tmp_path / "there"
    there.mkdir()
    backup = list_backups(path)[0].path.read_bytes()
    told: list[Path] = []

    moved = move_journal(path, there, key, told.append)

    assert moved == (there / "mine.moodlab", 1, ())
    assert told == [moved.journal]
    assert files_in(tmp_path / "here") == {}
    assert [each.path.read_bytes() for each in list_backups(moved.journal)] == [backup]
    assert check_file(moved.journal, key=key) == ()
    with Journal.open(moved.journal, key=key) as journal:
        assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 5000
    if os.name == "posix":
        assert moved.journal.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("taken", ["mine.moodlab", "mine.moodlab.copies"])
def test_what_is_there_already_is_never_replaced(tmp_path: Path, taken: str) -> None:
    path, there = begin_at(tmp_path / "here" / "mine.moodlab"), tmp_path / "there"
    there.mkdir()
    (there / taken).write_text("somebody's")
    before = files_in(tmp_path)

    with pytest.raises(Refused, match="already exists"):
        move_journal(path, there, None, lambda _path: None)

    assert files_in(tmp_path) == before


def test_its_own_folder_a_missing_one_its_backups_and_a_link_are_refused(tmp_path: Path) -> None:
    path = begin_at(tmp_path / "here" / "mine.moodlab")
    link = tmp_path / "link.moodlab"
    link.symlink_to(path)
    before = files_in(tmp_path)

    for journal, folder in (
        (path, path.parent),
        (path, tmp_path / "nowhere"),
        (path, backups_folder(path)),
        (link, tmp_path),
    ):
        with pytest.raises(Refused):
            move_journal(journal, folder, None, lambda _path: None)

    assert files_in(tmp_path) == before


def full(*_arguments: object, **_options: object) -> None:
    raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize("part", ["_copy_backup", "write_verified", "place_new"])
def test_a_full_drive_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    path, there = begin_at(tmp_path / "here" / "mine.moodlab"), tmp_path / "there"
    there.mkdir()
    before = files_in(tmp_path)
    monkeypatch.setattr(moving, part, full)

    with pytest.raises(JournalUnusable, match="Nothing was moved: No space left on device"):
        move_journal(path, there, None, lambda _path: None)

    assert files_in(tmp_path) == before
    assert list(there.iterdir()) == []


def test_settings_that_cannot_be_kept_leave_the_journal_where_they_lead(tmp_path: Path) -> None:
    path, there = begin_at(tmp_path / "here" / "mine.moodlab"), tmp_path / "there"
    there.mkdir()
    before = files_in(tmp_path)

    with pytest.raises(JournalUnusable):
        move_journal(path, there, None, full)

    assert files_in(tmp_path) == before


def test_nobody_saves_into_the_file_that_is_about_to_go(tmp_path: Path) -> None:
    path, there = begin_at(tmp_path / "here" / "mine.moodlab"), tmp_path / "there"
    there.mkdir()

    def save_meanwhile(_target: Path) -> None:
        with Journal.open(path, busy_seconds=0.05) as other, pytest.raises(MoodLabError):
            other.days.rate(TODAY, "fatigue", 1000)

    move_journal(path, there, None, save_meanwhile)

    assert not path.exists()


def test_what_goes_wrong_while_it_is_copied_says_that_nothing_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, there = begin_at(tmp_path / "here" / "mine.moodlab"), tmp_path / "there"
    there.mkdir()
    before = files_in(tmp_path)

    def refuse(*_arguments: object) -> None:
        raise JournalUnusable("Database or disk is full.")

    monkeypatch.setattr(moving, "write_verified", refuse)
    with pytest.raises(JournalUnusable, match=r"^Nothing was moved\. Database or disk is full\.$"):
        move_journal(path, there, None, lambda _path: None)

    assert files_in(tmp_path) == before
    assert list(there.iterdir()) == []
