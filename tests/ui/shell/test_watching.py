"""An open window sees what commands write, and a closed one no longer looks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from moodlab.domain.changes import Changes
from moodlab.domain.errors import JournalUnusable
from moodlab.store.journal import Journal
from moodlab.ui import session
from moodlab.ui.application import Window
from tests.moments import TODAY, Clock


@pytest.fixture
def told(
    monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Window]
) -> tuple[Window, list[Changes]]:
    monkeypatch.setattr(session, "FOREIGN_WRITES_MS", 20)
    window = open_window()
    changes: list[Changes] = []
    window.session.changed.connect(changes.append)
    return window, changes


def write_elsewhere(path: Path, clock: Clock) -> None:
    with Journal.open(path, clock=clock) as other:
        other.days.rate(TODAY, "mood", 5000)


def test_a_foreign_write_refreshes_the_pages(
    qtbot, told: tuple[Window, list[Changes]], journal_path: Path, clock: Clock
) -> None:
    _, changes = told
    write_elsewhere(journal_path, clock)
    qtbot.waitUntil(lambda: changes == [Changes.EVERYTHING], timeout=5000)


def test_a_closed_window_no_longer_looks_at_the_file(
    qtbot, told: tuple[Window, list[Changes]], journal_path: Path, clock: Clock
) -> None:
    window, changes = told
    window.main.close()
    write_elsewhere(journal_path, clock)
    qtbot.wait(200)
    assert changes == []


def test_what_waits_is_not_tried_on_a_closed_journal(open_window: Callable[..., Window]) -> None:
    window = open_window()
    tries = []

    def refuse(journal: Journal) -> Changes:
        tries.append(journal)
        raise JournalUnusable("The disk is full.")

    with pytest.raises(JournalUnusable):
        window.session.save(("mood",), refuse)
    window.close()

    window.session.try_again()

    assert window.session.waiting == {("mood",)}
    assert len(tries) == 1
