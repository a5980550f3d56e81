"""What a journal holds for a test of the pages: the usual, and more than anybody has."""

from moodlab.domain import metrics
from moodlab.domain.diary import Pin
from moodlab.domain.events import Event, Question, answer_question
from moodlab.domain.metrics import Direction, Kind
from moodlab.domain.ratings import DayState
from moodlab.domain.texts import LONGEST_NOTE
from moodlab.domain.tracking.questionnaires import Questionnaire
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.journal import Journal
from tests import diaries
from tests.moments import TODAY, days_ago

OPTIONAL = ("stress", "pain")
LONG_NAME = "Magnesium bisglycinate with vitamin B6, slow release"
TESTS = ("crp", "hs_crp", "ferritin")
UNITS = {"crp": "mg/L", "hs_crp": "mg/L", "ferritin": "µg/L"}


def fill_usually(journal: Journal) -> None:
    """Some weeks of what most people keep: every list has a few rows, every button its work."""
    for number in range(2, 40):
        journal.days.rate(days_ago(number), "mood", number % 11 * 1000)
    journal.days.write_note(TODAY, "A note for the doctor.\n" * 3, for_doctor=True)
    journal.labs.save(diaries.lab(days_ago(9), "3.1", number=1))
    journal.labs.save(diaries.lab(days_ago(3), "2.4", number=2))
    for number in (1, 2):
        dose = Dose(f"dose{number}", days_ago(60), "50 mg in the morning, with food")
        journal.treatments.save(
            Treatment(f"pill{number}", f"Pill {number}", TreatmentKind.MEDICINE, (dose,))
        )
        journal.treatments.take(f"pill{number}", days_ago(4))
        journal.events.save_event(
            Event(f"event{number}", days_ago(number), f"Trip {number}", is_appointment=number == 2)
        )
    for text in ("How long?", "What next?", "And then?", "Is it the dose?"):
        journal.events.ask(Question(journal.ledger.new_id(), TODAY, text))
    last = Question(journal.ledger.new_id(), days_ago(8), "A question that was deleted")
    journal.events.ask(last)
    journal.events.delete("question", last.id)
    journal.questionnaires.save(Questionnaire(journal.ledger.new_id(), days_ago(5), "WHO-5", "12"))


def fill_over(journal: Journal) -> None:
    """9 metrics on a sheet and more, 40 results, 12 treatments, 60 questions, the longest notes."""
    for name in (*OPTIONAL, *(metric.id for metric in metrics.METRICS if metric.daily)):
        for number in range(1, 60):
            journal.days.rate(days_ago(number), name, number * 3 % 11 * 1000)
    own = metrics.own_metric(
        "ringing", "Ringing in both ears, worst in the evening", Direction.HIGHER_WORSE, Kind.SCALE
    )
    journal.metrics.add(own, days_ago(50))
    journal.days.mark(days_ago(61), DayState.UNWELL)
    journal.days.mark(days_ago(62), DayState.PAUSED)
    words = "Walked to the shop and back, tired after it. "
    note = (words * LONGEST_NOTE)[:LONGEST_NOTE]
    for number in (0, 1, 2):
        journal.days.write_note(days_ago(number), note, for_doctor=True)
    for number in range(40):
        test = TESTS[number % 3]
        journal.labs.save(
            diaries.lab(days_ago(number * 9 + 1), f"{number + 1}.25", unit=UNITS[test], test=test,
                        range_text="<5", context=("infection", "dental"), by=LONG_NAME,
                        excluded=number % 7 == 0, number=number)
        )  # fmt: skip
    for number in range(12):
        doses = tuple(
            Dose(f"dose{number}-{step}", days_ago(300 - 20 * number - 9 * step), f"{step + 1} mg")
            for step in range(3)
        )
        until = days_ago(5 + number) if number % 2 else None
        journal.treatments.save(
            Treatment(f"pill{number}", f"{LONG_NAME} {number}", TreatmentKind.SUPPLEMENT, doses,
                      until, "It did not help", note if number == 1 else "Slept better")
        )  # fmt: skip
    for number in range(40):
        journal.events.save_event(
            Event(f"event{number}", days_ago(number * 3), f"{words}{number}", whom=LONG_NAME,
                  is_appointment=number % 3 == 0)
        )  # fmt: skip
    for number in range(60):
        question = Question(journal.ledger.new_id(), days_ago(number), f"{words * 3}{number}?")
        if number % 4 == 0:
            question = answer_question(question, days_ago(number // 2), note)
        journal.events.ask(question)
    for number in range(30):
        total = Questionnaire(
            journal.ledger.new_id(), days_ago(number * 7), f"{LONG_NAME} scale", str(number)
        )
        journal.questionnaires.save(total)
    journal.questionnaires.pin(Pin(journal.ledger.new_id(), (("mood", ">=", 5000),)))
    for number in range(20):
        event = Event(f"gone{number}", days_ago(number), f"{words}{number}")
        journal.events.save_event(event)
        journal.events.delete("event", event.id)
