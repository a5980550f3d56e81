"""Events and appointments in the window: made, changed, deleted, and told apart."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.domain.days import ONE_DAY
from moodlab.domain.events import Event
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.treatments.page import TreatmentsPage
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press


@pytest.fixture
def page(open_window: Callable[..., Window], journal: Journal) -> TreatmentsPage:
    journal.events.save_event(Event("e1", days_ago(20), "A cold", days_ago(15)))
    journal.events.save_event(Event("e2", days_ago(5), "Blood", None, True, "Dr. A"))
    return open_window(page="treatments").main.page


def cells(page: TreatmentsPage) -> list[list[str]]:
    model = page.events.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_appointments_are_told_apart_in_words_and_shape(page: TreatmentsPage) -> None:
    assert cells(page) == [
        ["27 Feb 2026", "◇ Appointment", "Blood, with Dr. A"],
        ["12 Feb – 17 Feb 2026", "● Event", "A cold"],
    ]
    assert page.events.count.text() == "2 entries, appointments: 1"


def test_an_appointment_to_come_says_with_whom(page: TreatmentsPage, journal: Journal) -> None:
    page.new_event.click()
    form = page.event_form
    assert not form.whom.isVisible()
    form.is_appointment.click()
    assert form.whom.offered == ["Dr. A"]
    form.text.setText("Half-year visit")
    form.first.setText("20.3.")
    form.whom.setText("Dr. B")
    QTest.keyClick(form.whom, Qt.Key.Key_Return)

    visit = journal.events.read_events()[-1]
    assert (visit.words, visit.is_appointment) == ("Half-year visit, with Dr. B", True)
    assert visit.first_day == TODAY + 16 * ONE_DAY
    assert form.isHidden()
    assert page.events.table.event_chosen is not None


def test_an_event_is_changed_in_its_place(page: TreatmentsPage, journal: Journal) -> None:
    page.events.table.choose("e1")
    page.events.table.setFocus()
    press(Qt.Key.Key_F2)
    form = page.events.form
    assert (form.text.text(), form.last.text()) == ("A cold", "17 Feb 2026")
    form.text.setText("The flu")
    form.last.setText("")
    form.submit()

    assert journal.events.read_events()[0] == Event("e1", days_ago(20), "The flu")
    assert page.events.table.event_chosen.id == "e1"


def test_an_event_that_ends_before_it_begins_is_refused(page: TreatmentsPage) -> None:
    page.events.table.choose("e1")
    page.events.begin_change()
    page.events.form.last.show_day(days_ago(30))
    page.events.form.submit()

    assert "is before the first day" in page.events.form.trouble.text()


def test_the_same_event_twice_is_asked_about(page: TreatmentsPage, journal: Journal) -> None:
    page.new_event.click()
    page.event_form.text.setText("a cold")
    page.event_form.first.show_day(days_ago(20))
    page.event_form.last.show_day(days_ago(15))
    page.event_form.submit()

    assert "saved for that day already" in page.lower_notice.sentence
    assert len(journal.events.read_events()) == 2
    page.lower_notice.buttons[0].click()
    assert len(journal.events.read_events()) == 3


def test_an_event_is_deleted_and_comes_back(page: TreatmentsPage, journal: Journal) -> None:
    page.events.table.choose("e2")
    page.events.table.setFocus()
    press(Qt.Key.Key_Delete)

    assert page.lower_notice.sentence == "Deleted: Blood, with Dr. A, 27 Feb 2026."
    assert page.events.table.event_chosen.id == "e1"
    page.lower_notice.buttons[0].click()
    assert len(journal.events.read_events()) == 2


def test_undo_goes_to_the_event(page: TreatmentsPage, journal: Journal) -> None:
    page.events.table.choose("e2")
    page.events.begin_change()
    page.events.form.text.setText("More blood")
    page.events.form.submit()
    page.events.table.choose("e1")
    window = page.window()
    window.open_page("today")
    window.undo()

    assert window.page is page
    assert page.events.table.event_chosen.id == "e2"
    assert cells(page)[0][2] == "Blood, with Dr. A"
