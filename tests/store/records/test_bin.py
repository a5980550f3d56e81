"""The bin, a day's own history, and erasing for good."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.domain.errors import Refused
from moodlab.domain.events import Event, Question
from moodlab.domain.history.deletions import Target
from moodlab.domain.ids import new_id
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import DayState
from moodlab.domain.treatments import Dose, Treatment, TreatmentKind
from moodlab.exchange.exporters import journal_json
from moodlab.exchange.importers import journal_json as importer
from moodlab.store.backups import backup as backups
from moodlab.store.backups import erasing as erasing_backups
from moodlab.store.backups.names import backups_folder
from moodlab.store.backups.preview import open_preview
from moodlab.store.check import check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from moodlab.store.ledger.erasing import erase
from tests import diaries
from tests.moments import TODAY, Clock

WORD = "marker-Wörtchen"


def save_event(journal: Journal, text: str = f"{WORD} event") -> Event:
    event = Event(new_id(), TODAY, text)
    journal.events.save_event(event)
    return event


def save_treatment(journal: Journal) -> Treatment:
    treatment = Treatment(
        new_id(), f"{WORD} tablets", TreatmentKind.MEDICINE,
        (Dose(new_id(), TODAY, f"{WORD} 50 mg"),
         Dose(new_id(), TODAY + timedelta(days=9), f"{WORD} 100 mg")),
    )  # fmt: skip
    journal.treatments.save(treatment)
    return treatment


def save_lab(journal: Journal) -> LabResult:
    lab = replace(diaries.lab(TODAY, "<0.3", test="hs_crp"), note=f"{WORD} lab")
    journal.labs.save(lab)
    return lab


def delete_everything(journal: Journal) -> None:
    journal.events.delete("event", save_event(journal).id)
    question = Question(new_id(), TODAY, f"{WORD}?")
    journal.events.ask(question)
    journal.events.delete("question", question.id)
    journal.treatments.delete(save_treatment(journal).id)
    journal.labs.delete(save_lab(journal).id)
    journal.days.write_note(TODAY, f"{WORD} note", for_doctor=True)
    journal.days.write_note(TODAY, "")


def words(journal: Journal) -> list[str]:
    return [item.words for item in journal.bin.read()]


def test_what_was_deleted_lies_in_the_bin_newest_first(journal: Journal, clock: Clock) -> None:
    delete_everything(journal)
    clock.pass_time(minutes=1)

    assert words(journal) == [
        f"{WORD} note, 4 Mar 2026", "hs-CRP <0.3 mg/L, 4 Mar 2026", f"{WORD} tablets", f"{WORD}?",
        f"{WORD} event, 4 Mar 2026",
    ]  # fmt: skip
    assert [item.kind for item in journal.bin.read()] == [
        "Note", "Blood result", "Treatment", "Question", "Event",
    ]  # fmt: skip
    assert {item.deleted.day for item in journal.bin.read()} == {TODAY}


def test_each_thing_comes_back_as_it_was_and_leaves_the_bin(journal: Journal) -> None:
    event, treatment, lab = save_event(journal), save_treatment(journal), save_lab(journal)
    journal.days.write_note(TODAY, f"{WORD} note", for_doctor=True)
    before = journal.read_diary()
    journal.events.delete("event", event.id)
    journal.treatments.delete(treatment.id)
    journal.labs.delete(lab.id)
    journal.days.write_note(TODAY, "", for_doctor=False)
    assert journal.read_diary() != before

    for item in journal.bin.read():
        assert journal.bin.put_back(item)

    after = journal.read_diary()
    assert (after.events, after.treatments, after.labs) == (
        before.events, before.treatments, before.labs,
    )  # fmt: skip
    assert (after.days[0].note, after.days[0].note_for_doctor) == (f"{WORD} note", True)
    assert journal.bin.read() == ()
    assert check_journal(journal) == ()


def test_a_dose_taken_out_earlier_does_not_come_back_with_its_treatment(
    journal: Journal, clock: Clock
) -> None:
    treatment = save_treatment(journal)
    shorter = Treatment(treatment.id, treatment.name, treatment.kind, treatment.doses[:1])
    journal.treatments.save(shorter)
    clock.pass_time(minutes=5)
    journal.treatments.delete(treatment.id)

    journal.bin.put_back(journal.bin.read()[0])

    assert journal.treatments.read_all() == (shorter,)


def test_a_dose_taken_out_in_the_same_instant_does_not_come_back_either(journal: Journal) -> None:
    treatment = save_treatment(journal)
    shorter = Treatment(treatment.id, treatment.name, treatment.kind, treatment.doses[:1])
    journal.treatments.save(shorter)
    journal.treatments.delete(treatment.id)

    journal.bin.put_back(journal.bin.read()[0])

    assert journal.treatments.read_all() == (shorter,)


def test_a_dose_taken_out_earlier_stays_out_after_an_import_too(
    journal: Journal, clock: Clock, tmp_path: Path
) -> None:
    """An import brings the whole history in one step, so the step alone tells nothing."""
    treatment = save_treatment(journal)
    shorter = Treatment(treatment.id, treatment.name, treatment.kind, treatment.doses[:1])
    journal.treatments.save(shorter)
    clock.pass_time(minutes=5)
    journal.treatments.delete(treatment.id)
    document = journal_json.write(journal.read_tables())

    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        other.imports.take_journal(importer.read(document, "j.json"))
        other.bin.put_back(other.bin.read()[0])

        assert other.treatments.read_all() == (shorter,)


def test_putting_back_can_be_undone(journal: Journal) -> None:
    delete_everything(journal)
    before = words(journal)
    journal.bin.put_back(journal.bin.read()[2])

    journal.undo()

    assert sorted(words(journal)) == sorted(before)


def test_what_is_no_longer_in_the_bin_is_not_put_back_twice(journal: Journal) -> None:
    journal.events.delete("event", save_event(journal).id)
    (item,) = journal.bin.read()
    journal.bin.put_back(item)

    with pytest.raises(Refused, match="no longer in the bin"):
        journal.bin.put_back(item)
    assert len(journal.events.read_events()) == 1


def test_the_bin_survives_a_restart_and_an_export(
    journal: Journal, journal_path: Path, tmp_path: Path
) -> None:
    delete_everything(journal)
    items = journal.bin.read()
    journal.close()

    with Journal.open(journal_path, clock=Clock()) as again:
        assert again.bin.read() == items
        document = journal_json.write(again.read_tables())
    with Journal.create(tmp_path / "other.moodlab", clock=Clock()) as other:
        other.imports.take_journal(importer.read(document, "j.json"))
        assert set(other.bin.read()) == set(items)
        for item in items:
            other.bin.put_back(item)
        assert other.bin.read() == ()
        assert other.treatments.read_all()[0].doses[1].text == f"{WORD} 100 mg"
        assert check_journal(other) == ()


def raw(journal: Journal) -> bytes:
    return journal.path.read_bytes()


@pytest.mark.parametrize("number", range(5))
def test_one_thing_erased_for_good_leaves_no_text_and_the_rest(
    journal: Journal, number: int
) -> None:
    delete_everything(journal)
    journal.days.rate(TODAY, "mood", 3000)
    item = journal.bin.read()[number]
    needle = item.words.split(",")[0].encode()
    others = set(words(journal)) - {item.words}

    done = erase(journal.ledger, Target.of(item))

    assert done.changes
    assert done.is_rewritten
    assert set(words(journal)) == others
    if b"CRP" not in needle:
        assert needle not in raw(journal)
    assert check_journal(journal) == ()
    assert journal.read_diary().ratings["mood"][0].value == 3000


def test_everything_erased_leaves_no_trace_of_the_words(journal: Journal) -> None:
    delete_everything(journal)
    assert WORD.encode() in raw(journal)

    for item in journal.bin.read():
        erase(journal.ledger, Target.of(item))

    assert WORD.encode() not in raw(journal)
    assert json.dumps(WORD)[1:-1].encode() not in raw(journal)
    assert journal.bin.read() == ()
    assert check_journal(journal) == ()


def test_a_day_erased_is_a_day_never_mentioned(journal: Journal) -> None:
    other = TODAY - timedelta(days=1)
    for day in (TODAY, other):
        journal.days.rate(day, "mood", 3000)
        journal.days.rate(day, "fatigue", None)
        journal.days.write_note(day, f"{WORD} {day}")
        journal.days.rate(day, "mood", 4000)
    journal.days.clear(TODAY, "fatigue")

    assert erase(journal.ledger, Target.of_day(TODAY)).changes

    assert journal.day_history.read(TODAY) == ()
    assert journal.days.read_ratings(TODAY, TODAY) == {}
    assert f"{WORD} {TODAY}".encode() not in raw(journal)
    assert len(journal.day_history.read(other)) == 4
    assert check_journal(journal) == ()
    journal.days.rate(TODAY, "mood", 6000)
    assert len(journal.day_history.read(TODAY)) == 1
    assert check_journal(journal) == ()


def test_undo_goes_on_before_what_was_erased_and_brings_nothing_back(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.write_note(TODAY - timedelta(days=1), WORD)
    journal.events.delete("event", save_event(journal).id)
    for item in journal.bin.read():
        erase(journal.ledger, Target.of(item))
    erase(journal.ledger, Target.of_day(TODAY - timedelta(days=1)))

    kinds = []
    while step := journal.undo():
        kinds.append(step.kind)

    assert kinds == ["rate"]
    assert WORD.encode() not in raw(journal)
    assert check_journal(journal) == ()


def test_a_step_undone_before_can_be_erased_too(journal: Journal) -> None:
    save_event(journal)
    journal.undo()
    (item,) = journal.bin.read()

    erase(journal.ledger, Target.of(item))

    assert journal.redo() is None
    assert WORD.encode() not in raw(journal)
    assert check_journal(journal) == ()


def test_a_step_that_only_wrote_an_erased_note_is_no_step_any_more(journal: Journal) -> None:
    journal.days.mark(TODAY, DayState.UNWELL)
    journal.days.write_note(TODAY, WORD)
    journal.days.write_note(TODAY, f"{WORD} again")
    journal.days.mark(TODAY, None)
    journal.days.write_note(TODAY, "")
    (item,) = journal.bin.read()

    erase(journal.ledger, Target.of(item))

    kinds = []
    while step := journal.undo():
        kinds.append(step.kind)
    assert kinds == ["note", "mark", "mark"]
    assert WORD.encode() not in raw(journal)
    assert check_journal(journal) == ()


def test_an_import_or_a_merge_does_not_bring_back_what_was_erased(journal: Journal) -> None:
    event = save_event(journal)
    journal.days.write_note(TODAY - timedelta(days=3), f"{WORD} day")
    document = journal_json.write(journal.read_tables())
    journal.events.delete("event", event.id)
    erase(journal.ledger, Target.of(journal.bin.read()[0]))
    erase(journal.ledger, Target.of_day(TODAY - timedelta(days=3)))

    journal.imports.take_journal(importer.read(document, "j.json"))

    assert journal.events.read_events() == ()
    assert WORD.encode() not in raw(journal)
    assert check_journal(journal) == ()


def fill_day(journal: Journal, clock: Clock) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.rate(TODAY, "sleep_hours", 450_000)
    journal.days.write_note(TODAY, WORD, for_doctor=True)
    journal.days.mark(TODAY, DayState.UNWELL)
    clock.pass_time(days=2)


def test_a_day_is_deleted_and_put_back_as_one_with_its_moments(
    journal: Journal, clock: Clock
) -> None:
    fill_day(journal, clock)
    save_event(journal)
    before = journal.read_tables().tables

    journal.days.delete(TODAY)

    assert words(journal) == ["4 Mar 2026: 2 ratings, note, too unwell"]
    assert journal.days.held_days() == ()
    assert journal.read_tables().tables["event"] == before["event"]
    journal.undo()
    assert journal.read_tables().tables == before
    assert journal.bin.read() == ()
    journal.redo()
    journal.bin.put_back(*journal.bin.read())
    assert journal.read_tables().tables == before
    assert check_journal(journal) == ()


def test_a_day_of_ratings_alone_is_one_thing_in_the_bin_too(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    before = journal.read_tables().tables

    journal.days.delete(TODAY)

    assert words(journal) == ["4 Mar 2026: 1 rating"]
    journal.bin.put_back(*journal.bin.read())
    assert journal.read_tables().tables == before
    with pytest.raises(Refused, match="nothing to delete on 1 Mar 2026"):
        journal.days.delete(TODAY - timedelta(days=3))


def test_a_mark_that_was_undone_is_no_deleted_day(journal: Journal) -> None:
    journal.days.mark(TODAY, DayState.UNWELL)
    journal.undo()

    assert journal.bin.read() == ()
    with pytest.raises(Refused, match="nothing to delete"):
        journal.days.delete(TODAY)
    assert journal.undo() is None


def test_what_was_answered_anew_stays_when_the_deleted_day_comes_back(
    journal: Journal, clock: Clock
) -> None:
    fill_day(journal, clock)
    journal.days.delete(TODAY)
    journal.days.rate(TODAY, "mood", 9000)
    journal.days.write_note(TODAY, "new")

    assert words(journal) == ["4 Mar 2026: 1 rating"]
    journal.bin.put_back(*journal.bin.read())

    ratings = journal.days.read_ratings(TODAY, TODAY)
    assert (ratings["mood"][0].value, ratings["sleep_hours"][0].value) == (9000, 450_000)
    assert journal.days.read_day(TODAY).note == "new"


def test_a_deleted_day_survives_an_export_and_can_be_erased(
    journal: Journal, clock: Clock, tmp_path: Path
) -> None:
    fill_day(journal, clock)
    journal.days.delete(TODAY)
    document = journal_json.write(journal.read_tables())

    with Journal.create(tmp_path / "other.moodlab", clock=clock) as other:
        other.imports.take_journal(importer.read(document, "j.json"))
        assert words(other) == words(journal)
        other.bin.put_back(*other.bin.read())
        assert other.days.read_day(TODAY).note == WORD

    (item,) = journal.bin.read()
    assert erase(journal.ledger, Target.of(item)).changes
    assert WORD.encode() not in raw(journal)
    assert journal.bin.read() == ()
    assert journal.day_history.read(TODAY) == ()
    assert check_journal(journal) == ()


def test_several_things_come_back_in_one_step_or_none(journal: Journal) -> None:
    delete_everything(journal)
    items = journal.bin.read()
    journal.bin.put_back(*items[2:])
    assert len(journal.bin.read()) == 2

    with pytest.raises(Refused, match="no longer in the bin"):
        journal.bin.put_back(*items)
    assert len(journal.bin.read()) == 2
    journal.undo()
    assert len(journal.bin.read()) == len(items)


def test_erasing_what_is_not_there_changes_nothing(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    before = journal.read_tables()

    assert not erase(journal.ledger, Target("event", new_id())).changes
    assert not erase(journal.ledger, Target.of_day(TODAY - timedelta(days=1))).changes
    assert journal.read_tables() == before


KEY = Key(bytes(range(32)), bytes(range(128, 144)))


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_copies_that_still_have_it_are_named_and_can_be_cleaned(
    tmp_path: Path, key: Key | None
) -> None:
    path = tmp_path / "j.moodlab"
    with Journal.create(path, key=key, clock=Clock()) as journal:
        clean = backups.make_backup(path, key)
        event, treatment = save_event(journal), save_treatment(journal)
        alive = backups.make_backup(path, key)
        journal.events.delete("event", event.id)
        journal.treatments.delete(treatment.id)
        in_bin = backups.make_backup(path, key)
        odd = backups_folder(path) / "before-restore_20260101T000000Z_unread.moodlab"
        odd.write_bytes(b"?" * 5000)
        targets = [Target.of(item) for item in journal.bin.read()]
        for target in targets:
            erase(journal.ledger, target)

    for target in targets:
        found = erasing_backups.find_in_backups([backups_folder(path)], key, target)
        assert {copy.number for copy in found.backups} == {alive.number, in_bin.number}
        assert found.unread == (odd,)
        for copy in found.backups:
            erasing_backups.erase_in_backup(copy, key, target)
        assert erasing_backups.find_in_backups([backups_folder(path)], key, target).backups == ()

    left = backups.list_backups(path)
    assert [copy.number for copy in left] == [3, 2, 1]
    assert clean in left
    for copy in left:
        if key is None:
            assert WORD.encode() not in copy.path.read_bytes()
        with open_preview(copy.path, key) as inside:
            assert check_journal(inside) == ()


def test_a_note_is_erased_in_a_copy_where_it_still_stands(journal: Journal) -> None:
    journal.days.write_note(TODAY, f"{WORD} note")
    journal.days.mark(TODAY, DayState.PAUSED)
    backups.make_backup(journal.path)
    journal.days.write_note(TODAY, "")
    target = Target.of(journal.bin.read()[0])

    (copy,) = erasing_backups.find_in_backups([backups_folder(journal.path)], None, target).backups
    cleaned = erasing_backups.erase_in_backup(copy, None, target)

    assert WORD.encode() not in cleaned.read_bytes()
    with open_preview(cleaned) as inside:
        day = inside.days.read_day(TODAY)
        assert (day.note, day.state) == ("", DayState.PAUSED)
        assert check_journal(inside) == ()


def test_while_another_reads_the_rows_go_and_the_file_is_rewritten_later(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.events.delete("event", save_event(journal).id)
    journal.ledger.connection.execute("PRAGMA busy_timeout = 50")
    target = Target.of(journal.bin.read()[0])
    other = journal.open_again()
    real = journal.ledger.connection.execute
    try:
        reading: list[object] = []

        def read_on() -> None:
            reading.append(other.ledger.connection.execute("SELECT * FROM change"))

        done = _erase_then(journal, target, read_on)
        assert not done.is_rewritten
        assert journal.bin.read() == ()
    finally:
        other.close()
    assert real("VACUUM") is not None
    assert WORD.encode() not in raw(journal)


def _erase_then(journal: Journal, target: Target, meanwhile: Callable[[], None]) -> object:
    """Erase, with something happening between the step and the rewriting."""
    from moodlab.store.ledger import erasing

    compact = erasing.compact

    def compact_later(connection: object) -> bool:
        meanwhile()
        return compact(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasing, "compact", compact_later)
        return erase(journal.ledger, target)
