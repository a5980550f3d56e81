"""Odd preferences cost the preference, never the start."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from moodlab.paths import find_paths
from moodlab.settings import Settings, read_settings


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[" * 200_000, b'{"theme":' * 50_000, b"[]", b"9" * 5000,
     b"{}" + b" " * 2**21, b'{"text_size": 1e999}', b'{"text_size": true}'],
    ids=range(9),
)  # fmt: skip
def test_a_file_that_is_no_preferences_counts_as_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)

    assert read_settings(path) == Settings()


@pytest.mark.parametrize(
    "odd",
    [{"text_size": 10**30}, {"text_size": -5}, {"lock_minutes": 2**63}, {"journal": "a\0b"},
     {"journal": "x" * 100_000}, {"journal": "\ud800"}, {"second_copies": "\x1b[2J"},
     {"geometry": None}, {"theme": ["dark"]}],
    ids=range(9),
)  # fmt: skip
def test_an_odd_value_is_left_out_and_the_others_stay(odd: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"paper": "letter", **odd}))

    assert read_settings(path) == Settings(paper="letter")
    assert find_paths(data_dir=str(tmp_path)).journal == tmp_path / "journal.moodlab"


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop"])
def test_what_is_no_file_is_not_waited_for(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path.mkdir()

    assert read_settings(path) == Settings()
