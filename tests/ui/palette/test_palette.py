"""The command palette, by keys, mouse and ears: issue 11 item 9."""

import inspect
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.charts import ALL as CHARTS
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.i18n import translate_marked
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.page_registry import ALL as PAGES
from moodlab.ui.palette import providers
from moodlab.ui.palette.entry import Entry, Provider
from moodlab.ui.palette.matching import MOST, find_entries
from moodlab.ui.palette.palette import Palette
from tests import diaries
from tests.moments import days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(
        "moodlab.ui.palette.palette.announce", lambda _widget, text: texts.append(text)
    )
    return texts


def open_palette(window: Window) -> Palette:
    press("K", modifier=CTRL)
    palette = window.main.findChild(Palette)
    palette.activateWindow()
    wait_until(palette.isActiveWindow)
    return palette


def go_to(window: Window, text: str) -> None:
    """Type it into the palette and press Enter."""
    palette = open_palette(window)
    QTest.keyClicks(palette.field, text)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    wait_until(lambda: window.main.findChild(Palette) is None)
    window.main.activateWindow()
    wait_until(window.main.isActiveWindow)


def test_what_is_typed_before_the_palette_has_the_keyboard_goes_into_it(window: Window) -> None:
    press("K", modifier=CTRL)
    palette = window.main.findChild(Palette)
    for key in (Qt.Key.Key_3, Qt.Key.Key_Space, Qt.Key.Key_N):
        QTest.keyClick(window.main.windowHandle(), key)

    assert palette.field.text() == "3 n"
    assert window.main.page.form.rows[0].tab_stop.number == 0


def titles(palette: Palette) -> list[str]:
    return [entry.title for entry in palette.list.entries]


def entry(title: str, also: str = "") -> Entry:
    return Entry(title, title, "", lambda: None, also)


# What is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mo", ["Mood", "Motivation", "Less motion"]),
        ("less mo", ["Less motion"]),
        ("MOOD", ["Mood"]),
        ("over", ["Großes Café"]),
        ("cafe", ["Großes Café"]),
        ("mtv", ["Motivation"]),
        ("lsm", ["Less motion"]),
        ("mv", []),
        ("qq", []),
    ],
)
def test_beginnings_of_words_come_before_letters_in_order(text: str, found: list[str]) -> None:
    entries = [
        entry("Less motion"), entry("Mood"), entry("Motivation"), entry("Großes Café", "overseas"),
    ]  # fmt: skip

    assert [each.title for each in find_entries(text, entries)] == found


def test_of_those_that_match_alike_the_recent_ones_come_first() -> None:
    entries = [entry("Mood"), entry("Motivation"), entry("Months")]

    found = find_entries("mo", entries, recent=("Months", "Motivation"))
    assert [each.title for each in found] == ["Months", "Motivation", "Mood"]
    assert find_entries("", entries, recent=("Motivation",))[0].title == "Motivation"


def test_at_most_twelve_are_shown_and_what_is_typed_comes_first() -> None:
    entries = [entry(f"Mood {number}") for number in range(40)]

    found = find_entries("mood", entries, [entry("typed")])

    assert len(found) == MOST
    assert found[0].title == "typed"


def test_every_kind_in_the_folder_is_in_the_registry() -> None:
    folder = Path(inspect.getfile(providers)).parent

    assert sorted(providers.ALL) == sorted(
        each.stem for each in folder.glob("*.py") if each.stem != "__init__"
    )
    assert all(isinstance(each, Provider) for each in providers.all_providers())


# Where it leads


def test_every_page_is_found_and_opened(window: Window) -> None:
    for page in PAGES:
        go_to(window, page.shown_title)
        assert page.id == window.main.page.ID


@pytest.mark.parametrize("text", ["3 nov", "3.11.", "2025-11-03"])
def test_a_day_is_opened_as_it_is_typed(window: Window, text: str) -> None:
    go_to(window, text)

    assert window.main.page.place == "2025-11-03"


def test_a_day_is_shown_in_the_calendar_too(window: Window) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "3 nov")
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    wait_until(lambda: window.main.page.ID == "history")

    assert window.main.page.place == "2025-11-03"


def test_a_rating_leads_to_its_row_also_on_a_short_day(window: Window) -> None:
    window.main.open_page("labs")
    window.session.prefer(short_version=True)
    go_to(window, "motiv")

    page = window.main.page
    assert page.form.row_of("motivation").has_focus()


def test_a_metric_leads_to_its_course_and_a_chart_to_itself(window: Window) -> None:
    go_to(window, "pleas over")
    assert window.main.page.place == "one_metric pleasure"

    chart = CHARTS[0]
    go_to(window, translate_marked(chart.name))
    assert window.main.page.place.split(" ")[0] == chart.id


def test_a_questionnaire_leads_to_its_sheet(window: Window) -> None:
    go_to(window, "gad7")

    page = window.main.page
    assert page.sheet.instrument.name == "GAD-7"
    assert page.sheet.rows[0].isAncestorOf(QApplication.focusWidget())


def test_a_test_leads_to_its_results_or_to_its_form(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.labs.save(diaries.lab(days_ago(9), "3.1"))
    journal.labs.save(diaries.lab(days_ago(3), "2.4"))
    window = open_window()
    go_to(window, "crp")
    labs = window.main.page
    assert labs.list.tests.currentData() == "crp"
    assert labs.table.hasFocus()

    go_to(window, "ferr")
    assert labs.form.test.test_id == "ferritin"


def test_a_treatment_is_found_by_its_name(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.treatments.save(
        Treatment("t1", "Sertraline", TreatmentKind.MEDICINE, (Dose("d1", days_ago(9), "50 mg"),))
    )
    palette = open_palette(open_window())
    QTest.keyClicks(palette.field, "sertr")

    assert titles(palette) == ["Sertraline"]


def test_what_the_menus_can_do_is_done(window: Window) -> None:
    go_to(window, "dark")
    assert window.session.settings.theme == "dark"
    go_to(window, "too unw")
    assert window.main.page.sheet.is_unwell


def test_what_a_page_can_do_is_done_from_another(window: Window) -> None:
    window.main.open_page("labs")
    go_to(window, "write a note")

    assert window.main.page.ID == "today"
    assert window.main.page.footer.note.editor.hasFocus()


def test_what_asks_only_opens_its_question(window: Window) -> None:
    go_to(window, "pause")

    assert window.session.journal.pauses.read() is None
    dialog = next(each for each in QApplication.topLevelWidgets() if each.isModal())
    assert dialog.windowTitle() == "Pause logging"
    dialog.close()


def test_each_entry_says_where_it_leads_and_is_one_of_its_kind(window: Window) -> None:
    palette = open_palette(window)

    assert all(each.title and each.leads for each in palette._entries)
    ids = [each.id for each in palette._entries]
    assert len(ids) == len(set(ids))
    assert "Ctrl+L" in [each.keys for each in palette._entries if each.title == "Lock"]


# How it is handled


def test_esc_leaves_the_keyboard_where_it_was(window: Window) -> None:
    before = QApplication.focusWidget()
    palette = open_palette(window)
    assert QApplication.focusWidget() is palette.field
    press(Qt.Key.Key_Escape)
    window.main.activateWindow()
    wait_until(window.main.isActiveWindow)

    assert QApplication.focusWidget() is before


def test_the_key_works_in_a_line_that_is_being_typed(window: Window) -> None:
    labs = window.main.open_page("labs")
    labs.form.value.setFocus()
    QTest.keyClicks(labs.form.value, "12")
    labs.form.value.setCursorPosition(0)
    open_palette(window)

    assert labs.form.value.text() == "12"


def test_arrows_move_the_choice_and_go_round(window: Window, heard: list[str]) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "mo")
    count = len(palette.list.entries)
    press(Qt.Key.Key_Down)
    assert palette.list.current.title == "Motivation"
    assert heard[-1] == f"Motivation, Its row on Today, 2 of {count}"
    press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert palette.list.current is palette.list.entries[-1]
    press(Qt.Key.Key_PageUp)
    assert palette.list.current is palette.list.entries[0]
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is palette.field


def test_what_is_found_is_told(window: Window, heard: list[str]) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "fatig")
    assert heard[-1] == "2 found. Fatigue, Its row on Today"
    QTest.keyClicks(palette.field, "ue over")
    assert heard[-1] == "1 found. Fatigue over time, Trends"
    QTest.keyClicks(palette.field, "zz")
    assert heard[-1] == "Nothing found. Try fewer letters."
    assert not palette.list.isVisible()
    press(Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_screen_reader_finds_a_list_with_what_each_entry_says(window: Window) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "fatig")

    seen = QAccessible.queryAccessibleInterface(palette.list)
    assert seen.role() is QAccessible.Role.List
    assert seen.text(QAccessible.Text.Name) == "Results"
    assert seen.child(0).text(QAccessible.Text.Name) == "Fatigue, Its row on Today"


def test_a_click_takes_what_is_under_the_pointer(window: Window) -> None:
    palette = open_palette(window)
    QTest.keyClicks(palette.field, "labs")
    index = palette.list.model().index(0, 0)
    spot = palette.list.visualRect(index).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    wait_until(lambda: window.main.page.ID == "labs")


def test_what_was_chosen_comes_first_the_next_time(window: Window) -> None:
    go_to(window, "trends")
    palette = open_palette(window)

    assert titles(palette)[0] == "Trends"


@pytest.mark.parametrize("size", [(480, 320), (1366, 768)])
def test_it_stands_within_the_window(window: Window, size: tuple[int, int]) -> None:
    window.main.resize(*size)
    palette = open_palette(window)

    assert palette.height() <= window.main.height()
    assert palette.width() <= window.main.width()


def test_nothing_of_the_journal_stands_in_the_title_and_only_names_are_read(
    window: Window,
) -> None:
    asked: list[str] = []
    window.session.journal.ledger.connection.set_trace_callback(asked.append)
    palette = open_palette(window)
    window.session.journal.ledger.connection.set_trace_callback(None)

    assert palette.windowTitle() == "Go to"
    whole = ("FROM rating", "FROM day", "FROM lab_result", "FROM as_needed", "FROM dose")
    assert [each for each in asked if any(table in each for table in whole)] == []


def test_it_opens_in_a_tenth_of_a_second(window: Window) -> None:
    took = []
    for _ in range(4):  # its modules are loaded the first time
        begun = time.thread_time()  # a busy machine must not fail it
        press("K", modifier=CTRL)
        window.main.findChild(Palette).grab()
        took.append(time.thread_time() - begun)
        window.main.findChild(Palette).reject()
        wait_until(lambda: window.main.findChild(Palette) is None)
        window.main.activateWindow()
        wait_until(window.main.isActiveWindow)

    assert min(took) < 0.1


def test_a_setting_is_found_by_its_name_and_by_other_words(window: Window) -> None:
    go_to(window, "decimal")
    page = window.main.page
    assert page.ID == "settings"
    row = next(row for row in page.rows if row.row.id == "decimal_sign")
    assert row.isAncestorOf(QApplication.focusWidget())
    go_to(window, "usb stick")
    backups = next(row for row in page.rows if row.row.id == "backups")
    assert backups.isAncestorOf(QApplication.focusWidget())
