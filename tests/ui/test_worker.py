"""The one thread beside the window."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTest import QTest

from moodlab.domain.errors import Refused
from moodlab.store.journal import Journal
from moodlab.ui.worker import Cancelled, Worker
from tests.moments import TODAY
from tests.ui.sync_worker import SyncWorker


@pytest.fixture
def worker(app, journal: Journal) -> Iterator[Worker]:
    made = Worker(journal)
    yield made
    made.close()
    QTest.qWait(0)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        QTest.qWait(5)


def test_results_arrive_in_the_windows_thread_in_order(worker: Worker) -> None:
    arrived: list[tuple[int, bool]] = []
    here = threading.get_ident()
    for number in range(200):
        worker.run(
            lambda _journal, _report, n=number: (n, threading.get_ident() != here),
            lambda result: arrived.append((*result, threading.get_ident() == here)),
        )
    until(lambda: len(arrived) == 200)

    assert arrived == [(number, True, True) for number in range(200)]


def test_the_work_has_its_own_connection_to_the_same_file(worker: Worker, journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 5000)
    seen: list[object] = []
    worker.run(
        lambda own, _report: (own is journal, own.days.read_ratings(TODAY, TODAY)["mood"][0].value),
        seen.append,
    )
    until(lambda: bool(seen))

    assert seen == [(False, 5000)]


def test_expected_trouble_goes_to_the_caller(worker: Worker) -> None:
    told: list[str] = []

    def refuse(_journal: Journal, _report: object) -> None:
        raise Refused("There is nothing to export.")

    worker.run(refuse, None, lambda error: told.append(error.sentence))
    until(lambda: bool(told))

    assert told == ["There is nothing to export."]


def test_progress_is_told_and_cancel_stops_at_the_next_step(worker: Worker) -> None:
    steps: list[int] = []
    errors: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def count(_journal: Journal, report) -> None:
        for number in range(5):
            report(number, 5)
            if number == 2:
                begun.set()
                assert go_on.wait(5)

    task = worker.run(count, None, errors.append, lambda done, _total: steps.append(done))
    until(begun.is_set)
    QTest.qWait(20)
    task.cancel()
    go_on.set()
    until(lambda: bool(errors))

    assert isinstance(errors[0], Cancelled)
    assert steps == [0, 1, 2]


def test_the_twin_does_the_same_at_once(journal: Journal) -> None:
    results: list[object] = []
    twin = SyncWorker(journal)

    twin.run(lambda own, _report: own.is_example, results.append)
    twin.run(lambda _own, _report: journal.find_metric("nothing"), None, results.append)

    assert results[0] is False
    assert isinstance(results[1], Refused)


def test_after_closing_nobody_hears_and_nothing_is_begun(worker: Worker) -> None:
    heard: list[object] = []
    worker.run(lambda _own, _report: "late", heard.append, heard.append)
    worker.close()
    task = worker.run(lambda _own, _report: heard.append("begun"), heard.append)
    QTest.qWait(50)

    assert heard == []
    assert task.is_cancelled
