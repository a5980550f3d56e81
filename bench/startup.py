"""Start to a painted Today with a ten-year journal, against a bare PySide6 window in the same run.

    python bench/startup.py [--runs N] [--journal FILE]

Each start is a new process; the two kinds alternate, so that a busy machine slows both. Reported
are medians and ratios of the time from start to the first paint, and of the memory (VmRSS) then.
Budget: time 1.7, memory 1.4 times the bare window.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
SCREEN = os.path.relpath(SOURCE.parent / "tests" / "usual_screen.json")
CACHE = Path(tempfile.gettempdir()) / "moodlab-bench-bytecode"
TIME_BUDGET, MEMORY_BUDGET = 1.7, 1.4

REPORT = """
def report():
    import os, time
    with open("/proc/self/status") as status:
        memory = next(line for line in status if line.startswith("VmRSS")).split()[1]
    print(time.clock_gettime(time.CLOCK_MONOTONIC), memory, flush=True)
    os._exit(0)
"""

BARE = (
    REPORT
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, report)
app = QApplication(sys.argv[:1])
window = Window()
window.setCentralWidget(QLabel("MoodLab"))
window.resize(1040, 720)
window.show()
app.exec()
"""
)

# The probe is set when MoodLab asks for its paths, so that nothing is imported before its turn.
MOODLAB = (
    REPORT
    + """
import sys
from moodlab import app
find_paths = app.find_paths
def painted(self, event):
    original(self, event)
    if self.subject.id == "functioning":
        QTimer.singleShot(0, report)
def find_paths_and_watch(*places):
    global QTimer, original
    from PySide6.QtCore import QTimer
    from moodlab.ui.today.rows.rating_row import RatingRow
    original, RatingRow.paintEvent = RatingRow.paintEvent, painted
    return find_paths(*places)
app.find_paths = find_paths_and_watch
app.main(["--journal", sys.argv[1], "--data-dir", sys.argv[2]])
"""
)


def measure(program: str, *arguments: str) -> tuple[float, int]:
    """Start `program` in a new process; return seconds to the first paint and memory in KiB."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    # Qt's own offscreen screen is 800 pixels wide, on which MoodLab folds its list of pages.
    environment.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={SCREEN}")
    # An installed program has its byte code; it is made by the first, uncounted start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(CACHE)
    begun = time.clock_gettime(time.CLOCK_MONOTONIC)
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    moment, memory = finished.stdout.split()[-2:]
    return float(moment) - begun, int(memory)


def make_journal(path: Path) -> None:
    """Write ten years of example data through the command."""
    subprocess.run(
        [sys.executable, "-m", "moodlab", "--journal", str(path), "init", "--example",
         "--years", "10", "--seed", "1"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)}, check=True, capture_output=True,
    )  # fmt: skip


def compare(journal: Path, folder: Path, runs: int) -> tuple[float, float]:
    """Print the medians of `runs` alternating starts; return the ratios of time and memory."""
    bare, ours = [], []
    for number in range(runs + 1):
        # The probe ends the process before it can let go of its lock, as a person's quitting does.
        journal.with_name(f".{journal.name}.lock").unlink(missing_ok=True)
        pair = measure(BARE), measure(MOODLAB, str(journal), str(folder))
        if number:  # the first pair fills the disk cache
            bare.append(pair[0])
            ours.append(pair[1])
    ratios = []
    for name, place, unit, scale in (("time", 0, "ms", 1000), ("memory", 1, "MB", 1 / 1024)):
        low = statistics.median(one[place] for one in bare)
        high = statistics.median(one[place] for one in ours)
        ratios.append(high / low)
        print(
            f"{name:7} bare {low * scale:7.1f} {unit}   MoodLab {high * scale:7.1f} {unit}"
            f"   ratio {high / low:.2f}"
        )
    return ratios[0], ratios[1]


def main() -> int:
    """Measure, print, and fail when a budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--journal", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        journal = chosen.journal or Path(folder) / "ten-years.moodlab"
        if chosen.journal is None:
            make_journal(journal)
        spent, memory = compare(journal, Path(folder), chosen.runs)
    is_kept = spent <= TIME_BUDGET and memory <= MEMORY_BUDGET
    print(
        f"budget  time {TIME_BUDGET}, memory {MEMORY_BUDGET}: {'kept' if is_kept else 'exceeded'}"
    )
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
