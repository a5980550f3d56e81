"""Remembers, outside the journals, which of them were encrypted when they were last open.

Without it nobody would notice that a plain file was put in the place of an encrypted one, and what
is entered next would be readable.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from moodlab.atomic_replace import write_whole
from moodlab.paths import Paths

_NAME = "encrypted-journals.json"
_MOST_BYTES = 1_000_000


def was_encrypted(paths: Paths) -> bool:
    """Whether the journal at this place was encrypted when it was last open."""
    return not _names(paths).isdisjoint(_read(paths))


def remember_encryption(paths: Paths, *, is_encrypted: bool) -> None:
    """Keep whether the journal is encrypted. Where that can't be written, nothing is kept."""
    known, names = _read(paths), _names(paths)
    now = known | names if is_encrypted else known - names
    if now == known:
        return
    with suppress(OSError):
        file = _file(paths)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, json.dumps(sorted(now), indent=2).encode() + b"\n")


def _names(paths: Paths) -> frozenset[str]:
    """Return the journal's place, and the link to it: either may lead to another file one day."""
    return frozenset((os.path.realpath(paths.journal), os.path.abspath(paths.journal)))  # noqa: PTH100


def _file(paths: Paths) -> Path:
    return paths.settings.with_name(_NAME)


def _read(paths: Paths) -> frozenset[str]:
    file = _file(paths)
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return frozenset()
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    if not isinstance(stored, list):
        return frozenset()
    return frozenset(path for path in stored if isinstance(path, str))
