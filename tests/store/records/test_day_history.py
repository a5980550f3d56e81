"""A day's own history: what stood there, when it was written, and putting it back."""

from datetime import timedelta

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.events import Event, Question
from moodlab.domain.history.day_changes import DayChange, change_words, written_words
from moodlab.domain.history.deletions import Target
from moodlab.domain.ids import new_id
from moodlab.domain.ratings import DayState
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests import diaries
from tests.moments import TODAY, Clock

YESTERDAY = TODAY - timedelta(days=1)


def told(journal: Journal) -> list[tuple[str, str, str]]:
    """What is said of today, oldest first."""
    names = journal.step_names()
    found = reversed(journal.day_history.read(TODAY))
    return [tuple(change_words(change, names)) for change in found]  # type: ignore[misc]


def change_of(journal: Journal, before: str) -> DayChange:
    """The latest change before which `before` stood."""
    names = journal.step_names()
    return next(
        change
        for change in journal.day_history.read(TODAY)
        if change_words(change, names).before == before
    )


def test_a_day_remembers_every_value_with_its_moment(journal: Journal, clock: Clock) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    clock.pass_time(days=1)
    journal.days.rate(TODAY, "mood", None)
    journal.days.rate(YESTERDAY, "mood", 9000)
    clock.pass_time(days=1)
    journal.days.rate(TODAY, "sleep_hours", 450_000)
    journal.days.clear(TODAY, "mood")
    journal.undo()
    journal.days.write_note(TODAY, "rain", for_doctor=True)
    journal.days.mark(TODAY, DayState.UNWELL)

    assert told(journal) == [
        ("Mood", "3", "empty"), ("Mood", "could not say", "3"),
        ("Hours asleep", "7 h 30 min", "empty"), ("Mood", "empty", "could not say"),
        ("Mood", "could not say", "empty"), ("For my doctor", "yes", "no"),
        ("Note", "“rain”", "empty"), ("Mark", "too unwell to log", "empty"),
    ]  # fmt: skip
    history = journal.day_history.read(TODAY)
    assert [written_words(change, TODAY) for change in (history[-1], history[-2], history[0])] == [
        "4 Mar 2026, 21:00 · same day",
        "5 Mar 2026, 21:00 · next day",
        "6 Mar 2026, 21:00 · later",
    ]


def test_entries_of_every_kind_stand_in_the_history_of_their_day(journal: Journal) -> None:
    event = Event(new_id(), TODAY, "Trip", TODAY + timedelta(days=2))
    journal.events.save_event(event)
    journal.events.save_event(Event(event.id, YESTERDAY, "Trip"))
    journal.events.save_event(Event(new_id(), TODAY, "Dr. A", is_appointment=True))
    journal.events.ask(Question(new_id(), TODAY, "Why?"))
    journal.labs.save(diaries.lab(TODAY, "<0.3"))
    dose = Dose(new_id(), TODAY, "50 mg")
    pill = Treatment(new_id(), "Pill", TreatmentKind.MEDICINE, (dose,))
    journal.treatments.save(pill)
    journal.treatments.take(pill.id, TODAY, "two")
    journal.treatments.save(
        Treatment(pill.id, "Pill", TreatmentKind.MEDICINE, (dose,), last_day=TODAY)
    )
    journal.questionnaires.save(Questionnaire(new_id(), TODAY, "WHO-5", "12"))

    assert told(journal) == [
        ("Event", "“Trip”, until 6 Mar", "empty"), ("Event", "“Trip”", "“Trip”, until 6 Mar"),
        ("Appointment", "“Dr. A”", "empty"), ("Question", "“Why?”", "empty"),
        ("CRP", "<0.3 mg/L", "empty"), ("Pill", "50 mg from 4 Mar", "empty"),
        ("Pill, as needed", "two", "empty"), ("End of Pill", "until 4 Mar", "ongoing"),
        ("WHO-5", "12", "empty"),
    ]  # fmt: skip


def test_an_earlier_value_is_put_back_with_its_moment_in_one_step(
    journal: Journal, clock: Clock
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    then = journal.days.read_ratings(TODAY, TODAY)["mood"][0]
    clock.pass_time(days=3)
    journal.days.rate(TODAY, "mood", 6000)
    earlier = change_of(journal, "3")
    assert earlier.can_return

    assert journal.day_history.put_back(earlier.key)

    assert journal.days.read_ratings(TODAY, TODAY)["mood"][0] == then
    assert not change_of(journal, "3").can_return
    journal.undo()
    assert journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 6000
    assert check_journal(journal) == ()


def test_only_that_part_of_a_day_is_put_back_that_was_asked_for(journal: Journal) -> None:
    journal.days.write_note(TODAY, "rain")
    journal.days.mark(TODAY, DayState.PAUSED)
    journal.days.write_note(TODAY, "sun", for_doctor=True)
    journal.days.mark(TODAY, None)

    journal.day_history.put_back(change_of(journal, "“rain”").key)
    record = journal.days.read_day(TODAY)
    assert (record.note, record.note_for_doctor, record.state) == ("rain", True, None)

    journal.day_history.put_back(change_of(journal, "paused").key)
    assert journal.days.read_day(TODAY).state is DayState.PAUSED


def test_a_deleted_day_can_be_put_back_piece_by_piece(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.write_note(TODAY, "rain")
    journal.days.delete(TODAY)

    assert told(journal)[-2:] == [("Mood", "empty", "3"), ("Note", "empty", "“rain”")]
    journal.day_history.put_back(change_of(journal, "“rain”").key)
    assert journal.days.read_day(TODAY).note == "rain"
    assert journal.days.read_ratings(TODAY, TODAY) == {}


def test_what_was_erased_is_not_shown(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    event = Event(new_id(), TODAY, "secret")
    journal.events.save_event(event)
    journal.events.delete("event", event.id)
    journal.days.write_note(TODAY, "secret")
    journal.days.write_note(TODAY, "")
    for item in journal.bin.read():
        journal.erase(Target.of(item))

    assert told(journal) == [("Mood", "3", "empty")]


def test_what_hangs_on_something_that_is_gone_is_refused(journal: Journal) -> None:
    dose = Dose(new_id(), YESTERDAY, "50 mg")
    pill = Treatment(new_id(), "Pill", TreatmentKind.MEDICINE, (dose,))
    journal.treatments.save(pill)
    taken = journal.treatments.take(pill.id, TODAY, "two")
    journal.treatments.delete_taking(taken)
    gone = change_of(journal, "two")
    other = journal.treatments.take(pill.id, TODAY, "three")

    with pytest.raises(Refused, match="another entry"):
        journal.day_history.put_back(gone.key)
    journal.treatments.delete_taking(other)
    journal.treatments.delete(pill.id)
    with pytest.raises(Refused, match="in the bin"):
        journal.day_history.put_back(gone.key)
    with pytest.raises(Refused, match="no longer in the history"):
        journal.day_history.put_back(new_id())
    assert check_journal(journal) == ()


def test_two_courses_never_come_to_share_days(journal: Journal) -> None:
    def course(number: int, first: int, last: int) -> Treatment:
        days = [TODAY - timedelta(days=first), TODAY - timedelta(days=last)]
        dose = Dose(f"dose-{number}", days[0], "50 mg")
        return Treatment(
            f"course-{number}", "Pill", TreatmentKind.MEDICINE, (dose,), last_day=days[1]
        )

    journal.treatments.save(course(1, 9, 0))
    journal.treatments.save(course(1, 9, 5))
    journal.treatments.save(course(2, 3, 0))
    was_longer = change_of(journal, "until 4 Mar")

    with pytest.raises(Refused, match="share days"):
        journal.day_history.put_back(was_longer.key)
    assert len(journal.treatments.read_all()) == 2
