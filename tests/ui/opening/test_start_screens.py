"""The screens in the window's place, held to what every page is held to: facts/ux §2.9."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QRadioButton,
)

from moodlab.domain.intake import RowProblem, Taken
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.exchange.importers import fhir
from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from moodlab.ui.application import make_application
from moodlab.ui.exchange.import_screen import ImportScreen
from moodlab.ui.exchange.importing import Preview
from moodlab.ui.lock.unlock import HiddenScreen, UnlockScreen
from moodlab.ui.opening.already_open import AlreadyOpenScreen
from moodlab.ui.opening.first_choices import Chosen
from moodlab.ui.opening.look_screen import LookScreen
from moodlab.ui.opening.rate_screen import RateScreen
from moodlab.ui.opening.recovery_sheet import SheetScreen
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.task_screen import TaskScreen
from moodlab.ui.opening.transition import BackgroundTask, Import, Opening
from moodlab.ui.opening.unopened import UnopenedScreen
from moodlab.ui.opening.welcome import WelcomeScreen
from tests.ui.conftest import press
from tests.ui.test_accessibility import controls, name_of

KEY = Key(b"k" * 32, b"\x80" + b"s" * 15)


def asking_about_a_file(opening: Opening) -> ImportScreen:
    screen = ImportScreen(Import(opening, opening.paths.journal))
    results = tuple(
        read_entry(LabEntry(date(2026, 1, n), "CRP", "0,31", "mg/dL", "0-0.5"), str(n))
        for n in range(1, 9)
    )
    problems = (RowProblem(7, "It is odd.", "entry", is_question=True),)
    screen.progress.hide()
    screen._show(
        Preview(
            fhir.NAME,
            Taken(
                added=8,
                kept=1,
                refused=1,
                problems=problems,
                tests=(("CRP", 8),),
                first_new=results,
            ),
        )
    )
    return screen


SCREENS: dict[str, Callable[[Opening], StartScreen]] = {
    "welcome": WelcomeScreen,
    "rate": lambda _opening: RateScreen(Chosen()),
    "look": lambda _opening: LookScreen(Settings(), lambda **_preferences: None),
    "unlock": UnlockScreen,
    "hidden": HiddenScreen,
    "sheet": SheetScreen,
    "occupied": AlreadyOpenScreen,
    "unopened": lambda opening: UnopenedScreen("It is damaged.", opening),
    "import": lambda opening: asking_about_a_file(opening),
    "task": lambda opening: TaskScreen(
        BackgroundTask("Encrypting…", lambda _progress: opening, opening, can_stop=True)
    ),
}


@pytest.fixture(params=SCREENS)
def make_screen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., StartScreen]:
    made: list[StartScreen] = []
    paths = find_paths(data_dir=str(tmp_path))
    with Journal.create(paths.journal) as journal:
        journal.days.rate(journal.today(), "mood", 5000)
    make_backup(paths.journal)

    def make(percent: int = 100) -> StartScreen:
        make_application(Settings(theme="light", text_size=percent))
        screen = SCREENS[request.param](Opening(paths, KEY))
        made.append(screen)
        screen.show()
        screen.activateWindow()
        QTest.qWaitForWindowActive(screen)
        QTest.qWait(10)
        return screen

    yield make
    for screen in made:
        screen.hide()
        screen.deleteLater()


def test_something_has_the_keyboard_and_tab_visits_all_with_names(make_screen) -> None:
    screen = make_screen()
    first = QApplication.focusWidget()
    assert first is not None
    assert screen.isAncestorOf(first)
    stops = [first]
    while True:
        press(Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first:
            break
        stops.append(now)
        assert len(stops) < 30

    # Of radio buttons Tab visits the chosen one; tables are read, and no controls.
    left_to_arrows = {
        each for each in controls(screen) if isinstance(each, QRadioButton) and not each.isChecked()
    }
    reading = {each for each in stops if isinstance(each, QAbstractItemView)}
    assert set(stops) - reading == set(controls(screen)) - left_to_arrows
    names = [name_of(stop) for stop in stops]
    assert all(name.strip() for name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("percent", [80, 100])
def test_targets_are_large_enough(make_screen, percent: int) -> None:
    screen = make_screen(percent)

    assert [
        control for control in controls(screen) if control.width() < 24 or control.height() < 24
    ] == []


def test_at_double_size_nothing_is_cut(make_screen) -> None:
    screen = make_screen(200)
    screen.resize(1280, 720)
    QTest.qWait(20)

    for widget in screen.findChildren(QLabel):
        if widget.isVisibleTo(screen) and not widget.wordWrap():
            shown = widget.text().replace("&", "") if widget.buddy() else widget.text()
            assert widget.fontMetrics().horizontalAdvance(shown) <= widget.width(), shown
    for button in screen.findChildren(QAbstractButton):
        if button.isVisibleTo(screen):
            needed = button.fontMetrics().horizontalAdvance(button.text())
            assert needed <= button.width(), button.text()
    assert screen.frame.widget().width() <= screen.frame.viewport().width()


def test_text_is_never_read_as_markup(make_screen) -> None:
    for widget in make_screen().findChildren(QLabel):
        assert widget.textFormat() is Qt.TextFormat.PlainText


def test_what_is_typed_stays_hidden(make_screen) -> None:
    for field in make_screen().findChildren(QLineEdit):
        assert field.echoMode() is QLineEdit.EchoMode.Password
