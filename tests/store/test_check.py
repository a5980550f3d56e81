"""`moodlab check` finds what no save of MoodLab's could have left behind."""

from pathlib import Path

import pytest

from moodlab.store.check import check_journal
from moodlab.store.journal import Journal
from tests.journals import check_file
from tests.moments import TODAY


@pytest.fixture
def lived_in(journal: Journal) -> Journal:
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.rate(TODAY, "fatigue", None)
    journal.days.write_note(TODAY, "rain")
    journal.days.clear(TODAY, "fatigue")
    journal.undo()
    return journal


def test_a_journal_that_was_lived_in_is_sound(lived_in: Journal, journal_path: Path) -> None:
    lived_in.close()

    assert check_file(journal_path) == ()


@pytest.mark.parametrize(
    ("statement", "what", "where"),
    [
        ("UPDATE rating SET source = 'paper'", "history", "rating 2026-03-04"),
        ("DELETE FROM rating WHERE metric = 'mood'", "history", "rating 2026-03-04 mood"),
        ("INSERT INTO journal VALUES ('strange', 'x')", "history", "journal strange"),
        ("UPDATE day SET note = 'sun'", "history", "day 2026-03-04"),
        ("CREATE TABLE stray (a)", "schema", "stray"),
        ("DROP INDEX change_by_row", "schema", "change_by_row"),
    ],
)
def test_what_was_changed_behind_the_journals_back_is_found(
    lived_in: Journal, statement: str, what: str, where: str
) -> None:
    lived_in.ledger.connection.execute(statement)

    problems = check_journal(lived_in)

    assert problems
    assert {problem.what for problem in problems} == {what}
    assert all(problem.where.startswith(where) for problem in problems)
    assert all(problem.sentence.endswith(".") for problem in problems)


def test_a_row_whose_parent_is_gone_is_found(lived_in: Journal) -> None:
    connection = lived_in.ledger.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM metric WHERE id = 'mood'")

    assert "reference" in {problem.what for problem in check_journal(lived_in)}


def test_a_damaged_page_is_found(lived_in: Journal, journal_path: Path) -> None:
    for number in range(60):
        lived_in.days.write_note(TODAY.replace(year=1950 + number), "word " * 150)
    lived_in.close()
    content = bytearray(journal_path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    journal_path.write_bytes(content)

    assert "file" in {problem.what for problem in check_file(journal_path)}


def test_checking_writes_nothing(lived_in: Journal, journal_path: Path) -> None:
    lived_in.close()
    before = journal_path.read_bytes(), journal_path.stat().st_mtime_ns

    check_file(journal_path)

    assert (journal_path.read_bytes(), journal_path.stat().st_mtime_ns) == before
