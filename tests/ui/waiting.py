"""Letting the window and its threads live until something is so."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer


def live(milliseconds: int) -> None:
    """Let everything run for a while; QTest.qWait keeps other threads from running."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Return when `condition` holds; fail when it does not come to hold."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came to be so"
        live(10)
