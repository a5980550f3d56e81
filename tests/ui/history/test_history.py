"""The History page: any day by mouse and keys, read out, opened on Today (ux §1, §3.4 C5)."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from moodlab.domain.days import EARLIEST_DAY, LATEST_DAY
from moodlab.domain.events import Event, Question
from moodlab.domain.ratings import DayState
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.history.page import HistoryPage
from tests import diaries
from tests.moments import TODAY, Clock, days_ago
from tests.ui.conftest import press
from tests.ui.test_room import outside
from tests.ui.waiting import live, wait_until

CTRL = Qt.KeyboardModifier.ControlModifier
K = Qt.Key
MONTH, YEAR = 0, 1


@pytest.fixture
def page(window: Window) -> HistoryPage:
    return window.main.open_page("history")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(
        "moodlab.ui.history.page.announce", lambda _widget, text, *_a, **_k: texts.append(text)
    )
    return texts


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def texts_of(widget: QWidget) -> list[str]:
    return [
        each.text()
        for each in widget.findChildren(QLabel)
        if each.isVisibleTo(widget) and each.text()
    ]


def click(page: HistoryPage, day: date, *, twice: bool = False) -> None:
    spot = page.grid.area_of(day).center().toPoint()
    QTest.mouseClick(page.grid, Qt.MouseButton.LeftButton, pos=spot)
    if twice:
        QTest.mouseDClick(page.grid, Qt.MouseButton.LeftButton, pos=spot)


def test_it_is_the_second_page_and_begins_on_today(window: Window) -> None:
    press("2", modifier=CTRL)
    page = window.main.page

    assert (page.ID, page.day, page.place) == ("history", TODAY, "2026-03-04")
    assert page.month.hasFocus()
    assert page.bar.title.text() == "March 2026"
    assert page.legend.words == ["today"]
    assert page.panel.title.text() == "Wednesday 4 March"
    assert page.panel.nothing.text() == "Nothing entered."


@pytest.mark.parametrize("span", [MONTH, YEAR])
@pytest.mark.parametrize(
    ("key", "modifier", "day"),
    [
        (K.Key_Left, None, date(2026, 3, 3)),
        (K.Key_Right, None, date(2026, 3, 5)),
        (K.Key_Up, None, date(2026, 2, 25)),
        (K.Key_Down, None, date(2026, 3, 11)),
        (K.Key_Home, None, date(2026, 3, 1)),
        (K.Key_End, None, date(2026, 3, 31)),
        (K.Key_PageUp, None, date(2026, 2, 4)),
        (K.Key_PageDown, None, date(2026, 4, 4)),
        (K.Key_PageUp, CTRL, date(2025, 3, 4)),
        (K.Key_PageDown, CTRL, date(2027, 3, 4)),
    ],
)
def test_keys_go_by_day_week_month_and_year(
    page: HistoryPage, said: list[str], span: int, key: Qt.Key, modifier, day: date
) -> None:
    if span == YEAR:
        press("Y", modifier=CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.grid.hasFocus()
    press(key, modifier=modifier or Qt.KeyboardModifier.NoModifier)

    assert page.day == day
    assert page.grid.hasFocus()
    assert said == [name_of(page.grid)]
    press("T", modifier=CTRL)
    assert page.day == TODAY


def test_a_month_without_that_day_takes_its_last(page: HistoryPage) -> None:
    page.choose(date(2026, 1, 31))
    press(K.Key_PageDown)

    assert page.day == date(2026, 2, 28)


def test_the_calendar_ends_where_days_do(page: HistoryPage) -> None:
    for end, keys in (
        (EARLIEST_DAY, (K.Key_Left, K.Key_Up, K.Key_PageUp)),
        (LATEST_DAY, (K.Key_Right, K.Key_Down, K.Key_PageDown)),
    ):
        page.choose(end)
        press(*keys)
        assert page.day == end
    page.go_to_place("0001-01-05")
    assert page.day == EARLIEST_DAY


def test_the_chosen_day_says_date_value_and_class(
    open_window: Callable[..., Window], journal: Journal, said: list[str]
) -> None:
    journal.days.rate(days_ago(1), "fatigue", 7000)
    journal.close()
    page = open_window(page="history").main.page
    press(K.Key_Left)

    assert name_of(page.grid) == "Tuesday 3 March. Fatigue 7, next day."
    assert said[-1] == name_of(page.grid)


def test_any_day_of_the_last_year_takes_at_most_five_keys_beside_typing(window: Window) -> None:
    assert window.main.page.ID == "today"
    press("2", modifier=CTRL)
    press("G", modifier=CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "17 jul")
    press(K.Key_Return)
    page = window.main.pages["history"]
    assert page.day == date(2025, 7, 17)
    assert page.grid.hasFocus()
    press(K.Key_Return)

    assert window.main.page.ID == "today"
    assert window.main.page.sheet.day == date(2025, 7, 17)
    press("4", K.Key_Return)
    kept = window.session.journal.days.read_ratings(date(2025, 7, 17), date(2025, 7, 17))
    assert kept["fatigue"][0].value == 4000


def test_a_day_that_cant_be_read_stays_to_be_mended(page: HistoryPage, said: list[str]) -> None:
    press("G", modifier=CTRL)
    QTest.keyClicks(page.bar.go_to, "31 feb")
    press(K.Key_Return)

    assert page.bar.go_to.hasFocus()
    assert page.day == TODAY
    assert page.subtitle.text() == "“31 feb” is not a day. Enter it like 21.10. or 3.11.2025."
    assert page.subtitle.text() in said
    page.bar.go_to.selectAll()
    QTest.keyClicks(page.bar.go_to, "1.3.")
    press(K.Key_Return)
    assert page.day == date(2026, 3, 1)
    assert page.subtitle.text() == "Arrow keys walk through the days, Enter opens one."


def test_two_weeks_back_by_arrows_and_typed_there(window: Window) -> None:
    window.main.open_page("history")
    press(K.Key_Up, K.Key_Up, K.Key_Return)
    press("7", "6", K.Key_Return)

    day = days_ago(14)
    assert window.main.page.sheet.day == day
    kept = window.session.journal.days.read_ratings(day, day)
    assert (kept["fatigue"][0].value, kept["brain_fog"][0].value) == (7000, 6000)


def test_history_keeps_the_day_and_shows_what_was_changed(window: Window) -> None:
    page = window.main.open_page("history")
    press(K.Key_Left, K.Key_Left, K.Key_Return)
    press("4")
    press("2", modifier=CTRL)

    assert window.main.page is page
    assert page.day == days_ago(2)
    assert page.month.cells[days_ago(2)].text == "4"
    assert name_of(page.grid) == "Monday 2 March. Fatigue 4, later."
    assert "Added later, last 4 Mar, 21:00" in texts_of(page.panel)


def test_the_mouse_chooses_and_opens(window: Window, page: HistoryPage) -> None:
    click(page, days_ago(3))
    assert page.day == days_ago(3)
    assert window.main.page is page
    click(page, days_ago(2), twice=True)

    assert window.main.page.ID == "today"
    assert window.main.page.sheet.day == days_ago(2)


def test_a_day_of_the_year_is_read_under_the_pointer(page: HistoryPage) -> None:
    page.span.buttons[YEAR].click()
    live(5)
    for day, words in ((date(2026, 1, 2), "Friday 2 January. Fatigue: empty."), (None, "")):
        spot = page.grid.area_of(day).center().toPoint() if day else QPoint(1, 1)
        asked = QHelpEvent(QEvent.Type.ToolTip, spot, page.grid.mapToGlobal(spot))
        QApplication.sendEvent(page.grid, asked)
        wait_until(lambda expected=words: QToolTip.text() == expected)
    assert page.day == TODAY


def test_today_has_a_way_to_its_day_in_the_calendar(window: Window) -> None:
    press(K.Key_PageUp, K.Key_PageUp)
    window.main.page.heading.calendar.click()

    page = window.main.page
    assert (page.ID, page.day) == ("history", days_ago(2))
    page.panel.open.click()
    assert window.main.page.sheet.day == days_ago(2)


def test_a_day_to_come_is_looked_at_and_not_opened(window: Window, page: HistoryPage) -> None:
    press(K.Key_Right, K.Key_Return)

    assert window.main.page is page
    assert not page.panel.open.isEnabled()
    assert page.panel.nothing.text() == "This day has not come yet."
    press(K.Key_Left)
    assert page.panel.open.isEnabled()


def test_one_metric_at_a_time_and_how_complete(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    for metric, value in (("fatigue", 7), ("mood", 3)):
        journal.days.rate(TODAY, metric, value * 1000)
    journal.close()
    page = open_window(page="history").main.page
    choice = page.bar.subject
    assert choice.currentText() == "Fatigue"
    seen = {}
    for label in ("Mood", "How complete", "Sleep last night"):
        choice.setCurrentIndex(choice.findText(label))
        seen[label] = page.month.cells[TODAY].text, page.legend.words

    assert seen == {
        "Mood": ("3", ["higher = better", "today"]),
        "How complete": ("2/7", ["today"]),
        "Sleep last night": ("", ["today"]),
    }


def test_a_metric_that_is_asked_from_now_on_is_offered_and_the_choice_stays(
    window: Window, page: HistoryPage
) -> None:
    page.bar.subject.setCurrentIndex(page.bar.subject.findText("Mood"))
    window.session.apply(lambda journal: journal.days.rate(TODAY, "weight", 71_400))
    choice = page.bar.subject

    assert choice.currentText() == "Mood"
    choice.setCurrentIndex(choice.findText("Weight (kg)"))
    assert page.month.cells[TODAY].text == "71.4"


def test_the_legend_names_only_what_is_seen(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(TODAY, "fatigue", 5000)
    journal.days.rate(days_ago(1), "fatigue", None)
    journal.days.mark(days_ago(2), DayState.UNWELL)
    journal.days.mark(days_ago(3), DayState.PAUSED)
    journal.days.mark(TODAY, DayState.UNWELL)
    journal.days.rate(days_ago(1), "stress", 5000)
    journal.events.save_event(Event(journal.ledger.new_id(), days_ago(1), "Cold"))
    journal.close()
    page = open_window(page="history").main.page

    assert page.legend.words == [
        "higher = worse", "could not say", "added the next day or later", "too unwell to log",
        "too unwell, with an answer", "paused", "event", "today",
    ]  # fmt: skip
    page.span.buttons[YEAR].click()
    assert page.legend.words.count("too unwell, with an answer") == 0
    page.bar.subject.setCurrentIndex(page.bar.subject.findText("Stress"))
    assert "not asked" in page.legend.words
    press("2")  # no rating is typed here
    page.choose(date(2020, 1, 1))
    assert page.legend.words == ["not asked"]


def test_a_year_has_every_day_and_goes_by_years(page: HistoryPage) -> None:
    page.span.buttons[YEAR].click()
    assert page.month.isHidden()
    assert page.year.isVisible()
    assert page.bar.title.text() == "2026"
    assert len(page.year.cells) == 365
    assert name_of(page.bar.back) == "‹ Previous year"
    page.bar.back.click()
    page.bar.back.click()

    assert page.day == date(2024, 3, 4)
    assert len(page.year.cells) == 366
    click(page, date(2024, 12, 31))
    page.span.buttons[MONTH].click()
    assert page.bar.title.text() == "December 2024"
    page.bar.today.click()
    assert (page.day, page.bar.today.isEnabled()) == (TODAY, False)


def fill_day(journal: Journal) -> None:
    for metric, value in (("fatigue", 7000), ("mood", None), ("sleep_hours", 450_000)):
        journal.days.rate(days_ago(1), metric, value)
    journal.days.write_note(days_ago(1), "Rain.\nSlept badly.", for_doctor=True)
    journal.days.mark(days_ago(1), DayState.UNWELL)
    new_id = journal.ledger.new_id
    journal.events.save_event(Event(new_id(), days_ago(5), "Cold", TODAY))
    journal.events.save_event(Event(new_id(), days_ago(1), "Dr Lind", None, is_appointment=True))
    dose = Dose(new_id(), days_ago(60), "50 mg")
    journal.treatments.save(
        Treatment(new_id(), "Sertraline", TreatmentKind.MEDICINE, (dose,), last_day=days_ago(1))
    )
    painkiller = Treatment(
        new_id(), "Ibuprofen", TreatmentKind.MEDICINE, (Dose(new_id(), days_ago(1), ""),)
    )
    journal.treatments.save(painkiller)
    journal.treatments.take(painkiller.id, days_ago(1), "400 mg")
    journal.labs.save(diaries.lab(days_ago(1), "3.1"))
    journal.questionnaires.save(Questionnaire(new_id(), days_ago(1), "PHQ-8", "11"))
    journal.events.ask(Question(new_id(), days_ago(1), "How long?"))


def test_the_panel_shows_all_that_is_known_about_the_day(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    fill_day(journal)
    journal.close()
    page = open_window(page="history").main.page
    press(K.Key_Left)
    live(5)

    assert texts_of(page.panel) == [
        "Tuesday 3 March", "Added the next day, 4 Mar, 21:00", "Too unwell to log",
        "Fatigue", "7", "Brain fog", "empty", "Sleep last night", "empty",
        "Mood", "could not say", "Motivation", "empty", "Pleasure / interest", "empty",
        "Daily functioning", "empty", "Hours asleep", "7 h 30 min",
        "Note", "Rain.\nSlept badly.", "for my doctor",
        "Events", "Cold", "27 Feb – 4 Mar 2026", "Dr Lind", "appointment",
        "Treatments", "Sertraline 50 mg", "since 3 Jan 2026", "Ibuprofen", "since 3 Mar 2026",
        "Ibuprofen 400 mg", "taken as needed",
        "Blood results", "CRP 3.1 mg/L", "Questionnaires", "PHQ-8 11",
        "Questions for the visit", "How long?",
    ]  # fmt: skip
    press(K.Key_Right)
    live(5)
    assert "Sertraline 50 mg" not in texts_of(page.panel)
    assert "Cold" in texts_of(page.panel)


def test_an_answer_written_at_another_time_says_so(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    clock.be(days_ago(4))
    for metric in ("fatigue", "mood"):
        journal.days.rate(days_ago(4), metric, 5000)
    journal.days.rate(days_ago(4), "sleep", 5000, source="import", is_time_known=False)
    clock.be(TODAY)
    journal.days.rate(days_ago(4), "brain_fog", 5000, source="paper")
    journal.close()
    page = open_window(page="history").main.page
    page.choose(days_ago(4))
    live(5)

    shown = texts_of(page.panel)
    assert shown[1] == "Added later, last 4 Mar, 21:00"
    assert shown[2:11] == [
        "Fatigue", "5", "Brain fog", "5", "later, from paper",
        "Sleep last night", "5", "time of writing unknown, imported", "Mood",
    ]  # fmt: skip


def test_a_new_day_is_today_when_the_page_comes_back(window: Window, clock: Clock) -> None:
    page = window.main.open_page("history")
    window.main.open_page("help")
    clock.pass_time(days=1)
    window.main.open_page("history")

    assert page.month.cells[date(2026, 3, 5)].is_today
    assert not page.month.cells[TODAY].is_today


def test_midnight_passes_while_the_page_is_open(page: HistoryPage, clock: Clock) -> None:
    clock.pass_time(days=1)
    press(K.Key_Right)

    assert page.day == date(2026, 3, 5)
    assert name_of(page.grid) == "Thursday 5 March. Fatigue: empty."
    assert page.panel.open.isEnabled()


def test_what_another_program_writes_is_seen(window: Window, journal_path) -> None:
    page = window.main.open_page("history")
    with Journal.open(journal_path, clock=Clock()) as other:
        other.days.rate(TODAY, "fatigue", 9000)

    wait_until(lambda: page.month.cells[TODAY].text == "9")


@pytest.mark.parametrize("span", [MONTH, YEAR])
@pytest.mark.parametrize(
    ("size", "percent"),
    [
        ((480, 640), 100),
        ((640, 640), 200),
        ((1040, 720), 100),
        ((1040, 720), 200),
        ((1366, 728), 100),
        ((1366, 728), 200),
    ],
)
def test_the_day_stands_beside_the_calendar_or_below_it(
    open_window: Callable[..., Window],
    journal: Journal,
    size: tuple[int, int],
    percent: int,
    span: int,
) -> None:
    fill_day(journal)
    journal.days.write_note(TODAY, "A walk. " * 120)
    journal.close()
    main = open_window(Settings(theme="light", text_size=percent), page="history").main
    page = main.page
    page.span.buttons[span].click()
    main.resize(*size)
    live(30)

    top = page.panel.mapTo(page.inner, QPoint(0, 0))
    foot = page.grid.mapTo(page.inner, QPoint(0, page.grid.height())).y()
    is_beside = percent == 100 and size[0] > 480
    assert (top.y() < foot) is is_beside
    assert page.inner.width() <= page.viewport().width()
    assert list(outside(main)) == []
    assert page.grid.height() == page.grid.height_for(page.grid.width())


def test_the_month_fits_a_small_laptop_and_its_height_is_every_months(window: Window) -> None:
    page = window.main.open_page("history")
    window.main.resize(1040, 720)
    live(20)
    places = set()
    for month in (2, 3, 8):
        page.choose(date(2026, month, 1))
        live(5)
        places.add(page.legend.mapTo(page, QPoint(0, 0)).toTuple())

    assert len(places) == 1
    assert page.verticalScrollBar().maximum() == 0


def test_the_chosen_day_is_scrolled_into_sight(window: Window) -> None:
    page = window.main.open_page("history")
    window.main.resize(480, 320)
    live(20)
    for day in (date(2026, 3, 30), date(2026, 3, 1)):
        page.choose(day)
        live(5)
        place = page.grid.area_of(day).toRect()
        top = page.grid.mapTo(page.viewport(), place.topLeft()).y()
        assert 0 <= top <= page.viewport().height() - place.height()
