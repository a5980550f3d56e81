"""Work beside the window: a thread runs one piece after another, results come back to the window.

`Runner` works without a journal (a restore, a passphrase check); `Worker` gives each piece of work
its own connection to the open journal (the page, a backup, an export).
"""

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


class Runner(QObject):
    """Runs `work(progress)` in one thread, in the order given.

    What it returns goes to `on_done`, a MoodLabError to `on_error`, and anything else to the
    exception hook. All callbacks run in the window's thread.
    """

    _finished = Signal(object, object, object)
    _progressed = Signal(object, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._queued: list[Task] = []
        self._pool: ThreadPoolExecutor | None = None
        self._is_closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._deliver_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Whether everything that was queued has been delivered."""
        return not self._queued

    def run(
        self,
        work: Callable[[Progress], Any],
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

    def run_between(self, work: Callable[[], None]) -> None:
        """Queue something short that tells nobody; dropped where no thread was started."""
        if self._pool is not None and not self._is_closed:
            self._pool.submit(work)

    def close(self, last: Callable[[], None]) -> None:
        """Wait for what has begun, drop what has not, and run `last` in the thread."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._pool is None:
            return
        for task in self._queued:
            task.cancel()
        self._pool.submit(last)
        self._pool.shutdown(wait=True)

    def _carry_out(self, work: Callable[[Progress], Any], task: Task) -> Any:
        def report(done: int, total: int) -> None:
            task.report(done, total)
            self._progressed.emit(task, done, total)

        task.report(0, 0)
        return work(report)

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


class Worker:
    """A `Runner` whose work gets the Worker's own Journal first (one connection, one thread)."""

    def __init__(self, journal: Journal) -> None:
        self._source = journal
        self._own: Journal | None = None
        self._runner = Runner()

    @property
    def is_idle(self) -> bool:
        """Whether everything that was queued has been delivered."""
        return self._runner.is_idle

    def run(
        self,
        work: Callable[[Journal, Progress], Any],
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[MoodLabError], None] | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        """Queue `work(journal, progress)` and return at once; see `Runner.run`."""
        return self._runner.run(
            lambda progress: work(self._open(), progress), on_done, on_error, on_progress
        )

    def follow(self, journal: Journal) -> None:
        """Work on another Journal from now on, as the window does."""
        self._source = journal
        self._runner.run_between(self._close_journal)

    def close(self) -> None:
        """Wait for what has begun, drop what has not, and close the connection."""
        self._runner.close(self._close_journal)

    def _open(self) -> Journal:
        if self._own is None:
            self._own = self._source.open_again()
        return self._own

    def _close_journal(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None
