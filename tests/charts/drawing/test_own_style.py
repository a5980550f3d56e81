"""Charts look the same whatever lies in the current folder, and nothing there is started."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import moodlab

DRAW = """
import os, sys
from pathlib import Path
here = Path.cwd() if os.path.lexists(".") and not os.environ.get("GONE") else None
if os.environ.get("GONE"):
    Path.cwd().rmdir()
from moodlab.charts.drawing.render import to_png
from moodlab.charts.drawing.fonts import font
picture = to_png(100, 50, lambda figure: figure.text(0.1, 0.5, "x", fontproperties=font(9)))
assert here is None or Path.cwd() == here
import hashlib
print(hashlib.sha256(picture).hexdigest())
"""

STYLE = "text.usetex: True\nfigure.facecolor: red\nfont.size: 40\nsavefig.dpi: 3\n"


def draw(folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(moodlab.__file__).parent.parent),
            "MPLCONFIGDIR": str(folder.parent / "cache"),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("usual") / "here"
    folder.mkdir()
    return draw(folder)


def as_file(folder: Path) -> dict[str, str]:
    (folder / "matplotlibrc").write_text(STYLE)
    return {}


def as_pipe(folder: Path) -> dict[str, str]:
    os.mkfifo(folder / "matplotlibrc")
    return {}


def as_setting(folder: Path) -> dict[str, str]:
    (folder / "elsewhere").write_text(STYLE)
    return {"MATPLOTLIBRC": str(folder / "elsewhere")}


def as_own_cache(folder: Path) -> dict[str, str]:
    cache = folder.parent / "cache"
    cache.mkdir()
    (cache / "matplotlibrc").write_text(STYLE)
    return {}


def deleted(_folder: Path) -> dict[str, str]:
    return {"GONE": "1"}


@pytest.mark.skipif(os.name != "posix", reason="pipes, and folders that can be deleted")
@pytest.mark.parametrize("lay", [as_file, as_pipe, as_setting, as_own_cache, deleted])
def test_no_other_style_is_obeyed(
    lay: Callable[[Path], dict[str, str]], tmp_path: Path, usual: str
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()

    assert draw(folder, **lay(folder)) == usual
