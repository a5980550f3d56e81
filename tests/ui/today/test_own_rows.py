"""Rows of metrics that are no rating: a number with its unit, hours, yes or no; once a week."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.metrics import Direction, Every, Kind
from moodlab.domain.tracking.own_metrics import make_metric
from moodlab.settings import Settings
from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from moodlab.ui.today.rows.field_row import FieldRow
from moodlab.ui.today.rows.rating_cell import UNABLE
from moodlab.ui.today.rows.yes_no_row import NO, YES
from tests.journals import begin
from tests.moments import TODAY, Clock
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

OWN = (
    ("Ringing", Kind.SCALE, Direction.HIGHER_WORSE, ""),
    ("Cups of tea", Kind.NUMBER, Direction.NEUTRAL, "cups"),
    ("Screen", Kind.DURATION, Direction.NEUTRAL, ""),
    ("Walked", Kind.YES_NO, Direction.HIGHER_BETTER, ""),
)
RINGING, TEA, SCREEN, WALKED = "ringing", "cups_of_tea", "screen", "walked"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def own(open_window: Callable[..., Window], clock: Clock, journal_path) -> TodayPage:
    with begin(journal_path, clock) as journal:
        known = [tracked.metric for tracked in journal.read_metrics()]
        for label, kind, direction, unit in OWN:
            journal.metrics.add(make_metric(label, kind, direction, known, unit=unit), TODAY)
    page = open_window().main.page
    assert isinstance(page, TodayPage)
    return page


def stored(page: TodayPage) -> dict[str, int | None]:
    ratings = page._session.journal.days.read_ratings(TODAY, TODAY)
    return {name: found[0].value for name, found in ratings.items()}


def field_row(page: TodayPage, name: str) -> FieldRow:
    row = page.form.row_of(name)
    assert isinstance(row, FieldRow)
    return row


def test_a_whole_day_of_every_kind_is_typed_in_one_go(own: TodayPage) -> None:
    # Worse: fatigue, fog, ringing. Better: five, then walked. Neither: tea, screen.
    press(*"76335443", "y")
    assert own.form.row_of(TEA).has_focus()
    press(*"2,5", ENTER, *"3:30", ENTER)

    assert stored(own) == {
        "fatigue": 7000, "brain_fog": 6000, RINGING: 3000, "sleep": 3000, "mood": 5000,
        "motivation": 4000, "pleasure": 4000, "functioning": 3000, WALKED: 1000,
        TEA: 2500, SCREEN: 210_000,
    }  # fmt: skip
    assert own.footer.done.hasFocus()


def test_yes_and_no_have_keys_buttons_and_arrows(own: TodayPage, said: list[str]) -> None:
    row = own.form.row_of(WALKED)
    row.take_focus()

    press("7")
    assert stored(own) == {}
    press("n")
    assert stored(own) == {WALKED: 0}
    assert said[-1] == "Walked no. Next: Cups of tea."
    row.take_focus()
    press(Qt.Key.Key_Right)
    assert stored(own) == {WALKED: 1000}
    press(Qt.Key.Key_Right)
    assert stored(own) == {WALKED: 1000}
    QTest.mouseClick(row.cell(NO), Qt.MouseButton.LeftButton)
    assert stored(own) == {WALKED: 0}
    assert row.cell(NO).isChecked()
    QTest.mouseClick(row.cell(NO), Qt.MouseButton.LeftButton)
    assert stored(own) == {}
    QTest.mouseClick(row.cell(UNABLE), Qt.MouseButton.LeftButton)
    assert stored(own) == {WALKED: None}
    assert row.cell(YES).accessibleName() == "Walked Yes"


def test_no_after_a_one_is_not_taken_for_a_ten(own: TodayPage) -> None:
    own.form.row_of("functioning").take_focus()
    press("1", "n")

    assert own.form.correction_text() == ""
    assert stored(own) == {"functioning": 1000, WALKED: 0}


@pytest.mark.parametrize(
    ("text", "value"), [("2", 2000), ("2.5", 2500), ("2,5", 2500), ("1234", 1_234_000)]
)
def test_a_number_takes_point_and_comma(own: TodayPage, text: str, value: int) -> None:
    field_row(own, TEA).take_focus()
    press(*text, ENTER)

    assert stored(own) == {TEA: value}
    assert own.form.row_of(SCREEN).has_focus()


@pytest.mark.parametrize(
    ("name", "text", "said_of_it"),
    [(TEA, "two", "Cups of tea"), (SCREEN, "25", "hours (0 to 24). Try 1:30"),
     (TEA, "1.2345", "three decimals")],
)  # fmt: skip
def test_what_cannot_be_read_stays_and_is_told(
    own: TodayPage, name: str, text: str, said_of_it: str
) -> None:
    row = field_row(own, name)
    row.take_focus()
    press(*text, ENTER)

    assert stored(own) == {}
    assert said_of_it in own.footer.message.text()
    assert row.field.text() == text
    assert row.has_focus()
    assert row.field.accessibleDescription() == own.footer.message.text()
    press(Qt.Key.Key_Escape)
    assert row.field.text() == ""
    assert row.field.accessibleDescription() == ""


def test_a_field_is_saved_when_it_is_left_and_taken_back_by_undo(own: TodayPage) -> None:
    row = field_row(own, TEA)
    row.take_focus()
    press(*"3")
    own.form.row_of("mood").take_focus()
    assert stored(own) == {TEA: 3000}

    own.window().undo()
    assert stored(own) == {}
    assert row.field.text() == ""
    own.window().redo()
    assert row.field.text() == "3"


def test_emptying_a_field_clears_the_answer(own: TodayPage) -> None:
    row = field_row(own, TEA)
    row.take_focus()
    press(*"3", ENTER)
    row.take_focus()
    press(Qt.Key.Key_Backspace, ENTER)

    assert stored(own) == {}
    assert own.footer.message.text() == "Cups of tea is empty again."


def test_a_dash_in_an_empty_field_or_its_button_is_could_not_say(own: TodayPage) -> None:
    row = field_row(own, SCREEN)
    row.take_focus()
    press("-")
    assert stored(own) == {SCREEN: None}
    row.take_focus()
    press(Qt.Key.Key_Backspace)
    assert stored(own) == {}
    QTest.mouseClick(row.cell(UNABLE), Qt.MouseButton.LeftButton)
    assert stored(own) == {SCREEN: None}
    # A number of one's own may be below zero, so a dash begins one there.
    field_row(own, TEA).take_focus()
    press(*"-2", ENTER)
    assert stored(own)[TEA] == -2000
    assert field_row(own, TEA).field.text() == "-2"


def test_arrows_walk_through_fields_and_back(own: TodayPage) -> None:
    field_row(own, TEA).take_focus()
    press(Qt.Key.Key_Down)
    assert own.form.row_of(SCREEN).has_focus()
    press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert own.form.row_of(WALKED).has_focus()
    field_row(own, TEA).take_focus()
    press(Qt.Key.Key_Backspace)
    assert own.form.row_of(WALKED).has_focus()


def test_another_day_lets_go_of_what_could_not_be_read(own: TodayPage) -> None:
    row = field_row(own, TEA)
    row.take_focus()
    press(*"two")
    own.go(-1)
    own.go_to_today()

    assert field_row(own, TEA).field.text() == ""
    assert stored(own) == {}


def test_reading_back_says_every_kind_in_its_own_words(own: TodayPage) -> None:
    own.form.row_of(WALKED).take_focus()
    press("y", *"2", ENTER, *"90", Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, *"1:30", ENTER)
    press(ENTER)

    assert own.footer.message.text() == "Saved. Cups of tea 2 cups, Screen 1 h 30 min, Walked yes."


def test_the_focus_stays_in_the_field_when_the_buttons_are_made(own: TodayPage) -> None:
    row = field_row(own, TEA)
    row.take_focus()
    QTest.qWait(60)
    assert row.field.hasFocus()
    assert len(row.cells) == 1


def test_nine_rows_of_all_kinds_fit_without_scrolling(
    open_window: Callable[..., Window], clock: Clock, journal_path
) -> None:
    with begin(journal_path, clock) as journal:
        known = [tracked.metric for tracked in journal.read_metrics()]
        for name in ("pleasure", "functioning"):
            journal.metrics.stop(name, TODAY)
        for label, kind, direction, unit in OWN:
            journal.metrics.add(make_metric(label, kind, direction, known, unit=unit), TODAY)
    window = open_window()
    window.main.resize(1040, 720)
    page = window.main.page

    wait_until(lambda: page.verticalScrollBar().maximum() == 0)
    assert len(page.form.rows) == 9
    for above, below in pairwise(page.form.rows):
        bottom = above.mapTo(page, QPoint(0, above.height())).y()
        assert bottom <= below.mapTo(page, QPoint(0, 0)).y()
    for row in page.form.rows:
        places = [cell.geometry() for cell in row.cells]
        if isinstance(row, FieldRow):
            places.append(row.field.geometry())
        assert all(row.rect().contains(place) for place in places)
        assert not any(one.intersects(other) for one, other in pairwise(places))


@pytest.mark.parametrize(("width", "percent"), [(1040, 100), (560, 100), (700, 200)])
def test_every_kind_keeps_inside_its_row_where_it_is_narrow(
    open_window: Callable[..., Window], clock: Clock, journal_path, width: int, percent: int
) -> None:
    with begin(journal_path, clock) as journal:
        for label, kind, direction, unit in OWN:
            metric = make_metric(label, kind, direction, (), unit=unit)
            journal.metrics.add(metric, TODAY)
    window = open_window(Settings(theme="light", text_size=percent))
    window.main.resize(width, 720)
    QTest.qWait(50)

    for row in window.main.page.form.rows:
        fields = [row.field.geometry()] if isinstance(row, FieldRow) else []
        for place in [*(cell.geometry() for cell in row.cells), *fields]:
            assert QRect(row.rect()).contains(place)
            assert place.width() >= 24


def test_what_is_asked_once_a_week_is_asked_until_it_is_answered(
    window: Window, today: TodayPage
) -> None:
    def shows_weight(day_offset: int) -> bool:
        today.open_day(TODAY + timedelta(days=day_offset))
        return today.form.row_of("weight") is not None

    window.session.apply(
        lambda journal: journal.metrics.resume("weight", TODAY - timedelta(days=40))
    )
    window.session.apply(lambda journal: journal.metrics.ask_every("weight", Every.WEEK))
    begins = TODAY - timedelta(days=TODAY.weekday())
    offset = (begins - TODAY).days
    assert shows_weight(0)
    assert shows_weight(offset)

    window.session.apply(lambda journal: journal.days.rate(begins, "weight", 71_000))

    assert shows_weight(offset)
    assert not shows_weight(0)
    assert shows_weight(offset - 1)
    window.session.apply(lambda journal: journal.metrics.ask_every("weight", Every.MONTH))
    assert not shows_weight(0)
    window.session.apply(lambda journal: journal.metrics.ask_every("weight", Every.DAY))
    assert shows_weight(0)


def test_a_weekly_row_says_so_and_keeps_the_bounds_of_its_kind(
    window: Window, today: TodayPage
) -> None:
    window.session.apply(lambda journal: journal.metrics.resume("weight", TODAY))
    window.session.apply(lambda journal: journal.metrics.ask_every("weight", Every.WEEK))
    row = field_row(today, "weight")
    assert row.accessibleName() == "Weight, this week"
    assert row.field.accessibleName() == "Weight, kg"

    row.take_focus()
    press(*"715", ENTER)
    assert "Weight goes from 10 to 600 kg" in today.footer.message.text()
    press(Qt.Key.Key_Escape, *"71,5", ENTER)
    assert stored(today) == {"weight": 71_500}


def test_the_short_version_shows_what_the_person_chose(window: Window, today: TodayPage) -> None:
    window.session.apply(lambda journal: journal.metrics.shorten(["mood", "functioning"]))
    today.toggle_short()

    assert today.form.shown == ("mood", "functioning")
    assert QApplication.focusWidget() is today.form.row_of("mood").tab_stop


def test_hours_asleep_get_a_row_where_sleep_is_not_asked(window: Window, today: TodayPage) -> None:
    window.session.apply(lambda journal: journal.metrics.resume("sleep_hours", TODAY))
    assert "sleep_hours" not in today.form.shown
    window.session.apply(lambda journal: journal.metrics.stop("sleep", TODAY))

    field_row(today, "sleep_hours").take_focus()
    press(*"730", ENTER)
    assert stored(today) == {"sleep_hours": 450_000}


def test_a_missing_anchor_leaves_no_bare_number(own: TodayPage) -> None:
    assert own.form.row_of(RINGING).accessibleName() == "Ringing"
    assert own.form.row_of("mood").accessibleName() == (
        "Mood, 0 as low as I can imagine, 10 very good"
    )
