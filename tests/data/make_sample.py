"""Writes ``schema-N.moodlab``, a small journal of the present schema, beside this file.

Run it once before a schema is released (``python -m tests.data.make_sample``), and keep the file:
later versions must open it. The same code always writes the same entries.
"""

from datetime import date, timedelta
from pathlib import Path

from moodlab.domain.events import Contact, Event, Question
from moodlab.domain.ratings import DayState
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.file.migrations import SCHEMA_VERSION
from moodlab.store.journal import Journal
from tests import diaries
from tests.moments import TODAY, Clock

NOTE = "Regen, müde – „besser“ als gestern"


def sample_path(schema: int) -> Path:
    """Where the sample of a schema lies."""
    return Path(__file__).with_name(f"schema-{schema}.moodlab")


def fill(journal: Journal) -> None:
    """Enter one of each record, change some, delete some, undo some."""
    for number in range(10):
        day = TODAY - timedelta(days=number)
        journal.days.rate(day, "mood", number % 11 * 1000)
        journal.days.rate(day, "fatigue", None if number == 3 else 6000)
    journal.days.rate(TODAY, "mood", 7000)
    journal.days.write_note(TODAY, NOTE, for_doctor=True)
    journal.days.mark(TODAY - timedelta(days=12), DayState.UNWELL)
    journal.labs.save(diaries.lab(TODAY, "<0.3", test="hs_crp", range_text="<5"))
    journal.treatments.save(
        Treatment(
            "01890000-0000-7000-8000-000000000002", "Sertraline", TreatmentKind.MEDICINE,
            (
                Dose("01890000-0000-7000-8000-000000000003", date(2026, 1, 1), "50 mg"),
                Dose("01890000-0000-7000-8000-000000000004", date(2026, 2, 1), "100 mg"),
            ),
        )
    )  # fmt: skip
    event = Event("01890000-0000-7000-8000-000000000005", TODAY, "Sore throat")
    journal.events.save_event(event)
    journal.events.delete("event", event.id)
    journal.events.ask(Question("01890000-0000-7000-8000-000000000006", TODAY, "How long?"))
    journal.set_contacts((Contact("Anna", "0123"),))
    journal.days.rate(TODAY, "sleep", 2000)
    journal.undo()


def main() -> None:
    """Write the sample. Nothing is replaced: a released sample never changes."""
    with Journal.create(sample_path(SCHEMA_VERSION), clock=Clock()) as journal:
        fill(journal)


if __name__ == "__main__":
    main()
