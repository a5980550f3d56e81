"""Other days, yesterday, gaps, midnight, too unwell: facts/ux §1.6, §1.7 and checks 8 to 13, 16."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.domain.days import Timeliness
from moodlab.domain.ratings import DayState
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY, Clock, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
YESTERDAY = days_ago(1)


def all_texts(page: TodayPage) -> str:
    parts = [page.title, page.subtitle, page.footer.message, page.footer.saved]
    return " ".join(part.text() for part in parts) + page.notice.sentence


def test_an_empty_yesterday_is_offered_and_can_be_filled_in(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(days_ago(2), "mood", 5000)
    window = open_window()
    page = window.main.page
    assert page.notice.sentence == "Yesterday (Tue 3 Mar) is empty."

    page.notice.buttons[0].click()
    assert page.sheet.day == YESTERDAY
    assert page.title.text() == "How was yesterday overall?"
    press("4")
    rating = window.session.journal.days.read_ratings(YESTERDAY, YESTERDAY)["fatigue"][0]
    assert rating.timeliness is Timeliness.NEXT_DAY

    press("T", modifier=CTRL)
    assert page.sheet.day == TODAY
    assert page.notice.isHidden()


def test_leave_it_empty_is_remembered_after_a_restart(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(days_ago(2), "mood", 5000)
    first = open_window()
    first.main.page.notice.buttons[1].click()
    assert first.main.page.notice.sentence == "Yesterday stays empty."
    assert first.main.page.notice.buttons == ()  # and nothing moved

    second = open_window()
    assert second.main.page.notice.isHidden()


def test_nothing_is_offered_in_a_new_journal(today: TodayPage) -> None:
    assert today.notice.isHidden()
    assert "Welcome" not in today.subtitle.text()


def test_after_thirty_silent_days_it_says_welcome_back_and_counts_nothing(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(days_ago(31), "mood", 5000)
    page = open_window().main.page

    assert page.subtitle.text() == "Wednesday 4 March · Welcome back."
    page.form.rows[0].take_focus()
    press("4")
    assert page.subtitle.text() == "Wednesday 4 March"
    assert page.notice.isHidden()
    assert not re.search(r"3[01] ?day|\bdays ago\b", all_texts(page))


def test_a_gap_of_three_days_is_no_gap(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(days_ago(3), "mood", 5000)

    assert "Welcome" not in open_window().main.page.subtitle.text()


def test_after_midnight_the_day_that_is_ending_is_open(
    open_window: Callable[..., Window], clock: Clock
) -> None:
    clock.be(TODAY + timedelta(days=1), 0, 40)
    window = open_window()
    page = window.main.page
    assert page.sheet.day == TODAY
    assert page.subtitle.text() == "Wednesday 4 March (evening)"
    assert page.heading.switch.text() == "switch to Thursday"

    press("7")
    page.heading.switch.click()
    press("5")

    days = window.session.journal.days
    assert days.read_ratings(TODAY, TODAY)["fatigue"][0].value == 7000
    tomorrow = TODAY + timedelta(days=1)
    assert days.read_ratings(tomorrow, tomorrow)["fatigue"][0].value == 5000


def test_keys_walk_to_other_days_but_not_into_the_future(today: TodayPage) -> None:
    press(Qt.Key.Key_PageDown)
    assert today.sheet.day == TODAY
    press(Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert today.sheet.day == days_ago(2)
    press(Qt.Key.Key_Right, modifier=ALT)
    assert today.sheet.day == YESTERDAY
    press(Qt.Key.Key_Left, modifier=ALT)
    assert today.sheet.day == days_ago(2)
    press("T", modifier=CTRL)
    assert today.sheet.day == TODAY
    assert not today.heading.later.isEnabled()


def test_a_day_filled_in_later_says_so_and_is_kept_as_later(
    window: Window, today: TodayPage
) -> None:
    press(Qt.Key.Key_PageUp, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp)
    assert today.subtitle.text() == ("Sunday 1 March · 3 days ago · added later")
    press("6")

    rating = window.session.journal.days.read_ratings(days_ago(3), days_ago(3))["fatigue"][0]
    assert (rating.value, rating.timeliness) == (6000, Timeliness.LATER)


def test_too_unwell_is_one_click_and_no_number(window: Window, today: TodayPage) -> None:
    QTest.mouseClick(today.footer.unwell, Qt.MouseButton.LeftButton)

    days = window.session.journal.days
    assert days.read_day(TODAY).state is DayState.UNWELL
    assert days.read_ratings(TODAY, TODAY) == {}
    assert today.subtitle.text().endswith("too unwell to log")

    window.main.undo()
    assert days.read_day(TODAY).state is None
    assert today.footer.message.text() == "Undone: “too unwell to log” on 4 Mar, removed."


def test_too_unwell_has_a_chord_and_numbers_may_still_be_added(
    window: Window, today: TodayPage
) -> None:
    press("U", modifier=CTRL)
    press("9")

    days = window.session.journal.days
    assert days.read_day(TODAY).state is DayState.UNWELL
    assert days.read_ratings(TODAY, TODAY)["fatigue"][0].value == 9000

    press("U", modifier=CTRL)
    assert days.read_day(TODAY).state is None


def test_the_short_version_is_four_keys(window: Window, today: TodayPage) -> None:
    today.heading.shorter.click()
    assert [row.subject.id for row in today.form.rows] == ["fatigue", "sleep", "mood"]
    press("7", "3", "5", Qt.Key.Key_Return)

    stored = window.session.journal.days.read_ratings(TODAY, TODAY)
    assert {name: found[0].value for name, found in stored.items()} == {
        "fatigue": 7000, "sleep": 3000, "mood": 5000,
    }  # fmt: skip
    assert today.footer.saved.text() == "Saved 21:00 · 3 of 3"
    assert today.heading.shorter.text() == "Show all 7"
    today.heading.shorter.click()
    assert len(today.form.rows) == 7
    press(Qt.Key.Key_PageUp)
    assert len(today.form.rows) == 7


def test_the_short_version_can_be_the_preference(open_window: Callable[..., Window]) -> None:
    page = open_window(Settings(theme="light", short_version=True)).main.page

    assert len(page.form.rows) == 3


def test_a_new_journal_day_opens_by_itself(window: Window, today: TodayPage, clock: Clock) -> None:
    clock.be(TODAY + timedelta(days=1), 9)
    today._midnight.timeout.emit()

    assert today.sheet.day == TODAY + timedelta(days=1)
    assert today.subtitle.text() == "Thursday 5 March"


def test_what_another_program_writes_appears(
    window: Window, today: TodayPage, journal_path, clock: Clock
) -> None:
    with Journal.open(journal_path, clock=clock) as other:
        other.days.rate(TODAY, "mood", 8000)

    wait_until(lambda: today.form.row_of("mood").answer)
    assert today.form.row_of("mood").answer.in_words() == "8"


def test_the_strip_about_yesterday_needs_no_scrolling_either(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(days_ago(2), "mood", 5000)
    page = open_window().main.page
    QTest.qWait(20)

    assert page.notice.isVisible()
    assert page.verticalScrollBar().maximum() == 0


# A day to come that holds something, such as after the clock was wrong, and one before 1900

TO_COME = TODAY + timedelta(days=400)
LONG_AGO = date(1700, 1, 1)


def put_day(journal: Journal, clock: Clock, day: date, metric: str = "fatigue") -> None:
    """Leave a rating on a day as an older version, or a wrong clock, did."""
    then = clock.moment
    clock.be(max(day, TODAY))
    with journal.ledger.batch("rate") as batch:
        journal.days.rate(TODAY, "pain", 1000)
        row = batch.read("rating", {"day": TODAY.isoformat(), "metric": "pain"})
        batch.put("rating", {**row, "day": day.isoformat(), "metric": metric})
        batch.remove("rating", {"day": TODAY.isoformat(), "metric": "pain"})
    clock.moment = then


def test_a_day_to_come_that_holds_something_can_be_opened_and_cleared(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    put_day(journal, clock, TO_COME)
    page = open_window().main.page
    assert page.heading.later.isEnabled()

    page.heading.later.click()
    assert page.sheet.day == TO_COME
    assert "not come yet" in page.subtitle.text()
    assert page.footer.message.text() == "This day has not come yet. You can clear what is here."
    assert not page.heading.later.isEnabled()

    row = page.form.row_of("fatigue")
    row.setFocus()
    press("5")
    assert "is in the future" in page.footer.message.text()
    row.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.sheet.answers == {}
    assert not page.heading.later.isEnabled()

    page.heading.earlier.click()
    assert page.sheet.day == TODAY
    assert not page.heading.later.isEnabled()


def test_days_to_come_without_anything_are_stepped_over(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    for day in (TODAY + timedelta(days=2), TO_COME, date.max):
        put_day(journal, clock, day)
    page = open_window().main.page
    opened = []
    while page.heading.later.isEnabled():
        page.heading.later.click()
        opened.append(page.sheet.day)
    assert opened == [TODAY + timedelta(days=2), TO_COME, date.max]
    page.go(1)
    assert page.sheet.day == date.max
    for _ in range(3):
        page.heading.earlier.click()
    assert page.sheet.day == TODAY


def test_a_day_before_1900_is_reached_from_the_first_day_there_is(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    put_day(journal, clock, LONG_AGO)
    put_day(journal, clock, date.min)
    page = open_window().main.page
    page.open_day(date(1900, 1, 1))
    for day in (LONG_AGO, date.min, date.min):
        page.go(-1)
        assert page.sheet.day == day
    for day in (LONG_AGO, date(1900, 1, 1)):
        page.go(1)
        assert page.sheet.day == day


def test_a_note_alone_keeps_a_day_to_come_within_reach_and_an_emptied_one_does_not(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    clock.be(TO_COME)
    journal.days.write_note(TO_COME, "rain")
    clock.be(TODAY)
    page = open_window().main.page
    page.heading.later.click()
    assert page.footer.note.editor.toPlainText() == "rain"

    page.footer.note.editor.clear()
    page.heading.earlier.click()
    assert page.sheet.day == TODAY
    assert not page.heading.later.isEnabled()


def test_a_rating_asked_beside_the_daily_ones_leaves_the_rows_in_their_places(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    """Pain stands beside fatigue, above what the journal asks first: rows were made anew."""
    journal.days.rate(days_ago(1), "pain", 1000)
    page = open_window().main.page
    rows = list(page.form.rows)
    assert [row.subject.id for row in rows[:3]] == ["fatigue", "brain_fog", "pain"]

    press("1", "2", "3")

    assert page.form.rows == rows
    saved = {name: answer.button for name, answer in page.sheet.answers.items()}
    assert saved == {"fatigue": 1, "brain_fog": 2, "pain": 3}
