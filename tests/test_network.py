"""Nothing leaves the computer: no inet socket in a whole run, and no module that could open one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import moodlab
from tests.needs import IN_CI, needs

ROOT = Path(moodlab.__file__).parent.parent.parent
needs_strace = needs("strace")


def inet_calls(folder: Path, *command: str) -> list[str]:
    """Run a command under strace and return its calls that name an internet address family."""
    trace = folder / "trace"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace), *command],
        capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    if not IN_CI and ("ptrace" in done.stderr or not trace.exists()):
        pytest.skip(f"strace may not trace here: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    return [line for line in trace.read_text().splitlines() if "AF_INET" in line]


@needs_strace
def test_the_trace_would_show_a_connection(tmp_path: Path) -> None:
    program = "import socket; socket.socket(socket.AF_INET6).close()"

    assert inet_calls(tmp_path, sys.executable, "-c", program)


@needs_strace
@pytest.mark.parametrize(
    "arguments",
    [
        ("init",),
        ("init", "--example"),
        ("log", "today", "mood=4", "sleep_hours=7:30", "note=rain"),
        ("lab", "today", "hs-CRP", "<0.3", "mg/L"),
        ("report", "page.pdf", "--from", "2026-01-01", "--to", "2026-03-04"),
        ("report", "page.json", "--from", "2026-01-01", "--to", "2026-03-04"),
        ("check",),
    ],
    ids=" ".join,
)
def test_a_command_opens_no_internet_socket(
    tmp_path: Path, example_original: Path, arguments: tuple[str, ...]
) -> None:
    journal = tmp_path / "j.moodlab"
    if arguments[0] != "init":
        shutil.copy(example_original, journal)
    moodlab_here = [sys.executable, "-m", "moodlab", "--journal", str(journal)]
    words = [str(tmp_path / word) if word.startswith("page") else word for word in arguments]

    assert inet_calls(tmp_path, *moodlab_here, *words) == []


WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from moodlab.paths import find_paths
from moodlab.ui import application
original = QApplication.exec
def exec_briefly(*_):
    QTimer.singleShot(2000, QApplication.quit)
    return original()
QApplication.exec = exec_briefly
sys.exit(application.run(find_paths(sys.argv[1], sys.argv[2])))
"""


@needs_strace
def test_the_window_opens_no_internet_socket(tmp_path: Path, example_path: Path) -> None:
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    window = [sys.executable, "-c", WINDOW, str(example_path), str(tmp_path)]

    assert inet_calls(tmp_path, *window) == []


def test_ruff_bans_what_could_open_a_connection(tmp_path: Path) -> None:
    pytest.importorskip("ruff")
    sinner = tmp_path / "sinner.py"
    sinner.write_text(
        "import socket\nimport ssl\nimport http.client\nimport urllib.request\nimport ftplib\n"
        "import smtplib\nimport asyncio\nimport webbrowser\nfrom PySide6 import QtNetwork\n"
        "from matplotlib import pyplot\nimport sqlite3\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251",
         "--config", str(ROOT / "pyproject.toml"), "--output-format", "concise", str(sinner)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    banned_lines = {line.split(":")[1] for line in done.stdout.splitlines() if "TID251" in line}
    assert banned_lines == {str(number) for number in range(1, 12)}
