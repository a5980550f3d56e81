"""Settings: facts/ux §2.5 (8), §5.9, checks 45–49. Every change holds at once and stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QLabel, QProgressBar

from moodlab.preferences import CHOICES, FREE, REMEMBERED
from moodlab.settings import Settings, read_settings, write_settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.look.conventions import clock_text, conventions, decimal_text, use_conventions
from moodlab.ui.look.motion import be_busy
from moodlab.ui.look.style import look
from moodlab.ui.settings.page import SettingsPage
from moodlab.ui.settings.rows import ALL
from moodlab.ui.settings.setting_row import SettingRow
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.segments import Segments
from tests import diaries
from tests.moments import EVENING, TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(open_window: Callable[..., Window]) -> SettingsPage:
    return open_window(page="settings").main.page


def row_of(page: SettingsPage, name: str) -> SettingRow:
    return next(row for row in page.rows if row.row.id == name)


def choose(page: SettingsPage, name: str, index: int) -> None:
    """Pick a choice as a person does."""
    control = row_of(page, name).control
    if segments := control.findChildren(Segments):
        page.ensureWidgetVisible(segments[0])
        QTest.mouseClick(segments[0].buttons[index], Qt.MouseButton.LeftButton)
    else:
        (combo,) = control.findChildren(QComboBox)
        combo.setCurrentIndex(index)
        combo.activated.emit(index)


def shown(page: SettingsPage) -> list[str]:
    return [row.row.id for row in page.rows if row.isVisibleTo(page)]


def test_every_preference_has_its_row_and_its_values() -> None:
    fields = [row.field for row in ALL if row.field]

    assert set(fields) == set(Settings._fields) - REMEMBERED
    assert set(CHOICES) | FREE == set(fields)
    assert len({row.id for row in ALL}) == len(ALL)
    for name, choices in CHOICES.items():
        assert Settings()._asdict()[name] in [choice.value for choice in choices]


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_holds_at_once_outlasts_the_window_and_can_be_reset(
    open_window: Callable[..., Window], tmp_path: Path, name: str
) -> None:
    window = open_window(Settings(), page="settings")
    page, usual = window.main.page, Settings()._asdict()[name]
    row = row_of(page, name)
    assert not row.reset.isVisibleTo(page)
    for index, choice in reversed(list(enumerate(CHOICES[name]))):
        choose(page, name, index)
        assert window.session.settings._asdict()[name] == choice.value
        assert read_settings(tmp_path / "settings.json")._asdict()[name] == choice.value
        assert row.reset.isVisibleTo(page) == (choice.value != usual)
    choose(page, name, len(CHOICES[name]) - 1)
    if row.reset.isVisibleTo(page):
        row.reset.click()
    choose_other = next(i for i, each in enumerate(CHOICES[name]) if each.value != usual)
    choose(page, name, choose_other)
    row.reset.click()

    assert read_settings(tmp_path / "settings.json")._asdict()[name] == usual
    assert not row.reset.isVisibleTo(page)


def test_theme_and_text_size_change_the_window_at_once(page: SettingsPage) -> None:
    choose(page, "theme", 2)
    assert look().theme.name == "dark"
    choose(page, "text_size", 7)
    assert look().percent == 200


def test_reduced_motion_leaves_nothing_that_moves(page: SettingsPage) -> None:
    app = QApplication.instance()
    bar = QProgressBar(page)
    choose(page, "reduced_motion", 1)
    style = page.style()
    be_busy(bar)
    page.parentWidget().grab()

    assert style.styleHint(style.StyleHint.SH_Widget_Animation_Duration, None, page.search) == 0
    assert not app.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)
    assert app.cursorFlashTime() == 0
    assert bar.maximum() == 1
    moving = page.window().findChildren(QAbstractAnimation)
    assert [each for each in moving if each.duration() > 0] == []
    choose(page, "reduced_motion", 0)
    be_busy(bar)
    assert app.cursorFlashTime() > 0
    assert bar.maximum() == 0


def test_the_clock_is_used_wherever_a_time_is_shown(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(TODAY, "mood", 6500)
    journal.close()
    window = open_window(Settings(clock="24"))
    main = window.main
    today = main.page
    assert today.footer.saved.text() == "Saved 21:00 · 1 of 7"

    choose(main.open_page("settings"), "clock", 2)
    main.open_page("today")
    assert today.footer.saved.text() == "Saved 9:00 pm · 1 of 7"
    assert clock_text(EVENING.replace(hour=0, minute=5)) == "12:05 am"


def test_the_decimal_sign_is_used_on_today_in_trends_and_its_table_and_never_on_the_page(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    for number in range(20):
        journal.days.rate(days_ago(number), "mood", 6500)
    journal.labs.save(diaries.lab(TODAY, "3.1"))
    journal.close()
    window = open_window(Settings(decimal_sign="point"), page="trends")
    main = window.main
    trends = main.page
    wait_until(lambda: window.worker.is_idle)
    before = trends.view.accessibleDescription()
    assert "middle value 6.5" in before

    window.session.prefer(decimal_sign="comma")
    wait_until(lambda: "middle value 6,5" in trends.view.accessibleDescription())
    trends.view._set_day(TODAY)
    assert "Mood 6,5 (middle 6,5)" in trends.view.read_cursor()
    assert "3.1 mg/L" in trends.view.read_cursor()
    row = next(row for row in main.open_page("today").form.rows if row.subject.id == "mood")
    assert row.accessibleDescription() == "6,5"
    report = main.open_page("report")
    wait_until(lambda: report._drawn is not None and window.worker.is_idle)
    assert "6.5" in report._drawn.text
    assert "6,5" not in report._drawn.text


def test_pages_that_are_open_already_follow(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    window = open_window(Settings(paper="a4", country="DE"))
    main = window.main
    today, report, help_now = (main.open_page(each) for each in ("today", "report", "help_now"))
    safety, page = main.open_page("safety"), main.open_page("settings")
    choose(page, "short_version", 1)
    choose(page, "paper", 2)
    window.session.prefer(country="US", second_copies=str(tmp_path))

    assert [row.subject.id for row in today.form.rows if row.isVisibleTo(today)] == [
        "fatigue", "sleep", "mood",
    ]  # fmt: skip
    assert report.paper.index == 1
    assert help_now.advice.country.currentData() == "US"
    assert str(tmp_path) in safety.backups.second.text()
    choose(page, "short_version", 0)
    assert len([row for row in today.form.rows if row.isVisibleTo(today)]) == 7


def test_a_week_begins_where_it_was_chosen_to_in_every_calendar(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(Settings(week_start="monday"), page="history")
    history = window.main.page
    assert history.month.first_weekday == history.year.first_weekday == 0

    choose(window.main.open_page("settings"), "week_start", 2)

    assert history.month.first_weekday == history.year.first_weekday == 6
    field = window.main.open_page("labs").findChildren(DayField)[0]
    field.open_calendar()
    (calendar,) = field.findChildren(QCalendarWidget)
    assert calendar.firstDayOfWeek() is Qt.DayOfWeek.Sunday
    calendar.close()


def test_a_day_end_set_in_the_window_decides_what_today_is_and_is_undone_with_its_name(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(Settings(clock="24"), page="settings")
    page, journal = window.main.page, window.session.journal
    combo = row_of(page, "day_end").control.choice
    assert [combo.itemText(i) for i in (0, 1, combo.count() - 1)] == ["00:00", "00:30", "06:00"]
    choose(page, "day_end", 2)
    assert journal.day_end_minutes == 60
    assert row_of(page, "day_end").reset.isVisibleTo(page)

    window.main.undo()

    assert journal.day_end_minutes == 240
    assert combo.currentText() == "04:00"
    assert window.main.page is page
    assert page.notice.sentence == "Undone: a day ends at 04:00, was 01:00."


def test_name_and_birth_date_are_those_of_the_report(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(page="settings")
    fields = row_of(window.main.page, "identity").control.fields
    fields.name.setFocus()
    QTest.keyClicks(fields.name, "A. B.")
    press(Qt.Key.Key_Return)

    assert window.session.journal.identity().name == "A. B."
    assert window.main.open_page("report").identity.name.text() == "A. B."


def test_the_search_leaves_what_has_its_words_and_says_so_where_nothing_has(
    page: SettingsPage,
) -> None:
    everything = shown(page)
    press("F", modifier=CTRL)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "dark")
    assert shown(page) == ["theme"]
    titles = [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]
    assert "How it looks" in titles
    assert "Times and numbers" not in titles

    press(Qt.Key.Key_Return)
    assert row_of(page, "theme").isAncestorOf(QApplication.focusWidget())
    press("F", modifier=CTRL)
    QTest.keyClicks(page.search, "zebra")
    assert shown(page) == []
    assert page.nothing.text() == "No setting contains “zebra”."
    press(Qt.Key.Key_Escape)
    assert shown(page) == everything
    assert page.nothing.isHidden()


def test_comma_opens_settings_from_anywhere(window: Window) -> None:
    press(",", modifier=CTRL)

    assert window.main.page.ID == "settings"
    assert window.main.page.search.hasFocus()


def test_links_lead_to_the_pages_that_change_it(page: SettingsPage) -> None:
    main = page.window()
    for name, target in (
        ("tracking", "tracking"),
        ("backups", "safety"),
        ("passphrase", "safety"),
        ("contacts", "help_now"),
    ):
        row_of(page, name).control.button.click()
        assert target == main.page.ID
        main.open_page("settings")


def test_a_place_on_the_page_is_one_row(page: SettingsPage) -> None:
    page.search.setText("dark")
    page.go_to_place("paper")

    assert row_of(page, "paper").isAncestorOf(QApplication.focusWidget())


def test_what_a_command_or_another_window_set_is_taken_over(
    open_window: Callable[..., Window], tmp_path: Path
) -> None:
    window = open_window(Settings(theme="light"), page="settings")
    window.session.prefer(paper="a4")
    path = tmp_path / "settings.json"
    write_settings(path, read_settings(path)._replace(theme="dark"))
    wait_until(lambda: look().theme.name == "dark")
    write_settings(path, read_settings(path)._replace(clock="12"))

    window.session.prefer(text_size=115)

    kept = read_settings(path)
    assert (kept.theme, kept.clock, kept.text_size, kept.paper) == ("dark", "12", 115, "a4")


def test_the_lock_is_the_same_choice_as_on_security_and_backups(page: SettingsPage) -> None:
    main = page.window()
    safety = main.open_page("safety")
    choose(main.open_page("settings"), "lock_minutes", 2)

    assert safety.lock.after.index == 2


def test_a_journal_that_only_reads_keeps_what_is_its_own(
    open_window: Callable[..., Window], journal: Journal, journal_path: Path
) -> None:
    journal.close()
    window = open_window(page="settings")
    window.session.why_read_only = "no"
    page = window.main.page
    page.be_read_only("no")

    free = {row.row.id for row in page.rows if row.control.isEnabled()}
    assert {"theme", "text_size"} <= free
    assert not {"day_end", "identity", "journal"} & free


@pytest.mark.parametrize(
    ("settings", "clock", "number", "weekday"),
    [
        (Settings(clock="12", decimal_sign="comma", week_start="sunday"), "9:00 pm", "6,5 kg", 6),
        (Settings(clock="24", decimal_sign="point", week_start="saturday"), "21:00", "6.5 kg", 5),
        (Settings(clock="24", decimal_sign="comma", week_start="monday"), "21:00", "6,5 kg", 0),
    ],
)
def test_conventions_follow_the_settings(
    settings: Settings, clock: str, number: str, weekday: int
) -> None:
    use_conventions(settings)

    assert clock_text(EVENING) == clock
    assert decimal_text("6.5 kg") == number
    assert decimal_text("2 Tbl.") == "2 Tbl."
    assert conventions().first_weekday == weekday
    use_conventions(Settings())
