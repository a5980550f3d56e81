"""Garbage is collected in the window's thread, never in the Worker's."""

import gc
import threading
import weakref

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from moodlab.ui import garbage


class Knot:
    """Something that only the collector can free: it holds itself."""

    def __init__(self) -> None:
        self.itself = self
        self.label = QLabel("knot")


def test_a_busy_worker_never_collects_and_the_window_does(app: QApplication, qtbot) -> None:
    freed_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_in.append(threading.get_ident()))
    del knot

    def allocate() -> None:
        for _ in range(50):
            [[] for _ in range(2000)]

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert not gc.isenabled()
    assert freed_in == []

    keep = [[] for _ in range(gc.get_threshold()[0] * 200)]
    timer = app.findChild(QTimer, garbage._NAME)
    for _ in range(40):
        timer.timeout.emit()
        keep.append([[] for _ in range(gc.get_threshold()[0] + 1)])
    qtbot.waitUntil(lambda: bool(freed_in))

    assert freed_in == [threading.get_ident()]


def test_one_timer_is_enough(app: QApplication) -> None:
    garbage.collect_in_this_thread(app)

    assert len(app.findChildren(QTimer, garbage._NAME)) == 1
