"""Loads matplotlib with MoodLab's own style file, whatever lies in the current folder.

matplotlib obeys a ``matplotlibrc`` in the current folder before any other, and one can make it
start programs. So it is loaded while the process stands in a folder whose ``matplotlibrc`` is ours.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from moodlab import assets

_loading = threading.Lock()


def load_matplotlib() -> None:
    """Load matplotlib, once in a process. Call it before anything of it is imported."""
    with _loading:
        _load()


@cache
def _load() -> None:
    with _standing_in(assets.path("charts")):
        import matplotlib  # noqa: F401


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    """Change the current folder for a moment. Other threads use whole paths only."""
    try:
        here: int | Path = os.open(".", os.O_RDONLY)  # also finds back to a folder that was deleted
    except OSError:  # Windows opens no folders
        here = Path.cwd()
    try:
        os.chdir(folder)
        yield
    finally:
        with suppress(OSError):
            os.chdir(here)
        if isinstance(here, int):
            os.close(here)
