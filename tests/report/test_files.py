"""Saving a document: the old file or the new one, never half, and nothing left behind."""

import os
import stat
from pathlib import Path

import pytest

from moodlab.report.files import NotSaved, save_atomically


def test_it_replaces_what_was_there_and_is_its_owners_only(tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")

    save_atomically(target, b"new")

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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")
    real_open = os.open

    def open_on_a_full_disk(path: str, flags: int, mode: int = 0o777) -> int:
        handle = real_open(path, flags, mode)
        if flags & os.O_CREAT:
            os.dup2(real_open("/dev/full", os.O_WRONLY), handle)
        return handle

    monkeypatch.setattr(os, "open", open_on_a_full_disk)

    with pytest.raises(NotSaved, match="Can't save"):
        save_atomically(target, b"x" * 100_000)

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
