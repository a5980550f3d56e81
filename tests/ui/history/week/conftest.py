"""History, open on a week that has gone by."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.ratings import Rating
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.history.page import HistoryPage
from moodlab.ui.history.week.grid import WeekGrid

# The week before last, seen on Wednesday 4 March.
MONDAY = date(2026, 2, 23)
WEEK = tuple(date.fromordinal(MONDAY.toordinal() + number) for number in range(7))
SEVEN = ("fatigue", "brain_fog", "sleep", "mood", "motivation", "pleasure", "functioning")


@pytest.fixture
def history(window: Window) -> HistoryPage:
    page = window.main.open_page("history")
    page.go_to_place("week 2026-02-23")
    return page


@pytest.fixture
def grid(history: HistoryPage) -> WeekGrid:
    return history.weeks.week.grid


@pytest.fixture
def stored(window: Window) -> Callable[[], dict[tuple[date, str], Rating]]:
    def read() -> dict[tuple[date, str], Rating]:
        found = window.session.journal.days.read_ratings(date(2026, 1, 1), date(2026, 12, 31))
        return {(each.day, name): each for name, ratings in found.items() for each in ratings}

    return read


@pytest.fixture
def counted() -> Iterator[list[int]]:
    """How many keys were pressed by `keys`."""
    _PRESSED.clear()
    yield _PRESSED
    _PRESSED.clear()


_PRESSED: list[int] = []


def keys(*pressed: Qt.Key | str) -> None:
    """Press keys on whatever has the keyboard; a text is one key for each letter."""
    for key in pressed:
        for each in key if isinstance(key, str) else (key,):
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClick(target, each)
            _PRESSED.append(1)


def go(grid: WeekGrid, row_id: str, day: date) -> None:
    """Choose a cell as a click would."""
    ids = [row.id for row in grid.entries.rows]
    grid.choose(grid.cells.index(ids.index(row_id), grid.entries.days.index(day)))


def where(grid: WeekGrid) -> tuple[str, date]:
    return grid.row.id, grid.day


def text(grid: WeekGrid, row_id: str, day: date) -> str:
    row = next(row for row in grid.entries.rows if row.id == row_id)
    return str(grid.cells.data(grid.cells.index(grid.entries.rows.index(row),
                                                grid.entries.days.index(day))))  # fmt: skip


def track_own(journal: Journal, first: date) -> None:
    """Ask a number, hours and a yes or no of one's own from `first` on."""
    from moodlab.domain.metrics import Direction, Kind, own_metric

    for metric_id, kind, unit in (
        ("tea", Kind.NUMBER, "cups"), ("screen", Kind.DURATION, "min"), ("walked", Kind.YES_NO, ""),
    ):  # fmt: skip
        own = own_metric(metric_id, metric_id.title(), Direction.NEUTRAL, kind, unit=unit)
        journal.metrics.add(own, first)
