"""The window on a plain journal in which one value was damaged."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from moodlab.domain.errors import JournalDamaged
from moodlab.paths import find_paths
from moodlab.store.backups.backup import make_backup
from moodlab.ui.application import Window
from moodlab.ui.errors import show_unexpected_errors
from moodlab.ui.opening.unopened import UnopenedScreen
from tests.damage import flip, make_full_journal
from tests.moments import Clock
from tests.ui.opening.test_first_start import main_window, run_desk
from tests.ui.waiting import live, wait_until

DAMAGED = "Part of the file can't be read."


@pytest.fixture
def path(journal_path: Path, clock: Clock) -> Path:
    make_full_journal(journal_path, clock)
    return journal_path


def test_what_today_cannot_do_without_leads_to_the_newest_copy(
    app: QApplication, path: Path
) -> None:
    make_backup(path)
    flip(path, "journal", "value")
    seen: list[str] = []

    def bring_back(screen: UnopenedScreen) -> None:
        seen.append(screen.sentence.text())
        screen.bring_back.click()

    run_desk(
        app,
        find_paths(data_dir=str(path.parent)),
        (UnopenedScreen, bring_back),
        (main_window(), lambda main: seen.append(main.page.ID)),
    )

    assert seen[0] == f"{DAMAGED} You can restore the latest backup below."
    assert seen[1] == "safety"


def test_a_journal_that_no_window_can_show_is_asked_nothing_more(
    app: QApplication, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("moodlab.ui.session.FOREIGN_WRITES_MS", 5)

    def refuse(*_: object) -> None:
        raise JournalDamaged(DAMAGED)

    monkeypatch.setattr("moodlab.ui.main_window.MainWindow._restore_place", refuse)
    seen: list[str] = []

    def wait_and_quit(screen: UnopenedScreen) -> None:
        seen.append(screen.sentence.text())
        live(40)  # the window's own look at the file would raise here
        screen.quit.click()

    run_desk(app, find_paths(data_dir=str(path.parent)), (UnopenedScreen, wait_and_quit))

    assert len(seen) == 1
    assert seen[0].startswith("Part of the file can't be read")


def test_a_page_that_cannot_be_read_says_so_and_today_stays(
    path: Path, open_window: Callable[..., Window]
) -> None:
    damaged = flip(path, "lab_result", "collected")
    main = open_window().main
    today = main.page

    assert main.open_page("labs") is today
    assert today.footer.message.text().startswith(DAMAGED)
    assert [item.page_id for item in main.navigation.list._items if item.isChecked()] == ["today"]
    trends = main.open_page("trends")
    wait_until(lambda: trends.message.text().startswith(DAMAGED))
    report = main.open_page("report")
    wait_until(lambda: report.notice.sentence.startswith(DAMAGED))
    assert path.read_bytes() == damaged


def test_damage_met_where_no_page_looks_for_it_speaks_for_itself(
    open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    show_unexpected_errors(window.main)
    error = JournalDamaged("It is damaged.")
    sys.excepthook(JournalDamaged, error, None)
    QApplication.processEvents()

    box = QApplication.activeModalWidget()
    assert box.text() == error.sentence
    assert [button.text() for button in box.findChildren(QPushButton)] == ["Close"]
    box.close()
