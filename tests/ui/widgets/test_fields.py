"""The note and the hours asleep: checks 12 and 15."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.domain.ratings import NOTE_LENGTH
from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def hours(window: Window) -> int | None:
    found = window.session.journal.days.read_ratings(TODAY, TODAY).get("sleep_hours")
    return found[0].value if found else None


def note(window: Window) -> tuple[str, bool]:
    record = window.session.journal.days.read_day(TODAY)
    return record.note, record.note_for_doctor


@pytest.mark.parametrize("typed", ["7:30", "7,5", "7.5", "730", "7h30"])
def test_hours_asleep_are_read_as_people_write_them(
    window: Window, today: TodayPage, typed: str
) -> None:
    today.sleep.field.setFocus()
    QTest.keyClicks(today.sleep.field, typed)
    assert today.sleep.echo.text() == "7 h 30 min"
    press(Qt.Key.Key_Tab)

    assert hours(window) == 450_000
    assert today.sleep.field.text() == "7:30"
    assert today.footer.saved.text() == "Saved 21:00 · 0 of 7"


def test_hours_that_cannot_be_read_are_left_as_typed_with_an_example(
    window: Window, today: TodayPage, said: list[str]
) -> None:
    today.sleep.field.setFocus()
    QTest.keyClicks(today.sleep.field, "25")
    press(Qt.Key.Key_Tab)

    assert hours(window) is None
    assert today.sleep.field.text() == "25"
    sentence = "I can't read “25” as hours of sleep (0 to 24). Try 7:30 or 7.5."
    assert today.footer.message.text() == sentence
    assert said == ["! " + sentence]


def test_hours_can_be_taken_back(window: Window, today: TodayPage) -> None:
    today.sleep.field.setFocus()
    QTest.keyClicks(today.sleep.field, "8")
    press(Qt.Key.Key_Return)
    assert hours(window) == 480_000

    today.sleep.field.selectAll()
    press(Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert hours(window) is None


def test_hours_are_not_in_the_chain_of_digits(today: TodayPage) -> None:
    press("7", "6", "3")

    assert today.form.row_of("mood").has_focus()


def test_a_note_grows_to_five_lines_and_tab_leaves_it(window: Window, today: TodayPage) -> None:
    press("N", modifier=CTRL)
    editor = today.footer.note.editor
    assert editor.hasFocus()
    one_line = editor.height()
    for line in range(5):
        QTest.keyClicks(editor, f"line {line}")
        if line < 4:
            press(Qt.Key.Key_Return, modifier=SHIFT)
    five_lines = editor.height()
    press(Qt.Key.Key_Return, modifier=SHIFT)

    assert one_line < five_lines == editor.height()
    press(Qt.Key.Key_Tab)
    assert not editor.hasFocus()
    assert note(window) == ("line 0\nline 1\nline 2\nline 3\nline 4", False)


def test_enter_saves_the_note_and_adds_no_line(window: Window, today: TodayPage) -> None:
    press("N", modifier=CTRL)
    QTest.keyClicks(today.footer.note.editor, "Tired <b>after</b> a walk")
    press(Qt.Key.Key_Return)

    assert note(window) == ("Tired <b>after</b> a walk", False)
    assert today.footer.note.editor.toPlainText() == "Tired <b>after</b> a walk"


def test_a_note_is_for_the_doctor_only_when_ticked(window: Window, today: TodayPage) -> None:
    assert today.footer.note.for_doctor.isHidden() or not today.footer.note.for_doctor.isVisible()
    QTest.keyClicks(today.footer.note.editor, "Ask about iron")
    today.footer.note.for_doctor.click()

    assert note(window) == ("Ask about iron", True)


def test_a_note_is_saved_while_the_person_pauses(window: Window, today: TodayPage) -> None:
    today.footer.note.editor.setFocus()
    QTest.keyClicks(today.footer.note.editor, "Half a thou")

    wait_until(lambda: note(window)[0] == "Half a thou")


def test_a_note_is_no_longer_than_it_can_be_kept(window: Window, today: TodayPage) -> None:
    editor = today.footer.note.editor
    editor.setPlainText("a" * (NOTE_LENGTH + 50))
    today.footer.note.tell_changes()

    assert note(window)[0] == "a" * NOTE_LENGTH


def test_walking_to_another_day_saves_the_note_on_its_own_day(
    window: Window, today: TodayPage
) -> None:
    QTest.keyClicks(today.footer.note.editor, "today's")
    today.go(-1)

    assert note(window)[0] == "today's"
    assert today.footer.note.editor.toPlainText() == ""
