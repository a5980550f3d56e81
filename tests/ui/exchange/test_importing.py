"""A file comes in through the window: looked at first, written only then, taken back whole."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from moodlab.paths import Paths, find_paths
from moodlab.settings import Settings
from moodlab.store.backups.backup import BackupFailed
from moodlab.store.backups.names import list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from moodlab.ui.application import Window, make_application
from moodlab.ui.exchange import actions as exchange_actions
from moodlab.ui.exchange.import_screen import ImportScreen
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.transition import Import, Lock, Opening
from tests.exchange.fhir.fhir_files import bundle, lines, observation, save
from tests.ui.conftest import press
from tests.ui.opening.test_first_start import run_desk
from tests.ui.waiting import wait_until

KEY = Key(b"k" * 32, b"\x80" + b"s" * 15)
TWO_PEOPLE = [
    observation("3.1", subject={"reference": "Patient/a"}),
    observation("4.1", on="2025-01-05", subject={"reference": "Patient/b"}),
]
MAPPING = """
[file]
name = "table"
date = "date"
[columns.mood]
column = "mood"
low = 0
high = 10
several = "last"
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = find_paths(data_dir=str(tmp_path / "data"))
    paths.journal.parent.mkdir(exist_ok=True)
    with Journal.create(paths.journal) as journal:
        journal.days.rate(journal.today(), "mood", 5000)
    return paths


@pytest.fixture
def look_at(app: QApplication, paths: Paths) -> Iterator[Callable[..., ImportScreen]]:
    """Show a file on the screen, and wait until it was read."""
    made: list[ImportScreen] = []

    def look(path: Path, *, key: Key | None = None, waits: bool = True) -> ImportScreen:
        screen = ImportScreen(Import(Opening(paths, key, page="trends"), path))
        made.append(screen)
        screen.show()
        screen.activateWindow()
        QTest.qWaitForWindowActive(screen)
        screen.look_at()
        if waits:
            read(screen)
        return screen

    yield look
    for screen in made:
        wait_until(lambda shown=screen: not shown.is_working)
        screen.hide()
        screen.deleteLater()


def read(screen: ImportScreen) -> None:
    wait_until(lambda: not screen.is_working)


def decided(screen: ImportScreen) -> Any:
    wait_until(lambda: screen._decided is not None)
    return screen._decided


def results(paths: Paths, key: Key | None = None) -> list[str]:
    with Journal.open(paths.journal, key=key) as journal:
        return sorted(result.printed_with_unit for result in journal.labs.read_all())


def fingerprint(paths: Paths) -> str:
    return hashlib.sha256(paths.journal.read_bytes()).hexdigest()


def portal(folder: Path, *resources: dict[str, Any]) -> Path:
    return save(folder / "portal.json", bundle(resources))


def test_what_would_come_is_shown_with_the_refusals_before_anything_is_written(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    before = fingerprint(paths)
    screen = look_at(
        portal(
            tmp_path,
            observation("0.3", comparator="<"),
            observation("0.31", unit="mg/dL", on="2025-02-01"),
            observation("3.1", unit="mmol/L", on="2025-02-02"),
            {"resourceType": "Patient"},
        )
    )

    assert screen.preview.sentence == (
        "2 results are new. 1 entry is no lab result and stays out. 1 can't be imported."
    )
    shown = screen.preview.new.model().table.rows
    assert [row[2] for row in shown] == ["0.31 mg/dL (= 3.1 mg/L)", "<0.3 mg/L"]
    refused = screen.preview.problems.model().table.rows
    assert [row[0] for row in refused] == ["entry 3"]
    assert "CRP can't be entered in “mmol/L”" in refused[0][1]
    assert screen.take.text() == "Import 2"
    assert QApplication.focusWidget() is screen.take
    assert fingerprint(paths) == before


def test_enter_takes_it_in_after_a_copy_and_leads_to_the_results(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    screen = look_at(portal(tmp_path, observation("3.1"), observation("4", on="2025-02-01")))
    press(Qt.Key.Key_Return)

    opening = decided(screen)
    assert (opening.page, opening.greeting.said) == ("labs", "2 new results are in.")
    assert opening.greeting.offers_undo
    assert results(paths) == ["3.1 mg/L", "4 mg/L"]
    assert [copy.reason for copy in list_backups(paths.journal)] == ["before-import"]


def test_leaving_it_writes_nothing_and_goes_back_to_the_page(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    before = fingerprint(paths)
    screen = look_at(portal(tmp_path, observation("3.1")))
    press(Qt.Key.Key_Escape)

    assert decided(screen) == Opening(paths, page="trends")
    assert fingerprint(paths) == before


def test_a_file_that_brings_nothing_new_offers_nothing_but_the_way_back(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    path = portal(tmp_path, observation("3.1"))
    look_at(path).take_in()
    wait_until(lambda: results(paths))

    screen = look_at(path)

    assert screen.preview.sentence == "0 entries are new. 1 is here already."
    assert screen.take.isHidden()
    assert screen.back.text() == "Back"


def test_a_file_with_nothing_for_a_journal_says_so(look_at, tmp_path: Path) -> None:
    screen = look_at(portal(tmp_path, {"resourceType": "Patient"}))

    assert screen.preview.sentence == (
        "It contains nothing that MoodLab can import. 1 entry is no lab result and stays out."
    )
    assert screen.take.isHidden()


def test_results_of_several_people_are_asked_about(look_at, paths: Paths, tmp_path: Path) -> None:
    screen = look_at(portal(tmp_path, *TWO_PEOPLE))

    assert screen.trouble.text() == "The file names 2 people. Are all results in it yours?"
    assert screen.preview.isHidden()
    screen.answer.click()
    read(screen)
    assert screen.take.text() == "Import 2"
    assert results(paths) == []


def test_a_test_that_has_only_its_name_comes_in_when_the_person_says_so(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    unnamed = observation("9", code="", name="CRP", on="2025-02-01")
    screen = look_at(portal(tmp_path, observation("3.1"), unnamed))

    assert screen.take.text() == "Import 1"
    assert screen.answer.text() == "Yes, it is this test"
    screen.answer.click()
    read(screen)
    assert screen.take.text() == "Import 2"
    assert screen.answer.isHidden()


def test_what_a_lab_withdraws_is_taken_out_when_the_person_says_so(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    look_at(portal(tmp_path, observation("3.1", id="o"))).take_in()
    wait_until(lambda: results(paths))

    screen = look_at(portal(tmp_path, observation("3.1", id="o", status="entered-in-error")))
    reasons = [row[1] for row in screen.preview.problems.model().table.rows]
    assert reasons == [
        "CRP, 2025-03-04: The lab withdrew this result. "
        "It is in the journal as 3.1 mg/L. Take it out?"
    ]
    assert screen.take.isHidden()
    assert screen.answer.text() == "Yes, take it out"
    screen.answer.click()
    read(screen)
    assert screen.preview.sentence == "0 entries are new. The lab withdrew 1."
    screen.take.click()
    assert decided(screen).greeting.said == "0 new entries are in. The lab withdrew 1."
    assert results(paths) == []


def test_another_person_than_before_is_asked_about(look_at, paths: Paths, tmp_path: Path) -> None:
    look_at(portal(tmp_path, TWO_PEOPLE[0])).take_in()
    wait_until(lambda: results(paths))

    screen = look_at(portal(tmp_path, TWO_PEOPLE[1]))
    assert "another person than your earlier files" in screen.trouble.text()
    screen.answer.click()
    read(screen)
    assert screen.take.text() == "Import 1"


@pytest.mark.parametrize(("choice", "kept"), [(0, "3.1 mg/L"), (1, "4.1 mg/L")])
def test_where_file_and_journal_differ_the_person_chooses(
    look_at, paths: Paths, tmp_path: Path, choice: int, kept: str
) -> None:
    mark = [{"system": "urn:lab", "value": "1"}]
    look_at(portal(tmp_path, observation("3.1", identifier=mark))).take_in()
    wait_until(lambda: results(paths))

    screen = look_at(portal(tmp_path, observation("4.1", identifier=mark)))
    assert "1 says something else than the journal, or was deleted here." in screen.preview.sentence
    assert screen.take.isHidden()
    screen.preview.choice.choose(choice)
    screen.preview.choice.chosen.emit(choice)

    assert screen.take.isHidden() == (choice == 0)
    if choice:
        screen.take.click()
        assert decided(screen).greeting.said == "0 new entries are in. 1 was replaced."
    assert results(paths) == [kept]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"resourceType": "Bundle", "entry": [{"res', "It is not readable JSON: see line 1."),
        (b"PK\x03\x04 nothing", "It is not a complete zip archive."),
        (b"{}", "x.json is not a journal exported by MoodLab."),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_leads_back(
    look_at, paths: Paths, tmp_path: Path, content: bytes, sentence: str
) -> None:
    before = fingerprint(paths)
    path = tmp_path / "x.json"
    path.write_bytes(content)
    screen = look_at(path)

    assert screen.trouble.text().startswith(sentence)
    assert screen.trouble.property("role") == "error"
    assert [button.isHidden() for button in (screen.take, screen.answer)] == [True, True]
    assert fingerprint(paths) == before


def test_a_file_that_is_gone_is_named(look_at, tmp_path: Path) -> None:
    assert look_at(tmp_path / "gone.json").trouble.text() == "File not found: gone.json."


def test_a_table_asks_for_its_mapping(look_at, paths: Paths, tmp_path: Path) -> None:
    table, mapping = tmp_path / "days.csv", tmp_path / "days.toml"
    table.write_text("date,mood\n2025-01-01,4\n2025-01-02,6\n2025-01-03,x\n")
    mapping.write_text(MAPPING)
    screen = look_at(table)

    assert screen.trouble.text().startswith("A table needs a mapping file")
    assert "[columns.mood]" in screen.trouble.text()
    assert screen.answer.text() == "Choose the mapping file…"
    screen.map_with(mapping)
    read(screen)
    assert screen.preview.sentence == "2 entries are new. 1 can't be imported."
    assert screen.preview.table.text() == (
        "Days: 1 Jan – 2 Jan 2025. Days with a rating: Mood\u00a02. Rows read: 3."
        " Without a time of writing: 2."
    )
    screen.take.click()
    opening = decided(screen)
    assert (opening.page, opening.greeting.said) == ("trends", "2 new entries are in.")


def test_a_mapping_that_was_mended_is_chosen_again(look_at, paths: Paths, tmp_path: Path) -> None:
    table, mapping = tmp_path / "days.csv", tmp_path / "days.toml"
    table.write_text("date,mood\n05/13/2025,4\n05/12/2025,6\n")
    mapping.write_text(MAPPING)
    screen = look_at(table)
    screen.map_with(mapping)
    read(screen)
    assert "is not a date" in screen.preview.problems.model().table.rows[0][1]
    assert (screen.answer.text(), screen.answer.isHidden()) == ("Choose the mapping file…", False)

    mapping.write_text(MAPPING.replace("[columns", 'date_format = "%d/%m/%Y"\n[columns'))
    screen.map_with(mapping)
    read(screen)
    assert 'write date_format = "%m/%d/%Y"' in screen.trouble.text()
    assert screen.preview.isHidden()
    assert screen.answer.text() == "Choose the mapping file…"

    mapping.write_text(MAPPING.replace("[columns", 'date_format = "%m/%d/%Y"\n[columns'))
    screen.map_with(mapping)
    read(screen)
    assert screen.preview.sentence == "2 entries are new."
    assert screen.preview.isVisible()
    assert screen.preview.problems.isHidden()


def test_stopping_a_long_reading_keeps_nothing_and_goes_back(
    look_at, paths: Paths, tmp_path: Path
) -> None:
    before = fingerprint(paths)
    path = tmp_path / "long.ndjson"
    path.write_bytes(lines(observation(f"{n}", on=f"20{n % 20:02d}-01-01") for n in range(4000)))
    screen = look_at(path, waits=False)
    wait_until(lambda: screen.progress.value() > 10)
    assert screen.progress.maximum() == 100
    screen.close()  # while it works, closing only stops it

    assert decided(screen) == Opening(paths, page="trends")
    assert fingerprint(paths) == before


def test_stopping_while_it_is_written_keeps_nothing(look_at, paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "long.ndjson"
    path.write_bytes(lines(observation(f"{n}", on=f"20{n % 20:02d}-01-01") for n in range(4000)))
    screen = look_at(path)
    screen.take.click()
    wait_until(lambda: 55 < screen.progress.value() < 100)
    press(Qt.Key.Key_Escape)
    read(screen)

    assert results(paths) == []
    assert screen.trouble.text() == "Stopped. Nothing was changed."
    assert not screen.take.isHidden()


def test_where_no_copy_can_be_made_it_asks_before_it_goes_on(
    look_at, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise BackupFailed("No backup could be made: the disk is full.")

    monkeypatch.setattr("moodlab.store.backups.backup.make_backup", fail)
    screen = look_at(portal(tmp_path, observation("3.1")))
    screen.take.click()
    read(screen)

    assert screen.trouble.text() == (
        "No backup could be made: the disk is full. Continue without a backup?"
    )
    assert results(paths) == []
    screen.answer.click()
    decided(screen)
    assert results(paths) == ["3.1 mg/L"]


@pytest.mark.parametrize("is_working", [True, False])
def test_locking_hides_it_at_once_and_writes_nothing(
    look_at, paths: Paths, tmp_path: Path, is_working: bool
) -> None:
    before = fingerprint(paths)
    path = tmp_path / "long.ndjson"
    path.write_bytes(lines(observation(f"{n}", on=f"20{n % 20:02d}-01-01") for n in range(4000)))
    screen = look_at(path, waits=not is_working)
    press("L", modifier=Qt.KeyboardModifier.ControlModifier)

    assert screen.frame.isHidden()
    assert decided(screen) == Lock(paths)
    assert fingerprint(paths) == before


def test_an_encrypted_journal_takes_a_file_in(app: QApplication, look_at, tmp_path: Path) -> None:
    paths = find_paths(data_dir=str(tmp_path / "data"))
    paths.journal.unlink(missing_ok=True)
    Journal.create(paths.journal, key=KEY).close()
    screen = look_at(portal(tmp_path, observation("3.1")), key=KEY)
    screen.take.click()

    assert decided(screen).key == KEY
    assert results(paths, KEY) == ["3.1 mg/L"]
    assert b"mg/L" not in paths.journal.read_bytes()


def test_from_the_menu_through_the_screen_to_the_results_and_back_by_undo(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    path = portal(tmp_path, observation("3.1"), observation("0.3", comparator="<", on="2025-02-01"))
    seen: list[str] = []

    def import_it(main: MainWindow) -> None:
        main.open_page("labs")
        main.page.form.value.setText("17")
        main.page.form.value.setModified(True)
        exchange_actions.import_file(main.session, path, "labs")

    def accept(screen: ImportScreen) -> None:
        read(screen)
        screen.take.click()

    def take_back(main: MainWindow) -> None:
        seen.append(main.bars.news.sentence)
        seen.append(main.page.form.value.text())
        seen.append(str(len(main.page.table.model().table.rows)))
        main.bars.news.buttons[0].click()
        seen.append(str(len(main.page.table.model().table.rows)))
        seen.append(main.bars.news.sentence)

    run_desk(app, paths, (MainWindow, import_it), (ImportScreen, accept), (MainWindow, take_back))

    assert seen == ["2 new results are in.", "17", "2", "0", "Undone: an import."]


def test_the_page_of_results_leads_to_the_choice_of_a_file(
    open_window: Callable[..., Window], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = portal(tmp_path, observation("3.1"))
    offered: list[list[str]] = []

    def choose(_parent: object, _title: str, _folder: Path, filters: list[str], do: Any) -> None:
        offered.append(filters)
        do(path)

    monkeypatch.setattr(exchange_actions, "choose_file", choose)
    window = open_window(page="labs")
    window.main.page.bring.click()

    assert offered[0][0] == (
        "Files that MoodLab reads (*.csv *.json *.jsonl *.ndjson *.tsv *.txt *.zip)"
    )
    assert isinstance(window.transition, Import)
    assert window.transition.path == path
    assert window.transition.opening.page == "labs"


def test_a_journal_that_is_only_read_takes_no_file(
    app: QApplication, paths: Paths, tmp_path: Path
) -> None:
    journal = Journal.open(paths.journal, read_only=True)
    window = Window(app, journal, Settings(theme="light"), paths, Opening(paths))
    window.session.why_read_only = "This is a backup. You can read it but not change it."
    window.show()
    window.main.open_page("labs")
    window.main.ask_what_to_import()

    assert window.main.bars.news.sentence == (
        "This is a backup. You can read it but not change it."
    )
    window.main.hide()
    window.close()
    window.main.deleteLater()


def test_what_was_said_after_an_import_is_not_offered_again_after_the_next_step(
    app: QApplication, paths: Paths
) -> None:
    """A new passphrase must not come back with an Undo that would take back the import."""
    journal = Journal.open(paths.journal)
    said = Opening(paths, page="labs").saying("2 new results are in.", offers_undo=True)
    window = Window(app, journal, Settings(theme="light"), paths, said)
    window.show()
    assert [button.text() for button in window.main.bars.news.buttons] == ["Undo", "Close"]
    safety = window.main.open_page("safety")

    for here in (safety.passphrase._stay(), safety.backups._own()):
        assert here == Opening(paths, page="safety")
    window.main.hide()
    window.close()
    window.main.deleteLater()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_format_goes_out_from_the_menu(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    journal = window.session.journal
    journal.days.rate(journal.today(), "mood", 5000)
    asked: list[Path] = []

    def answer(_parent: object, _title: str, suggested: Path, _kind: str, do: Any) -> None:
        asked.append(tmp_path / suggested.name)
        do(asked[0])

    monkeypatch.setattr(exchange_actions, "choose_new_file", answer)
    menu = QMenu()
    exchange_actions.fill_export_menu(menu, window.main, window.session, window.worker)
    exchange_actions.fill_export_menu(menu, window.main, window.session, window.worker)
    assert len(menu.actions()) == 3
    menu.actions()[number].trigger()
    wait_until(lambda: asked[0].exists())

    assert asked[0].stat().st_size > 100
    assert asked[0].stat().st_mode & 0o077 == 0
    news = window.main.bars.news
    wait_until(lambda: news.sentence == f"Saved {asked[0].name}. It is not encrypted.")
    news.buttons[0].click()
    assert news.isHidden()


def test_the_screen_follows_a_larger_text(look_at, tmp_path: Path) -> None:
    make_application(Settings(theme="light", text_size=200))
    screen = look_at(portal(tmp_path, *[observation(f"{n + 1}", on=f"2025-01-{n + 1:02d}")
                                        for n in range(20)]))  # fmt: skip
    screen.resize(900, 700)
    QTest.qWait(20)

    assert screen.frame.horizontalScrollBar().maximum() == 0
    assert screen.take.width() >= screen.take.sizeHint().width()
    make_application(Settings(theme="light"))
