"""The chosen day's own history on the page, putting back, and deleting the whole day."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from tests.moments import TODAY, Clock, days_ago
from tests.ui.conftest import press
from tests.ui.today.test_saving import forbid_writing


@pytest.fixture
def filled(open_window: Callable[..., Window], journal: Journal, clock: Clock) -> Window:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.write_note(TODAY, "<b>rain</b>")
    clock.pass_time(minutes=10)
    journal.days.rate(TODAY, "mood", 6000)
    return open_window(page="history")


def shown(window: Window) -> list[tuple[str, str, bool]]:
    return [
        (row.words.text(), row.written.text(), not row.put_back.isHidden())
        for row in window.main.page.changes.rows
    ]


def test_the_days_history_is_read_when_it_is_opened(filled: Window) -> None:
    changes = filled.main.page.changes
    assert shown(filled) == []

    changes.toggle.click()

    assert shown(filled) == [
        ("Mood: 6, was 3", "4 Mar 2026, 21:10 · same day", True),
        ("Note: “<b>rain</b>”", "4 Mar 2026, 21:00 · same day", False),
        ("Mood: 3", "4 Mar 2026, 21:00 · same day", False),
    ]
    assert changes.rows[0].put_back.accessibleName() == "Put back: Mood 3"
    filled.main.page.choose(days_ago(1))
    assert shown(filled) == []
    assert not changes.nothing.isHidden()


def test_an_earlier_value_is_put_back_told_and_undone(filled: Window) -> None:
    main, changes = filled.main, filled.main.page.changes
    changes.toggle.click()
    changes.rows[0].put_back.setFocus()

    press(Qt.Key.Key_Return)

    rating = filled.session.journal.days.read_ratings(TODAY, TODAY)["mood"][0]
    assert rating.value == 3000
    assert main.bars.news.sentence == "Put back: Mood 3 on 4 Mar."
    assert changes.toggle.hasFocus()
    assert shown(filled)[0][0] == "Mood: 3, was 6"
    main.bars.news.buttons[0].click()
    assert filled.session.journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 6000


def test_a_long_history_is_shown_in_part_first(filled: Window) -> None:
    changes = filled.main.page.changes
    for number in range(20):
        filled.session.journal.days.rate(TODAY, "sleep", number % 2 * 1000)
    changes.toggle.click()
    assert (len(changes.rows), changes.more.text()) == (8, "Show all 23")

    changes.more.click()

    assert len(changes.rows) == 23
    assert changes.more.isHidden()


@pytest.mark.parametrize("page_id", ["history", "today"])
def test_a_whole_day_is_deleted_and_one_undo_brings_it_back(filled: Window, page_id: str) -> None:
    main, journal = filled.main, filled.session.journal
    before = journal.read_tables().tables
    page = main.open_page(page_id)
    action = next(each for each in page.actions() if each.text() == "Delete this day")

    action.trigger()

    assert journal.days.held_days() == ()
    assert main.bars.news.sentence == (
        "4 Mar: 1 rating, note removed. Events, treatments and blood results stay."
    )
    assert main.open_page("history").bin.table.model().rowCount() == 1
    main.bars.news.buttons[0].click()
    assert journal.read_tables().tables == before
    # The page that shows it stays, and says it.
    assert (main.page.ID, main.page.place) == ("history", TODAY.isoformat())
    assert main.page.subtitle.text() == "Undone: 4 Mar: 1 rating, note, back again."


def test_a_day_without_entries_can_not_be_deleted(filled: Window) -> None:
    page = filled.main.page
    assert page.delete.isEnabled()

    page.choose(days_ago(1))

    assert not page.delete.isEnabled()
    page.delete_day()
    assert page.subtitle.text() == "There is nothing to delete on 3 Mar 2026."


def test_a_note_half_typed_on_today_is_saved_before_the_day_goes(
    open_window: Callable[..., Window],
) -> None:
    window = open_window()
    page = window.main.page
    page.footer.note.editor.setPlainText("half typed")

    page.delete_day()

    assert window.session.journal.days.held_days() == ()
    window.main.undo()
    assert window.session.journal.days.read_day(TODAY).note == "half typed"


def test_nothing_is_deleted_on_today_while_something_waits_to_be_saved(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    window = open_window()
    page = window.main.page
    forbid_writing(window, is_forbidden=True)
    page.form.rated.emit("mood", 6000)

    page.delete_day()

    assert page.footer.message.text().startswith("One entry is not saved yet.")
    assert window.session.journal.days.held_days() == (TODAY,)
