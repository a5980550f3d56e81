"""The form of a result: its draw stays for the next one, and what can't be taken is marked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from moodlab.domain.days import short_date
from moodlab.ui.labs.page import LabsPage
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.labs.test_labs import add, fill, results


@pytest.fixture
def page(open_window) -> LabsPage:
    return open_window(page="labs").main.page


def marked(page: LabsPage) -> list[object]:
    form = page.form
    fields = (form.day, form.test, form.unit, form.value)
    return [field for field in fields if field.property("invalid")]


def times_said(page: LabsPage, sentence: str) -> int:
    labels = page.findChildren(QLabel)
    return sum(label.isVisibleTo(page) and label.text() == sentence for label in labels)


def test_an_empty_date_is_never_today(page: LabsPage) -> None:
    page.form.value.setFocus()
    QTest.keyClicks(page.form.value, "3.1")
    press(Qt.Key.Key_Return)

    sentence = "Enter the date first, for example 21.10. or today."
    assert results(page) == ()
    assert page.notice.sentence == sentence
    assert QApplication.focusWidget() is page.form.day
    assert marked(page) == [page.form.day]
    assert times_said(page, sentence) == 1

    QTest.keyClicks(page.form.day, "today")
    assert marked(page) == []
    assert page.notice.isHidden()
    press(Qt.Key.Key_Return)
    assert [result.collected for result in results(page)] == [TODAY]


def test_an_empty_value_is_asked_for(page: LabsPage) -> None:
    page.take_focus()
    press(Qt.Key.Key_Return)

    assert page.notice.sentence == "Enter the value first, for example 3.1 or <0.3."
    assert marked(page) == [page.form.value]
    assert QApplication.focusWidget() is page.form.value
    assert page.form.value.accessibleDescription() == page.notice.sentence

    press(Qt.Key.Key_Escape)
    assert page.notice.isHidden()
    assert marked(page) == []


def test_a_day_to_come_is_marked_at_the_date(page: LabsPage) -> None:
    add(page, "3", day="31.12.2026")

    assert page.notice.sentence == "31 Dec 2026 is in the future. Check the date."
    assert marked(page) == [page.form.day]


def test_the_draw_stays_for_its_next_result(page: LabsPage) -> None:
    page.form.context.tick("infection")
    add(page, "14", day="1.3.2026", lab="City", range="0-5")

    assert page.form.heading.text() == "Next result of 1 Mar 2026"
    assert (page.form.day.text(), page.form.lab.text()) == ("1 Mar 2026", "City")
    assert page.form.chosen_context() == ("infection",)
    add(page, "30", "ng/mL", "Ferritin")

    first, second = results(page)
    assert first.collected == second.collected
    assert second.context == ("infection",)
    assert second.excluded
    assert second.range_text == ""

    press(Qt.Key.Key_Escape)
    assert page.form.heading.text() == "New result"
    assert (page.form.day.text(), page.form.chosen_context()) == ("", ())
    assert not page.form.excluded.isChecked()
    assert QApplication.focusWidget() is page.form.day


def test_what_was_decided_about_a_draw_holds_for_its_next_result(page: LabsPage) -> None:
    page.form.context.tick("infection")
    page.form.excluded.click()
    add(page, "14")
    add(page, "30", "ng/mL", "Ferritin")

    assert [result.excluded for result in results(page)] == [False, False]


def test_another_day_does_not_take_over_what_was_going_on(page: LabsPage) -> None:
    page.form.context.tick("infection")
    add(page, "14", day="1.3.2026")
    page.form.day.setFocus()
    page.form.day.selectAll()
    QTest.keyClicks(page.form.day, "2.3.2026")
    page.form.value.setFocus()

    assert page.form.chosen_context() == ()
    assert not page.form.excluded.isChecked()
    assert page.form.heading.text() == "New result"


def test_a_range_is_offered_for_the_same_unit_and_lab_only(page: LabsPage) -> None:
    add(page, "0.31", "mg/dL", lab="City", range="<0.5")
    assert page.form.range.text() == "<0.5"

    QTest.keyClicks(page.form.value, "3.1 mg/L")
    assert page.form.range.text() == ""
    page.form.value.selectAll()
    QTest.keyClicks(page.form.value, "0.31")
    assert page.form.range.text() == "<0.5"
    page.form.lab.selectAll()
    QTest.keyClicks(page.form.lab, "Hospital")
    assert page.form.range.text() == ""
    QTest.keyClicks(page.form.range, "<0.8")
    QTest.keyClicks(page.form.value, "4")
    assert page.form.range.text() == "<0.8"


def test_the_same_result_again_is_asked_about_and_escape_takes_the_question_back(
    page: LabsPage,
) -> None:
    add(page, "3.1")
    add(page, "3.1")

    assert page.notice.sentence == "You already have this result. Save it again?"
    assert [button.text() for button in page.notice.buttons] == ["Save again", "Go back"]
    press(Qt.Key.Key_Escape)
    assert page.notice.isHidden()
    assert QApplication.focusWidget() is page.form.value
    assert page.form.value.text() == "3.1"

    press(Qt.Key.Key_Return)
    page.notice.buttons[0].click()
    assert len(results(page)) == 2


def test_a_large_change_is_asked_about_as_in_the_command(page: LabsPage) -> None:
    add(page, "1.2", day=days_ago(30).isoformat())
    page.form.begin_draw()
    add(page, "48")

    assert page.notice.sentence == (
        "This is very different from your last CRP, 1.2 mg/L. Is 48 mg/L correct?"
    )
    assert [button.text() for button in page.notice.buttons] == ["Yes, save it", "Go back"]
    QTest.keyClicks(page.form.value, "0")
    assert page.notice.isHidden()


def test_a_typed_day_is_shown_as_everywhere(page: LabsPage) -> None:
    page.take_focus()
    QTest.keyClicks(page.form.day, "1.3.")
    press(Qt.Key.Key_Tab)

    assert page.form.day.text() == "1 Mar 2026"
    fill(page, "3")
    assert page.form.read().collected.isoformat() == "2026-03-01"


def test_another_draw_is_one_click_away_too(page: LabsPage) -> None:
    add(page, "14", day=days_ago(3).isoformat())
    assert page.form.leave.text() == "Another draw (Esc)"
    assert short_date(days_ago(3)) in page.form.heading.text()

    page.form.leave.click()

    assert page.form.day.text() == ""
    assert page.form.leave.isHidden()
