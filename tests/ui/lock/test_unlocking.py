"""The locked journal at the start: passphrase, recovery code, wrong ones, damage."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.paths import Paths, find_paths
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption import crypto
from moodlab.store.encryption.crypto import Key, make_key
from moodlab.store.journal import Journal
from moodlab.ui.lock.unlock import UnlockScreen
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.unopened import UnopenedScreen
from tests.ui.conftest import press
from tests.ui.opening.test_first_start import PASSPHRASE, main_window, run_desk, type_text
from tests.ui.waiting import live, wait_until

DEAR = crypto.PROFILES


@pytest.fixture
def key(quick_keys: None) -> Key:
    return make_key(PASSPHRASE)


@pytest.fixture
def paths(tmp_path: Path, key: Key) -> Paths:
    paths = find_paths(data_dir=str(tmp_path))
    with Journal.create(paths.journal, key=key) as journal:
        journal.days.rate(journal.today(), "mood", 5000)
    return paths


@pytest.fixture
def screen(app: QApplication, paths: Paths) -> UnlockScreen:
    screen = UnlockScreen(Opening(paths))
    screen.show()
    QTest.qWaitForWindowActive(screen)
    yield screen
    screen.hide()
    screen.deleteLater()


def answer(screen: UnlockScreen, text: str) -> None:
    """Type and wait until it was judged."""
    screen.form.secrets.fields[0].setFocus()
    type_text(text)
    press(Qt.Key.Key_Return)
    assert screen.form.secrets.fields[0].text() == ""
    wait_until(screen.form.button.isEnabled)


def test_the_passphrase_opens_it(app: QApplication, paths: Paths) -> None:
    def unlock(screen: UnlockScreen) -> None:
        screen.form.secrets.fields[0].setFocus()
        type_text(PASSPHRASE)
        press(Qt.Key.Key_Return)

    seen: list[bool] = []
    run_desk(
        app,
        paths,
        (UnlockScreen, unlock),
        (main_window(), lambda main: seen.append(main.page.form.row_of("mood").answer.value)),
    )

    assert seen == [5000]


def test_the_recovery_code_opens_it_too(app: QApplication, paths: Paths, key: Key) -> None:
    def unlock(screen: UnlockScreen) -> None:
        screen.form.secrets.fields[0].setText(key.recovery_code.lower())
        screen.form.button.click()

    run_desk(app, paths, (UnlockScreen, unlock), (main_window(), lambda main: None))


def test_a_wrong_one_is_told_changes_nothing_and_the_third_mentions_damage(
    screen: UnlockScreen, paths: Paths
) -> None:
    before = paths.journal.read_bytes()
    said = "That passphrase does not open this journal. Nothing was changed."
    for _ in range(2):
        answer(screen, "something else")
        assert screen.form.sentence.text() == said
    answer(screen, "something else")

    assert screen.form.sentence.text().startswith(said)
    assert "the file may be damaged" in screen.form.sentence.text()
    assert paths.journal.read_bytes() == before
    assert QApplication.focusWidget() is screen.form.secrets.fields[0]


def test_the_window_lives_while_the_key_is_derived(
    screen: UnlockScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypto, "PROFILES", DEAR)
    screen.form.secrets.fields[0].setText("something else")
    screen.form.button.click()

    assert not screen.form.progress.isHidden()
    ticks = 0
    while not screen.form.button.isEnabled():
        live(5)
        ticks += 1
    assert ticks > 5


def test_a_damaged_file_offers_the_newest_copy(app: QApplication, paths: Paths, key: Key) -> None:
    make_backup(paths.journal, key)
    content = bytearray(paths.journal.read_bytes())
    content[2000] ^= 1
    paths.journal.write_bytes(content)

    def unlock(screen: UnlockScreen) -> None:
        screen.form.secrets.fields[0].setText(PASSPHRASE)
        screen.form.button.click()

    def bring_back(screen: UnopenedScreen) -> None:
        assert screen.sentence.text() == (
            "Part of the file can't be read. You can restore the latest backup below."
        )
        assert screen.form is None  # the passphrase is known already
        screen.bring_back.click()

    run_desk(
        app,
        paths,
        (UnlockScreen, unlock),
        (UnopenedScreen, bring_back),
        (main_window(), lambda main: None),
    )

    with Journal.open(paths.journal, key=key) as journal:
        assert journal.days.read_ratings(journal.today(), journal.today())
    kept = [path.name for path in paths.journal.with_name("journal.moodlab.copies").iterdir()]
    assert any("unread" in name for name in kept)
