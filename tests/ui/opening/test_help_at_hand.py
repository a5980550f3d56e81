"""Whom to call, while the diary is locked, hidden, unopened or not begun; and the way out."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings, read_settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.lock.unlock import HiddenScreen
from moodlab.ui.opening.start_screen import StartScreen
from moodlab.ui.opening.welcome import WelcomeScreen
from moodlab.ui.today.page import TodayPage
from tests.ui.conftest import press
from tests.ui.opening.test_first_start import run_desk
from tests.ui.opening.test_start_screens import make_screen
from tests.ui.today.test_saving import forbid_writing
from tests.ui.waiting import live, wait_until

__all__ = ["make_screen"]
CTRL = Qt.KeyboardModifier.ControlModifier
EMERGENCY = "call your emergency number (112 in the EU"


def words(widget) -> str:
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_ctrl_h_shows_whom_to_call_and_esc_leads_back(make_screen) -> None:
    screen: StartScreen = make_screen()
    before, shown = QApplication.focusWidget(), words(screen)
    QTest.keyClick(screen.windowHandle(), Qt.Key.Key_H, CTRL)

    assert EMERGENCY in words(screen)
    assert not screen.frame.isVisible()
    press(Qt.Key.Key_Escape)
    assert words(screen) == shown
    assert QApplication.focusWidget() is before
    assert screen._decided is None


def test_the_button_in_the_corner_does_the_same_and_is_on_every_screen(make_screen) -> None:
    screen: StartScreen = make_screen()
    assert screen.help_now.button.text() == "If you need help now"
    screen.help_now.button.click()
    assert EMERGENCY in words(screen)
    screen.help_now._help.back.click()
    assert screen.frame.isVisible()


@pytest.mark.parametrize("percent", [80, 200])
def test_nothing_of_it_is_cut(make_screen, percent: int) -> None:
    screen = make_screen(percent)
    screen.resize(1280, 720)
    screen.help_now.open()
    QTest.qWait(20)
    frame = screen.help_now._help

    assert frame.widget().width() <= frame.viewport().width()


def test_another_country_is_remembered(app: QApplication, tmp_path) -> None:
    paths: Paths = find_paths(data_dir=str(tmp_path))

    def choose(screen: WelcomeScreen) -> None:
        screen.help_now.open()
        advice = screen.help_now._help.advice
        advice.country.setCurrentIndex(advice.country.findData("US"))
        advice.country.activated.emit(advice.country.currentIndex())
        QTest.qWait(10)
        assert "988" in words(screen)
        screen.close()

    run_desk(app, paths, (WelcomeScreen, choose), settings=Settings(theme="light", country="DE"))

    assert read_settings(paths.settings).country == "US"
    assert json.loads(paths.settings.read_text())["theme"] == "light"


def test_ctrl_q_ends_every_screen_that_does_not_work(make_screen) -> None:
    screen: StartScreen = make_screen()
    QTest.keyClick(screen.windowHandle(), Qt.Key.Key_Q, CTRL)
    live(20)

    # A task that is under way is asked to stop first.
    assert screen.isVisible() == hasattr(screen, "_task")


def test_ctrl_q_ends_the_program_from_the_first_screen(app: QApplication, tmp_path) -> None:
    def leave(screen: WelcomeScreen) -> None:
        QTest.keyClick(screen.windowHandle(), Qt.Key.Key_Q, CTRL)

    run_desk(app, find_paths(data_dir=str(tmp_path)), (WelcomeScreen, leave))


def test_while_a_lock_waits_for_an_entry_help_is_there_too(
    window: Window, today: TodayPage
) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7")
    window.lock()
    live(50)
    cover = window.main.centralWidget()
    QTest.keyClick(window.main.windowHandle(), Qt.Key.Key_H, CTRL)

    assert EMERGENCY in words(cover)
    assert not today.form.isVisible()
    press(Qt.Key.Key_Escape)
    assert "locks completely" in words(cover)


def test_a_hidden_diary_says_where_a_passphrase_is_set(app: QApplication, tmp_path) -> None:
    from moodlab.ui.opening.transition import Opening

    screen = HiddenScreen(Opening(find_paths(data_dir=str(tmp_path))))
    screen.show()

    assert "You can set a passphrase under Security & backups." in words(screen)
    screen.hide()
    screen.deleteLater()


def test_the_contacts_of_the_journal_are_not_shown(app: QApplication, tmp_path) -> None:
    from moodlab.domain.events import Contact
    from moodlab.ui.opening.transition import Opening

    paths = find_paths(data_dir=str(tmp_path))
    with Journal.create(paths.journal) as journal:
        journal.set_contacts((Contact("Anna", "0151"),))
    screen = HiddenScreen(Opening(paths))
    screen.show()
    screen.help_now.open()
    wait_until(lambda: EMERGENCY in words(screen))

    assert "Anna" not in words(screen)
    assert "Your own contacts are kept in your diary." in words(screen)
    screen.hide()
    screen.deleteLater()
