"""The real window on a real journal file, offscreen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window, make_application
from moodlab.ui.page_registry import ALL
from moodlab.ui.today.page import TodayPage
from tests.journals import begin
from tests.keys import derive_quickly
from tests.moments import Clock
from tests.ui.waiting import wait_until

# Every page, and what else stands in place of a page's first sight.
SHOWN = [*(entry.id for entry in ALL), "history week 2026-02-23", "history sheet"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says so whenever a window has a smallest size or a list opens.
    expected = ("propagateSizeHints", "This plugin does not support")
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(*expected, extend=True))


@pytest.fixture(autouse=True)
def _no_window_stays() -> Iterator[None]:
    """Every application that a test makes styles all widgets there are, also of tests before it."""
    yield
    for widget in QApplication.topLevelWidgets():
        if shiboken6.isValid(widget) and widget.parent() is None:
            widget.hide()
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.fixture
def app() -> QApplication:
    return make_application(Settings(theme="light"))


@pytest.fixture
def opened() -> list[Window]:
    """The windows that the test opened."""
    return []


@pytest.fixture
def open_window(
    app: QApplication, tmp_path: Path, journal_path: Path, clock: Clock, opened: list[Window]
) -> Iterator[Callable[..., Window]]:
    """Open the window on the test's journal; several may be opened one after another.

    A page may be named with its place behind it, as in `SHOWN`.
    """

    def open_it(settings: Settings | None = None, page: str = "today") -> Window:
        preferences = settings or Settings(theme="light")
        make_application(preferences)
        if journal_path.exists():
            journal = Journal.open(journal_path, clock=clock)
        else:
            journal = begin(journal_path, clock)
        window = Window(app, journal, preferences, find_paths(data_dir=str(tmp_path)))
        opened.append(window)
        window.show()
        page_id, _, place = page.partition(" ")
        opened_page = window.main.open_page(page_id)
        if place:
            opened_page.go_to_place(place)
        window.main.activateWindow()
        QTest.qWaitForWindowActive(window.main)
        # A key from the system waits for the menus; a test's key goes to a widget past that.
        wait_until(lambda: window.main.menuBar().actions()[0].menu())
        return window

    yield open_it
    for window in opened:
        window.main.hide()
        window.main.deleteLater()
        window.close()
    # Waiting alone leaves what was asked to be deleted; its timers would run into the next test.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QTest.qWait(0)


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window()


@pytest.fixture
def today(window: Window) -> TodayPage:
    return window.main.page


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was announced to a screen reader, in order."""
    texts: list[str] = []

    def note_down(_widget: object, text: str, assertive: bool = False) -> None:
        texts.append(("! " if assertive else "") + text)

    monkeypatch.setattr("moodlab.ui.today.page.announce", note_down)
    monkeypatch.setattr("moodlab.ui.main_window.announce", note_down)
    monkeypatch.setattr("moodlab.ui.help_now.page.announce", note_down)
    return texts


def press(
    *keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press keys on whatever has the keyboard, one after another."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifier)
