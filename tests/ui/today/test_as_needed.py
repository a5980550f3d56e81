"""What is taken as needed, ticked on the day that is open; and an event of that day."""

from collections.abc import Callable

import pytest

from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.settings import Settings
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.today.page import TodayPage
from tests.moments import TODAY, days_ago
from tests.ui.waiting import wait_until


def save(journal: Journal, name: str, first: int, last: int | None = None) -> None:
    until = None if last is None else days_ago(last)
    doses = (Dose(f"{name}-dose", days_ago(first), "400 mg"),)
    journal.treatments.save(Treatment(name, name, TreatmentKind.MEDICINE, doses, until))


@pytest.fixture
def today(open_window: Callable[..., Window], journal: Journal) -> TodayPage:
    save(journal, "Ibuprofen", 60)
    save(journal, "Sertraline", 60)
    save(journal, "Triptan", 60, 10)
    journal.treatments.take("Ibuprofen", days_ago(3))
    journal.treatments.take("Triptan", days_ago(20))
    return open_window().main.page


def names(page: TodayPage) -> list[str]:
    return [box.text() for box in page.footer.as_needed.boxes.values()]


def test_only_what_may_be_taken_that_day_is_offered(today: TodayPage) -> None:
    assert names(today) == ["Ibuprofen"]
    today.open_day(days_ago(20))
    assert names(today) == ["Ibuprofen", "Triptan"]
    assert today.footer.as_needed.boxes["Triptan"].isChecked()
    today.open_day(days_ago(100))
    assert not today.footer.as_needed.isVisible()


def test_a_tick_is_saved_and_taken_back(today: TodayPage, journal: Journal) -> None:
    box = today.footer.as_needed.boxes["Ibuprofen"]
    box.click()
    assert [each.day for each in journal.treatments.read_takings()][-1] == TODAY
    assert today.footer.message.text() == "Saved: Ibuprofen taken."
    box.click()
    assert [each.day for each in journal.treatments.read_takings()][-1] == days_ago(3)
    today.window().undo()
    assert today.window().page.ID == "treatments"
    assert [each.day for each in journal.treatments.read_takings()][-1] == TODAY


def test_nothing_is_shown_where_nothing_was_ever_taken_as_needed(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    save(journal, "Sertraline", 60)
    page = open_window().main.page
    assert not page.footer.as_needed.isVisible()

    page._session.apply(
        lambda journal: (journal.treatments.take("Sertraline", TODAY), journal.ledger.changes)[1]
    )
    assert names(page) == ["Sertraline"]


@pytest.mark.parametrize("size", [(1040, 720), (1366, 728)])
def test_a_day_still_fits_with_nine_rows(
    open_window: Callable[..., Window], journal: Journal, size: tuple[int, int]
) -> None:
    save(journal, "Ibuprofen", 60)
    journal.treatments.take("Ibuprofen", days_ago(3))
    for metric in ("mood", "stress", "pain"):
        journal.days.rate(TODAY, metric, 3000)
    main = open_window(Settings(theme="light")).main
    main.resize(*size)
    # What folds takes its height in several turns of the loop.
    wait_until(lambda: main.page.verticalScrollBar().maximum() == 0)

    assert len(main.page.form.rows) == 9
    assert main.page.footer.as_needed.isVisible()
