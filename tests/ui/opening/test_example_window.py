"""The example in a window of its own, with a way back: facts/ux §5.2."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from moodlab.app import read_window_options
from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.opening import example_window, welcome
from moodlab.ui.opening.coordinator import Coordinator
from moodlab.ui.opening.example_window import example_command
from moodlab.ui.opening.single_instance import SingleInstance
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.welcome import WelcomeScreen
from tests.ui.opening.test_first_start import PLAIN, Guide, main_window, run_desk


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(data_dir=str(tmp_path / "data"))


def run_example(app: QApplication, paths: Paths, *steps) -> Guide:
    """Run the window that ``moodlab --example`` opens."""

    def make_window(journal: Journal, settings: Settings, opening: Opening) -> Window:
        return Window(app, journal, settings, opening.paths, opening)

    guide = Guide(*steps)
    Coordinator(app, paths, make_window).run(Settings(theme="light"), shows_example=True)
    assert guide.is_done, f"came as far as {guide.seen}"
    return guide


def test_the_command_leads_to_the_example_with_the_same_settings(paths: Paths) -> None:
    program, *arguments = example_command(paths)

    assert program == sys.executable
    assert arguments[:3] == ["-P", "-m", "moodlab"]
    options = read_window_options(arguments[3:])
    assert options is not None
    assert "--example" in options
    assert find_paths(None, options["data_dir"]).settings == paths.settings
    named = paths._replace(journal=paths.journal.with_name("other.moodlab"), is_named=True)
    options = read_window_options(example_command(named)[4:])
    assert options is not None
    assert options["journal"] == str(named.journal)


def test_the_first_screen_stays_while_the_example_is_looked_at(
    app: QApplication, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Paths] = []
    monkeypatch.setattr(welcome, "show_example", lambda paths: shown.append(paths) or True)
    screen = WelcomeScreen(Opening(paths))
    screen.example.click()

    assert shown == [paths]
    assert not paths.journal.exists()
    screen.start.click()
    screen.deleteLater()


def test_where_no_second_window_can_be_had_the_example_opens_in_this_one(
    app: QApplication, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_window, "example_command", lambda _paths: ["/nowhere/python"])

    def look_around(main) -> None:
        assert main.windowTitle() == "MoodLab – example"
        main.bars.about.buttons[0].click()

    run_desk(
        app, paths, (WelcomeScreen, lambda screen: screen.example.click()),
        (main_window(), look_around), (WelcomeScreen, lambda screen: screen.start.click()),
        *PLAIN, (main_window(), lambda main: None),
    )  # fmt: skip

    with Journal.open(paths.journal) as journal:
        assert not journal.is_example
        assert journal.imports.is_empty()


def test_the_example_says_whose_it_is_and_leads_to_ones_own_diary(
    app: QApplication, paths: Paths
) -> None:
    def look_around(main) -> None:
        assert main.windowTitle() == "MoodLab – example"
        assert main.bars.about.sentence == "Example data: none of it is yours."
        assert main.bars.about.buttons[0].text() == "Start my own diary"
        main.bars.about.buttons[0].click()

    run_example(
        app, paths, (main_window(), look_around),
        (WelcomeScreen, lambda screen: screen.start.click()), *PLAIN,
        (main_window(), lambda main: None),
    )  # fmt: skip

    assert (paths.cache / "example.moodlab").exists()
    with Journal.open(paths.journal) as journal:
        assert not journal.is_example


def test_closing_it_by_its_bar_returns_to_the_window_that_has_the_diary(
    app: QApplication, paths: Paths
) -> None:
    Journal.create(paths.journal).close()
    raised: list[bool] = []
    own = SingleInstance()
    assert own.hold(paths)
    own._listening.stop()  # the thread below answers, as the other process would

    def look_around(main) -> None:
        assert main.bars.about.buttons[0].text() == "Back to my diary"
        main.bars.about.buttons[0].click()

    stop = threading.Event()

    def stand_in() -> None:
        while not stop.wait(0.02):
            if paths.activation_request.exists():
                paths.activation_request.unlink()
                raised.append(True)
                return

    own._listening.stop()
    other = threading.Thread(target=stand_in)
    other.start()
    try:
        run_example(app, paths, (main_window(), look_around))
    finally:
        stop.set()
        other.join()
        own.release()

    assert raised == [True]


def test_the_help_menu_opens_it_beside_the_diary(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Paths] = []
    monkeypatch.setattr(example_window, "show_example", lambda paths: shown.append(paths) or True)
    menu = window.main.menuBar().actions()[-1].menu()
    next(each for each in menu.actions() if each.text() == "&Example diary…").trigger()

    assert [each.journal for each in shown] == [window.session.journal.path]
    assert window.transition is None


def test_a_real_second_process_shows_it_and_leaves_the_first_screen_alone(paths: Paths) -> None:
    """The real command, offscreen, until its journal is there; then it is asked to end."""
    example = paths.cache / "example.moodlab"
    process = subprocess.Popen(example_command(paths))
    try:
        until = time.monotonic() + 30
        lock = example.with_name(".example.moodlab.lock")
        while not lock.exists():
            assert process.poll() is None
            assert time.monotonic() < until, "no window came"
            time.sleep(0.05)
        with Journal.open(example, read_only=True) as journal:
            assert journal.is_example
        assert not paths.journal.exists()
    finally:
        process.terminate()
        process.wait(10)
