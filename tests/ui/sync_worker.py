"""The Worker's twin for tests: runs at once, in the test's own thread."""

from collections.abc import Callable
from typing import Any

from moodlab.domain.errors import MoodLabError
from moodlab.store.journal import Journal
from moodlab.ui.worker import Progress, Task


class SyncWorker:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def run(
        self,
        work: Callable[[Journal, Progress], Any],
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[MoodLabError], None] | None = None,
        on_progress: Progress | None = None,
    ) -> Task:
        task = Task(on_done, on_error, on_progress)
        try:
            result = work(self._journal, on_progress or (lambda _done, _total: None))
        except MoodLabError as error:
            if on_error is not None:
                on_error(error)
        else:
            if on_done is not None:
                on_done(result)
        return task

    def close(self) -> None:
        """There is nothing to close."""
