"""Logging a day: facts/ux §1.4, §1.5 and the checks 1 to 7."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from moodlab.domain.metrics import METRICS
from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from moodlab.ui.today.rows.rating_cell import UNABLE
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press

SEVEN = [metric.id for metric in METRICS if metric.daily]


def stored(window: Window) -> dict[str, int | None]:
    ratings = window.session.journal.days.read_ratings(TODAY, TODAY)
    return {name: found[0].value and found[0].value // 1000 for name, found in ratings.items()}


class KeyCounter(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.presses = 0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched is QApplication.focusWidget():
            self.presses += 1
        return False


def test_seven_digits_and_enter_are_a_whole_day(window: Window, today: TodayPage) -> None:
    counter = KeyCounter()

    press(*"7635443", Qt.Key.Key_Return)

    QApplication.instance().removeEventFilter(counter)
    assert stored(window) == dict(zip(SEVEN, (7, 6, 3, 5, 4, 4, 3), strict=True))
    assert counter.presses == 8
    assert today.footer.message.text() == (
        "Saved. Fatigue 7, Brain fog 6, Sleep last night 3, Mood 5, Motivation 4,"
        " Pleasure / interest 4, Daily functioning 3."
    )
    assert today.footer.saved.text() == "Saved 21:00 · 7 of 7"


def test_seven_clicks_are_a_whole_day_too(window: Window, today: TodayPage) -> None:
    window.main.resize(1366, 768)
    for row in today.form.rows:
        QTest.mouseClick(row.cell(5), Qt.MouseButton.LeftButton)

    assert stored(window) == dict.fromkeys(SEVEN, 5)
    assert today.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        ("X", Qt.KeyboardModifier.NoModifier),
        ("x", Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_ten_has_its_own_key(
    window: Window, today: TodayPage, key: str, modifier: Qt.KeyboardModifier
) -> None:
    press(key, modifier=modifier)

    assert stored(window) == {"fatigue": 10}
    assert today.form.rows[1].has_focus()


def test_one_then_zero_is_kept_as_typed_until_the_person_says_ten(
    window: Window, today: TodayPage, said: list[str]
) -> None:
    press("1", "0")
    assert stored(window) == {"fatigue": 1, "brain_fog": 0}
    line = "Recorded Fatigue 1 and Brain fog 0. If you meant Fatigue 10, press X now."
    assert today.form.correction_text() == line
    assert said[-1] == line

    press("X")
    assert stored(window) == {"fatigue": 10}
    assert today.form.correction_text() == ""
    assert today.form.rows[1].has_focus()


def test_any_other_key_keeps_one_and_zero(window: Window, today: TodayPage) -> None:
    press("1", "0", "4")

    assert stored(window) == {"fatigue": 1, "brain_fog": 0, "sleep": 4}
    assert today.form.correction_text() == ""


def test_ten_after_one_and_zero_gives_back_what_zero_had_replaced(
    window: Window, today: TodayPage
) -> None:
    window.session.apply(lambda journal: journal.days.rate(TODAY, "brain_fog", 6000))
    today.form.rows[0].take_focus()

    press("1", "0", "X")

    assert stored(window) == {"fatigue": 10, "brain_fog": 6}


def test_one_then_zero_in_the_last_row_can_be_made_ten(window: Window, today: TodayPage) -> None:
    press(*"765544", "1", "0")
    assert stored(window)["functioning"] == 1
    assert today.form.correction_text() == (
        "Recorded Daily functioning 1. If you meant Daily functioning 10, press X now."
    )

    press("X")
    assert stored(window)["functioning"] == 10


def test_zero_after_a_one_that_was_not_just_typed_asks_nothing(today: TodayPage) -> None:
    press("1", Qt.Key.Key_Down, "0")

    assert today.form.correction_text() == ""


def test_digits_after_the_last_row_change_nothing(
    window: Window, today: TodayPage, said: list[str]
) -> None:
    press(*"7635443")
    before = stored(window)

    press("9")

    assert stored(window) == before
    assert today.footer.message.text() == "All 7 rows are filled."
    assert said[-1] == "All 7 rows are filled."


def test_minus_answers_could_not_say(window: Window, today: TodayPage) -> None:
    press("-")

    assert stored(window) == {"fatigue": None}
    assert today.form.rows[0].answer.in_words() == "could not say"
    assert today.form.rows[1].has_focus()
    assert today.footer.saved.text() == "Saved 21:00 · 1 of 7"


def test_backspace_empties_a_row_or_goes_back(window: Window, today: TodayPage) -> None:
    press("7", Qt.Key.Key_Backspace)
    assert today.form.rows[0].has_focus()
    assert stored(window) == {"fatigue": 7}

    press(Qt.Key.Key_Backspace)
    assert stored(window) == {}
    assert today.form.rows[0].has_focus()


def test_arrows_change_the_value_and_walk_the_rows(window: Window, today: TodayPage) -> None:
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert stored(window) == {"fatigue": 2}
    press(Qt.Key.Key_Left, Qt.Key.Key_Down)
    assert stored(window) == {"fatigue": 1}
    assert today.form.rows[1].has_focus()
    press(Qt.Key.Key_Left)
    assert stored(window) == {"fatigue": 1, "brain_fog": 10}
    press(Qt.Key.Key_Right, Qt.Key.Key_Up)
    assert stored(window)["brain_fog"] == 10
    assert today.form.rows[0].has_focus()


def test_clicking_the_chosen_number_again_clears_it(
    window: Window, today: TodayPage, said: list[str]
) -> None:
    cell = today.form.rows[0].cell(5)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)
    QTest.mouseClick(cell, Qt.MouseButton.LeftButton)

    assert stored(window) == {}
    assert not cell.isChecked()
    assert said[-1] == today.footer.message.text() == "Fatigue is empty again."


def test_a_double_click_on_a_number_sets_it_and_takes_nothing_back(
    window: Window, today: TodayPage
) -> None:
    double_click(today.form.rows[0].cell(5))
    assert stored(window) == {"fatigue": 5}

    double_click(today.footer.unwell)
    assert today.sheet.is_unwell

    double_click(today.heading.earlier)
    assert today.sheet.day == days_ago(2)


def double_click(target: QWidget) -> None:
    """What the system sends: the second press is a double click, and is let go too."""
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton)


def test_could_not_say_has_a_button_that_is_seen(window: Window, today: TodayPage) -> None:
    row = today.form.rows[0]
    unable = row.cell(UNABLE)
    assert unable.visibleRegion().contains(unable.rect().center())

    QTest.mouseClick(unable, Qt.MouseButton.LeftButton)
    assert stored(window) == {"fatigue": None}
    assert unable.isChecked()
    assert row.tab_stop is unable

    QTest.mouseClick(unable, Qt.MouseButton.LeftButton)
    assert stored(window) == {}


def test_typing_past_the_hours_asleep_says_how_to_get_there(
    window: Window, today: TodayPage
) -> None:
    press(*"763")
    passed_over = "Hours asleep was passed over. Shift+Tab goes back to it."
    assert today.footer.message.text() == passed_over

    press(Qt.Key.Key_Backtab)
    assert today.sleep.field.hasFocus()
    press(*"7:30", Qt.Key.Key_Return)
    today.form.row_of("sleep").take_focus()
    press("4")
    assert today.footer.message.text() == ""


def test_the_words_of_a_row_are_dark_only_while_it_has_the_keyboard(today: TodayPage) -> None:
    row = today.form.rows[1]
    words = QRect(0, 0, row.buttons_left, row.height())
    before = row.grab(words).toImage()

    row.take_focus()
    assert row.grab(words).toImage() != before
    painted: list[object] = []
    watch = PaintWatch(row, painted)
    today.form.rows[0].take_focus()
    QTest.qWait(20)

    assert painted, "the row was not painted again when the keyboard left it"
    row.removeEventFilter(watch)
    assert row.grab(words).toImage() == before


class PaintWatch(QObject):
    def __init__(self, watched: QObject, seen: list[object]) -> None:
        super().__init__()
        self._seen = seen
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._seen.append(watched)
        return False


def test_clearing_can_be_undone_and_twenty_steps_too(window: Window, today: TodayPage) -> None:
    for number in range(20):
        today.form.rows[0].take_focus()
        press(str(number % 10))
    today.form.rows[0].take_focus()
    press(Qt.Key.Key_Delete)
    assert stored(window) == {}

    press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
    assert stored(window) == {"fatigue": 9}
    for expected in range(18, -1, -1):
        press("Z", modifier=Qt.KeyboardModifier.ControlModifier)
        assert stored(window) == {"fatigue": expected % 10}

    redo = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press("Z", modifier=redo)
    assert stored(window) == {"fatigue": 1}
    assert today.footer.message.text() == "Redone: Fatigue 1 on 4 Mar, was 0."


def test_a_part_of_a_day_is_there_after_a_restart(open_window: Callable[..., Window]) -> None:
    first = open_window()
    first.main.page.form.row_of("mood").take_focus()
    press("4")
    first.close()

    second = open_window()

    assert stored(second) == {"mood": 4}
    assert second.main.page.form.rows[0].has_focus()
    assert second.main.page.footer.saved.text() == "Saved 21:00 · 1 of 7"


def test_digits_do_nothing_while_no_row_has_the_keyboard(window: Window, today: TodayPage) -> None:
    today.heading.earlier.setFocus()
    press("7", "X", "-")

    assert stored(window) == {}


def test_an_imported_decimal_is_shown_with_no_button_chosen(
    window: Window, today: TodayPage
) -> None:
    window.session.apply(
        lambda journal: journal.days.rate(TODAY, "mood", 6700, source="import", source_value="6.7")
    )
    row = today.form.row_of("mood")

    assert row.answer.in_words() == "6.7, imported"
    assert not any(row.cell(number).isChecked() for number in range(11))

    row.take_focus()
    press(Qt.Key.Key_Left)
    assert stored(window) == {"mood": 6}


def test_each_save_is_announced_once_with_what_comes_next(
    today: TodayPage, said: list[str]
) -> None:
    press("7", "3")

    assert said == ["Fatigue 7. Next: Brain fog.", "Brain fog 3. Next: Sleep last night."]
