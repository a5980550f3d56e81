"""Saving a document: the old file or the new one, never half, and nothing left behind."""

import stat
from pathlib import Path

import pytest

from moodlab.report.files import NotSaved, save_atomically


def test_it_replaces_what_was_there_and_is_its_owners_only(tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")

    save_atomically(target, b"new", overwrite=True)

    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as refusal:
        save_atomically(tmp_path / "gone" / "page.pdf", b"new")

    assert "Can't save page.pdf" in refusal.value.sentence
    assert str(tmp_path) not in refusal.value.sentence


def test_a_folder_in_the_way_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    target.mkdir()

    with pytest.raises(NotSaved):
        save_atomically(target, b"new")

    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_finds_no_room_leaves_the_old_one_and_no_draft(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows limits no file's size")
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, usual[1]))

    try:
        with pytest.raises(NotSaved, match="Can't save"):
            save_atomically(target, b"x" * 100_000, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
