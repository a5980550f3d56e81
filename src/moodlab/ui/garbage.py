"""Collects garbage in the window's thread only.

Python collects wherever it happens to allocate. In the Worker's thread that could destroy a widget,
which Qt answers with a crash.
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000
_NAME = "garbage"


def collect_in_this_thread(owner: QObject) -> None:
    """Turn Python's own collecting off and do it from a timer of `owner`, once for each owner."""
    gc.disable()
    if owner.findChild(QTimer, _NAME) is None:
        timer = QTimer(owner)
        timer.setObjectName(_NAME)
        timer.timeout.connect(_collect)
        timer.start(LOOK_EVERY_MS)


def _collect() -> None:
    """Collect the oldest generation that is due by Python's own thresholds."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    for generation in (2, 1, 0):
        if due[generation]:
            gc.collect(generation)
            return
