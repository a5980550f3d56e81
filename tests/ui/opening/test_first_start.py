"""The first start: facts/ux §5.2, three screens that can each be left as they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings, read_settings
from moodlab.store.backups.backup import make_backup
from moodlab.store.backups.names import backups_folder
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.file.header import examine
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.look.style import look
from moodlab.ui.opening.coordinator import Coordinator
from moodlab.ui.opening.first_choices import DAILY, Chosen
from moodlab.ui.opening.look_screen import Done, LookScreen
from moodlab.ui.opening.rate_screen import RateScreen
from moodlab.ui.opening.recovery_sheet import SheetScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.unopened import UnopenedScreen
from moodlab.ui.opening.welcome import WelcomeScreen
from moodlab.ui.widgets.segments import Segments
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

pytestmark = pytest.mark.usefixtures("quick_keys")

PASSPHRASE = "five quiet words of mine"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(data_dir=str(tmp_path / "data"))


def visible(kind: type) -> object:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind)
                 and w.isVisible()), None)  # fmt: skip


class Guide:
    """Answers one screen after another while the Coordinator runs, and fails when none comes."""

    def __init__(self, *steps: tuple[type, Callable[[object], object]]) -> None:
        self._steps = list(steps)
        self.seen: list[str] = []
        self._last: object = None
        self._patience = 600
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._patience -= 1
        if not self._steps or self._patience < 0:
            self._timer.stop()
            for window in QApplication.topLevelWidgets():
                window.close()
            return
        kind, act = self._steps[0]
        screen = visible(kind)
        if screen is None or screen is self._last:
            return
        if not screen.isActiveWindow():
            screen.activateWindow()
        else:
            self._last = screen
            self._steps.pop(0)
            self.seen.append(kind.__name__)
            act(screen)

    @property
    def is_done(self) -> bool:
        return not self._steps


def run_desk(app: QApplication, paths: Paths, *steps, settings: Settings | None = None) -> Guide:
    """Run the whole way from start to end, answered by `steps`."""

    def make_window(journal: Journal, settings: Settings, opening: Opening) -> Window:
        return Window(app, journal, settings, opening.paths, opening)

    guide = Guide(*steps)
    Coordinator(app, paths, make_window).run(settings or Settings(theme="light"))
    assert guide.is_done, f"came as far as {guide.seen}"
    return guide


def type_text(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def main_window() -> type:
    from moodlab.ui.main_window import MainWindow

    return MainWindow


CONTINUE = (RateScreen, lambda screen: screen.go_on.click())


def start(screen: WelcomeScreen) -> None:
    screen.start.click()


def test_the_screen_says_what_it_is_and_where_it_lies(app: QApplication, paths: Paths) -> None:
    screen = WelcomeScreen(Opening(paths))
    texts = " ".join(label.text() for label in screen.findChildren(QLabel))

    assert "A private diary for energy, mood and sleep." in texts
    assert "It stays on this computer: no account, no internet, no tracking." in texts
    assert "It does not diagnose and cannot call for help." in texts
    assert str(paths.journal) in texts
    screen.deleteLater()


def test_from_the_first_screen_to_a_saved_day_without_a_mouse(
    app: QApplication, paths: Paths
) -> None:
    def go_on(_screen: object) -> None:
        press(Qt.Key.Key_Return)

    def log_a_day(main) -> None:
        QTest.qWaitForWindowActive(main)
        press("7", "6", "3", "5", "4", "4", "3", Qt.Key.Key_Return)

    run_desk(
        app, paths, (WelcomeScreen, later(go_on)), (RateScreen, later(go_on)),
        (LookScreen, later(go_on)), (main_window(), log_a_day),
    )  # fmt: skip

    assert examine(paths.journal) is None
    assert oct(paths.journal.stat().st_mode & 0o777) == "0o600"
    with Journal.open(paths.journal) as journal:
        assert len(journal.days.read_ratings(journal.today(), journal.today())) == 7
        assert journal.day_end_minutes == 240


def later(act: Callable[[object], object]) -> Callable[[object], object]:
    """Act when the screen has the keyboard where it begins."""

    def do(screen) -> None:
        wait_until(lambda: screen.first_focus().hasFocus())
        act(screen)

    return do


def test_escape_takes_each_screen_as_it_stands(app: QApplication, paths: Paths) -> None:
    def escape(_screen: object) -> None:
        press(Qt.Key.Key_Escape)

    run_desk(
        app, paths, (WelcomeScreen, later(escape)), (RateScreen, later(escape)),
        (LookScreen, later(escape)), (main_window(), lambda main: None),
    )  # fmt: skip

    with Journal.open(paths.journal) as journal:
        asked = [each.metric.id for each in journal.read_metrics() if each.spans]
        assert asked == [metric.id for metric in DAILY]


def test_what_was_chosen_holds_from_the_first_day(app: QApplication, paths: Paths) -> None:
    def rate(screen: RateScreen) -> None:
        for name in ("pleasure", "functioning"):
            screen.rated[name].click()
            assert not screen.short[name].isEnabled()
        screen.short["motivation"].click()
        screen.day_end.setCurrentIndex(0)
        screen.back.click()

    def look_closer(screen: RateScreen) -> None:
        screen.rated["pleasure"].click()
        screen.rated["functioning"].click()
        screen.short["motivation"].click()
        screen.day_end.setCurrentIndex(0)
        screen.go_on.click()

    def choose(screen: LookScreen) -> None:
        segments = next(each for each in screen.findChildren(Segments))
        segments.buttons[2].click()
        assert look().theme.name == "dark"
        screen.back.click()

    def still_there(screen: RateScreen) -> None:
        assert not screen.rated["pleasure"].isChecked()
        assert screen.short["motivation"].isChecked()
        assert screen.day_end.minutes == 0
        screen.go_on.click()

    run_desk(
        app, paths,
        (WelcomeScreen, start), (RateScreen, rate), (WelcomeScreen, start),
        (RateScreen, look_closer), (LookScreen, choose), (RateScreen, still_there),
        (LookScreen, lambda screen: screen.start.click()), (main_window(), lambda main: None),
    )  # fmt: skip

    assert read_settings(paths.settings).theme == "dark"
    with Journal.open(paths.journal) as journal:
        asked = {each.metric.id for each in journal.read_metrics() if each.spans}
        assert asked == {metric.id for metric in DAILY} - {"pleasure", "functioning"}
        short = {each.metric.id for each in journal.read_metrics() if each.is_short}
        assert short == {"fatigue", "mood", "sleep", "motivation"}
        assert journal.day_end_minutes == 0


def test_nothing_to_rate_is_asked_about(app: QApplication, paths: Paths) -> None:
    screen = RateScreen(Chosen(rated=frozenset({"mood"})))
    screen.rated["mood"].click()
    screen.go_on.click()

    assert screen.trouble.text() == "Tick one at least."
    screen.deleteLater()


def test_a_passphrase_makes_the_diary_encrypted(app: QApplication, paths: Paths) -> None:
    def fill_in(screen: LookScreen) -> None:
        assert screen.start.text() == "Start without a passphrase"
        screen.secrets.fields[0].setFocus()
        type_text(PASSPHRASE)
        assert screen.start.text() == "Start with this passphrase"
        press(Qt.Key.Key_Return)
        type_text(PASSPHRASE)
        press(Qt.Key.Key_Return)

    run_desk(
        app, paths, (WelcomeScreen, start), CONTINUE, (LookScreen, later(fill_in)),
        (SheetScreen, lambda screen: screen.go_on.click()), (main_window(), lambda main: None),
    )  # fmt: skip

    assert examine(paths.journal) is not None
    key = find_key(paths.journal, PASSPHRASE)
    Journal.open(paths.journal, key=key).close()


def look_screen() -> LookScreen:
    return LookScreen(Settings(theme="light"), lambda **_preferences: None)


def test_two_different_passphrases_decide_nothing(app: QApplication) -> None:
    screen = look_screen()
    left: list[object] = []
    screen.leave = left.append
    screen.secrets.fields[0].setText("one")
    screen.secrets.fields[1].setText("another")
    screen.start.click()

    assert "don't match" in screen.trouble.text()
    assert left == []
    screen.deleteLater()


def test_escape_takes_a_half_typed_passphrase_back_before_it_goes_on(app: QApplication) -> None:
    screen = look_screen()
    left: list[object] = []
    screen.leave = left.append
    screen.show()
    QTest.qWaitForWindowActive(screen)
    screen.secrets.fields[0].setFocus()
    type_text("half")
    press(Qt.Key.Key_Escape)
    assert (screen.secrets.fields[0].text(), left) == ("", [])
    press(Qt.Key.Key_Escape)

    assert left == [Done(None)]
    screen.hide()
    screen.deleteLater()


def test_a_passphrase_may_be_pasted_and_shown_and_caps_lock_is_noticed(app: QApplication) -> None:
    screen = look_screen()
    field = screen.secrets.fields[0]
    QApplication.clipboard().setText("pasted words")
    field.paste()
    assert field.text() == "pasted words"
    assert field.echoMode() is QLineEdit.EchoMode.Password
    screen.secrets.shown.click()
    assert {each.echoMode() for each in screen.secrets.fields} == {QLineEdit.EchoMode.Normal}
    QTest.keyClick(field, "A")  # a capital without Shift
    assert not screen.secrets.caps.isHidden()
    QTest.keyClick(field, "a")
    assert screen.secrets.caps.isHidden()
    QApplication.clipboard().clear()
    screen.deleteLater()


PLAIN = (CONTINUE, (LookScreen, lambda screen: screen.start.click()))


def test_another_place_is_used_and_remembered(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere" / "mine.moodlab"

    def choose(screen: WelcomeScreen) -> None:
        screen.place(elsewhere)
        assert screen.where.text() == str(elsewhere)
        screen.start.click()

    run_desk(app, paths, (WelcomeScreen, choose), *PLAIN, (main_window(), lambda main: None))

    assert elsewhere.exists()
    assert not paths.journal.exists()
    assert read_settings(paths.settings).journal == str(elsewhere)
    found = find_paths(data_dir=str(tmp_path / "data"))
    assert (found.journal, found.is_remembered) == (elsewhere, True)


def test_an_existing_plain_journal_opens_at_once(app: QApplication, paths: Paths) -> None:
    Journal.create(paths.journal).close()

    guide = run_desk(app, paths, (main_window(), lambda main: None))

    assert guide.seen == ["MainWindow"]


def test_a_journal_that_vanished_is_no_first_start(app: QApplication, paths: Paths) -> None:
    with Journal.create(paths.journal) as journal:
        journal.days.rate(journal.today(), "mood", 5000)
    make_backup(paths.journal)
    Path(paths.journal).unlink()

    def bring_back(screen: UnopenedScreen) -> None:
        assert "moved or deleted" in screen.sentence.text()
        assert screen.bring_back is not None
        screen.bring_back.click()

    run_desk(app, paths, (UnopenedScreen, bring_back), (main_window(), lambda main: main.page))

    with Journal.open(paths.journal) as journal:
        assert journal.days.read_ratings(journal.today(), journal.today())["mood"][0].value == 5000


@pytest.mark.parametrize("links_folder", [False, True])
def test_a_link_to_an_absent_drive_names_it_and_begins_nothing(
    app: QApplication, tmp_path: Path, *, links_folder: bool
) -> None:
    link = tmp_path / "link"
    link.symlink_to("/nowhere/drive")
    journal = link / "journal.moodlab" if links_folder else link
    seen: list[str] = []

    def look_then_quit(screen: UnopenedScreen) -> None:
        seen.append(screen.sentence.text())
        screen.quit.click()

    run_desk(app, find_paths(str(journal), str(tmp_path)), (UnopenedScreen, look_then_quit))

    assert seen == [
        "link is a link to /nowhere/drive, which is not there. Connect its drive, or change the "
        "link."
    ]


def test_backups_that_cannot_be_read_are_named_where_the_journal_is_gone(
    app: QApplication, paths: Paths
) -> None:
    folder = backups_folder(paths.journal)
    folder.parent.mkdir(exist_ok=True)
    folder.symlink_to(folder)

    def look_then_quit(screen: UnopenedScreen) -> None:
        texts = " ".join(label.text() for label in screen.findChildren(QLabel))
        assert f"Can't read the backups at {folder}: " in texts
        screen.quit.click()

    run_desk(app, paths, (UnopenedScreen, look_then_quit))
