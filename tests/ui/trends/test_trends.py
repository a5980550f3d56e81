import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.charts.overview import CHART
from moodlab.charts.words import span_words
from moodlab.domain.days import Period, short_date
from moodlab.paths import find_paths
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.theme import DARK, LIGHT
from moodlab.ui.application import Window, make_application
from moodlab.ui.look.style import apply_look
from moodlab.ui.trends.page import TrendsPage
from moodlab.ui.trends.range_data import RANGES, Wanted, advice, read_range
from moodlab.ui.trends.readout import Readout
from tests.moments import TODAY, days_ago

NAMES = [name for name, _ in RANGES]
OpenTrends = Callable[..., TrendsPage]


@pytest.fixture
def open_trends(qtbot, tmp_path: Path, opened: list[Window]) -> Iterator[OpenTrends]:
    """Opens the real window at Trends, and waits until the chart or its sentence is there."""

    def open_at(journal: Journal, **preferences) -> TrendsPage:
        settings = Settings(**({"theme": "light"} | preferences))
        app = make_application(settings)
        apply_look(app, settings.theme, settings.text_size)
        window = Window(app, journal, settings, find_paths(data_dir=str(tmp_path)))
        opened.append(window)
        window.show()
        window.main.activateWindow()
        page = window.main.open_page("trends")
        settle(qtbot, window)
        return page

    yield open_at
    for window in opened:
        window.main.close()
        window.close()
        window.main.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(qtbot, window: Window) -> None:
    """Wait until all that was asked for came back, and is drawn."""
    QTest.qWait(1)  # what is asked for goes to the Worker from a timer of 0 ms
    answered: list[None] = []
    window.worker.run(lambda _journal, _progress: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=20_000)
    view = window.main.page.view
    qtbot.waitUntil(lambda: view.isHidden() or view.is_drawn, timeout=20_000)


def shown_span(page: TrendsPage) -> str:
    """The words for the days that the page shows."""
    return page.subtitle.text().partition(" · ")[0]


def rate_days(journal: Journal, days: int, metric: str = "fatigue") -> None:
    for number in range(days):
        journal.days.rate(days_ago(number), metric, (number % 11) * 1000)


def press(page: TrendsPage, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page.view, key, modifier)


def test_an_empty_journal_says_what_makes_a_first_picture(open_trends, journal) -> None:
    page = open_trends(journal)
    assert page.message.text() == (
        "No entries yet. Two weeks of entries give a first picture. Three days a week are enough."
    )
    assert page.view.isHidden()


def test_a_first_few_days_are_drawn_with_the_sentence_and_without_a_line(
    open_trends, journal
) -> None:
    rate_days(journal, 5)
    page = open_trends(journal)
    assert page.view.isVisible()
    assert page.message.text().startswith("Two weeks of entries")
    series = read_range(journal, Wanted(CHART, 84, None)).result.series[0]
    assert len(series.points) == 5
    assert set(series.line.medians) == {None}


def test_the_line_under_the_title_counts_days_and_same_days(open_trends, journal) -> None:
    rate_days(journal, 3)
    page = open_trends(journal)
    # Written on one evening: only one of them describes that day.
    assert page.subtitle.text() == "19 February to 4 March 2026 · 3 of 14 days, 1 same-day"


def test_the_chart_can_be_reached_and_tells_a_screen_reader_what_it_shows(
    open_trends, example
) -> None:
    page = open_trends(example)
    assert page.view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    told = QAccessible.queryAccessibleInterface(page.view)
    assert told.text(QAccessible.Text.Name) == "How have the weeks been?"
    description = told.text(QAccessible.Text.Description)
    assert "of 84 days have a rating" in description
    assert "Longest stretch without a rating" in description
    assert description.startswith("Example")


def test_arrows_walk_by_day_and_by_week_and_the_readout_says_the_day(open_trends, example) -> None:
    page = open_trends(example)
    page.take_focus()
    assert page.view.hasFocus()
    press(page, Qt.Key.Key_Left)
    assert page.view.cursor_day == TODAY
    press(page, Qt.Key.Key_Left)
    assert page.view.cursor_day == days_ago(1)
    press(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page.view.cursor_day == days_ago(8)
    assert page.findChild(Readout).isVisible()
    assert page.findChild(Readout).text() == page.view.read_cursor()
    assert page.findChild(Readout).text().startswith("Tuesday 24 February 2026")
    press(page, Qt.Key.Key_Home)
    assert page.view.cursor_day == days_ago(83)
    press(page, Qt.Key.Key_Left)
    assert page.view.cursor_day == days_ago(83)
    press(page, Qt.Key.Key_End)
    assert page.view.cursor_day == TODAY
    press(page, Qt.Key.Key_Escape)
    assert page.view.cursor_day is None
    assert not page.findChild(Readout).isVisible()


def test_enter_opens_the_day_at_the_cursor(open_trends, example) -> None:
    page = open_trends(example)
    page.take_focus()
    window = page.window()
    for _ in range(4):
        press(page, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_Return)
    assert window.page.ID == "today"
    assert window.page.sheet.day == days_ago(3)


def test_moving_the_cursor_repaints_a_line_and_does_not_draw_again(open_trends, example) -> None:
    page = open_trends(example)
    page.take_focus()
    press(page, Qt.Key.Key_Left)
    picture = page.view.picture
    before = page.view.grab().toImage()
    for _ in range(5):
        press(page, Qt.Key.Key_Left)
    assert page.view.picture is picture
    assert page.view.grab().toImage() != before


def test_the_mouse_points_at_days(open_trends, example) -> None:
    page = open_trends(example)
    page.take_focus()
    view, drawn = page.view, page.view.picture.drawn
    right_edge = round(drawn.right * view.width())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(right_edge - 2, 300))
    assert view.cursor_day == TODAY
    left_edge = round(drawn.left * view.width())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(left_edge + 2, 300))
    assert view.cursor_day == days_ago(83)


def test_ranges_change_by_button_and_by_key_and_are_remembered(
    qtbot, open_trends, opened, example
) -> None:
    page = open_trends(example)
    assert NAMES[page.ranges.index] == "12 weeks"
    press(page, Qt.Key.Key_BracketRight)
    settle(qtbot, opened[-1])
    assert NAMES[page.ranges.index] == "6 months"
    assert "of 183 days" in page.subtitle.text()
    year = page.ranges.buttons[3]
    QTest.mouseClick(year, Qt.MouseButton.LeftButton)
    settle(qtbot, opened[-1])
    assert opened[-1].session.settings.chart_range == "1 year"
    assert page.subtitle.text().endswith("one box per week")
    press(page, Qt.Key.Key_BracketLeft)
    settle(qtbot, opened[-1])
    assert opened[-1].session.settings.chart_range == "6 months"


def test_the_remembered_range_is_shown_again_and_an_unknown_one_is_twelve_weeks(
    open_trends, example
) -> None:
    page = open_trends(example, chart_range="4 weeks")
    assert "of 28 days" in page.subtitle.text()
    assert open_trends(example, chart_range="a fortnight").ranges.index == 1


def test_all_reaches_back_to_the_first_day(open_trends, example) -> None:
    page = open_trends(example, chart_range="All")
    first_day = example.days.rated_span()[0]
    assert shown_span(page) == span_words(Period(first_day, TODAY))


def test_page_keys_shift_by_one_range_and_stop_at_both_ends(
    qtbot, open_trends, opened, example
) -> None:
    page = open_trends(example)
    press(page, Qt.Key.Key_PageUp)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(days_ago(84), 84))
    press(page, Qt.Key.Key_PageDown)
    settle(qtbot, opened[-1])
    press(page, Qt.Key.Key_PageDown)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))
    page.ranges.buttons[1].setFocus()
    press(page, Qt.Key.Key_Home)
    settle(qtbot, opened[-1])
    first_day = example.days.rated_span()[0]
    assert shown_span(page) == span_words(Period(first_day, first_day + timedelta(days=83)))
    press(page, Qt.Key.Key_End)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))


def test_the_table_stands_in_the_charts_place_with_the_same_values(
    qtbot, open_trends, journal
) -> None:
    rate_days(journal, 10)
    page = open_trends(journal)
    toggle = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    page.take_focus()
    press(page, Qt.Key.Key_B, toggle)
    assert page.table.isVisible()
    assert page.view.isHidden()
    model = page.table.model()
    assert model.rowCount() == 14
    cells = [
        (model.index(row, 0).data(), model.index(row, 2).data()) for row in range(model.rowCount())
    ]
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Fatigue"
    assert [cell for cell in cells if cell[1]] == [
        (days_ago(number).isoformat(), str(number % 11)) for number in range(10)
    ]
    press(page, Qt.Key.Key_B, toggle)
    assert page.view.isVisible()


def test_copying_puts_tabs_on_the_clipboard(open_trends, journal) -> None:
    rate_days(journal, 10)
    page = open_trends(journal)
    page.as_table.click()
    third = page.table.model().index(2, 0)
    flags = QItemSelectionModel.SelectionFlag
    page.table.selectionModel().select(third, flags.ClearAndSelect | flags.Rows)
    page.table.setFocus()
    press(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, row, rest = QGuiApplication.clipboard().text().split("\n")
    assert header.split("\t")[:3] == ["Day", "Recorded", "Fatigue"]
    assert row.split("\t")[:3] == [days_ago(2).isoformat(), "later", "2"]
    assert rest == ""
    page.table.clearSelection()
    page.copy_table.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 15


def test_an_entry_made_elsewhere_is_drawn(qtbot, open_trends, opened, journal) -> None:
    rate_days(journal, 10)
    page = open_trends(journal)
    opened[-1].session.apply(lambda book: book.days.rate(days_ago(20), "mood", 4000))
    settle(qtbot, opened[-1])
    assert "11 of 21 days" in page.subtitle.text()
    assert "11 of 21 days" in page.view.accessibleDescription()


def test_another_theme_draws_the_chart_again(qtbot, open_trends, opened, example) -> None:
    page = open_trends(example)
    image = page.view.picture.image
    corner = image.pixelColor(image.width() - 1, image.height() - 1).name().upper()
    assert corner == LIGHT.window
    opened[-1].session.prefer(theme="dark")
    qtbot.waitUntil(
        lambda: page.view.is_drawn and page.view.picture.image is not image, timeout=5000
    )
    drawn = page.view.picture.image
    assert drawn.pixelColor(drawn.width() - 1, drawn.height() - 1).name().upper() == DARK.window


@pytest.mark.parametrize("percent", [100, 200])
def test_larger_text_makes_the_chart_taller_and_never_wider_than_the_page(
    qtbot, open_trends, example, percent: int
) -> None:
    page = open_trends(example, text_size=percent)
    page.window().resize(1280, 720)
    qtbot.waitUntil(lambda: page.view.is_drawn, timeout=5000)
    assert page.view.width() <= page.viewport().width()
    assert page.horizontalScrollBar().maximum() == 0
    heights = {100: (900, 1400), 200: (1800, 2800)}
    low, high = heights[percent]
    assert low < page.view.height() < high


def test_how_to_read_is_one_click_and_short(open_trends, example) -> None:
    page = open_trends(example)
    assert page.explanation.isHidden()
    page.how.click()
    assert page.explanation.isVisible()
    assert len(page.explanation.text().split()) <= 60


def test_ranges_are_radio_buttons_with_names_that_begin_with_their_text(
    open_trends, journal
) -> None:
    page = open_trends(journal)
    for button in page.ranges.buttons:
        told = QAccessible.queryAccessibleInterface(button)
        assert told.role() == QAccessible.Role.RadioButton
        assert told.text(QAccessible.Text.Name).startswith(button.text())
        assert button.height() >= 24


def test_days_before_the_newest_reading_are_dropped(qtbot, open_trends, example) -> None:
    """Two quick changes: only the last one is shown, whichever comes back first."""
    page = open_trends(example)
    page.ranges.buttons[0].click()
    page.ranges.buttons[2].click()
    qtbot.waitUntil(lambda: "of 84 days" not in page.subtitle.text(), timeout=20_000)
    assert shown_span(page) == span_words(Period.ending(TODAY, 183))


def test_period_and_dates_stay_in_sight_while_the_chart_is_scrolled(
    qtbot, open_trends, opened, example
) -> None:
    page = open_trends(example)
    page.window().resize(1040, 720)
    settle(qtbot, opened[-1])
    bar = page.scrolled.area.verticalScrollBar()
    bar.setValue(bar.maximum())

    assert bar.maximum() > 0
    assert page.verticalScrollBar().maximum() == 0
    for widget in (page.ranges, page.earlier, page.scrolled.dates):
        assert widget.visibleRegion().boundingRect() == widget.rect()
    dates = page.scrolled.dates.grab().toImage()
    column = {dates.pixel(x, y) for x in range(210, dates.width()) for y in range(dates.height())}
    assert len(column) > 10, "no dates are written"

    # Neither a return to the page nor Tab moves what is shown.
    at = bar.value()
    page.view.setFocus()
    page.window().open_page("labs")
    page.window().open_page("trends")
    press(page, Qt.Key.Key_Tab)
    assert (page.verticalScrollBar().value(), bar.value()) == (0, at)


def test_earlier_and_later_are_buttons(qtbot, open_trends, opened, example) -> None:
    page = open_trends(example)
    assert not page.later.isEnabled()

    page.earlier.click()
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(days_ago(84), 84))

    page.later.click()
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))
    assert not page.later.isEnabled()

    page.ranges.buttons[NAMES.index("All")].click()
    settle(qtbot, opened[-1])
    assert not page.earlier.isEnabled()


def put_far(journal: Journal, day: date) -> None:
    """Leave a rating on a day as an older version did."""
    with journal.ledger.batch("rate") as batch:
        row = batch.read("rating", {"day": TODAY.isoformat(), "metric": "fatigue"})
        batch.put("rating", {**row, "day": day.isoformat()})
        journal.days.track("fatigue", day)


@pytest.mark.parametrize(
    "far", [date.min, date(1700, 1, 1), date(1900, 1, 1), date(2062, 5, 3), date.max]
)
def test_one_day_far_off_makes_all_no_wider_and_is_named(open_trends, journal, far: date) -> None:
    rate_days(journal, 40)
    put_far(journal, far)

    started = time.process_time()
    reading = read_range(journal, Wanted(CHART, 0, None))
    assert time.process_time() - started < 5
    assert len(reading.period) == 40
    page = open_trends(journal, chart_range="All")
    assert page.message.text() == (
        f"Not drawn, as too far from the rest: {short_date(far)}. Open the day to look at it."
    )
    assert page.view.isVisible()


def test_years_of_entries_with_a_break_of_nine_years_are_all_shown(journal) -> None:
    rate_days(journal, 3)
    for years in (9, 18, 27):
        put_far(journal, TODAY.replace(year=TODAY.year - years))

    reading = read_range(journal, Wanted(CHART, 0, None))

    assert reading.period.first == TODAY.replace(year=TODAY.year - 27)
    assert reading.far == ()


def test_of_many_days_far_off_three_are_named(journal) -> None:
    rate_days(journal, 3)
    for number in range(1, 6):
        put_far(journal, date(1700, 1, number))

    assert "1 Jan 1700, 2 Jan 1700, 3 Jan 1700 and 2 more." in advice(
        CHART, read_range(journal, Wanted(CHART, 0, None))
    )
