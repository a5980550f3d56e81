"""The menus as people know them: journals, text fields, printing, About."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from moodlab import __version__
from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings, read_settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.transition import Opening
from moodlab.ui.opening.unopened import UnopenedScreen
from moodlab.ui.opening.welcome import WelcomeScreen
from moodlab.ui.shell.actions import page_action
from moodlab.ui.shell.menu.about import PARTS, AboutDialog
from moodlab.ui.shell.menu.journals import begin_another, fill_recent_menu, open_another
from tests.ui.opening.test_first_start import PLAIN, main_window, run_desk
from tests.ui.waiting import wait_until

CTRL = Qt.KeyboardModifier.ControlModifier


def menu(window: Window, number: int) -> QMenu:
    return window.main.menuBar().actions()[number].menu()


def entry(window: Window, number: int, text: str) -> QAction:
    shown = menu(window, number)
    shown.aboutToShow.emit()
    return next(each for each in shown.actions() if each.text().replace("&", "") == text)


def offered(window: Window) -> list[str]:
    """Return what Edit offers for text now."""
    shown = menu(window, 1)
    shown.aboutToShow.emit()
    texts = {each.text().replace("&", ""): each.isEnabled() for each in shown.actions()}
    return [text for text in ("Cut", "Copy", "Paste", "Select all") if texts[text]]


def test_the_file_menu_has_what_people_look_for(window: Window) -> None:
    texts = [each.text().replace("&", "") for each in menu(window, 0).actions() if each.text()]

    assert texts == [
        "New…", "Open…", "Open recent", "New treatment", "New event", "New question",
        "Back up now…", "Restore…", "Import…", "Export", "Print…",
        "Lock", "Quit",
    ]  # fmt: skip


def test_edit_works_on_the_field_that_has_the_keyboard(window: Window) -> None:
    QApplication.clipboard().clear()
    page = window.main.open_page("report")
    field = page.questions.field
    field.setFocus()
    assert offered(window) == []
    QTest.keyClicks(field, "ask this")
    assert offered(window) == ["Select all"]
    entry(window, 1, "Select all").trigger()
    assert offered(window) == ["Cut", "Copy", "Select all"]

    entry(window, 1, "Cut").trigger()
    assert field.text() == ""
    assert offered(window) == ["Paste"]
    entry(window, 1, "Paste").trigger()
    assert field.text() == "ask this"


def test_edit_remembers_the_field_while_the_menu_bar_has_the_keyboard(window: Window) -> None:
    editor = window.main.page.footer.note.editor
    editor.setFocus()
    QTest.keyClicks(editor, "rain")
    window.main.menuBar().setFocus()

    assert "Select all" in offered(window)
    entry(window, 1, "Select all").trigger()
    assert editor.textCursor().selectedText() == "rain"


def test_hidden_text_is_never_copied(window: Window) -> None:
    page = window.main.open_page("safety")
    page.passphrase.set.click()
    field = page.passphrase.form.secrets.fields[0]
    field.setFocus()
    QTest.keyClicks(field, "words")
    field.selectAll()

    assert {"Cut", "Copy"} & set(offered(window)) == set()


def test_buttons_have_nothing_to_cut(window: Window) -> None:
    window.main.open_page("safety").passphrase.set.setFocus()

    assert offered(window) == []


def test_find_is_offered_only_where_a_page_has_something_to_find(window: Window) -> None:
    found: list[bool] = []
    assert not entry(window, 1, "Find…").isEnabled()
    labs = window.main.open_page("help")
    labs.addAction(page_action(labs, "Find here", lambda: found.append(True), ["Ctrl+F"]))
    window.main.open_page("help")

    find = entry(window, 1, "Find…")
    assert find.isEnabled()
    find.trigger()
    QTest.keyClick(window.main.windowHandle(), Qt.Key.Key_F, CTRL)
    assert found == [True, True]


def test_about_names_version_and_licences_and_esc_closes_it(window: Window) -> None:
    entry(window, 3, "About MoodLab").trigger()
    dialog = window.main.findChild(AboutDialog)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert f"MoodLab {__version__}" in texts
    assert any("MIT licence" in text for text in texts)
    for name, _package, licence in PARTS:
        assert name in " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")
        assert licence in " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_package_that_is_needed_is_named(window: Window) -> None:
    import tomllib

    import moodlab

    root = Path(moodlab.__file__).parent.parent.parent
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {line.replace("<", ">").split(">")[0] for line in project["dependencies"]}

    assert needed == {package for _name, package, _licence in PARTS if package}


def test_the_lock_hides_about_too(window: Window) -> None:
    entry(window, 3, "About MoodLab").trigger()
    window.lock()

    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window.main]


def test_print_leads_from_any_page_to_the_report(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "moodlab.ui.widgets.paper.printing.ask_how_to_print",
        lambda _parent, _size, count, _do: asked.append(count),
    )
    window.main.menuBar()
    QTest.keyClick(window.main.windowHandle(), Qt.Key.Key_P, CTRL)

    assert window.main.page.ID == "report"
    wait_until(lambda: asked)
    assert len(asked) == 1


def test_the_open_journal_is_not_opened_again(window: Window) -> None:
    path = window.session.journal.path
    open_another(window.main, window.session, path)

    assert window.transition is None
    assert window.main.page.footer.message.text() == f"{path.name} is open already."


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(data_dir=str(tmp_path / "data"))


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Journal.create(path).close()
    return path


def go_to(path: Path) -> Callable[[MainWindow], None]:
    return lambda main: open_another(main, main.session, path)


def recent_entries(main: MainWindow) -> list[QAction]:
    shown = QMenu()
    fill_recent_menu(shown, main, main.session)
    main.shown = shown
    return [each for each in shown.actions() if each.text()]


def test_another_journal_is_opened_and_both_are_offered_again(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    make(paths.journal)
    other = make(tmp_path / "a & b.moodlab")
    seen: list[list[str]] = []

    def look(main: MainWindow) -> None:
        assert main.session.journal.path == other
        seen.append([each.text() for each in recent_entries(main)])
        recent_entries(main)[0].trigger()

    run_desk(
        app,
        paths,
        (main_window(), go_to(other)),
        (main_window(), look),
        (main_window(), lambda main: seen.append([each.text() for each in recent_entries(main)])),
    )

    assert seen[0][0].startswith("journal.moodlab in ")
    assert seen[1][0].startswith("a && b.moodlab in ")
    assert seen[1][1] == "&Clear this list"
    kept = read_settings(paths.settings)
    assert kept.recent == (str(paths.journal), str(other))
    assert kept.journal == str(paths.journal)


def test_the_list_of_recent_journals_is_cleared(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    make(paths.journal)
    other = make(tmp_path / "other.moodlab")
    run_desk(
        app,
        paths,
        (main_window(), go_to(other)),
        (main_window(), lambda main: recent_entries(main)[-1].trigger()),
    )

    assert read_settings(paths.settings).recent == ()


def test_at_most_five_are_kept(app: QApplication, paths: Paths, tmp_path: Path) -> None:
    make(paths.journal)
    others = [make(tmp_path / f"{number}.moodlab") for number in range(6)]
    run_desk(
        app,
        paths,
        *((main_window(), go_to(other)) for other in others),
        (main_window(), lambda main: None),
    )

    assert read_settings(paths.settings).recent == tuple(map(str, reversed(others[1:])))


def test_a_journal_named_by_a_script_is_not_listed(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    named = make(tmp_path / "named.moodlab")
    other = make(tmp_path / "other.moodlab")
    third = make(tmp_path / "third.moodlab")
    given = find_paths(str(named), str(paths.settings.parent))
    run_desk(
        app,
        given,
        (main_window(), go_to(other)),
        (main_window(), go_to(third)),
        (main_window(), lambda main: None),
    )

    assert read_settings(paths.settings).recent == (str(third), str(other))


def test_who_has_one_journal_has_no_list(app: QApplication, paths: Paths) -> None:
    make(paths.journal)
    run_desk(app, paths, (main_window(), lambda main: None))

    assert read_settings(paths.settings).recent == ()


def test_a_new_diary_begins_beside_this_one_and_leads_back(app: QApplication, paths: Paths) -> None:
    make(paths.journal)
    new = paths.journal.with_name("journal-2.moodlab")

    def begin(main: MainWindow) -> None:
        begin_another(main, main.session)

    def go_back(screen: WelcomeScreen) -> None:
        assert screen.where.text() == str(new)
        screen.back.click()

    run_desk(
        app,
        paths,
        (main_window(), begin),
        (WelcomeScreen, go_back),
        (main_window(), begin),
        (WelcomeScreen, lambda screen: screen.start.click()),
        *PLAIN,
        (main_window(), lambda main: main.session.journal.path == new or 1 / 0),
    )

    assert read_settings(paths.settings).journal == str(new)


def test_a_file_that_is_no_journal_leads_back_to_the_one_before(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    make(paths.journal)
    odd = tmp_path / "odd.moodlab"
    odd.write_text("no journal at all\n" * 300)
    back: list[Path] = []
    run_desk(
        app,
        paths,
        (main_window(), go_to(odd)),
        (UnopenedScreen, lambda screen: screen.back.click()),
        (main_window(), lambda main: back.append(main.session.journal.path)),
    )

    assert back == [paths.journal]
    assert read_settings(paths.settings).recent == ()


def test_a_lock_after_opening_another_leads_to_that_one(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    make(paths.journal)
    other = make(tmp_path / "other.moodlab")
    here: list[Opening | None] = []
    run_desk(
        app,
        paths,
        (main_window(), go_to(other)),
        (main_window(), lambda main: here.append(main.session.opening.back)),
    )

    assert here == [None]


def test_what_settings_hold_of_recent_journals_is_read_with_care(tmp_path: Path) -> None:
    kept = tmp_path / "settings.json"
    kept.write_text('{"recent": ["/a", 3, "/b"], "theme": "dark"}')
    assert read_settings(kept) == Settings(theme="dark", recent=("/a", "/b"))
    kept.write_text('{"recent": "/a"}')
    assert read_settings(kept) == Settings()


def test_the_keys_of_the_menus_are_all_different(window: Window) -> None:
    keys = [
        key.toString()
        for number in range(4)
        for action in menu(window, number).actions()
        for key in action.shortcuts()
    ]

    assert len(keys) == len(set(keys))
    assert QKeySequence("Ctrl+P").toString() in keys
