"""Finding words on History: Ctrl+F, the list, and going where they stand."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from moodlab.domain.events import Event
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from tests import diaries
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def filled(open_window: Callable[..., Window], journal: Journal) -> Window:
    journal.days.write_note(days_ago(40), "The <b>CAFÉ</b> was closed 😀 today")
    journal.events.save_event(Event("event-1", days_ago(3), "Coffee at the cafe"))
    lab = diaries.lab(days_ago(9), "48")
    journal.labs.save(lab)
    return open_window(page="history")


def look_for(window: Window, text: str) -> None:
    press("f", modifier=CTRL)
    assert window.main.page.finding.field.hasFocus()
    QTest.keyClicks(QApplication.focusWidget(), text)
    wait_until(window.main.page.finding.said.text)


def hits(window: Window) -> list[str]:
    model = window.main.page.finding.list.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def test_words_are_found_and_enter_goes_to_their_day(filled: Window) -> None:
    page = filled.main.page
    assert page.find_action() is not None
    look_for(filled, "cafe")
    assert hits(filled) == [
        "Event, Sunday 1 March 2026: Coffee at the cafe",
        "Note, Friday 23 January 2026: The <b>CAFÉ</b> was closed 😀 today",
    ]
    assert page.finding.said.text() == "2 places"
    assert not page.month.isVisible()

    press(Qt.Key.Key_Return)
    wait_until(lambda: page.finding.list.hasFocus())
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert page.day == days_ago(40)
    assert page.month.isVisible()
    assert page.month.hasFocus()
    assert page.finding.isHidden()


def test_escape_shows_the_calendar_again(filled: Window) -> None:
    page = filled.main.page
    look_for(filled, "cafe")
    press(Qt.Key.Key_Return)
    wait_until(lambda: page.finding.list.hasFocus())
    press(Qt.Key.Key_Up)
    assert page.finding.field.hasFocus()
    press(Qt.Key.Key_Down)
    wait_until(lambda: page.finding.list.hasFocus())

    press(Qt.Key.Key_Escape)

    assert page.month.isVisible()
    assert (page.finding.isHidden(), page.finding.field.text()) == (True, "")
    assert page.finding.field.hasFocus()


def test_what_stands_nowhere_is_told(filled: Window) -> None:
    look_for(filled, "xyz")

    assert filled.main.page.finding.said.text() == "No note contains “xyz”."
    assert hits(filled) == []
    press(Qt.Key.Key_Return)  # never leaves the field
    assert filled.main.page.finding.field.hasFocus()


def test_a_note_at_a_result_leads_to_labs(filled: Window) -> None:
    noted = replace(filled.session.journal.labs.read_all()[0], note="after the marathon")
    filled.session.apply(lambda journal: journal.labs.save(noted))
    look_for(filled, "marathon")

    press(Qt.Key.Key_Return)
    wait_until(lambda: filled.main.page.finding.list.hasFocus())
    press(Qt.Key.Key_Return)

    assert filled.main.page.ID == "labs"
    assert filled.main.page.place == noted.id


def test_a_change_of_what_was_found_is_seen(filled: Window) -> None:
    look_for(filled, "cafe")
    filled.session.apply(lambda journal: journal.days.write_note(TODAY, "cafe again"))

    wait_until(lambda: len(hits(filled)) == 3)


def test_the_found_words_are_marked_where_they_stand(filled: Window) -> None:
    """Behind a letter that Qt counts as two the mark stands right too."""
    look_for(filled, "today")
    view = filled.main.page.finding.list
    option = QStyleOptionViewItem()
    option.rect.setRect(0, 0, 600, view.sizeHintForRow(0))
    image = QImage(600, view.sizeHintForRow(0), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    view.itemDelegate().paint(painter, option, view.model().index(0))
    painter.end()

    def is_dark(x: int, y: int) -> bool:
        return QColor(image.pixel(x, y)).lightness() < 100

    def longest_line(y: int) -> tuple[int, int]:
        best, start = (0, 0), None
        for x in range(600):
            if is_dark(x, y):
                start = x if start is None else start
                best = max(best, (x - start + 1, start))
            else:
                start = None
        return best

    length, start = max(longest_line(y) for y in range(image.height() // 2, image.height()))
    right = max(x for x in range(600) for y in range(image.height() // 2, image.height())
                if is_dark(x, y))  # fmt: skip
    assert length > 25
    assert abs(start + length - 1 - right) <= 3  # “today” is the last word
