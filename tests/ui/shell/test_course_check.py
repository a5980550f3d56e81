"""Courses of one treatment that share days, as an earlier version could leave them."""

from collections.abc import Callable
from datetime import date

from moodlab.domain.courses import find_overlaps
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.shell.course_check import SOON_MS
from tests.ui.waiting import live, wait_until


def course(number: int, first: date, last: date) -> Treatment:
    dose = Dose(f"01890000-0000-7000-8000-00000000001{number}", first, "50 mg")
    return Treatment(
        f"01890000-0000-7000-8000-00000000000{number}", "Sertraline", TreatmentKind.MEDICINE,
        (dose,), last_day=last,
    )  # fmt: skip


def test_the_window_offers_to_join_courses_that_share_days_and_to_undo_it(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.treatments.save(course(1, date(2026, 1, 1), date(2026, 1, 10)))
    journal.treatments.save(course(2, date(2026, 1, 8), date(2026, 1, 20)))
    journal.close()
    window = open_window()
    bars = window.main.bars
    wait_until(lambda: "news" in vars(bars) and bars.news.isVisible())

    assert bars.news.sentence == (
        "Sertraline has two courses that share days: 1 Jan – 10 Jan 2026, and 8 Jan – 20 Jan 2026."
        " MoodLab can make one course of them."
    )
    bars.news.buttons[0].click()
    treatments = window.session.journal.treatments
    assert list(find_overlaps(treatments.read_all())) == []
    assert len(treatments.read_all()) == 1

    bars.news.buttons[0].click()
    assert len(treatments.read_all()) == 2


def test_a_journal_in_order_is_not_spoken_of(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.treatments.save(course(1, date(2026, 1, 1), date(2026, 1, 10)))
    journal.treatments.save(course(2, date(2026, 1, 11), date(2026, 1, 20)))
    journal.close()
    window = open_window()
    live(SOON_MS + 50)
    wait_until(lambda: window.worker.is_idle)
    live(20)

    assert "news" not in vars(window.main.bars)
