"""Preferences of this computer: how MoodLab looks and opens. Never anything about health."""

import errno
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from moodlab.atomic_replace import write_whole
from moodlab.domain.errors import Refused
from moodlab.file_kinds import open_regular, refuse_target

_MOST_BYTES = 1_000_000
_LONGEST_TEXT, _LARGEST_NUMBER = 20_000, 10_000
_MOST_PATHS = 20


class Settings(NamedTuple):
    """All preferences. TO ADD ONE: a field here, its values in `preferences`, and its row in
    `ui/settings/rows.py`.

    `theme` is ``system`` or a theme's name, `text_size` a percentage, `geometry` what Qt gives for
    the window's place, `paper` ``""`` for the locale's own, `report_period` the page's preset,
    `report_without` the sections left out of it, `report_extras` what else was ticked there,
    `second_copies` a folder into which the automatic backups go too (``""``: none), `journal` where
    the journal is if not at the usual place, `recent` the journals that were opened last,
    `lock_minutes` how long without a key or click until the window locks itself (0: never). In
    `week_start`, `decimal_sign` and `clock` ``""`` is the locale's own.
    """

    theme: str = "system"
    text_size: int = 100
    geometry: str = ""
    short_version: bool = False
    chart_range: str = "12 weeks"
    paper: str = ""
    report_period: str = "since"
    report_without: str = ""
    report_extras: str = ""
    country: str = ""
    second_copies: str = ""
    journal: str = ""
    recent: tuple[str, ...] = ()
    lock_minutes: int = 0
    reduced_motion: bool = False
    week_start: str = ""
    decimal_sign: str = ""
    clock: str = ""


def read_settings(path: Path) -> Settings:
    """Return the stored preferences; what is missing, unknown or of another type is left out."""
    try:
        with open_regular(path) as file:
            stored = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    if isinstance(recent := stored.get("recent"), list):
        stored["recent"] = tuple(
            path for path in recent[:_MOST_PATHS] if isinstance(path, str) and _is_sensible(path)
        )
    known = {name: type(usual) for name, usual in Settings()._asdict().items()}
    fitting: dict[str, Any] = {
        name: value
        for name, value in stored.items()
        if known.get(name) is type(value) and _is_sensible(value)
    }
    return Settings(**fitting)


def follow_move(path: Path, old: Path, new: Path) -> None:
    """Have the stored preferences lead to where a journal was moved. Raises OSError."""
    settings = read_settings(path)
    recent = tuple(str(new) if each == str(old) else each for each in settings.recent)
    write_settings(path, settings._replace(journal=str(new), recent=recent))


def _is_sensible(value: str | int | tuple[str, ...]) -> bool:
    """Whether a value is of a size that MoodLab writes, and a text could name a file."""
    if isinstance(value, tuple):
        return all(map(_is_sensible, value))
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and "\0" not in value and value.isprintable()
    return 0 <= value <= _LARGEST_NUMBER


def write_settings(path: Path, settings: Settings) -> None:
    """Replace the stored preferences in one step. Raises OSError where that can't be written.

    A link to the file, as those who share their preferences have, stays one.
    """
    path = Path(os.path.realpath(path))
    try:
        refuse_target(path)
    except Refused as error:
        raise OSError(errno.EEXIST, error.sentence, str(path)) from error
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(settings._asdict(), indent=2, sort_keys=True)
    write_whole(path, f"{text}\n".encode())
