"""Random keys and clicks on every page, the same for the same seed: somebody very clumsy.

The suite makes a few on each page (`test_random_hands.py`). For minutes a page, out of the suite:
``python -m tests.ui.random_hands SECONDS [SEED [PAGE …]]``.
"""

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import TracebackType
from unittest.mock import patch

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window, make_application
from moodlab.ui.page_registry import ALL, find_page
from tests.journals import begin, check_file
from tests.moments import Clock
from tests.ui.journal_contents import fill_over, fill_usually
from tests.ui.waiting import live, wait_until
from tests.usual_screen import be_on_a_usual_screen

NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEY_NAMES = (
    "Up Down Left Right Home End PageUp PageDown Tab Tab Tab Backtab Return Enter Escape Space"
    " Delete Backspace F2 F5 Insert Menu Plus Minus"
)
KEYS = [getattr(Qt.Key, f"Key_{name}") for name in KEY_NAMES.split(" ")]
CHORDS = "ABCDEFGHIJKLMNOPRSTUVXYZ1234567890+-"  # without Q and W, which close the window
TYPED = (
    *"0123456789xX", "3.1", "<0.3", "1,5", "mg/L", "2.3.2026", "yesterday", "31.12.2026", "7:30",
    "a few words", "“quoted”", "\u202etext", "👩‍👩‍👧", "   ", "-1", "99999999999", "crp", "pill 1",
)  # fmt: skip
HELD = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
SIZES = ((1040, 720), (1366, 768), (700, 500), (1600, 950))


class Hands:
    """One clumsy person at the keyboard and the mouse of a window."""

    def __init__(self, window: Window, clock: Clock, random: Random, page: str) -> None:
        self._window = window
        self._clock = clock
        self._random = random
        self._page = page
        self.done: list[str] = []
        self._closing = QTimer(window.main)
        self._closing.setInterval(300)
        self._closing.timeout.connect(close_what_waits)

    @property
    def has_left(self) -> bool:
        """Whether something that was pressed leads out of this window."""
        return self._window.transition is not None or not self._window.main.isVisible()

    def act(self) -> None:
        """Do one thing, wherever the keyboard and the pointer happen to be."""
        self._clock.pass_time(seconds=self._random.choice((1, 1, 5)))
        kind = self._random.choices(
            (self._press, self._chord, self._type, self._click, self._click_something,
             self._roll, self._resize, self._come_back),
            (30, 10, 12, 12, 30, 4, 1, 4),
        )  # fmt: skip
        kind[0]()

    def _note(self, what: object) -> None:
        self.done.append(str(what))

    @property
    def _top(self) -> QWidget:
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self._window.main
        )

    @property
    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        focus = QApplication.focusWidget()
        return popup or (focus if focus is not None and focus.isVisible() else self._top)

    def _press(self) -> None:
        key = self._random.choice(KEYS)
        modifier = self._random.choices((NONE, SHIFT, CTRL, ALT), (80, 12, 6, 2))[0]
        self._note((key, modifier))
        QTest.keyClick(self._target, key, modifier)

    def _chord(self) -> None:
        key = self._random.choice(CHORDS)
        self._note(f"Ctrl+{key}")
        QTest.keyClick(self._target, key, CTRL)

    def _type(self) -> None:
        words = self._random.choice(TYPED)
        self._note(f"type {words}")
        for sign in words:
            # QTest knows the keys of ASCII only.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._target, QKeyEvent(kind, 0, NONE, sign))

    def _click(self) -> None:
        top = self._top
        self._click_at(
            top, QPoint(self._random.randrange(top.width()), self._random.randrange(top.height()))
        )

    def _click_something(self) -> None:
        top = self._top
        held = [
            each
            for each in top.findChildren(QWidget)
            if isinstance(each, HELD) and each.isVisible() and not each.visibleRegion().isEmpty()
        ]
        if held:
            chosen = self._random.choice(held)
            spot = QPoint(
                self._random.randrange(max(1, chosen.width())),
                self._random.randrange(max(1, chosen.height())),
            )
            self._click_at(top, chosen.mapTo(top, spot))

    def _click_at(self, top: QWidget, spot: QPoint) -> None:
        target = top.childAt(spot) or top
        button = self._random.choices(
            (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), (95, 5)
        )[0]
        click = self._random.choices((QTest.mouseClick, QTest.mouseDClick), (85, 15))[0]
        self._note(f"{click.__name__} {type(target).__name__} {target.accessibleName()}")
        # A calendar's menu of months and a file dialog's warning return only once they are closed.
        self._closing.start()
        click(target, button, NONE, target.mapFrom(top, spot))
        self._closing.stop()

    def _roll(self) -> None:
        top = self._top
        spot = QPoint(top.width() * 2 // 3, self._random.randrange(top.height()))
        target = top.childAt(spot) or top
        turn = QPoint(0, self._random.choice((-120, 120, -360)))
        at = QPointF(target.mapFrom(top, spot))
        self._note(f"roll {turn.y()}")
        QApplication.sendEvent(
            target,
            QWheelEvent(at, QPointF(target.mapToGlobal(at.toPoint())), QPoint(), turn,
                        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False),
        )  # fmt: skip

    def _resize(self) -> None:
        size = self._random.choice(SIZES)
        self._note(f"resize {size}")
        self._window.main.resize(*size)

    def _come_back(self) -> None:
        if self._page != self._window.main.page.ID and self._top is self._window.main:
            self._note(f"open {self._page}")
            self._window.main.open_page(self._page)


@contextmanager
def everything_noted() -> Iterator[list[str]]:
    """Keep the trace of each exception, from wherever it comes, and start no other process."""
    traces: list[str] = []

    def keep(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        traces.append("".join(traceback.format_exception(kind, error, trace)))

    with (
        patch.object(sys, "excepthook", keep),
        patch("threading.excepthook", lambda args: keep(*args[:3])),
        patch("moodlab.ui.opening.example_window.start_example", lambda *_: True, create=True),
        patch("PySide6.QtCore.QProcess.startDetached", lambda *_: (True, 0)),
        patch("moodlab.ui.lock.restarting.os.execv", lambda *_: None),
    ):
        yield traces


def close_popups() -> None:
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def close_what_waits() -> None:
    close_popups()
    waiting = QApplication.activeModalWidget()
    if isinstance(waiting, QMessageBox):
        waiting.reject()


def shut(window: Window) -> None:
    """Close the window and what stands over it, as at the end of the program."""
    close_popups()
    for widget in QApplication.topLevelWidgets():
        widget.hide()
    window.main.deleteLater()
    window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # What stands in no window of its own would be dressed anew by the next application.
    for widget in QApplication.topLevelWidgets():
        if isValid(widget) and widget.parent() is None:
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def run_on_page(
    folder: Path,
    page: str,
    seed: str,
    fill: Callable[[Journal], None],
    goes_on: Callable[[int, float], bool],
) -> tuple[int, list[str]]:
    """Act on `page` while `goes_on` (acts, seconds); return how many acts, and what went wrong."""
    path, clock, random = folder / "journal.moodlab", Clock(), Random(seed)
    with begin(path, clock) as journal:
        fill(journal)
    acts, begun = 0, time.monotonic()
    wrong: list[str] = []
    with everything_noted() as traces:
        while goes_on(acts, time.monotonic() - begun) and not wrong:
            settings = Settings(theme="light")
            app = make_application(settings)
            window = Window(
                app, Journal.open(path, clock=clock), settings, find_paths(data_dir=str(folder))
            )
            window.show()
            window.main.open_page(page)
            window.main.activateWindow()
            wait_until(window.main.menuBar().actions()[0].menu)
            hands = Hands(window, clock, random, page)
            while goes_on(acts, time.monotonic() - begun) and not traces and not hands.has_left:
                hands.act()
                acts += 1
                live(random.choice((0, 0, 0, 5, 30)))
            shut(window)
            wrong += [f"{each}\nafter {hands.done[-12:]}" for each in traces]
            wrong += [str(problem) for problem in check_file(path)]
    return acts, wrong


def main(seconds: float, seed: str = "1", *pages: str) -> int:
    """Give each page `seconds`; say what went wrong."""
    failures = 0
    make_application(Settings(theme="light"))
    for page in pages or [entry.id for entry in ALL]:
        find_page(page).load()
        for fill in (fill_usually, fill_over):
            with tempfile.TemporaryDirectory() as folder:
                os.chdir(folder)  # what is saved under a typed name goes here
                acts, wrong = run_on_page(
                    Path(folder), page, seed, fill, lambda _, passed: passed < seconds / 2
                )
                os.chdir("/")
            print(f"{page}, {fill.__name__}: {acts} acts, {len(wrong)} wrong", flush=True)  # noqa: T201
            for each in wrong:
                print(each, flush=True)  # noqa: T201
            failures += len(wrong)
    return int(failures > 0)


if __name__ == "__main__":
    be_on_a_usual_screen()
    sys.exit(main(float(sys.argv[1]), *sys.argv[2:]))
