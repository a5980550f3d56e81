"""The one field for a day: typed in any usual way, shown as MoodLab shows days."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from moodlab.domain.errors import Refused
from moodlab.ui.widgets.day_field import DayField
from tests.moments import TODAY


@pytest.fixture
def field(app) -> Iterator[DayField]:
    host = QWidget()
    made = DayField("21.10.")
    made.be_today(TODAY)
    layout = QVBoxLayout(host)
    layout.addWidget(made)
    host.show()
    host.activateWindow()
    made.setFocus()
    QTest.qWaitForWindowActive(host)
    yield made
    host.hide()


@pytest.fixture
def heard(field: DayField) -> list[object]:
    """The days and sentences that it told, in order."""
    told: list[object] = []
    field.day_changed.connect(told.append)
    field.told.connect(told.append)
    return told


@pytest.mark.parametrize(
    "typed", ["3.11.2025", "3.11.", "3/11/25", "2025-11-03", "3 Nov 2025", "3 november"]
)
def test_every_usual_way_ends_as_one(field: DayField, heard: list[object], typed: str) -> None:
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == "3 Nov 2025"
    assert field.day == date(2025, 11, 3)
    assert heard[:2] == ["", date(2025, 11, 3)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("soon", "“soon” is not a day. Enter it like 21.10. or 3.11.2025."),
        ("31.2.2026", "“31.2.2026” is not a day. Enter it like 21.10. or 3.11.2025."),
        ("5.3.2026", "5 Mar 2026 is in the future. Check the date."),
        ("1.1.1899", "1 Jan 1899 is before 1900. Check the year."),
    ],
)
def test_what_can_not_be_taken_stays_and_is_marked(
    field: DayField, heard: list[object], typed: str, sentence: str
) -> None:
    field.show_day(date(2026, 1, 5))
    field.selectAll()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.text() == typed
    assert field.property("invalid")
    assert field.accessibleDescription() == sentence
    assert heard[0] == sentence
    assert field.day == date(2026, 1, 5)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not field.property("invalid")


def test_an_empty_field_is_no_day(field: DayField) -> None:
    with pytest.raises(Refused):
        field.read()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.day) == ("", None)


def test_arrows_go_by_a_day_and_not_past_today(field: DayField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day == TODAY
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "3 Mar 2026"
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.day == TODAY


def test_a_day_is_picked_from_a_calendar_by_mouse(field: DayField, heard: list[object]) -> None:
    QTest.mouseClick(field.pick, Qt.MouseButton.LeftButton)
    (calendar,) = field.findChildren(QCalendarWidget)
    assert calendar.maximumDate() == QDate(2026, 3, 4)

    calendar.clicked.emit(QDate(2026, 2, 27))

    assert field.text() == "27 Feb 2026"
    assert heard[-1] == date(2026, 2, 27)


def test_undo_takes_back_how_it_is_shown_and_what_was_typed(field: DayField) -> None:
    QTest.keyClicks(field, "3.3.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "3 Mar 2026"

    for _ in range(3):
        if field.isUndoAvailable():
            QTest.keySequence(field, QKeySequence(QKeySequence.StandardKey.Undo))

    assert field.text() == ""
