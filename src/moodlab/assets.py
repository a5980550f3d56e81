"""Finds the files in ``resources``: inside the installed package, or beside ``src``."""

from functools import cache
from pathlib import Path

from moodlab.domain.errors import MoodLabError

_KNOWN = Path("fonts") / "Inter-Regular.otf"


@cache
def root() -> Path:
    """Return the folder that holds fonts, icons and templates."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "resources", here.parent.parent / "resources"):
        if (candidate / _KNOWN).is_file():
            return candidate
    raise MoodLabError("MoodLab's own files are missing. Install it again.")


def path(*parts: str) -> Path:
    """Return the path of one resource, such as ``path("icons", "moodlab.svg")``."""
    return root().joinpath(*parts)


def font_paths() -> tuple[Path, ...]:
    """Return the bundled faces: regular and semibold."""
    return (path("fonts", "Inter-Regular.otf"), path("fonts", "Inter-SemiBold.otf"))
