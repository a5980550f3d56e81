"""Whatever is inside the journal: the window opens, or says in good time why it does not."""

import shutil
import time
from abc import ABC
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from moodlab.encrypted_journals import remember_encryption
from moodlab.paths import Paths
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.file.engine import connect, connect_as_it_lies
from moodlab.store.journal import Journal
from moodlab.ui.lock.unlock import UnlockScreen
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.unopened import UnopenedScreen
from tests.damage import make_full_journal
from tests.keys import derive_quickly
from tests.moments import TODAY, Clock
from tests.store.file import odd_files
from tests.store.file.beside.strays import foreign_wal
from tests.store.file.odd_files import DRAFTS, PAGES, SCHEMAS, VALUES, raw
from tests.ui.opening.test_first_start import PASSPHRASE, main_window, run_desk

MOST_SECONDS = 10.0


class Shown(ABC):  # noqa: B024 - only a name for two classes
    """The window with the journal in it, or the screen that says why it can't be opened."""


Shown.register(MainWindow)
Shown.register(UnopenedScreen)
SOME = {
    **DRAFTS,
    **PAGES,
    **{name: VALUES[name] for name in (
        "the widest offset", "a day that never ends", "deep conditions", "deep units",
        "deep contacts", "a long label", "20,000 metrics", "an endless note",
        "a day without a date",
    )},
    **{name: SCHEMAS[name] for name in (
        "a trigger that undoes each rating", "an endless view for ratings", "a generated column",
        "an endless view for settings", "a column gone", "a virtual table for ratings",
    )},
}  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    folder = tmp_path / "here"
    folder.mkdir()
    return Paths(folder / "journal.moodlab", folder / "settings.json", folder / "cache")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "journal.moodlab"
    make_full_journal(path, Clock())
    connection = raw(path)
    connection.execute(
        "INSERT INTO pin VALUES ('pin 1', '[[\"mood\", \">\", 3000]]', '2026-03-03T10:00:00.000Z',"
        " 0, '2026-03-03')"
    )
    connection.close()
    return path


@pytest.mark.parametrize("name", SOME)
def test_the_window_opens_or_says_why_not(
    name: str, qapp: QApplication, paths: Paths, sound: Path
) -> None:
    shutil.copy(sound, paths.journal)
    SOME[name](paths.journal)
    seen: list[str] = []

    def look(screen: object) -> None:
        seen.append(type(screen).__name__)
        screen.close()  # type: ignore[attr-defined]

    begun = time.process_time()
    run_desk(qapp, paths, (Shown, look))

    assert time.process_time() - begun < MOST_SECONDS
    assert seen
    if name in DRAFTS:
        assert seen == ["MainWindow"]


ENCRYPTED = [
    name for name in SOME if name not in PAGES and name not in ("20,000 metrics", "a long label")
][::2]


@pytest.mark.parametrize("name", ENCRYPTED)
def test_an_encrypted_one_is_unlocked_and_opens_or_says_why_not(
    name: str, qapp: QApplication, paths: Paths, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    shutil.copy(sound, paths.journal)
    key = set_passphrase(paths.journal, PASSPHRASE).key
    with monkeypatch.context() as patched:
        patched.setattr(odd_files, "raw", lambda path: connect_as_it_lies(path, key))
        SOME[name](paths.journal)
    seen: list[str] = []

    def unlock(screen: UnlockScreen) -> None:
        screen.form.secrets.fields[0].setText(PASSPHRASE)
        screen.form.button.click()

    def look(screen: object) -> None:
        seen.append(type(screen).__name__)
        screen.close()  # type: ignore[attr-defined]

    begun = time.monotonic()
    run_desk(qapp, paths, (UnlockScreen, unlock), (Shown, look))

    assert time.monotonic() - begun < MOST_SECONDS
    assert seen
    if name in DRAFTS:
        assert seen == ["MainWindow"]


def test_a_journal_with_a_schema_of_its_own_is_shown_and_takes_nothing(
    qapp: QApplication, paths: Paths, sound: Path
) -> None:
    shutil.copy(sound, paths.journal)
    SCHEMAS["a trigger that undoes each rating"](paths.journal)
    before = paths.journal.read_bytes()
    seen: list[object] = []

    def look(main: MainWindow) -> None:
        seen.append(main.session.why_read_only)
        seen.append(main.page.form.isEnabled())  # type: ignore[union-attr]
        main.close()

    run_desk(qapp, paths, (main_window(), look))

    assert "MoodLab did not make" in str(seen[0])
    assert seen[1] is False
    assert paths.journal.read_bytes() == before


def test_what_was_moved_aside_is_said_in_the_window(
    qapp: QApplication, paths: Paths, sound: Path, tmp_path: Path
) -> None:
    shutil.copy(sound, paths.journal)
    shutil.copy(foreign_wal(tmp_path), f"{paths.journal}-wal")
    said: list[str] = []

    def look(main: MainWindow) -> None:
        said.append(main.session.opening.greeting.said)  # type: ignore[union-attr]
        main.close()

    run_desk(qapp, paths, (main_window(), look))

    assert "did not belong to it" in said[0]


def test_a_plain_file_in_the_place_of_an_encrypted_journal_is_asked_about(
    qapp: QApplication, paths: Paths, sound: Path
) -> None:
    shutil.copy(sound, paths.journal)
    remember_encryption(paths, is_encrypted=True)
    said: list[str] = []

    def decide(screen: UnopenedScreen) -> None:
        said.append(screen.sentence.text())
        assert screen.anyway is not None
        screen.anyway.click()

    run_desk(qapp, paths, (UnopenedScreen, decide), (main_window(), lambda main: main.close()))
    run_desk(qapp, paths, (main_window(), lambda main: main.close()))

    assert "was encrypted" in said[0]


def test_the_window_does_not_wait_for_another_program(
    qapp: QApplication, paths: Paths, sound: Path
) -> None:
    shutil.copy(sound, paths.journal)
    seconds: list[float] = []

    def look(main: MainWindow) -> None:
        other = connect(paths.journal)
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        main.open_page("labs")
        main.session._notice_foreign_writes()
        with pytest.raises(Exception, match="Another program is writing"):
            main.session.save(
                ("today", "mood"), lambda journal: journal.days.rate(TODAY, "mood", 8000)
            )
        seconds.append(time.monotonic() - begun)
        other.close()
        main.session.try_again()
        assert not main.session.waiting
        main.close()

    run_desk(qapp, paths, (main_window(), look))

    assert seconds[0] < 2
    with Journal.open(paths.journal, read_only=True) as journal:
        assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 8000
