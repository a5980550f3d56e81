"""Where words are found: in every kind of text, on its day, in encrypted journals too."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from moodlab.domain.events import Event, Question
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from tests import diaries
from tests.moments import TODAY, Clock

KEY = Key(bytes(range(32)), bytes(range(128, 144)))


def days_before(number: int) -> date:
    return TODAY - timedelta(days=number)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_every_kind_of_text_is_found_on_its_day(tmp_path: Path, key: Key | None) -> None:
    with Journal.create(tmp_path / "j.moodlab", key=key, clock=Clock()) as journal:
        journal.days.write_note(TODAY, "Größe of the wave")
        journal.events.save_event(Event("e", days_before(1), "GROSSE reise"))
        journal.events.ask(Question("q", days_before(2), "Is it große?"))
        dose = Dose("d", days_before(9), "50 mg")
        journal.treatments.save(
            Treatment(
                "t", "Grosse Pille", TreatmentKind.MEDICINE, (dose,), last_day=days_before(3),
                end_reason="große Wirkung", noticed="nichts Großes",
            )
        )  # fmt: skip
        lab = diaries.lab(days_before(4), "48")
        journal.labs.save(replace(lab, note="Grosse Probe", remark="zu grosse Menge"))

        found = journal.find("grosse")

        assert [(hit.kind, hit.day, hit.excerpt.match) for hit in found.hits] == [
            ("Note", TODAY, "Größe"), ("Event", days_before(1), "GROSSE"),
            ("Question", days_before(2), "große"), ("Why it ended", days_before(3), "große"),
            ("What was noticed", days_before(3), "Große"),
            ("Note at a blood result", days_before(4), "Grosse"),
            ("The lab's remark", days_before(4), "grosse"),
            ("Treatment", days_before(9), "Grosse"),
        ]  # fmt: skip
        assert found.total == 8
        assert [hit.places[-1] for hit in found.hits[:2]] == [
            ("history", TODAY.isoformat()), ("history", days_before(1).isoformat()),
        ]  # fmt: skip


def test_what_was_deleted_is_not_found(journal: Journal) -> None:
    journal.days.write_note(TODAY, "gone")
    journal.days.delete(TODAY)

    assert journal.find("gone").hits == ()


def test_a_journal_of_the_first_version_is_looked_through_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "j.moodlab"
    path.write_bytes((Path(__file__).parents[2] / "data" / "schema-1.moodlab").read_bytes())

    with Journal.open(path, read_only=True, clock=Clock()) as journal:
        note = next(
            record.note for record in journal.days.read_days(date.min, date.max) if record.note
        )
        assert [hit.kind for hit in journal.find(note).hits] == ["Note"]
