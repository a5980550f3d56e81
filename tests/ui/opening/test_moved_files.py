"""The file under the open window: gone, replaced, read-only, full; and a second start."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit

from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.backups.backup import save_backup
from moodlab.store.backups.names import Backup
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.history.find import FindField
from moodlab.ui.lock.secret_field import SecretEdit
from moodlab.ui.opening.single_instance import SingleInstance, activate_other
from moodlab.ui.opening.transition import Opening
from moodlab.ui.page_registry import ALL
from moodlab.ui.settings.page import SearchLine
from moodlab.ui.today.page import TodayPage
from moodlab.ui.widgets.day_field import DayField
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.opening.test_first_start import main_window, run_desk
from tests.ui.today.test_saving import forbid_writing, stored
from tests.ui.waiting import live, wait_until


def retry(window: Window, today: TodayPage) -> None:
    window.session.try_again()


def test_a_file_that_vanished_is_told_and_nothing_is_lost(
    window: Window, today: TodayPage, journal_path: Path
) -> None:
    elsewhere = journal_path.with_name("elsewhere")
    journal_path.rename(elsewhere)
    wait_until(lambda: window.main.bars.file.sentence, 3)
    assert "is no longer in its folder" in window.main.bars.file.sentence
    press("7")
    assert today.footer.saved.text() == "▲ Not saved yet"
    assert not journal_path.exists()

    elsewhere.rename(journal_path)
    retry(window, today)
    assert stored(window) == {"fatigue": 7000}
    wait_until(lambda: not window.main.bars.file.sentence, 3)


def test_a_replaced_file_is_opened_on_request_and_takes_what_waited(
    window: Window, today: TodayPage, journal_path: Path, clock
) -> None:
    other = journal_path.with_name("other.moodlab")
    save_backup(journal_path, None, other, clock=clock)
    with Journal.open(other, clock=clock) as journal:
        journal.days.rate(TODAY, "mood", 2000)
    press("7")
    other.replace(journal_path)
    press("6")
    assert today.footer.saved.text() == "▲ Not saved yet"
    wait_until(lambda: window.main.bars.file.sentence, 3)
    assert "Another program replaced" in window.main.bars.file.sentence
    today.footer.note.editor.setPlainText("a note meanwhile")
    today.footer.note.tell_changes()
    assert today.footer.note.editor.toPlainText() == "a note meanwhile"

    window.main.bars.file.buttons[0].click()
    retry(window, today)

    assert stored(window) == {"mood": 2000, "brain_fog": 6000}
    assert today.form.row_of("mood").answer.value == 2000
    assert window.session.journal.days.read_day(TODAY).note == "a note meanwhile"
    assert not window.main.bars.file.sentence
    results = []
    window.worker.run(lambda journal, _: journal.days.read_ratings(TODAY, TODAY), results.append)
    wait_until(lambda: results)
    assert "mood" in results[0]


def test_a_replacement_that_is_no_journal_is_not_opened(
    window: Window, today: TodayPage, journal_path: Path
) -> None:
    other = journal_path.with_name("letter")
    other.write_text("Dear diary")
    other.replace(journal_path)
    wait_until(lambda: window.main.bars.file.sentence, 3)
    press("7")
    window.main.bars.file.buttons[0].click()

    assert "not a journal" in window.main.bars.file.sentence
    assert today.form.rows[0].answer.in_words() == "7"
    assert journal_path.read_text() == "Dear diary"


def test_foreign_writes_show_within_two_seconds(
    window: Window, today: TodayPage, journal_path: Path, clock
) -> None:
    with Journal.open(journal_path, clock=clock) as other:
        other.days.rate(TODAY, "mood", 2000)

    wait_until(lambda: today.form.row_of("mood").answer is not None, 2)


def test_a_note_and_hours_that_could_not_be_saved_stay_and_are_saved_later(
    window: Window, today: TodayPage
) -> None:
    forbid_writing(window, is_forbidden=True)
    today.footer.note.editor.setFocus()
    QTest.keyClicks(today.footer.note.editor, "rain")
    press(Qt.Key.Key_Return)
    today.sleep.field.setFocus()
    QTest.keyClicks(today.sleep.field, "7:30")
    press(Qt.Key.Key_Return)
    today.refresh()

    assert today.footer.note.editor.toPlainText() == "rain"
    assert today.sleep.field.text() == "7:30"
    assert today.footer.saved.text() == "▲ Not saved yet"
    today.go(-1)
    assert today.footer.note.editor.toPlainText() == ""
    today.go_to_today()
    assert today.footer.note.editor.toPlainText() == "rain"

    forbid_writing(window, is_forbidden=False)
    retry(window, today)
    assert window.session.journal.days.read_day(TODAY).note == "rain"
    assert stored(window) == {"sleep_hours": 450_000}


def test_a_blood_result_that_could_not_be_saved_stays_in_the_form_and_is_saved_once(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(page="labs")
    page = window.main.page
    page.form.day.setText(days_ago(3).isoformat())
    page.form.value.setText("3.1")
    forbid_writing(window, is_forbidden=True)
    page.save()

    assert page.notice.sentence.startswith("▲ Not saved yet. The journal can't be written")
    assert page.form.value.text() == "3.1"
    assert window.main.unsaved() == "One blood result is not saved yet."
    page.save()  # asked again, not doubled
    forbid_writing(window, is_forbidden=False)
    window.session.try_again()

    assert [result.value.text for result in window.session.journal.labs.read_all()] == ["3.1"]
    assert page.notice.sentence.startswith("Saved: ")
    assert page.form.value.text() == ""


@pytest.mark.parametrize("page", [entry.id for entry in ALL])
def test_no_page_takes_text_for_a_journal_that_is_only_read(
    app: QApplication, tmp_path: Path, page: str
) -> None:
    paths = find_paths(data_dir=str(tmp_path / "data"))
    Journal.create(paths.journal).close()
    journal = Journal.open(paths.journal, read_only=True)
    copy = Backup(paths.journal, "by-hand", 1, datetime(2026, 1, 2, tzinfo=UTC), 0, 0, 1)
    opening = Opening(paths, backup=copy, back=Opening(paths))
    window = Window(app, journal, Settings(theme="light"), paths, opening)
    window.show()
    shown = window.main.open_page(page)

    fields = [
        field.accessibleName()
        for kind in (QLineEdit, QPlainTextEdit)
        for field in shown.findChildren(kind)
        if field.isEnabled()
        and field.isVisibleTo(shown)
        and not field.isReadOnly()
        # A day, a choice, a search and a passphrase are of the window, not of the journal.
        and not isinstance(field, SecretEdit | DayField | SearchLine | FindField)
        and not isinstance(field.parentWidget(), QComboBox | QAbstractSpinBox)
    ]
    assert fields == []
    window.main.hide()
    window.close()
    window.main.deleteLater()


def test_a_read_only_journal_opens_with_its_reason_and_takes_no_entries(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = find_paths(data_dir=str(tmp_path / "data"))
    Journal.create(paths.journal).close()
    moved = tmp_path / "writable.moodlab"
    reason = "journal.moodlab is read-only. Nothing can be saved."
    if os.geteuid() == 0:  # root may write everywhere, so only the answer is another
        monkeypatch.setattr(
            Journal, "why_read_only",
            lambda journal: reason if journal.path == paths.journal else None,
        )  # fmt: skip
    else:
        paths.journal.chmod(0o400)

    def look(main) -> None:
        assert main.bars.about.sentence == reason
        assert not main.page.form.isEnabled()
        assert main.page.footer.message.text() == reason
        main.bars.move_to(moved)

    run_desk(app, paths, (main_window(), look), (main_window(), lambda main: None))

    assert Settings(theme="light") != Settings(journal=str(moved))
    assert find_paths(data_dir=str(tmp_path / "data")).journal == moved
    with Journal.open(moved) as journal:
        assert journal.why_read_only() is None


# Two starts


def test_one_window_holds_the_lock_and_hears_a_knock(app: QApplication, tmp_path: Path) -> None:
    paths = find_paths(data_dir=str(tmp_path))
    first, knocks = SingleInstance(), []
    first.activated.connect(lambda: knocks.append(True))
    assert first.hold(paths)
    asked = subprocess.Popen(
        [sys.executable, "-c",
         "import sys\nfrom moodlab.paths import find_paths\n"
         "from moodlab.ui.opening.single_instance import SingleInstance, activate_other\n"
         "paths = find_paths(data_dir=sys.argv[1])\n"
         "print(SingleInstance().hold(paths), activate_other(paths))", str(tmp_path)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_until(lambda: asked.poll() is not None)
    output, _ = asked.communicate()

    assert output == "False True\n"
    assert knocks == [True]
    assert not paths.activation_request.exists()
    first.release()
    assert not paths.lock.exists()


def test_a_lock_whose_process_is_gone_is_taken_over(app: QApplication, tmp_path: Path) -> None:
    paths = find_paths(data_dir=str(tmp_path))
    gone = subprocess.run(
        [sys.executable, "-c",
         "import os, sys\nfrom moodlab.paths import find_paths\n"
         "from moodlab.ui.opening.single_instance import SingleInstance\n"
         "kept = SingleInstance()\nprint(kept.hold(find_paths(data_dir=sys.argv[1])), flush=True)\n"
         "os._exit(0)", str(tmp_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert gone.stdout == "True\n"
    assert paths.lock.exists()

    instance = SingleInstance()
    assert instance.hold(paths)
    instance.release()


def test_a_holder_that_does_not_answer_is_named_and_can_be_passed(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moodlab.ui.opening.already_open import AlreadyOpenScreen

    monkeypatch.setattr("moodlab.ui.opening.single_instance._ANSWER_SECONDS", 0.2)
    paths = find_paths(data_dir=str(tmp_path))
    Journal.create(paths.journal).close()
    holder = subprocess.Popen(
        [sys.executable, "-c",
         "import sys, time\nfrom moodlab.paths import find_paths\n"
         "from moodlab.ui.opening.single_instance import SingleInstance\n"
         "kept = SingleInstance()\nprint(kept.hold(find_paths(data_dir=sys.argv[1])), flush=True)\n"
         "time.sleep(60)", str(tmp_path)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "True\n"
        assert not activate_other(paths)
        run_desk(
            app,
            paths,
            (AlreadyOpenScreen, lambda screen: screen.open.click()),
            (main_window(), lambda main: None),
        )
    finally:
        holder.kill()
        holder.communicate()


def test_commands_are_not_hindered(window: Window, journal_path: Path, tmp_path: Path) -> None:
    instance = SingleInstance()
    assert instance.hold(find_paths(journal=str(journal_path)))
    done = subprocess.run(
        [sys.executable, "-m", "moodlab", "--journal", str(journal_path), "log", "today", "mood=4"],
        check=False,
    )
    instance.release()

    assert done.returncode == 0
    live(10)


def test_an_opening_holds_no_key_in_its_words(tmp_path: Path) -> None:
    from moodlab.store.encryption.crypto import Key

    shown = repr(Opening(find_paths(data_dir=str(tmp_path)), Key(b"k" * 32, b"s" * 16)))
    assert "kkk" not in shown


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_a_second_start_writes_through_no_link(app: QApplication, tmp_path: Path) -> None:
    paths = find_paths(data_dir=str(tmp_path))
    foreign, old = tmp_path / "foreign", tmp_path / "old"
    old.write_text("theirs")
    for target in (foreign, old):
        paths.activation_request.symlink_to(target)
        before = old.stat().st_mtime_ns

        assert not activate_other(paths)

        assert not foreign.exists()
        assert old.stat().st_mtime_ns == before
        paths.activation_request.unlink(missing_ok=True)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_that_is_no_file_neither_waits_nor_keeps_the_journal_shut(
    kind: str, app: QApplication, tmp_path: Path
) -> None:
    paths = find_paths(data_dir=str(tmp_path))
    if kind == "link":
        paths.lock.symlink_to(tmp_path / "foreign")
    else:
        os.mkfifo(paths.lock)
    instance = SingleInstance()

    assert instance.hold(paths)
    instance.release()

    assert os.path.lexists(paths.lock)
    assert not (tmp_path / "foreign").exists()
