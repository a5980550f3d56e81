"""Every file that is written is durable, with its name, before the write is acknowledged."""

import os
import stat
from pathlib import Path

import pytest

from moodlab.report.files import save_atomically
from moodlab.settings import Settings, read_settings, write_settings


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The files and folders that were synced, as their inodes."""
    inodes: list[int] = []
    real_fsync = os.fsync

    def note(handle: int) -> None:
        inodes.append(os.fstat(handle).st_ino)
        real_fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    return inodes


@pytest.mark.skipif(os.name != "posix", reason="only POSIX syncs folders")
@pytest.mark.parametrize("name", ["settings.json", "page.pdf"])
def test_a_written_file_is_private_and_synced_with_its_folder(
    name: str, tmp_path: Path, synced: list[int]
) -> None:
    target = tmp_path / name
    if name == "settings.json":
        write_settings(target, Settings(theme="dark"))
        assert read_settings(target).theme == "dark"
    else:
        save_atomically(target, b"content")

    assert synced == [target.stat().st_ino, tmp_path.stat().st_ino]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path) -> None:
    target = tmp_path / "settings.json"
    target.mkdir()

    with pytest.raises(OSError, match="settings"):
        write_settings(target, Settings())

    assert list(tmp_path.iterdir()) == [target]
