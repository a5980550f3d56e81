"""Why PySide6 is held below 6.12: there, on CPython 3.11, signals and void calls abort the process.

Relax the pin in pyproject.toml when a newer release passes this.
"""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Sender(QObject):
    sent = Signal(bool)

application = QApplication([])
sender, widget = Sender(), QWidget()
for number in range(2_000):
    sender.sent.emit(True)
for number in range(10_000):
    widget.setWindowTitle("MoodLab")
print("alive")
"""


def test_signals_and_void_calls_lose_no_references() -> None:
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "alive"
