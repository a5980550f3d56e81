"""The page Security & backups: passphrase, recovery sheet, copies, bin."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings
from moodlab.store.backups.backup import make_backup
from moodlab.store.backups.names import backups_folder, list_backups, list_backups_in
from moodlab.store.backups.second_folder import find_second
from moodlab.store.encryption.crypto import Key, make_key
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.file.header import examine
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.lock.unlock import UnlockScreen
from moodlab.ui.opening.recovery_sheet import SheetScreen
from moodlab.ui.opening.transition import BackgroundTask
from moodlab.ui.shell.backup_schedule import SOON_MS
from tests.moments import TODAY
from tests.store.file.test_upgrades import NEXT, release
from tests.ui.opening.test_first_start import PASSPHRASE, main_window, run_desk
from tests.ui.waiting import live, wait_until


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(data_dir=str(tmp_path))


pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def key(quick_keys: None) -> Key:
    return make_key(PASSPHRASE)


def begin(paths: Paths, key: Key | None = None) -> None:
    """Make a journal of two days with a copy of the first."""
    with Journal.create(paths.journal, key=key) as journal:
        journal.days.rate(journal.today() - timedelta(days=1), "mood", 5000)
        make_backup(paths.journal, key)
        journal.days.rate(journal.today(), "mood", 6000)


def fill(form, *texts: str) -> None:
    for field, text in zip(form.secrets.fields, texts, strict=True):
        field.setText(text)
    form.submit_button.click()


def test_a_passphrase_is_set_and_copies_follow(app: QApplication, paths: Paths) -> None:
    begin(paths)
    said: list[str] = []

    def set_it(main) -> None:
        page = main.open_page("safety")
        assert not page.passphrase.set.isHidden()
        assert page.passphrase.change.isHidden()
        page.passphrase.set.click()
        fill(page.passphrase.form, PASSPHRASE, PASSPHRASE)

    run_desk(
        app,
        paths,
        (main_window(), set_it),
        (SheetScreen, lambda screen: screen.go_on.click()),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert said == ["Diary and 1 backup are now encrypted."]
    key = find_key(paths.journal, PASSPHRASE)
    assert key is not None
    assert all(examine(copy.path) == key.salt for copy in list_backups(paths.journal))


def test_changing_asks_for_the_present_passphrase(
    app: QApplication, paths: Paths, key: Key
) -> None:
    begin(paths, key)

    def unlock(screen) -> None:
        screen.form.secrets.fields[0].setText(PASSPHRASE)
        screen.form.button.click()

    def wrong_then_right(main) -> None:
        page = main.open_page("safety")
        page.passphrase.change.click()
        form = page.passphrase.form
        fill(form, "wrong", "new words", "new words")
        wait_until(lambda: form.trouble.text())
        assert form.trouble.text().startswith("That passphrase does not open this journal.")
        fill(form, PASSPHRASE, "new words", "new wrods")
        assert "don't match" in form.trouble.text()
        fill(form, PASSPHRASE, "new words", "new words")

    from moodlab.ui.lock.unlock import UnlockScreen

    run_desk(
        app,
        paths,
        (UnlockScreen, unlock),
        (main_window(), wrong_then_right),
        (SheetScreen, lambda screen: screen.go_on.click()),
        (main_window(), lambda main: None),
    )

    assert find_key(paths.journal, "new words") is not None


def test_removing_makes_it_plain_and_says_so(app: QApplication, paths: Paths, key: Key) -> None:
    begin(paths, key)
    said: list[str] = []

    def unlock(screen) -> None:
        screen.form.secrets.fields[0].setText(PASSPHRASE)
        screen.form.button.click()

    def remove(main) -> None:
        page = main.open_page("safety")
        page.passphrase.remove.click()
        fill(page.passphrase.form, PASSPHRASE)

    from moodlab.ui.lock.unlock import UnlockScreen

    run_desk(
        app,
        paths,
        (UnlockScreen, unlock),
        (main_window(), remove),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert "Anyone who has the file can read it." in said[0]
    assert examine(paths.journal) is None


@pytest.fixture
def encrypted(app: QApplication, paths: Paths, key: Key) -> Window:
    begin(paths, key)
    window = Window(app, Journal.open(paths.journal, key=key), Settings(theme="light"), paths)
    window.show()
    yield window
    window.main.hide()
    window.close()
    window.main.deleteLater()


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_the_recovery_sheet_is_private_and_its_code_opens_the_journal(
    encrypted: Window, paths: Paths, tmp_path: Path, key: Key, kind: str
) -> None:
    page = encrypted.main.open_page("safety")
    target = tmp_path / f"sheet.{kind}"
    page.passphrase.save_sheet(target)

    assert page.notice.sentence.startswith(f"Saved sheet.{kind}. Print it")
    assert oct(target.stat().st_mode & 0o777) == "0o600"
    if kind == "pdf":
        pdfium = pytest.importorskip("pypdfium2")
        with pdfium.PdfDocument(target) as document:
            assert len(document) == 1
            text = document[0].get_textpage().get_text_bounded()
    else:
        text = target.read_text(encoding="utf-8")
    letters = "".join(text.split())
    assert key.recovery_code.replace("-", "") in letters.replace("-", "")
    assert find_key(paths.journal, key.recovery_code) == key


def test_copies_are_listed_with_moment_and_days(encrypted: Window, paths: Paths) -> None:
    page = encrypted.main.open_page("safety")
    model = page.backups.table.model()
    made = list_backups(paths.journal)[0].made_at.astimezone()

    row = [model.data(model.index(0, column)) for column in range(3)]
    assert row[0].endswith(f"{made:%H:%M}")
    assert row[1:] == ["1 day", "automatic"]


def test_looking_into_a_backup_of_an_older_version_shows_it_as_the_present_one_does(
    app: QApplication, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(paths)
    copy = list_backups(paths.journal)[0].path
    before = copy.read_bytes()
    release(monkeypatch, NEXT)
    seen = []

    def look_around(main) -> None:
        preview = main.session.journal
        seen.append(preview.ledger.connection.execute("SELECT count(*) FROM weather").fetchone())
        seen.append(preview.path)
        main.bars.about.buttons[0].click()

    run_desk(
        app,
        paths,
        (main_window(), lambda main: main.open_page("safety").backups.look_inside()),
        (main_window(), look_around),
        (main_window(), lambda main: main.close()),
    )

    assert seen[0] == (0,)  # the table of the later version is there
    assert not seen[1].parent.exists()  # the upgraded one is gone
    assert copy.read_bytes() == before


def test_looking_inside_is_read_only_and_leads_back(app: QApplication, paths: Paths) -> None:
    begin(paths)
    copy = list_backups(paths.journal)[0].path
    before = copy.read_bytes()

    def look_in(main) -> None:
        main.open_page("safety").backups.look_inside()

    def look_around(main) -> None:
        assert main.bars.about.sentence.startswith("Backup from ")
        assert main.bars.about.sentence.endswith("read-only.")
        today = main.page
        # It opens where its entries end, not on a day that is empty in it.
        assert today.form.row_of("mood").answer.value == 5000
        assert not today.form.isEnabled()
        assert "You can read it but not change it" in today.footer.message.text()
        today.go(1)
        assert today.form.row_of("mood").answer is None
        main.undo()
        main.bars.about.buttons[0].click()

    run_desk(
        app,
        paths,
        (main_window(), look_in),
        (main_window(), look_around),
        (main_window(), lambda main: None),
    )

    assert copy.read_bytes() == before


def test_passphrases_that_differ_lead_to_the_second_line(encrypted: Window) -> None:
    page = encrypted.main.open_page("safety")
    encrypted.main.activateWindow()
    page.passphrase.change.click()
    form = page.passphrase.form
    fill(form, PASSPHRASE, "new words", "new wrods")

    assert "don't match" in form.trouble.text()
    assert form.secrets.fields[2].hasFocus()
    assert form.secrets.fields[2].selectedText()
    fill(form, PASSPHRASE, "", "")
    assert form.secrets.fields[1].hasFocus()


def test_escape_closes_what_was_opened_last(encrypted: Window) -> None:
    page = encrypted.main.open_page("safety")
    encrypted.main.activateWindow()
    page.passphrase.change.click()
    page.backups.ask_restore()

    QTest.keyClick(page.backups.question.buttons[1], Qt.Key.Key_Escape)
    assert page.backups.question.isHidden()
    assert page.backups.restore.hasFocus()
    QTest.keyClick(page.passphrase.form.secrets.fields[1], Qt.Key.Key_Escape)
    assert page.passphrase.form is None
    assert page.passphrase.change.hasFocus()


def test_a_restore_says_what_it_does_and_keeps_the_journal_before(
    app: QApplication, paths: Paths
) -> None:
    begin(paths)
    said: list[str] = []

    def restore(main) -> None:
        page = main.open_page("safety")
        page.backups.restore.click()
        assert "with 1 day. The present journal is kept" in page.backups.question.sentence
        page.backups.question.buttons[0].click()

    run_desk(
        app,
        paths,
        (main_window(), restore),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert said[0].startswith("Restored the backup from ")
    assert "with 1 day." in said[0]
    with Journal.open(paths.journal) as journal:
        assert journal.days.read_ratings(journal.today(), journal.today()) == {}
    newest = list_backups(paths.journal)[0]
    assert (newest.reason, newest.days) == ("before-restore", 2)


def test_a_copy_without_a_passphrase_is_named_before_it_replaces_an_encrypted_journal(
    encrypted: Window, paths: Paths
) -> None:
    copy = list_backups(paths.journal)[0].path
    copy.unlink()
    plain = paths.journal.with_name("plain.moodlab")
    Journal.create(plain).close()
    plain.rename(copy)
    page = encrypted.main.open_page("safety")
    page.refresh()
    page.backups.ask_restore()

    assert "That backup is not encrypted" in page.backups.question.sentence


def test_a_backup_of_an_earlier_passphrase_asks_for_that_one(
    app: QApplication, paths: Paths, key: Key
) -> None:
    begin(paths, key)
    (old,) = list_backups(paths.journal)
    content = old.path.read_bytes()
    set_passphrase(paths.journal, "a later passphrase", key)
    later = find_key(paths.journal, "a later passphrase")
    old.path.write_bytes(content)  # as it comes back from another disk
    said: list[str] = []

    def restore(main) -> None:
        page = main.open_page("safety").backups
        page.look_inside()
        assert page.form is not None
        page.form.cancel.click()
        page.restore.click()
        fill(page.form, "not this one")
        wait_until(lambda: page.form.trouble.text())
        assert page.form.trouble.text().startswith("That passphrase does not open the backup ")
        fill(page.form, PASSPHRASE)
        wait_until(lambda: page.question.buttons)
        assert "open with the passphrase of that backup" in page.question.sentence
        page.question.buttons[0].click()

    run_desk(
        app,
        paths,
        (UnlockScreen, lambda screen: fill_unlock(screen, "a later passphrase")),
        (main_window(), restore),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert "opens with the passphrase and the recovery code of this backup" in said[0]
    assert later is not None
    assert examine(paths.journal) == key.salt != later.salt


def fill_unlock(screen: UnlockScreen, text: str) -> None:
    screen.form.field.setText(text)
    screen.form.submit()


def test_backups_that_cannot_be_read_are_named(app: QApplication, paths: Paths) -> None:
    begin(paths)
    folder = backups_folder(paths.journal)
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to(folder)
    texts: list[tuple[str, bool]] = []

    def look(main) -> None:
        page = main.open_page("safety").backups
        texts.append((page.trouble.text(), page.empty.isVisibleTo(page)))

    run_desk(app, paths, (main_window(), look))

    assert texts[0][0].startswith(f"Can't read the backups at {folder}: ")
    assert not texts[0][1]


def test_a_copy_is_made_where_one_says(encrypted: Window, tmp_path: Path, key: Key) -> None:
    page = encrypted.main.open_page("safety")
    target = tmp_path / "stick" / "copy.moodlab"
    target.parent.mkdir()
    page.backups.back_up_to(target)
    wait_until(lambda: page.notice.sentence)

    assert page.notice.sentence == "Saved the backup copy.moodlab, with 2 days."
    with Journal.open(target, key=key, read_only=True) as copy:
        assert copy.days.rated_span() is not None


def begin_yesterday(journal_path: Path, clock) -> None:
    with Journal.create(journal_path, clock=clock) as journal:
        journal.days.rate(TODAY - timedelta(days=1), "mood", 5000)


def rate(window: Window, metric: str) -> None:
    window.session.apply(lambda journal: journal.days.rate(journal.today(), metric, 6000))


def test_the_days_copy_is_there_before_the_first_change_also_in_a_second_folder(
    open_window: Callable[..., Window], journal_path: Path, tmp_path: Path, clock
) -> None:
    begin_yesterday(journal_path, clock)
    second = find_second(journal_path, tmp_path / "second", None)
    assert second
    second.parent.mkdir()
    window = open_window(Settings(theme="light", second_copies=str(second.parent)))
    wait_until(lambda: second.is_dir() and list_backups_in(second))
    rate(window, "mood")
    rate(window, "fatigue")
    window.close()

    (copy,) = list_backups(journal_path)
    assert copy.days == 1
    assert [path.name for path in second.iterdir()] == [copy.path.name]


def test_a_save_that_comes_before_the_days_copy_does_not_wait_and_gets_into_it(
    open_window: Callable[..., Window], journal_path: Path, clock
) -> None:
    begin_yesterday(journal_path, clock)
    window = open_window()
    may_copy = Event()
    window.worker.run(lambda _journal, _progress: may_copy.wait(20))
    rate(window, "mood")
    with Journal.open(journal_path, read_only=True) as other:
        assert other.days.read_ratings(TODAY, TODAY)["mood"][0].value == 6000
    assert list_backups(journal_path) == ()

    may_copy.set()
    wait_until(lambda: list_backups(journal_path))
    assert list_backups(journal_path)[0].days == 2


def test_a_day_that_begins_while_the_window_is_open_gets_its_copy(
    open_window: Callable[..., Window], journal_path: Path, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_yesterday(journal_path, clock)
    monkeypatch.setattr("moodlab.ui.shell.backup_schedule._NEW_DAY_MS", 20)
    open_window()
    wait_until(lambda: list_backups(journal_path))
    clock.pass_time(days=1)
    wait_until(lambda: len(list_backups(journal_path)) == 2)

    assert [copy.days for copy in list_backups(journal_path)] == [1, 1]


def test_the_first_save_after_a_night_brings_the_copy_about(
    open_window: Callable[..., Window], journal_path: Path, clock
) -> None:
    """A computer that slept wakes with timers that have not run out yet."""
    begin_yesterday(journal_path, clock)
    window = open_window()
    wait_until(lambda: list_backups(journal_path))
    clock.pass_time(days=1)
    rate(window, "mood")
    wait_until(lambda: len(list_backups(journal_path)) == 2)


def test_a_second_folder_that_is_gone_is_told_and_saving_goes_on(
    open_window: Callable[..., Window], journal_path: Path, tmp_path: Path, clock
) -> None:
    begin_yesterday(journal_path, clock)
    gone = tmp_path / "no such stick"
    window = open_window(Settings(theme="light", second_copies=str(gone)), page="safety")
    page = window.main.page
    wait_until(lambda: page.backups.trouble.text())
    rate(window, "mood")

    told = page.backups.trouble.text()
    assert told.startswith("The backup beside the journal was made, but none in the second folder")
    assert page.backups.table.model().rowCount() == 1
    assert window.session.journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 6000


def test_the_first_entry_of_a_new_journal_is_backed_up_at_once(
    open_window: Callable[..., Window], journal_path: Path
) -> None:
    window = open_window()
    live(SOON_MS + 100)
    assert list_backups(journal_path) == ()

    rate(window, "mood")
    wait_until(lambda: list_backups(journal_path))
    assert list_backups(journal_path)[0].days == 1


def test_deleted_entries_are_one_click_away(open_window: Callable[..., Window]) -> None:
    window = open_window(page="safety")

    window.main.page.bin.click()

    assert window.main.page.ID == "history"


def test_leaving_waits_while_something_is_not_saved(encrypted: Window) -> None:
    from tests.ui.conftest import press
    from tests.ui.today.test_saving import forbid_writing

    encrypted.main.activateWindow()
    encrypted.main.page.take_focus()
    wait_until(lambda: QApplication.focusWidget() is not None)
    forbid_writing(encrypted, is_forbidden=True)
    press("7")
    encrypted.session.leave_for(BackgroundTask("x", lambda _progress: None, encrypted.opening))

    assert encrypted.transition is None
    assert "not saved yet" in encrypted.main.page.footer.message.text()
    forbid_writing(encrypted, is_forbidden=False)


def test_restore_in_the_menu_asks_which_one_where_the_page_is_open_already(
    app: QApplication, paths: Paths
) -> None:
    begin(paths)
    said: list[str] = []

    def restore(main) -> None:
        page = main.open_page("safety")
        main.restore()
        assert page.backups.question.isVisible()
        assert QApplication.focusWidget() is page.backups.question.buttons[0]
        assert (
            page.viewport()
            .rect()
            .contains(
                page.backups.question.mapTo(page.viewport(), page.backups.question.rect().center())
            )
        )
        page.backups.question.buttons[0].click()
        assert "The journal is replaced by the backup from " in page.backups.question.sentence
        page.backups.question.buttons[0].click()

    run_desk(
        app,
        paths,
        (main_window(), restore),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert said[0].startswith("Restored the backup from ")


def test_any_file_that_is_a_journal_can_be_restored(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    begin(paths)
    other = tmp_path / "stick" / "my old diary.moodlab"
    other.parent.mkdir()
    with Journal.create(other) as journal:
        for back in range(3):
            journal.days.rate(journal.today() - timedelta(days=back), "mood", 1000)
    content = other.read_bytes()
    said: list[str] = []

    def restore(main) -> None:
        page = main.open_page("safety").backups
        page.restore_file(other)
        wait_until(lambda: page.question.buttons)
        assert page.question.sentence.startswith(
            "The journal is replaced by my old diary.moodlab, with 3 days."
        )
        page.question.buttons[0].click()

    run_desk(
        app,
        paths,
        (main_window(), restore),
        (main_window(), lambda main: said.append(main.page.notice.sentence)),
    )

    assert said[0].startswith("Restored my old diary.moodlab, with 3 days. The previous file")
    assert other.read_bytes() == content


def test_a_file_under_another_passphrase_asks_for_it_and_one_that_is_none_is_refused(
    encrypted: Window, tmp_path: Path
) -> None:
    page = encrypted.main.open_page("safety")
    other = tmp_path / "stick.moodlab"
    Journal.create(other, key=make_key("another one")).close()
    page.backups.restore_file(other)
    assert page.backups.form is not None
    fill(page.backups.form, "another one")
    wait_until(lambda: page.backups.question.buttons)
    assert "open with the passphrase of that backup" in page.backups.question.sentence

    odd = tmp_path / "odd.moodlab"
    odd.write_text("a text\n" * 600)
    page.backups.restore_file(odd)
    wait_until(lambda: page.notice.sentence)
    assert "odd.moodlab" in page.notice.sentence


def test_the_menu_prints_the_recovery_sheet_once_the_passphrase_is_right(
    encrypted: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "moodlab.ui.widgets.paper.printing.ask_how_to_print",
        lambda _parent, _size, count, _do: asked.append(count),
    )
    section = encrypted.main.open_page("safety").passphrase
    encrypted.main.print_page()
    fill(section.form, PASSPHRASE)
    wait_until(lambda: section.question.buttons)
    assert asked == []
    section.question.buttons[0].click()

    assert asked == [1]
    assert section.question.isHidden()
