"""Pictures of every page in every theme, to look at: ``python -m tests.screens OUTDIR``."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.ratings import DayState
from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from moodlab.theme import SCREEN_THEMES
from moodlab.ui.application import Window, make_application
from moodlab.ui.look.style import apply_look
from moodlab.ui.page_registry import ALL
from tests.moments import EVENING, TODAY, Clock

SIZES = ((1040, 720), (1366, 768))
ANSWERS = {"fatigue": 7, "brain_fog": 6, "sleep": 3, "mood": 5, "motivation": 4, "pleasure": 4,
           "functioning": 3}  # fmt: skip


def settle(milliseconds: int) -> None:
    """Let the window live for a while. QTest.qWait does not let the Worker's thread run."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def fill(journal: Journal, day: date, count: int = 7) -> None:
    """Answer the first `count` ratings of `day`."""
    for name, value in list(ANSWERS.items())[:count]:
        journal.days.rate(day, name, value * 1000)


def press(*keys: Qt.Key | str) -> None:
    """Press keys on whatever has the keyboard."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def half_day(journal: Journal) -> None:
    fill(journal, TODAY - timedelta(days=1))
    fill(journal, TODAY, 3)


def unwell(journal: Journal) -> None:
    fill(journal, TODAY - timedelta(days=1))
    journal.days.mark(TODAY, DayState.UNWELL)


def with_yesterday_open(journal: Journal) -> None:
    fill(journal, TODAY - timedelta(days=2))


def after_a_gap(journal: Journal) -> None:
    fill(journal, TODAY - timedelta(days=30))


def imported(journal: Journal) -> None:
    journal.days.rate(TODAY, "fatigue", 6700, source="import", source_value="3.35")
    journal.days.rate(TODAY, "brain_fog", None)
    journal.days.rate(TODAY, "sleep", 10_000)
    journal.days.rate(TODAY, "sleep_hours", 450_000)
    journal.days.write_note(TODAY, "Slept well.\nWalked to the shop and back.\nTired after.")


def complete(journal: Journal) -> None:
    fill(journal, TODAY)


def nothing(journal: Journal) -> None:
    """An empty journal."""


STATES: dict[str, tuple[Callable[[Journal], None], Callable[[], None] | None]] = {
    "empty": (nothing, None),
    "half": (half_day, None),
    "done": (complete, lambda: press(Qt.Key.Key_Return)),
    "unwell": (unwell, None),
    "ten-or-one": (half_day, lambda: press("1", "0")),
    "yesterday": (with_yesterday_open, None),
    "gap": (after_a_gap, None),
    "imported": (imported, None),
    "other-day": (half_day, lambda: press(Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)),
}


def open_window(folder: Path, journal: Journal, theme: str, percent: int = 100) -> Window:
    """Open the real window on `journal`."""
    settings = Settings(theme=theme, text_size=percent)
    app = make_application(settings)
    apply_look(app, theme, percent)
    window = Window(app, journal, settings, find_paths(data_dir=str(folder)))
    window.show()
    window.main.activateWindow()
    settle(20)
    return window


def take(window: Window, size: tuple[int, int], file: Path) -> None:
    """Save a picture of the window at `size`."""
    window.main.resize(*size)
    settle(400 if "trends" in file.name or "report" in file.name else 30)
    window.main.grab().save(str(file))


def take_pages(out: Path) -> None:
    """Every page of the registry, in every theme, at both sizes, on the example journal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.moodlab"
        make_example(path, clock=Clock(EVENING))
        for theme in SCREEN_THEMES:
            window = open_window(Path(folder), Journal.open(path, clock=Clock(EVENING)), theme.name)
            for entry in ALL:
                window.main.open_page(entry.id)
                if entry.id in ("trends", "report"):
                    settle(3000)
                for size in SIZES:
                    take(window, size, out / f"{entry.id}-{theme.name}-{size[0]}.png")
            window.main.close()
            window.close()


def take_states(out: Path) -> None:
    """Today in each state it can be in, light at 100 %, and the half day at other text sizes."""
    for name, (prepare, act) in STATES.items():
        take_state(out / f"state-{name}.png", prepare, act)
    for percent in (80, 130, 200):
        file = out / f"state-half-{percent}.png"
        take_state(file, half_day, None, percent=percent, size=(1280, 720))
    take_state(out / "state-half-narrow.png", half_day, None, size=(720, 560))


def take_state(
    file: Path,
    prepare: Callable[[Journal], None],
    act: Callable[[], None] | None,
    *,
    percent: int = 100,
    size: tuple[int, int] = SIZES[0],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.create(Path(folder) / "journal.moodlab", clock=Clock(EVENING))
        prepare(journal)
        window = open_window(Path(folder), journal, "light", percent)
        window.main.resize(*size)
        settle(20)
        if act is not None:
            act()
        take(window, size, file)
        window.main.close()
        window.close()


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    take_states(out)
    take_pages(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
