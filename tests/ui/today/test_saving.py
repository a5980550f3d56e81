"""What happens when the journal cannot be written: facts/ux §5.10 and check 56."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY
from tests.ui.conftest import press


def forbid_writing(window: Window, *, is_forbidden: bool) -> None:
    """Have SQLite refuse every write of the window, as on a file that became read-only."""
    connection = window.session.journal.ledger.connection
    connection.execute(f"PRAGMA query_only = {int(is_forbidden)}")


def stored(window: Window) -> dict[str, int | None]:
    ratings = window.session.journal.days.read_ratings(TODAY, TODAY)
    return {name: found[0].value for name, found in ratings.items()}


def test_a_value_that_is_not_saved_stays_and_is_marked(
    window: Window, today: TodayPage, said: list[str]
) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7")

    row = today.form.rows[0]
    assert stored(window) == {}
    assert (row.answer.in_words(), row.is_unsaved) == ("7", True)
    assert row.cell(7).isChecked()
    assert today.footer.saved.text() == "▲ Not saved yet"
    assert today.footer.message.text().startswith("▲ Not saved yet. The journal can't be written")
    assert said[-1].startswith("! ▲ Not saved yet.")
    assert not any(text.startswith("Fatigue 7") for text in said)


def test_it_is_saved_when_writing_works_again(window: Window, today: TodayPage) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7", "6")
    forbid_writing(window, is_forbidden=False)

    window.session.try_again()

    assert stored(window) == {"fatigue": 7000, "brain_fog": 6000}
    assert not today.form.rows[0].is_unsaved
    assert today.footer.saved.text() == "Saved 21:00 · 2 of 7"


def test_the_newest_of_two_waiting_values_wins(window: Window, today: TodayPage) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7", Qt.Key.Key_Up, "4")
    forbid_writing(window, is_forbidden=False)
    press("5")

    assert stored(window) == {"fatigue": 4000, "brain_fog": 5000}


def test_done_says_what_is_not_saved(window: Window, today: TodayPage) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7", Qt.Key.Key_Return)

    assert today.footer.message.text() == (
        "One entry is not saved yet. MoodLab can't write to the journal right now."
    )
    forbid_writing(window, is_forbidden=False)


def test_closing_with_something_unsaved_asks_first(window: Window, today: TodayPage) -> None:
    forbid_writing(window, is_forbidden=True)
    press("7")

    window.main.close()
    assert window.main.isVisible()
    asking = window.main._asking
    assert asking.text().startswith("One entry is not saved yet")
    asking.buttons()[0].click()
    forbid_writing(window, is_forbidden=False)

    window.main.close()
    assert not window.main.isVisible()
    assert stored(window) == {"fatigue": 7000}


def test_undo_on_a_journal_that_cannot_be_written_says_so(window: Window, today: TodayPage) -> None:
    press("7")
    forbid_writing(window, is_forbidden=True)
    window.main.undo()

    assert today.footer.message.text().startswith("The journal can't be written")
    forbid_writing(window, is_forbidden=False)


def test_saved_is_shown_only_after_the_journal_has_it(
    window: Window, today: TodayPage, monkeypatch
) -> None:
    shown_before: list[str] = []
    rate = window.session.journal.days.rate

    def watched(*values: object, **named: object):
        shown_before.append(today.footer.saved.text())
        return rate(*values, **named)

    monkeypatch.setattr(window.session.journal.days, "rate", watched)
    press("7")

    assert shown_before == [""]
    assert today.footer.saved.text() == "Saved 21:00 · 1 of 7"


def test_window_place_and_page_are_remembered(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.main.resize(1200, 800)
    QTest.qWait(10)
    window.main.close()

    assert window.session.settings.geometry
