"""Values that SQLite or Python would take amiss are refused in a sentence, and nothing is left."""

from collections.abc import Callable

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.events import Contact, Event, Question
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.store.check import check_journal
from moodlab.store.journal import FOREVER, Journal
from tests.moments import TODAY

SURROGATE = "caf\udce9"

WRITES: dict[str, Callable[[Journal, str], object]] = {
    "note": lambda journal, text: journal.days.write_note(TODAY, text),
    "event": lambda journal, text: journal.events.save_event(Event("e", TODAY, text)),
    "question": lambda journal, text: journal.events.ask(Question("q", TODAY, text)),
    "setting": lambda journal, text: journal.set_settings({"person_name": text}),
    "contact": lambda journal, text: journal.set_contacts((Contact(text, "1"),)),
    "treatment": lambda journal, text: journal.treatments.save(
        Treatment("t", "A", TreatmentKind.OTHER, (Dose("d", TODAY, text),))
    ),
    "source": lambda journal, text: journal.days.rate(TODAY, "mood", 3000, source=text),
}


@pytest.mark.parametrize("name", WRITES)
def test_half_a_character_is_refused(journal: Journal, name: str) -> None:
    """What a wrongly decoded file name or a broken paste brings along."""
    with pytest.raises(Refused):
        WRITES[name](journal, SURROGATE)

    assert not journal.ledger.connection.in_transaction
    assert check_journal(journal) == ()
    assert journal.undo() is None


@pytest.mark.parametrize("name", [name for name in WRITES if name not in ("note", "contact")])
def test_a_nul_is_refused(journal: Journal, name: str) -> None:
    with pytest.raises(Refused):
        WRITES[name](journal, "before\x00after")

    assert journal.undo() is None


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**4000])
def test_a_number_too_large_to_keep_is_refused(journal: Journal, value: int) -> None:
    with pytest.raises(Refused):
        journal.days.rate(TODAY, "mood", value)

    assert journal.days.read_ratings(FOREVER.first, FOREVER.last) == {}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 6.5])
def test_a_float_never_becomes_a_rating(journal: Journal, value: float) -> None:
    with pytest.raises(Refused):
        journal.days.rate(TODAY, "mood", value)  # type: ignore[arg-type]

    assert journal.days.read_ratings(FOREVER.first, FOREVER.last) == {}


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE day; --", "%s {0} {name}", "<b>bold</b>", "$$", "🇦🇹👩‍👩‍👧",
     "\u202eright to left", "a\tb\nc", "\ufeffbom", "x" * 1000],
)  # fmt: skip
def test_any_other_text_comes_back_as_it_was(journal: Journal, text: str) -> None:
    journal.days.write_note(TODAY, text)
    journal.events.save_event(Event("e", TODAY, text[:200]))

    assert journal.days.read_day(TODAY).note == text
    assert journal.events.read_events()[0].text == text[:200]
    assert check_journal(journal) == ()
