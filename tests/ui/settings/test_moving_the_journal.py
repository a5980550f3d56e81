"""Move journal…: the window leaves it, goes on at the new place, and starts there the next time."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from moodlab.encrypted_journals import was_encrypted
from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings, read_settings
from moodlab.store.backups.backup import make_backup
from moodlab.store.encryption.crypto import make_key
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.lock.unlock import UnlockScreen
from moodlab.ui.settings.journal_place import JournalControl
from tests.moments import TODAY
from tests.ui.opening.test_first_start import main_window, run_desk

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(data_dir=str(tmp_path / "data"))


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


def control_of(main) -> JournalControl:
    page = main.open_page("settings")
    return next(row.control for row in page.rows if row.row.id == "journal")


def begin(paths: Paths, passphrase: str | None = None) -> None:
    key = None if passphrase is None else make_key(passphrase)
    with Journal.create(paths.journal, key=key) as journal:
        journal.days.rate(TODAY, "mood", 5000)
    make_backup(paths.journal, key)


def test_the_journal_is_moved_and_opened_there_now_and_at_the_next_start(
    app: QApplication, paths: Paths, there: Path, tmp_path: Path
) -> None:
    begin(paths)

    def move(main) -> None:
        control = control_of(main)
        assert control.place.text() == str(paths.journal)
        control.ask(there)
        assert control.question.sentence == (
            f"Move the journal and its backup to {there / 'journal.moodlab'}?"
        )
        control.question.buttons[0].click()

    def be_there(main) -> None:
        assert main.page.ID == "settings"
        assert main.page.notice.sentence == f"The journal is now at {there / 'journal.moodlab'}."
        assert main.session.journal.path == there / "journal.moodlab"
        main.session.journal.days.rate(TODAY, "fatigue", 3000)

    run_desk(app, paths, (main_window(), move), (main_window(), be_there))

    assert not paths.journal.exists()
    assert read_settings(paths.settings).recent == ()
    again = find_paths(data_dir=str(tmp_path / "data"))
    assert again.journal == there / "journal.moodlab"
    run_desk(app, again, (main_window(), lambda main: None), settings=read_settings(paths.settings))


def test_an_encrypted_one_stays_open_and_encrypted(
    app: QApplication, paths: Paths, there: Path
) -> None:
    begin(paths, "five quiet words")

    def unlock(screen: UnlockScreen) -> None:
        screen.form.field.setText("five quiet words")
        screen.form.submit()

    def be_there(main) -> None:
        assert main.session.journal.key is not None

    run_desk(
        app, paths, (UnlockScreen, unlock),
        (main_window(), lambda main: control_of(main).move_to(there)), (main_window(), be_there),
    )  # fmt: skip

    assert was_encrypted(paths._replace(journal=there / "journal.moodlab"))
    assert not was_encrypted(paths)


def test_a_move_that_cannot_be_made_leads_back_to_the_journal(
    app: QApplication, paths: Paths, there: Path
) -> None:
    begin(paths)

    def move(main) -> None:
        control = control_of(main)
        (there / "journal.moodlab").touch()
        control.ask(there)
        assert "already exists" in main.page.notice.sentence
        assert control.question.isHidden()
        control.move_to(there)

    def be_here(main) -> None:
        assert main.session.journal.path == paths.journal
        assert "already exists" in main.page.notice.sentence

    run_desk(app, paths, (main_window(), move), (main_window(), be_here))

    assert read_settings(paths.settings).journal == ""


def test_the_question_can_be_taken_back(window: Window, there: Path) -> None:
    control = control_of(window.main)
    control.ask(there)
    control.question.buttons[1].click()

    assert control.question.isHidden()
    assert control.move_button.hasFocus()
    assert window.transition is None


def test_the_example_is_not_moved(app: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "example.moodlab"
    journal = Journal.create(path, is_example=True)
    window = Window(app, journal, Settings(theme="light"), find_paths(data_dir=str(tmp_path)))
    window.main.open_page("settings")

    assert not control_of(window.main).move_button.isEnabled()
    window.close()
