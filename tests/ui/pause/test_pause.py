"""Pausing and resuming in the window: facts/ux §1.6, issue 11 item 5."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from moodlab.domain.ratings import DayState
from moodlab.domain.tracking.pauses import Pause
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.pause.dialog import PauseDialog
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY, Clock, days_ago
from tests.store.records.test_days import states
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

PAUSED = DayState.PAUSED


def ask_about_pause(window: Window) -> PauseDialog:
    view = next(a.menu() for a in window.main.menuBar().actions() if a.text() == "&View")
    next(action for action in view.actions() if "Pause" in action.text()).trigger()
    dialog = window.main.findChild(PauseDialog)
    dialog.activateWindow()
    wait_until(dialog.isActiveWindow)
    return dialog


def write(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_pause_is_begun_by_keys_alone_and_told_on_today(window: Window, today: TodayPage) -> None:
    dialog = ask_about_pause(window)
    assert QApplication.focusWidget() is dialog.last
    press(Qt.Key.Key_Return)

    assert window.session.journal.pauses.read() == Pause(TODAY)
    assert today.notices.pause.sentence == "Paused since today."
    assert today.footer.message.text() == "Paused since today."
    wait_until(lambda: window.main.findChild(PauseDialog) is None)


def test_a_pause_has_a_last_day_without_a_year_which_is_still_to_come(
    window: Window, today: TodayPage
) -> None:
    dialog = ask_about_pause(window)
    write(dialog.first, "1.3.")
    write(dialog.last, "20.3.")
    dialog.save.click()

    assert window.session.journal.pauses.read() == Pause(days_ago(3), days_ago(-16))
    assert today.notices.pause.sentence == "Paused 1–20 Mar."


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("5.3.2026", "", "5 Mar 2026 is in the future. Check the date."),
        ("4.3.", "someday", "“someday” is not a day."),
        ("4.3.", "1.3.2026", "The last day (1 Mar 2026) is before the first (4 Mar 2026)."),
        ("", "", "Enter the date first"),
    ],
)
def test_what_can_not_be_read_keeps_the_question_open(
    window: Window, first: str, last: str, said: str
) -> None:
    dialog = ask_about_pause(window)
    dialog.first.clear()
    write(dialog.first, first)
    write(dialog.last, last)
    dialog.save.click()

    assert said in dialog.trouble.text()
    assert dialog.isVisible()
    assert window.session.journal.pauses.read() is None


def test_esc_leaves_everything_as_it_is(window: Window) -> None:
    dialog = ask_about_pause(window)
    press(Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert window.session.journal.pauses.read() is None
    assert window.main.page.footer.done.isVisible()


def test_the_pause_that_runs_is_shown_changed_and_ended_in_the_same_question(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.pauses.begin(Pause(days_ago(3)))
    window = open_window()
    dialog = ask_about_pause(window)
    assert (dialog.first.text(), dialog.last.text()) == ("1 Mar 2026", "")
    write(dialog.last, "10.3.")
    dialog.save.click()
    assert window.session.journal.pauses.read() == Pause(days_ago(3), days_ago(-6))
    wait_until(lambda: window.main.findChild(PauseDialog) is None)

    ask_about_pause(window).resume.click()

    assert window.session.journal.pauses.read() is None
    assert states(window.session.journal, 4, -6) == [None, *[PAUSED] * 3, *[None] * 7]


def test_who_is_back_after_a_month_resumes_by_one_click_and_can_undo_it(
    open_window: Callable[..., Window], journal: Journal, clock: Clock
) -> None:
    journal.pauses.begin(Pause(TODAY))
    clock.pass_time(days=30)
    window = open_window()
    page = window.main.page
    assert page.notices.pause.sentence == "Paused since 4 Mar."
    assert page.notice.isHidden()
    assert "Welcome" not in page.subtitle.text()
    before = page.form.rows[0].mapTo(page, page.form.rows[0].rect().topLeft())

    page.notices.pause.buttons[0].click()

    assert states(window.session.journal, 0, -30) == [*[PAUSED] * 30, None]
    assert page.notices.pause.sentence == "Resumed. The days before keep their mark."
    assert page.form.rows[0].has_focus()
    QTest.qWait(20)
    assert page.form.rows[0].mapTo(page, page.form.rows[0].rect().topLeft()) == before
    window.main.undo()
    assert window.session.journal.pauses.read() == Pause(TODAY)


def test_numbers_are_taken_while_paused(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.pauses.begin(Pause(days_ago(1)))
    window = open_window()
    page = window.main.page
    page.take_focus()
    press("7")

    assert page.notices.pause.sentence == "Paused since 3 Mar."
    assert window.session.journal.days.read_day(TODAY).state is None
    assert window.session.journal.days.read_day(days_ago(1)).state is PAUSED


def test_on_an_earlier_day_the_pause_is_ended_from_there(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.pauses.begin(Pause(days_ago(5)))
    window = open_window()
    page = window.main.page
    page.open_day(days_ago(2))
    assert page.notices.pause.buttons[0].text() == "Resume from this day"
    page.notices.pause.buttons[0].click()

    assert states(window.session.journal, 5, 0) == [PAUSED] * 3 + [None] * 3
    page.open_day(days_ago(4))
    assert page.notices.pause.sentence == "This day is marked as paused."
    page.notices.pause.buttons[0].click()
    assert states(window.session.journal, 5, 3) == [PAUSED, None, PAUSED]
    page.open_day(TODAY)
    assert page.notices.pause.isHidden()


def test_undo_of_a_pause_says_which_one(window: Window, today: TodayPage) -> None:
    window.session.save(("pause",), lambda journal: journal.pauses.begin(Pause(days_ago(2))))
    window.main.undo()

    assert today.footer.message.text() == "Undone: pause from 2 Mar."
    assert states(window.session.journal, 2, 0) == [None] * 3
    window.main.redo()
    assert today.footer.message.text() == "Redone: pause from 2 Mar."
