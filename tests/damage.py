"""A journal with something in every table that the page reads, and one flipped bit in a value."""

from contextlib import closing
from decimal import Decimal
from pathlib import Path

from moodlab.domain.events import Event, Question
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.units import Conversion
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.file.engine import connect, sqlite
from tests.journals import begin
from tests.moments import TODAY, Clock, days_ago

HIGH_BIT_OF_A_DIGIT = 0x40  # “2026” becomes “r026”


def make_full_journal(path: Path, clock: Clock) -> None:
    """Write a journal with ratings, a note, a result, a test, a treatment, events, a question."""
    with begin(path, clock) as journal:
        for ago in range(1, 9):
            journal.days.rate(days_ago(ago), "mood", 3000)
        journal.days.write_note(days_ago(3), "a quiet day", for_doctor=True)
        journal.set_settings({"day_end_minutes": "245"})
        own = journal.labs.add_analyte("Own test", [Conversion("U/L", Decimal(1), "me")])
        entry = LabEntry(days_ago(5), "hs-CRP", "4.21", "mg/L")
        journal.labs.save(read_entry(entry, "lab 1", confirmed=True))
        entry = LabEntry(days_ago(6), own.label, "7.3", "U/L")
        journal.labs.save(
            read_entry(entry, "lab 2", catalogue=journal.labs.catalogue(), confirmed=True)
        )
        dose = Dose("dose 1", days_ago(40), "10 mg")
        journal.treatments.save(
            Treatment("treatment 1", "Tea", TreatmentKind.OTHER, (dose,), last_day=days_ago(2))
        )
        journal.events.save_event(Event("event 1", days_ago(4), "A cold"))
        journal.events.ask(Question("question 1", TODAY, "What next?"))


def flip(path: Path, table: str, column: str) -> bytes:
    """Flip a bit in the first byte of a stored value of this column; return the file's bytes."""
    sound = path.read_bytes()
    before = _read(path, table, column)
    word = str(next(value for value in before if value is not None)).encode()
    at = -1
    while (at := sound.find(word, at + 1)) >= 0:
        damaged = bytearray(sound)
        damaged[at] ^= HIGH_BIT_OF_A_DIGIT
        path.write_bytes(damaged)
        # The same words stand in the history and in indexes too.
        if _read(path, table, column) not in (before, []):
            return bytes(damaged)
    raise AssertionError(f"{table}.{column} was not found in the file")


def _read(path: Path, table: str, column: str) -> list[object]:
    try:
        with closing(connect(path, read_only=True)) as connection:
            query = f"SELECT {column} FROM {table} NOT INDEXED"
            return [value for (value,) in connection.execute(query)]
    except (sqlite.Error, UnicodeDecodeError):
        return []
