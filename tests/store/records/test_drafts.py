"""What was half typed is kept in the journal without a trace of having been there."""

import json
from pathlib import Path

from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from moodlab.store.records.drafts import keep_draft, read_draft
from tests.moments import TODAY, Clock

WORD = "zebrafishlantern"


def rows(journal: Journal, table: str) -> int:
    return int(journal.ledger.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_draft_survives_closing_and_the_newest_counts(journal_path: Path, clock: Clock) -> None:
    with Journal.create(journal_path, clock=clock) as journal:
        keep_draft(journal.ledger, "one")
        keep_draft(journal.ledger, "two")
    with Journal.open(journal_path, clock=clock) as again:
        assert read_draft(again.ledger) == "two"
        assert check_journal(again) == ()


def test_a_draft_is_no_step_that_undo_meets(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 5000)
    keep_draft(journal.ledger, json.dumps({"text": WORD}))

    step = journal.undo()

    assert step is not None
    assert step.kind == "rate"
    assert read_draft(journal.ledger)


def test_a_draft_that_was_taken_out_leaves_nothing(journal: Journal, journal_path: Path) -> None:
    journal.days.rate(TODAY, "mood", 5000)
    before = [rows(journal, table) for table in ("change", "batch", "journal")]
    keep_draft(journal.ledger, WORD)
    keep_draft(journal.ledger, WORD + " again")
    assert WORD.encode() in journal_path.read_bytes()

    keep_draft(journal.ledger, "")

    assert [rows(journal, table) for table in ("change", "batch", "journal")] == before
    assert WORD.encode() not in journal_path.read_bytes()
    assert check_journal(journal) == ()
    assert journal.undo() is not None
