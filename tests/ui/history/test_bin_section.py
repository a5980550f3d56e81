"""The bin on History: by kind, one thing or several put back, erased for good in backups too."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from moodlab.domain.events import Event, Question
from moodlab.store.backups.names import list_backups
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.page import BIN
from tests import diaries
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

WORD = "zebrafishlantern"


def fill_bin(journal: Journal) -> None:
    for number in range(2):
        event = Event(f"event-{number}", days_ago(number), f"Trip {number}")
        journal.events.save_event(event)
        journal.events.delete("event", event.id)
    journal.labs.save(diaries.lab(days_ago(3), "48"))
    journal.labs.delete(journal.labs.read_all()[0].id)


def select_all(window: Window) -> None:
    table = window.main.page.bin.table
    flags = QItemSelectionModel.SelectionFlag
    for row in range(table.model().rowCount()):
        index = table.model().index(row, 0)
        table.selectionModel().select(index, flags.Select | flags.Rows)


@pytest.fixture
def filled(open_window: Callable[..., Window], journal: Journal) -> Window:
    fill_bin(journal)
    return open_window(page="history")


def test_one_kind_is_shown_by_itself(filled: Window) -> None:
    section = filled.main.page.bin

    assert [section.kinds.itemText(row) for row in range(section.kinds.count())] == [
        "Everything (3)", "Blood result (1)", "Event (2)",
    ]  # fmt: skip
    section.kinds.setCurrentIndex(2)
    section.kinds.activated.emit(2)
    assert section.table.model().rowCount() == 2


def test_what_was_put_back_leaves_the_list_and_can_be_undone(filled: Window) -> None:
    main, section = filled.main, filled.main.page.bin

    section.put_back.click()

    assert len(filled.session.journal.labs.read_all()) == 1
    assert main.bars.news.sentence == "Put back: CRP 48 mg/L, 1 Mar 2026."
    assert section.table.model().rowCount() == 2
    main.bars.news.buttons[0].click()
    assert section.table.model().rowCount() == 3
    assert filled.session.journal.labs.read_all() == ()


def test_several_come_back_in_one_step(filled: Window) -> None:
    section = filled.main.page.bin
    select_all(filled)

    section.put_back.click()

    assert not section.empty.isHidden()
    assert filled.main.bars.news.sentence == "Put back: CRP 48 mg/L, 1 Mar 2026 and 2 more."
    filled.main.undo()
    assert section.table.model().rowCount() == 3


def test_all_of_one_deletion_comes_back_together(open_window: Callable[..., Window]) -> None:
    window = open_window(page="history")
    for number in range(2):
        event = Event(f"event-{number}", days_ago(number), f"Trip {number}")
        window.session.apply(lambda journal, event=event: journal.events.save_event(event))

    def delete_both(journal: Journal) -> object:
        with journal.ledger.batch("delete event"):
            for number in range(2):
                journal.events.delete("event", f"event-{number}")
        return journal.ledger.changes

    window.session.apply(delete_both)
    section = window.main.page.bin
    assert section.put_all_back.text() == "Put back all 2 of that deletion"

    section.put_all_back.click()

    assert len(window.session.journal.events.read_events()) == 2
    assert not section.put_all_back.isVisible()


def test_erasing_several_names_how_many(filled: Window) -> None:
    section = filled.main.page.bin
    filled.main.page.go_to_place(BIN)
    assert section.table.hasFocus()
    select_all(filled)
    section.erase.click()
    assert section.notice.sentence == (
        "3 things and their history will be erased for good. This can't be undone."
    )

    press(Qt.Key.Key_Escape)
    assert section.notice.isHidden()
    assert section.erase.hasFocus()
    assert section.table.model().rowCount() == 3
    section.erase.click()
    section.notice.buttons[0].click()
    assert not section.empty.isHidden()
    assert section.notice.sentence == "Erased for good."


def test_what_is_erased_is_erased_in_backups_too(
    open_window: Callable[..., Window], journal_path: Path
) -> None:
    window = open_window()
    journal = window.session.journal
    question = Question(journal.ledger.new_id(), TODAY, f"About the {WORD}")
    window.session.apply(lambda journal: journal.events.ask(question))
    wait_until(lambda: list_backups(journal_path))
    window.session.apply(lambda journal: journal.events.delete("question", question.id))
    section = window.main.open_page("history").bin
    assert section.table.model().rowCount() == 1

    section.erase.click()
    assert WORD in section.notice.sentence
    section.notice.buttons[0].click()
    wait_until(lambda: "Backups that still contain it: 1." in section.notice.sentence)
    section.notice.buttons[0].click()
    wait_until(lambda: "and in its backups (1)" in section.notice.sentence)

    assert section.table.model().rowCount() == 0
    window.main.hide()
    window.close()
    files = [journal_path, *(copy.path for copy in list_backups(journal_path))]
    assert [path.name for path in files if WORD.encode() in path.read_bytes()] == []
