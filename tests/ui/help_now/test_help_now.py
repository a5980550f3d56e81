"""If you need help now: facts/ux §5.7 and check 54."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from moodlab.domain.events import Contact
from moodlab.settings import Settings
from moodlab.ui.application import Window
from moodlab.ui.help_now.crisis_lines import read_countries
from tests.ui.conftest import press


def words(window: Window) -> str:
    labels = window.main.page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(window.main))


def test_every_line_says_how_sure_its_number_is(open_window: Callable[..., Window]) -> None:
    for country in read_countries():
        window = open_window(Settings(theme="light", country=country.code), "help_now")
        shown = words(window)
        assert country.emergency in shown
        for line in country.lines:
            assert line.reach in shown
            assert line.how_sure() in shown
            if line.seen is None:
                assert line.how_sure().startswith("not checked")


def test_the_emergency_sentence_stands_first_and_nothing_is_promised(
    open_window: Callable[..., Window],
) -> None:
    shown = words(open_window(page="help_now"))

    assert "call your emergency number (112 in the EU" in shown
    assert "Nobody is told what you write here" in shown
    assert "You don't have to be in danger to call." in shown


def test_another_country_is_chosen_and_remembered(open_window: Callable[..., Window]) -> None:
    window = open_window(Settings(theme="light", country="DE"), "help_now")
    country = window.main.page.advice.country
    assert country.currentData() == "DE"
    country.setCurrentIndex(country.findData("US"))
    country.activated.emit(country.currentIndex())
    QTest.qWait(10)

    assert window.session.settings.country == "US"
    assert "988" in words(window)


def test_a_country_without_a_list_says_what_to_do(open_window: Callable[..., Window]) -> None:
    shown = words(open_window(Settings(theme="light", country="-"), "help_now"))

    assert "Ask your doctor's practice for the local crisis line" in shown


def test_own_contacts_are_kept_in_the_journal_and_can_be_undone(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(page="help_now")
    page = window.main.page
    name, reach = page.contacts.fields[0]
    name.setFocus()
    QTest.keyClicks(name, "Anna <b>")
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(reach, "0151 234")
    press(Qt.Key.Key_Tab)

    assert window.session.journal.contacts() == (Contact("Anna <b>", "0151 234"),)
    assert len(page.contacts.fields) == 2

    window.main.undo()
    assert window.session.journal.contacts() == ()
    assert len(page.contacts.fields) == 1


def test_a_contact_can_be_removed(open_window: Callable[..., Window]) -> None:
    window = open_window(page="help_now")
    window.session.apply(
        lambda journal: journal.set_contacts((Contact("Anna", "1"), Contact("Dr. B", "2")))
    )
    page = window.main.page
    page.contacts.removes[0].click()

    assert window.session.journal.contacts() == (Contact("Dr. B", "2"),)
    assert page.contacts.fields[0][0].hasFocus()
    assert page.contacts.fields[0][0].text() == "Dr. B"


def test_enter_saves_a_contact_and_goes_on_to_the_next_line(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(page="help_now")
    contacts = window.main.page.contacts
    contacts.fields[0][0].setFocus()
    for typed in ("Anna", "1", "Dr. B", "2"):
        QTest.keyClicks(QApplication.focusWidget(), typed)
        press(Qt.Key.Key_Return)

    assert window.session.journal.contacts() == (Contact("Anna", "1"), Contact("Dr. B", "2"))
    assert contacts.fields[2][0].hasFocus()


def test_contacts_written_elsewhere_leave_the_keyboard_where_it_is(
    open_window: Callable[..., Window],
) -> None:
    window = open_window(page="help_now")
    contacts = window.main.page.contacts
    reach = contacts.fields[0][1]
    reach.setFocus()

    window.session.apply(lambda journal: journal.set_contacts((Contact("Anna", "1"),)))

    assert reach.hasFocus()
    assert reach.text() == "1"
