"""One piece of work in a thread of its own, for when no journal is open."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from moodlab.domain.errors import MoodLabError
from moodlab.ui.worker import Cancelled, Progress


class Background(QObject):
    """Runs `work(progress)`; its result goes to `on_done`, a MoodLabError to `on_error`.

    What is a defect goes to the exception hook, in the window's thread.
    """

    progressed = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Progress], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[MoodLabError], None],
    ) -> None:
        super().__init__()
        self._work = work
        self._on_done = on_done
        self._on_error = on_error
        self._stop = threading.Event()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="moodlab-background")

    def start(self) -> "Background":
        """Begin, and return at once."""
        future = self._pool.submit(self._work, self._report)
        future.add_done_callback(self._hand_over)
        return self

    def stop(self) -> None:
        """Ask the work to stop at its next report of progress; `on_error` then gets Cancelled."""
        self._stop.set()

    def _hand_over(self, future: "Future[Any]") -> None:
        error = future.exception()
        self._finished.emit(None if error else future.result(), error)

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled("Stopped. Nothing was changed.")
        self.progressed.emit(done, total)

    def _deliver(self, result: Any, error: BaseException | None) -> None:
        self._pool.shutdown(wait=False)
        if error is None:
            self._on_done(result)
        elif isinstance(error, MoodLabError):
            self._on_error(error)
        else:
            raise error
