"""Lab results, treatments, events, questions and set-up come back as they were given."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodlab.domain.changes import Changes
from moodlab.domain.errors import Refused
from moodlab.domain.events import Contact, Event, Question
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind, end_treatment, step_dose
from moodlab.store.journal import Journal
from tests.examples import one_in
from tests.moments import TODAY, Clock, days_ago

PRINTED = st.decimals(min_value=Decimal("0.001"), max_value=9999, places=3).map(
    lambda number: format(number, "f")
)


def result(value: str = "<0.3", unit: str = "mg/L", **more: object) -> LabResult:
    entry = LabEntry(
        TODAY, "hs-CRP", value, unit, range_text="<3.0", lab="City", method="latex",
        context=("infection", "fasting"), note="before breakfast",
    )  # fmt: skip
    return replace(read_entry(entry, "lab 1", confirmed=True), **more)  # type: ignore[arg-type]


def unstamped(results: tuple[LabResult, ...]) -> list[LabResult]:
    return [replace(kept, recorded=None) for kept in results]


def test_a_lab_result_comes_back_exactly(journal: Journal) -> None:
    given_result = result(reported=days_ago(-2), specimen="serum")

    assert journal.labs.save(given_result) is Changes.LABS

    assert unstamped(journal.labs.read_all()) == [given_result]
    assert journal.labs.save(given_result) is Changes.NOTHING


@settings(one_in(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed=PRINTED, sign=st.sampled_from(["", "<", ">="]), unit=st.sampled_from(["mg/L", "mg/dL", "nmol/L"]))  # fmt: skip  # noqa: E501
def test_every_printed_value_survives_the_file(
    journal: Journal, printed: str, sign: str, unit: str
) -> None:
    given_result = result(sign + printed, unit)

    journal.labs.save(given_result)

    (kept,) = journal.labs.read_all()
    assert kept.value == given_result.value
    assert kept.canonical_text == given_result.canonical_text
    assert (kept.canonical, kept.unit) == (given_result.canonical, unit)


def test_a_corrected_result_keeps_its_id_and_its_earlier_wording(journal: Journal) -> None:
    journal.labs.save(result())
    journal.labs.save(result("0.3"))

    (kept,) = journal.labs.read_all()
    wordings = journal.ledger.connection.execute(
        "SELECT before ->> 'printed', after ->> 'printed' FROM change"
        " WHERE row_table = 'lab_result' ORDER BY number"
    ).fetchall()

    assert kept.value.text == "0.3"
    assert wordings == [(None, "<0.3"), ("<0.3", "0.3")]


def test_a_deleted_result_comes_back_with_undo(journal: Journal) -> None:
    journal.labs.save(result())
    journal.labs.delete("lab 1")
    assert journal.labs.read_all() == ()

    journal.undo()

    assert unstamped(journal.labs.read_all()) == [result()]


def sertraline() -> Treatment:
    return Treatment(
        "t1", "Sertraline", TreatmentKind.MEDICINE, (Dose("d1", days_ago(30), "50 mg"),)
    )


def test_a_treatment_comes_back_with_its_steps_and_its_end(journal: Journal) -> None:
    stepped = step_dose(sertraline(), Dose("d2", days_ago(10), "100 mg"), None)
    ended = replace(end_treatment(stepped, days_ago(1)), end_reason="plan", noticed="calmer")

    for state in (sertraline(), stepped, ended):
        assert journal.treatments.save(state) is Changes.TREATMENTS
        assert journal.treatments.read_all() == (state,)
    assert journal.treatments.save(ended) is Changes.NOTHING

    for state in (stepped, sertraline()):
        journal.undo()
        assert journal.treatments.read_all() == (state,)


def test_a_deleted_treatment_and_its_doses_come_back_with_undo(journal: Journal) -> None:
    journal.treatments.save(sertraline())

    journal.treatments.delete("t1")
    assert journal.treatments.read_all() == ()
    assert not journal.ledger.connection.execute("SELECT 1 FROM dose").fetchall()
    journal.undo()

    assert journal.treatments.read_all() == (sertraline(),)


def test_courses_are_found_by_any_spelling_of_their_name(journal: Journal) -> None:
    journal.treatments.save(sertraline())

    assert journal.treatments.read_courses(" SERTRALINE ") == (sertraline(),)
    assert journal.treatments.read_courses("Sertralin") == ()


def test_events_and_questions_come_back_in_order(journal: Journal) -> None:
    visit = Event("e2", days_ago(3), "Dr Weber", is_appointment=True)
    cold = Event("e1", days_ago(20), "A cold", days_ago(15))
    first = Question("q1", days_ago(9), "Why?")
    second = Question("q2", days_ago(2), "Why not?")
    for event in (visit, cold):
        assert journal.events.save_event(event) is Changes.EVENTS
    for question in (second, first):
        assert journal.events.ask(question) is Changes.QUESTIONS

    closed = replace(first, is_closed=True)
    journal.events.ask(closed)

    assert journal.events.read_events() == (cold, visit)
    assert journal.events.read_questions() == (closed, second)
    journal.events.delete("event", "e1")
    journal.events.delete("question", "q2")
    assert journal.events.read_events() == (visit,)
    assert journal.events.read_questions() == (closed,)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_to_say_is_refused(journal: Journal, text: str) -> None:
    with pytest.raises(Refused):
        journal.events.save_event(Event("e", TODAY, text))
    with pytest.raises(Refused):
        journal.events.ask(Question("q", TODAY, text))


def test_contacts_and_identity_are_kept(journal: Journal) -> None:
    contacts = (Contact("Maria", "+43 1 234"), Contact("Dr “W”", "line\nbreak"))

    journal.set_contacts(contacts)
    journal.set_settings({"person_name": "A. Example", "person_born": "12 Mar 1984"})

    assert journal.contacts() == contacts
    assert (journal.identity().name, journal.identity().born) == ("A. Example", "12 Mar 1984")
    journal.undo()
    assert journal.identity().name == ""


def test_the_diary_holds_all_of_it(journal: Journal, clock: Clock) -> None:
    journal.labs.save(result())
    journal.treatments.save(sertraline())
    journal.events.ask(Question("q1", TODAY, "Why?"))
    journal.days.rate(TODAY, "mood", 3000)

    diary = journal.read_diary()

    assert [rating.value for rating in diary.ratings["mood"]] == [3000]
    assert len(diary.labs) == len(diary.treatments) == len(diary.questions) == 1
    assert diary.data_up_to == TODAY
    assert not diary.is_example


def test_a_metric_of_ones_own_is_read_like_any_other(journal: Journal) -> None:
    with journal.ledger.batch("metric") as batch:
        batch.put(
            "metric",
            {"id": "tremor", "label": "Tremor", "kind": "scale", "direction": "higher_worse",
             "unit": "", "low_anchor": "none", "high_anchor": "all day", "position": 99,
             "is_custom": 1},
        )  # fmt: skip

    journal.days.rate(TODAY, "tremor", 2000)

    assert journal.find_metric("tremor").label == "Tremor"
    assert journal.days.read_ratings(TODAY, TODAY)["tremor"][0].value == 2000
