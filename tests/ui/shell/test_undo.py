"""Undo and redo: they name what, when and what it was, and show it on its page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from moodlab.domain.changes import Changes
from moodlab.domain.diary import Pin
from moodlab.domain.events import Contact, Event, Question
from moodlab.domain.history.step_words import places_of, redone_words, step_words, undone_words
from moodlab.domain.labs.own_units import unit_as_printed
from moodlab.domain.metrics import Direction, Kind, own_metric
from moodlab.domain.ratings import DayState
from moodlab.domain.tracking.pauses import Pause
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.file.migrations import KEYS
from moodlab.store.file.timestamps import recorded_columns
from moodlab.store.journal import Journal
from moodlab.ui.application import Window
from moodlab.ui.page_registry import has_page
from tests import diaries
from tests.moments import TODAY, days_ago
from tests.ui.conftest import press
from tests.ui.waiting import wait_until

ID = "01890000-0000-7000-8000-00000000000"
CTRL = Qt.KeyboardModifier.ControlModifier


def treatment(text: str = "50 mg", last_day: date | None = None) -> Treatment:
    dose = Dose(f"{ID}2", date(2026, 3, 1), text)
    return Treatment(f"{ID}1", "Sertraline", TreatmentKind.MEDICINE, (dose,), last_day=last_day)


RINGING = own_metric("ringing", "Ringing", Direction.HIGHER_WORSE, Kind.SCALE)
CONDITIONS = (("mood", ">=", 5000), ("sleep", "<=", 3000))


def take_steps(journal: Journal) -> Changes:
    """Measures come from other programs only."""
    with journal.ledger.batch("import") as batch:
        row = {"id": "m1", "day": TODAY.isoformat(), "kind": "steps", "value": "4000", "unit": "1"}
        batch.put("measure", row | {"source": "watch"} | recorded_columns(batch.recorded))
    return journal.ledger.changes


Write = Callable[[Journal], Changes]
# What was there before, the step, and what is said of it: forwards, undone, redone.
STEPS: dict[str, tuple[list[Write], Write, str, str, str]] = {
    "a rating": (
        [lambda j: j.days.rate(TODAY, "mood", 3000)],
        lambda j: j.days.rate(TODAY, "mood", 6000),
        "Mood 6 on 4 Mar", "Mood 3 on 4 Mar, was 6", "Mood 6 on 4 Mar, was 3",
    ),
    "a first rating": (
        [],
        lambda j: j.days.rate(TODAY, "mood", None),
        "Mood could not say on 4 Mar",
        "Mood empty on 4 Mar, was could not say", "Mood could not say on 4 Mar, was empty",
    ),
    "a cleared rating": (
        [lambda j: j.days.rate(date(2025, 12, 30), "mood", 3000)],
        lambda j: j.days.clear(date(2025, 12, 30), "mood"),
        "Mood 3 on 30 Dec 2025 removed",
        "Mood 3 on 30 Dec 2025, was empty", "Mood empty on 30 Dec 2025, was 3",
    ),
    "hours": (
        [],
        lambda j: j.days.rate(TODAY, "sleep_hours", 450_000),
        "Hours asleep 7 h 30 min on 4 Mar",
        "Hours asleep empty on 4 Mar, was 7 h 30 min",
        "Hours asleep 7 h 30 min on 4 Mar, was empty",
    ),
    "a mark": (
        [lambda j: j.days.write_note(TODAY, "rain")],
        lambda j: j.days.mark(TODAY, DayState.UNWELL),
        "“too unwell to log” on 4 Mar",
        "“too unwell to log” on 4 Mar, removed", "“too unwell to log” on 4 Mar, back again",
    ),
    "a pause": (
        [],
        lambda j: j.pauses.begin(Pause(days_ago(2))),
        "pause from 2 Mar", "pause from 2 Mar", "pause from 2 Mar",
    ),
    "the end of a pause": (
        [lambda j: j.days.mark(days_ago(3), DayState.PAUSED)],
        lambda j: j.pauses.resume(TODAY),
        "the end of a pause on 3 Mar", "the end of a pause on 3 Mar", "the end of a pause on 3 Mar",
    ),
    "a note": (
        [lambda j: j.days.write_note(TODAY, "rain")],
        lambda j: j.days.write_note(TODAY, "sun"),
        "note “sun” on 4 Mar",
        "note “rain” on 4 Mar, was “sun”", "note “sun” on 4 Mar, was “rain”",
    ),
    "an emptied note": (
        [lambda j: j.days.write_note(TODAY, "rain")],
        lambda j: j.days.write_note(TODAY, ""),
        "note “rain” on 4 Mar removed",
        "note “rain” on 4 Mar, back again", "note “rain” on 4 Mar, removed",
    ),
    "a day": (
        [lambda j: j.days.rate(TODAY, "mood", 3000), lambda j: j.days.rate(TODAY, "sleep", 3000),
         lambda j: j.days.write_note(TODAY, "rain")],
        lambda j: j.days.delete(TODAY),
        "4 Mar: 2 ratings, note removed",
        "4 Mar: 2 ratings, note, back again", "4 Mar: 2 ratings, note, removed",
    ),
    "an earlier value put back": (
        [lambda j: j.days.rate(TODAY, "mood", 3000), lambda j: j.days.rate(TODAY, "mood", 6000)],
        lambda j: j.day_history.put_back(j.day_history.read(TODAY)[0].key),
        "Mood 3 on 4 Mar", "Mood 6 on 4 Mar, was 3", "Mood 3 on 4 Mar, was 6",
    ),
    "a tick": (
        [lambda j: j.days.write_note(TODAY, "rain")],
        lambda j: j.days.write_note(TODAY, "rain", for_doctor=True),
        "the tick at the note of 4 Mar",
        "the tick at the note of 4 Mar, removed", "the tick at the note of 4 Mar, back again",
    ),
    "a blood result": (
        [],
        lambda j: j.labs.save(diaries.lab(days_ago(3), "<0.3")),
        "CRP <0.3 mg/L of 1 Mar",
        "CRP <0.3 mg/L of 1 Mar, removed", "CRP <0.3 mg/L of 1 Mar, back again",
    ),
    "a deleted blood result": (
        [lambda j: j.labs.save(diaries.lab(days_ago(3), "48"))],
        lambda j: j.labs.delete(j.labs.read_all()[0].id),
        "CRP 48 mg/L of 1 Mar removed",
        "CRP 48 mg/L of 1 Mar, back again", "CRP 48 mg/L of 1 Mar, removed",
    ),
    "a test of one's own": (
        [],
        lambda j: (j.labs.add_analyte("Zinc", [unit_as_printed("µg/L")]), j.ledger.changes)[1],
        "test “Zinc”", "test “Zinc”, removed", "test “Zinc”, back again",
    ),
    "a dose": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: j.treatments.save(treatment("100 mg")),
        "Sertraline 100 mg from 1 Mar",
        "Sertraline 50 mg from 1 Mar, was 100 mg", "Sertraline 100 mg from 1 Mar, was 50 mg",
    ),
    "an end": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: j.treatments.save(treatment(last_day=date(2026, 3, 3))),
        "Sertraline until 3 Mar",
        "Sertraline ongoing, was until 3 Mar", "Sertraline until 3 Mar, was ongoing",
    ),
    "a treatment's name": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: j.treatments.save(replace(treatment(), name="Zoloft")),
        "Zoloft ongoing", "Sertraline ongoing, was Zoloft", "Zoloft ongoing, was Sertraline",
    ),
    "what was noticed of a treatment": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: j.treatments.save(replace(treatment(), noticed="tired")),
        "Sertraline ongoing",
        "Sertraline ongoing, as it was", "Sertraline ongoing, changed again",
    ),
    "a deleted treatment": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: j.treatments.delete(f"{ID}1"),
        "Sertraline 50 mg from 1 Mar removed",
        "Sertraline 50 mg from 1 Mar, back again", "Sertraline 50 mg from 1 Mar, removed",
    ),
    "a day taken as needed": (
        [lambda j: j.treatments.save(treatment())],
        lambda j: (j.treatments.take(f"{ID}1", TODAY, "two"), j.ledger.changes)[1],
        "Sertraline two on 4 Mar",
        "Sertraline two on 4 Mar, removed", "Sertraline two on 4 Mar, back again",
    ),
    "an event": (
        [],
        lambda j: j.events.save_event(Event(f"{ID}4", TODAY, "Sore throat")),
        "event “Sore throat” on 4 Mar",
        "event “Sore throat” on 4 Mar, removed", "event “Sore throat” on 4 Mar, back again",
    ),
    "an event's day": (
        [lambda j: j.events.save_event(Event(f"{ID}4", days_ago(1), "Sore throat"))],
        lambda j: j.events.save_event(Event(f"{ID}4", TODAY, "Sore throat")),
        "event “Sore throat” on 4 Mar",
        "event “Sore throat” on 3 Mar, was 4 Mar", "event “Sore throat” on 4 Mar, was 3 Mar",
    ),
    "a question": (
        [],
        lambda j: j.events.ask(Question(f"{ID}5", TODAY, "How long? " * 20)),
        "question “How long? How long? How long? How long?…” of 4 Mar",
        "question “How long? How long? How long? How long?…” of 4 Mar, removed",
        "question “How long? How long? How long? How long?…” of 4 Mar, back again",
    ),
    "an answered question": (
        [lambda j: j.events.ask(Question(f"{ID}5", TODAY, "Why?"))],
        lambda j: j.events.ask(Question(f"{ID}5", TODAY, "Why?", is_closed=True)),
        "question “Why?” of 4 Mar, answered",
        "question “Why?” of 4 Mar, was answered",
        "question “Why?” of 4 Mar, answered, was open",
    ),
    "a questionnaire": (
        [],
        lambda j: j.questionnaires.save(Questionnaire(f"{ID}6", TODAY, "WHO-5", "12")),
        "WHO-5 12 on 4 Mar", "WHO-5 12 on 4 Mar, removed", "WHO-5 12 on 4 Mar, back again",
    ),
    "a deleted measure": (
        [lambda j: take_steps(j)],
        lambda j: j.questionnaires.delete("measure", "m1"),
        "steps 4000 1 on 4 Mar removed",
        "steps 4000 1 on 4 Mar, back again", "steps 4000 1 on 4 Mar, removed",
    ),
    "a rating of one's own": (
        [],
        lambda j: j.metrics.add(RINGING, TODAY),
        "your rating “Ringing”",
        "your rating “Ringing”, removed", "your rating “Ringing”, back again",
    ),
    "its name": (
        [lambda j: j.metrics.add(RINGING, TODAY)],
        lambda j: j.metrics.change(RINGING._replace(label="Tinnitus")),
        "your rating “Tinnitus”",
        "your rating “Ringing”, was Tinnitus", "your rating “Tinnitus”, was Ringing",
    ),
    "asking no more": (
        [lambda j: j.metrics.add(RINGING, days_ago(9))],
        lambda j: j.metrics.stop("ringing", TODAY),
        "Ringing asked from 23 Feb until 3 Mar",
        "Ringing asked from 23 Feb, was asked from 23 Feb until 3 Mar",
        "Ringing asked from 23 Feb until 3 Mar, was asked from 23 Feb",
    ),
    "a Days when": (
        [],
        lambda j: j.questionnaires.pin(Pin(f"{ID}7", CONDITIONS)),
        "Days when Mood ≥ 5 and Sleep last night ≤ 3",
        "Days when Mood ≥ 5 and Sleep last night ≤ 3, removed",
        "Days when Mood ≥ 5 and Sleep last night ≤ 3, back again",
    ),
    "the order of ratings": (
        [],
        lambda j: j.metrics.order(["mood", "sleep"]),
        "the order of ratings",
        "the order of ratings, as it was", "the order of ratings, changed again",
    ),
    "a contact": (
        [],
        lambda j: j.set_contacts((Contact("Ana", "555 1234"),)),
        "your contacts Ana", "your contacts Ana, removed", "your contacts Ana, back again",
    ),
    "a setting": (
        [],
        lambda j: j.set_settings({"day_end_minutes": "120"}),
        "a day ends at 02:00", "a day ends at 04:00, was 02:00", "a day ends at 02:00, was 04:00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", STEPS)
def test_a_step_is_told_by_what_it_did_when_and_what_was_there(journal: Journal, kind: str) -> None:
    before, write, forwards, undone, redone = STEPS[kind]
    for earlier in before:
        earlier(journal)
    write(journal)

    step = journal.next_undo()
    assert step is not None
    assert step_words(step, journal.step_names()) == forwards
    taken_back = journal.undo()
    assert taken_back is not None
    assert undone_words(taken_back, journal.step_names()) == undone
    again = journal.next_redo()
    assert again is not None
    assert step_words(again, journal.step_names()) == forwards
    brought_back = journal.redo()
    assert brought_back is not None
    assert redone_words(brought_back, journal.step_names()) == redone


# The page that shows each kind of step, the first of these that there is.
PAGES = {
    "rating": ("today",), "day": ("today",), "lab_result": ("labs",), "analyte": ("labs",),
    "dose": ("treatments", "history"), "treatment": ("treatments",),
    "as_needed": ("treatments", "history"), "event": ("treatments", "history"),
    "question": ("treatments", "report"), "questionnaire": ("questionnaires", "history"),
    "measure": ("history",), "metric": ("tracking",), "metric_span": ("tracking",),
    "pin": ("report",),
}  # fmt: skip
SETTING_PAGES = {
    "the order of ratings": ("tracking",), "a contact": ("help_now",), "a setting": ("settings",),
}  # fmt: skip


@pytest.mark.parametrize("kind", STEPS)
def test_undo_and_redo_go_where_the_step_is_seen_and_say_it(
    open_window: Callable[..., Window], kind: str
) -> None:
    before, write, _, undone, redone = STEPS[kind]
    window = open_window(page="help")
    main, session = window.main, window.session
    for step in (*before, write):
        session.apply(step)
    step = session.journal.next_undo()
    assert step is not None
    tables = {change.table for change in step.rows}
    pages = SETTING_PAGES.get(kind) or next(PAGES[table] for table in PAGES if table in tables)
    place = dict(places_of(step))

    for reverse, sentence in ((main.undo, f"Undone: {undone}."), (main.redo, f"Redone: {redone}.")):
        main.open_page("help")
        reverse()
        shown = main.page.ID
        assert sentence in [
            label.text() for label in main.findChildren(QLabel) if label.isVisible()
        ]
        known = [page for page in pages if has_page(page)]
        assert shown == (known[0] if known else "help")
        # What was only begun is gone after its undo.
        is_gone = reverse == main.undo and kind == "a rating of one's own"
        if main.page.place and place[shown] and not is_gone:
            assert main.page.place == place[shown]


def test_undo_goes_to_the_day_and_shows_it(open_window: Callable[..., Window]) -> None:
    window = open_window()
    session = window.session
    session.apply(lambda journal: journal.days.rate(days_ago(2), "mood", 3000))
    session.apply(lambda journal: journal.days.rate(days_ago(2), "mood", 6000))
    main = window.main
    main.open_page("labs")

    main.undo()
    assert main.page.ID == "today"
    assert main.page.sheet.day == days_ago(2)
    assert main.page.form.row_of("mood").answer.value == 3000
    assert main.page.footer.message.text() == "Undone: Mood 3 on 2 Mar, was 6."
    main.redo()
    assert main.page.footer.message.text() == "Redone: Mood 6 on 2 Mar, was 3."


def test_the_keyboard_stops_at_what_was_done_before_the_window_was_opened(
    open_window: Callable[..., Window], journal: Journal
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    window = open_window()
    main = window.main
    press("z", modifier=CTRL)

    assert window.session.journal.days.read_ratings(TODAY, TODAY)["mood"][0].value == 3000
    assert main.bars.news.sentence == (
        "Nothing more to undo since you opened MoodLab. Before that: Mood 3 on 4 Mar."
    )
    main.bars.news.buttons[0].click()
    assert window.session.journal.days.read_ratings(TODAY, TODAY) == {}
    assert main.page.footer.message.text() == "Undone: Mood empty on 4 Mar, was 3."


def test_the_menu_names_the_steps_and_is_grey_where_there_is_none(
    open_window: Callable[..., Window],
) -> None:
    window = open_window()
    edit = window.main.menuBar().actions()[1].menu()
    undo, redo = edit.actions()[:2]
    edit.aboutToShow.emit()
    assert (undo.text(), undo.isEnabled(), redo.isEnabled()) == ("&Undo", False, False)
    edit.aboutToHide.emit()

    window.session.apply(lambda journal: journal.days.rate(TODAY, "mood", 3000))
    edit.aboutToShow.emit()
    assert (undo.text(), undo.isEnabled()) == ("&Undo: Mood 3 on 4 Mar", True)
    window.main.undo()
    edit.aboutToShow.emit()
    assert (redo.text(), redo.isEnabled()) == ("&Redo: Mood 3 on 4 Mar", True)
    assert {key.toString() for key in redo.shortcuts()} == {"Ctrl+Shift+Z", "Ctrl+Y"}


def test_a_notices_undo_leaves_with_its_step(open_window: Callable[..., Window]) -> None:
    window = open_window(page="labs")
    session, page = window.session, window.main.page
    session.apply(lambda journal: journal.labs.save(diaries.lab(days_ago(3), "48")))
    session.apply(
        lambda journal: journal.labs.save(
            diaries.lab(days_ago(2), "90", unit="µg/L", test="ferritin", number=2)
        )
    )
    page.table.choose(session.journal.labs.read_all()[1].id)
    page.delete()
    assert page.notice.sentence.startswith("Deleted: Ferritin")

    window.main.undo()
    wait_until(lambda: len(session.journal.labs.read_all()) == 2)
    assert page.notice.buttons == () or page.notice.isHidden()
    page.delete()
    assert page.notice.isVisible()
    session.apply(lambda journal: journal.days.rate(TODAY - timedelta(days=1), "mood", 1000))
    assert page.notice.isHidden()


def test_every_table_of_the_journal_is_told(journal: Journal) -> None:
    for before, write, *_ in STEPS.values():
        for earlier in (*before, write):
            earlier(journal)
    tables = journal.ledger.connection.execute(
        "SELECT DISTINCT row_table FROM change JOIN batch ON batch.id = change.batch"
        " WHERE kind <> 'begin'"
    )

    assert {table for (table,) in tables} == KEYS.keys()
