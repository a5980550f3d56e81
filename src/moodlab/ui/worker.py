"""One thread for long work: the page, import, backup. Results arrive in the window's thread."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from moodlab.domain.errors import MoodLabError
from moodlab.store.journal import Journal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Progress = Callable[[int, int], None]


class Cancelled(MoodLabError):
    """The person stopped the work; nothing of it was kept."""


class Task:
    """A piece of work under way; `cancel` asks it to stop at its next report of progress."""

    def __init__(
        self,
        on_done: Callable[[Any], None] | None,
        on_error: Callable[[MoodLabError], None] | None,
        on_progress: Progress | None,
    ) -> None:
        self.on_done = on_done
        self.on_error = on_error
        self.on_progress = on_progress
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to stop. Its `on_error` then gets `Cancelled`."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int) -> None:
        """Give way to a cancel. Raises Cancelled."""
        if self.is_cancelled:
            raise Cancelled("Stopped. Nothing was changed.")


class Worker(QObject):
    """Runs one piece of work after another beside the window.

    `work` is called with the Worker's own Journal (one connection, one thread) and a progress
    callback; what it returns goes to `on_done`, a MoodLabError to `on_error`, and anything else to
    the exception hook. All callbacks run in the window's thread.
    """

    _finished = Signal(object, object, object)
    _progressed = Signal(object, int, int)

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._source = journal
        self._own: Journal | None = None
        self._queued: list[Task] = []
        self._pool: ThreadPoolExecutor | None = None
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._deliver_progress, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Journal, Progress], Any],
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[MoodLabError], None] | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        """Queue `work` and return at once. After `close`, nothing is begun any more."""
        task = Task(on_done, on_error, on_progress)
        if self._is_closed:
            task.cancel()
            return task
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(1, thread_name_prefix="moodlab-worker")
        self._queued.append(task)
        self._pool.submit(self._carry_out, work, task).add_done_callback(
            lambda future: self._hand_back(task, future)
        )
        return task

    def follow(self, journal: Journal) -> None:
        """Work on another Journal from now on, as the window does."""
        self._source = journal
        if self._pool is not None and not self._is_closed:
            self._pool.submit(self._close_journal)

    def close(self) -> None:
        """Wait for what has begun, drop what has not, close the connection. Nobody hears of it."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._pool is None:
            return
        for task in self._queued:
            task.cancel()
        self._pool.submit(self._close_journal)
        self._pool.shutdown(wait=True)

    def _carry_out(self, work: Callable[[Journal, Progress], Any], task: Task) -> Any:
        if self._own is None:
            self._own = self._source.open_again()

        def report(done: int, total: int) -> None:
            task.report(done, total)
            self._progressed.emit(task, done, total)

        task.report(0, 0)
        return work(self._own, report)

    def _close_journal(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None

    def _hand_back(self, task: Task, future: "Future[Any]") -> None:
        error = future.exception()
        self._finished.emit(task, None if error else future.result(), error)

    @Slot(object, object, object)
    def _deliver(self, task: Task, result: Any, error: BaseException | None) -> None:
        self._queued.remove(task)
        if self._is_closed:
            return  # whoever asked for it may be gone
        if error is None:
            if task.on_done is not None:
                task.on_done(result)
        elif isinstance(error, MoodLabError) and task.on_error is not None:
            task.on_error(error)
        elif not isinstance(error, Cancelled):
            raise error

    @Slot(object, int, int)
    def _deliver_progress(self, task: Task, done: int, total: int) -> None:
        if task.on_progress is not None and not task.is_cancelled:
            task.on_progress(done, total)
