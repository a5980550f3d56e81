"""What comes a moment after the first paint is there when it is needed sooner."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.ui.application import Window
from moodlab.ui.main_window import MainWindow
from tests.journals import begin
from tests.moments import Clock
from tests.ui.waiting import wait_until


@pytest.fixture
def show_window(
    app: QApplication, tmp_path: Path, journal_path: Path, clock: Clock
) -> Iterator[Callable[[], MainWindow]]:
    """Show the window without letting any of its timers run."""
    opened: list[Window] = []

    def show_it() -> MainWindow:
        journal = begin(journal_path, clock)
        settings, paths = Settings(theme="light"), find_paths(data_dir=str(tmp_path))
        window = Window(app, journal, settings, paths)
        opened.append(window)
        window.show()
        window.main.activateWindow()
        return window.main

    yield show_it
    for window in opened:
        window.main.hide()
        window.close()
        window.main.deleteLater()


def entries(main: MainWindow) -> list[list[str]]:
    menus = [title.menu() for title in main.menuBar().actions()]
    return [[action.text() for action in menu.actions()] if menu else [] for menu in menus]


def test_the_menus_have_titles_at_once_and_entries_a_moment_later(
    show_window: Callable[[], MainWindow],
) -> None:
    main = show_window()
    assert [title.text() for title in main.menuBar().actions()] == [
        "&File", "&Edit", "&View", "&Help",
    ]  # fmt: skip
    assert entries(main) == [[], [], [], []]

    wait_until(lambda: entries(main)[0])
    _, edit, view, _ = entries(main)
    assert edit[:2] == ["&Undo", "&Redo"]
    assert "Too unwell to log" in view


@pytest.mark.parametrize(
    ("key", "opened"), [(Qt.Key.Key_2, "history"), (Qt.Key.Key_H, "help_now")], ids=["2", "H"]
)
def test_a_shortcut_works_as_the_first_key_of_all(
    show_window: Callable[[], MainWindow], key: Qt.Key, opened: str
) -> None:
    main = show_window()
    assert entries(main)[0] == []
    QTest.keyClick(main.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)

    assert main.page is main.pages[opened]


def test_a_key_of_the_page_works_as_the_first_of_all(
    show_window: Callable[[], MainWindow],
) -> None:
    main = show_window()
    today = main.page
    assert entries(main)[0] == []
    QTest.keyClick(main.windowHandle(), Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)

    assert today.sheet.is_unwell


def test_the_icons_follow_the_words(
    show_window: Callable[[], MainWindow],
) -> None:
    main = show_window()
    item = main.navigation.list._items[1]

    def ink(picture: QPixmap) -> int:
        """Count the colours where the icon stands."""
        image = picture.toImage()
        return len({image.pixel(x, y) for x in range(12, 30) for y in range(image.height())})

    assert ink(item.grab()) == 1
    wait_until(lambda: ink(item.grab()) > 1)


def test_a_bar_stands_above_news_whichever_came_first(
    open_window: Callable[..., Window],
) -> None:
    bars = open_window().main.bars
    bars.tell("Something new.")
    bars.file.say("The file is gone.")
    bars.about.say("Whose it is.")

    layout = bars.layout()
    shown = [layout.itemAt(place).widget().sentence for place in range(layout.count())]
    assert shown == ["Whose it is.", "The file is gone.", "Something new."]
