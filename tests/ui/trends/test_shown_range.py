from datetime import date, timedelta

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from moodlab.charts.words import span_words
from moodlab.domain.days import Period
from moodlab.ui.trends.shown_range import (
    ALL_OF_IT,
    OWN,
    ShownRange,
    own_range,
    step_range,
    stored_range,
    zoom_in,
    zoom_out,
)
from tests.moments import TODAY, days_ago
from tests.ui.trends.test_trends import open_trends, press, settle, shown_span  # noqa: F401

SHIFT = Qt.KeyboardModifier.ShiftModifier
TEN = Period(days_ago(29), days_ago(20))


def test_own_dates_are_remembered_and_read_again() -> None:
    own = own_range(TEN)
    assert stored_range(own.stored, TODAY) == own


@pytest.mark.parametrize(
    "text",
    ["", "a year or so", "2026-02-30/2026-03-01", "2026-03-02/2026-03-01", "2026-01-01/2999-01-01",
     "0001-01-01/2026-01-01"],
)  # fmt: skip
def test_what_can_not_be_shown_is_twelve_weeks(text: str) -> None:
    assert stored_range(text, TODAY) == ShownRange(1)


def test_zooming_in_halves_around_a_day_and_stays_within_what_is_shown() -> None:
    shown = Period(date(2026, 1, 1), date(2026, 1, 28))
    assert zoom_in(shown, date(2026, 1, 15)) == Period(date(2026, 1, 8), date(2026, 1, 21))
    assert zoom_in(shown, date(2026, 1, 28)) == Period(date(2026, 1, 15), date(2026, 1, 28))
    assert zoom_in(shown, date(2026, 1, 1)) == Period(date(2026, 1, 1), date(2026, 1, 14))
    assert zoom_in(Period(date(2026, 1, 1), date(2026, 1, 7)), date(2026, 1, 4)) is None


def test_zooming_out_doubles_and_ends_with_everything() -> None:
    whole = Period(TODAY - timedelta(days=99), TODAY)
    wider = zoom_out(TEN, whole)
    assert wider == Period(days_ago(34), days_ago(15))
    assert zoom_out(Period(days_ago(9), TODAY), whole) == Period(days_ago(19), TODAY)
    assert zoom_out(Period(days_ago(60), TODAY), whole) is None


def test_from_own_dates_the_brackets_lead_to_the_nearest_fixed_ranges() -> None:
    own = own_range(Period(days_ago(49), TODAY))
    assert [step_range(own, step).number for step in (-1, 1)] == [0, 1]
    assert step_range(own_range(TEN), -1) == own_range(TEN)
    assert step_range(own_range(Period(days_ago(3000), TODAY)), 1).number == ALL_OF_IT


def test_days_are_typed_behind_dates(qtbot, open_trends, opened, example) -> None:  # noqa: F811
    page = open_trends(example)
    page.ranges.buttons[OWN].click()
    settle(qtbot, opened[-1])
    dates = page.days.dates
    assert dates.isVisible()
    assert dates.first.day == days_ago(83)
    dates.first.choose(TEN.first)
    dates.last.choose(TEN.last)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(TEN)
    assert stored_range(opened[-1].session.settings.chart_range, TODAY) == own_range(TEN)
    dates.first.choose(TODAY)
    settle(qtbot, opened[-1])
    assert "ends" in dates.trouble.text()
    assert shown_span(page) == span_words(TEN)


def test_own_dates_are_shown_again_at_the_next_start(open_trends, example) -> None:  # noqa: F811
    page = open_trends(example, chart_range=own_range(TEN).stored)
    assert shown_span(page) == span_words(TEN)
    assert page.ranges.index == OWN


def test_dragging_shows_the_days_and_back_leads_where_it_was(
    qtbot,
    open_trends,  # noqa: F811
    opened,
    example,
) -> None:
    page = open_trends(example)
    view, drawn = page.view, page.view.picture.drawn

    def at(day: date) -> QPoint:
        share = (84 - (TODAY - day).days - 0.5) / 84
        return QPoint(
            round(view.width() * (drawn.left + share * (drawn.right - drawn.left))),
            round(drawn.top * view.height()) + 5,
        )

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(TEN.first))
    QTest.mouseMove(view, at(TEN.last))
    assert view.selected == TEN
    assert "10 days" in view.read_cursor()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(TEN.last))
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(TEN)
    assert page.days.back.isVisible()
    page.days.back.click()
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))
    assert not page.days.back.isVisible()


def test_shift_and_arrows_select_and_enter_shows_only_these(
    qtbot,
    open_trends,  # noqa: F811
    opened,
    example,
) -> None:
    page = open_trends(example)
    page.take_focus()
    press(page, Qt.Key.Key_Left)
    for _ in range(8):
        press(page, Qt.Key.Key_Left, SHIFT)
    assert page.view.selected == Period(days_ago(8), TODAY)
    press(page, Qt.Key.Key_Escape)
    assert page.view.selected is None
    assert page.view.cursor_day == days_ago(8)
    press(page, Qt.Key.Key_Right, SHIFT)
    press(page, Qt.Key.Key_Return)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period(days_ago(8), days_ago(7)))
    press(page, Qt.Key.Key_Backspace)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))


def test_plus_and_minus_zoom(qtbot, open_trends, opened, example) -> None:  # noqa: F811
    page = open_trends(example)
    page.take_focus()
    press(page, Qt.Key.Key_Plus)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 42))
    press(page, Qt.Key.Key_Minus)
    settle(qtbot, opened[-1])
    assert shown_span(page) == span_words(Period.ending(TODAY, 84))
