"""The sum over the history: right after every kind of step, and wrong for pages of two ages."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from moodlab.domain.errors import MoodLabError
from moodlab.domain.history.deletions import NOTE, Target
from moodlab.domain.intake import JournalIntake
from moodlab.store.backups.backup import make_backup
from moodlab.store.backups.restore import restore
from moodlab.store.check import check_journal
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.file.engine import connect, sqlite
from moodlab.store.journal import Journal
from moodlab.store.ledger.ledger_sum import KEY as SUM
from moodlab.store.ledger.ledger_sum import differs_from_sum, read_sum
from tests.cli.shell import Shell
from tests.damage import make_full_journal
from tests.journals import begin, check_file
from tests.keys import derive_quickly
from tests.moments import TODAY, Clock
from tests.store.file.beside.strays import KEY

DATA = Path(__file__).parents[2] / "data"
PAGE = 4096
TABLES = ("journal", "day", "metric", "metric_span", "rating", "event", "batch", "change")


def other_journal(folder: Path) -> JournalIntake:
    path = folder / "other.moodlab"
    with Journal.create(path, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 2000)
        journal.days.rate(TODAY, "pain", 3000)
        return journal.read_tables()


def merge_and_take_back(journal: Journal, folder: Path) -> None:
    journal.imports.take_journal(other_journal(folder))
    journal.undo()


ACTS: dict[str, Callable[[Journal, Path], object]] = {
    "rate": lambda journal, _: journal.days.rate(TODAY, "mood", 9000),
    "rate the same again": lambda journal, _: journal.days.rate(TODAY, "mood", 3000),
    "note": lambda journal, _: journal.days.write_note(TODAY, "a word"),
    "undo": lambda journal, _: journal.undo(),
    "undo twice": lambda journal, _: (journal.undo(), journal.undo()),
    "redo": lambda journal, _: (journal.undo(), journal.redo()),
    "undo, then another step": lambda journal, _: (
        journal.undo(), journal.days.rate(TODAY, "mood", 8000)
    ),
    "erase a day": lambda journal, _: journal.erase(Target("", TODAY.isoformat())),
    "erase a note": lambda journal, _: journal.erase(Target(NOTE, TODAY.isoformat())),
    "erase what was undone": lambda journal, _: (
        journal.undo(), journal.erase(Target("", TODAY.isoformat()))
    ),
    "a draft": lambda journal, _: journal.keep_draft("half a word"),
    "a draft that goes": lambda journal, _: (journal.keep_draft("half"), journal.keep_draft("")),
    "settings": lambda journal, _: journal.set_settings({"person_name": "A"}),
    "merge": lambda journal, folder: journal.imports.take_journal(other_journal(folder)),
    "merge and take back": merge_and_take_back,
}  # fmt: skip


@pytest.fixture
def lived_in(journal: Journal) -> Journal:
    for ago in range(5):
        journal.days.rate(TODAY - timedelta(days=ago), "mood", 3000)
    journal.days.write_note(TODAY, "rain")
    journal.days.write_note(TODAY, "rain, then sun")
    return journal


@pytest.mark.parametrize("act", ACTS)
def test_every_step_keeps_it_right(lived_in: Journal, tmp_path: Path, act: str) -> None:
    before = read_sum(lived_in.ledger.connection)

    ACTS[act](lived_in, tmp_path)

    after = read_sum(lived_in.ledger.connection)
    assert not differs_from_sum(lived_in.ledger.connection)
    assert check_journal(lived_in) == ()
    assert (before == after) == (act in ("rate the same again", "merge and take back",
                                         "a draft that goes"))  # fmt: skip


def test_an_import_into_an_empty_journal_and_back_keeps_it_right(
    journal: Journal, tmp_path: Path
) -> None:
    journal.imports.take_journal(other_journal(tmp_path))
    assert check_journal(journal) == ()

    journal.undo()

    assert check_journal(journal) == ()
    assert read_sum(journal.ledger.connection)


@pytest.mark.parametrize("schema", ["schema-1", "schema-2"])
def test_a_journal_of_an_earlier_version_gets_one_with_its_next_save(
    tmp_path: Path, schema: str
) -> None:
    path = Path(shutil.copy(DATA / f"{schema}.moodlab", tmp_path / "journal.moodlab"))
    with Journal.open(path) as journal:
        assert read_sum(journal.ledger.connection) is None
        journal.days.write_note(TODAY, "the first")

        assert read_sum(journal.ledger.connection)
        assert not differs_from_sum(journal.ledger.connection)


def test_copies_bring_it_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)
    path = tmp_path / "journal.moodlab"
    make_full_journal(path, Clock())
    backup = make_backup(path).path
    assert check_file(backup) == ()

    key = set_passphrase(path, "a passphrase").key
    assert check_file(path, key=key) == ()
    backup = make_backup(path, key).path
    with Journal.open(path, key=key, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 9000)
    done = restore(path, backup, key=key, backup_key=key)

    assert done.notes() == ()
    assert check_file(path, key=key) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change WHERE number = (SELECT max(number) FROM change)",
        "UPDATE change SET recorded_day = '2020-01-01' WHERE number = 12",
        "UPDATE batch SET undone_by = NULL WHERE undone_by IS NOT NULL",
        "UPDATE batch SET at = '2020-01-01T00:00:00.000Z' WHERE number = 3",
        f"UPDATE journal SET value = 'odd' WHERE key = '{SUM}'",
        f"UPDATE journal SET value = '{'0' * 64}' WHERE key = '{SUM}'",
    ],
)
def test_a_history_that_was_changed_is_found_and_stays_found(
    lived_in: Journal, statement: str
) -> None:
    lived_in.undo()
    assert lived_in.ledger.connection.execute(statement).rowcount

    assert "ledger" in {problem.where for problem in check_journal(lived_in)}
    lived_in.days.rate(TODAY, "fatigue", 1000)
    assert "ledger" in {problem.where for problem in check_journal(lived_in)}


def test_it_is_in_no_export_and_comes_with_no_import(lived_in: Journal, tmp_path: Path) -> None:
    intake = lived_in.read_tables()
    assert SUM not in {row["key"] for row in intake.tables["journal"]}
    rows = {**intake.tables, "journal": [{"key": SUM, "value": "1"}]}
    with begin(tmp_path / "fresh.moodlab", Clock()) as fresh:
        fresh.imports.take_journal(JournalIntake("crafted", rows, intake.history))

        assert check_journal(fresh) == ()


States = list[tuple[bytes, dict[str, list[tuple[object, ...]]]]]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    """One encrypted journal at several moments: its bytes and its content."""
    path = tmp_path_factory.mktemp("ages") / "journal.moodlab"
    with Journal.create(path, key=KEY, clock=Clock()) as journal:
        for ago in range(40):
            journal.days.rate(TODAY - timedelta(days=ago), "mood", ago % 11 * 1000)
    found = [(path.read_bytes(), read_content(path))]
    for act in (
        lambda journal: journal.days.rate(TODAY, "mood", 9000),
        lambda journal: journal.undo(),
        lambda journal: journal.days.write_note(TODAY, "a note " * 30),
        lambda journal: journal.erase(Target("", TODAY.isoformat())),
        lambda journal: [
            journal.days.rate(TODAY - timedelta(days=100 + ago), "mood", 3000) for ago in range(15)
        ],
        lambda journal: journal.days.rate(TODAY - timedelta(days=2), "mood", 7000),
    ):
        with Journal.open(path, key=KEY, clock=Clock()) as journal:
            act(journal)
        found.append((path.read_bytes(), read_content(path)))
    return found


def read_content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = connect(path, key=KEY, read_only=True)
    try:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    finally:
        connection.close()


def judge(content: bytes, path: Path, states: States) -> str:
    """Say how a mix is met: refused, named by `check`, or sound with the content of one moment."""
    path.write_bytes(content)
    try:
        problems = check_file(path, key=KEY)
    except (MoodLabError, sqlite.Error):
        return "refused"
    if problems:
        return "by the sum alone" if {each.where for each in problems} == {"ledger"} else "named"
    is_of_one_moment = any(read_content(path) == known for _, known in states)
    return "of one moment" if is_of_one_moment else "not noticed"


def swap_single_pages(states: States) -> Iterator[bytes]:
    """Put each page of the state before, and of the one after, into each state."""
    for (one, _), (another, _) in pairwise(states):
        for base, other in ((one, another), (another, one)):
            for at in range(0, min(len(base), len(other)), PAGE):
                mixed = base[:at] + other[at : at + PAGE] + base[at + PAGE :]
                if mixed not in (base, other):
                    yield mixed


def mix_pages(states: States, count: int) -> Iterator[bytes]:
    chance = random.Random(19)
    for _ in range(count):
        (base, _), (other, _) = chance.sample(states, 2)
        mixed = bytearray(base)
        pages = [
            at for at in range(0, min(len(base), len(other)), PAGE)
            if base[at : at + PAGE] != other[at : at + PAGE]
        ]  # fmt: skip
        for at in chance.sample(pages, chance.randint(1, len(pages))):
            mixed[at : at + PAGE] = other[at : at + PAGE]
        yield bytes(mixed)


def test_pages_of_two_ages_are_noticed_unless_the_content_is_of_one_moment(
    states: States, tmp_path: Path
) -> None:
    path = tmp_path / "mixed.moodlab"
    singles = Counter(judge(mixed, path, states) for mixed in swap_single_pages(states))
    mixes = Counter(judge(mixed, path, states) for mixed in mix_pages(states, 150))

    assert singles["not noticed"] == mixes["not noticed"] == 0
    assert singles["by the sum alone"]
    assert singles["named"] + singles["refused"] > singles["of one moment"]


def test_a_backup_of_two_ages_is_restored_and_that_is_said(states: States, tmp_path: Path) -> None:
    mixed = next(
        mixed for mixed in swap_single_pages(states)
        if judge(mixed, tmp_path / "mixed.moodlab", states) == "by the sum alone"
    )  # fmt: skip
    backup = tmp_path / "backup.moodlab"
    backup.write_bytes(mixed)

    done = restore(tmp_path / "here" / "journal.moodlab", backup, backup_key=KEY)

    assert "does not match its history" in " ".join(done.notes())


def test_the_command_says_so_too(lived_in: Journal, journal_path: Path, tmp_path: Path) -> None:
    lived_in.ledger.connection.execute("UPDATE batch SET kind = 'odd' WHERE number = 2")
    lived_in.close()
    shell = Shell(tmp_path)

    assert "older than others" in shell("check").out
    backup = make_backup(journal_path).path
    assert "does not match its history" in shell("restore", str(backup)).out
