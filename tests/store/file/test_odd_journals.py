"""Whatever is inside a file that somebody sends: a sentence in good time, and nothing harmed."""

import hashlib
import shutil
import time
from pathlib import Path

import pytest

from moodlab.domain.errors import MoodLabError
from moodlab.store.backups.names import SUFFIX, backups_folder
from moodlab.store.encryption.rekey import set_passphrase
from moodlab.store.file import migrations, schema
from moodlab.store.file.database import open_database
from moodlab.store.file.schema import find_odd
from moodlab.store.journal import FOREVER, Journal
from tests.cli.shell import Shell
from tests.damage import make_full_journal
from tests.keys import derive_quickly
from tests.moments import TODAY, Clock
from tests.store.file.odd_files import ALL, SCHEMAS, raw

MOST_SECONDS = 10.0
COMMANDS = (
    ("check",),
    ("report", "page.txt"),
    ("export", "out.json", "--format", "json"),
    ("export", "table", "--format", "csv"),
    ("backup", "copy.moodlab"),
    ("backup",),
    ("log", "2026-03-03", "mood=4"),
    ("undo",),
    ("event", "2026-03-03", "Rain"),
)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "journal.moodlab"
    make_full_journal(path, Clock())
    connection = raw(path)
    connection.execute(
        "INSERT INTO pin VALUES ('pin 1', '[[\"mood\", \">\", 3000]]', '2026-03-03T10:00:00.000Z',"
        " 0, '2026-03-03')"
    )
    connection.close()
    return path


@pytest.fixture
def odd(sound: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "here" / "journal.moodlab"
    path.parent.mkdir()
    shutil.copy(sound, path)
    path.chmod(0o600)
    ALL[request.param](path)
    return path


def digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 60


@pytest.mark.parametrize("odd", ALL, indirect=True)
def test_each_command_answers_in_good_time(odd: Path) -> None:
    """A defect is an exception here, as `Shell` runs commands in this process."""
    shell = Shell(odd.parent)
    for name, *rest in COMMANDS:
        arguments = [str(odd.parent / word) if "." in word or word == "table" else word
                     for word in rest]  # fmt: skip
        begun = time.process_time()
        done = shell(name, *arguments)
        seconds = time.process_time() - begun

        assert seconds < MOST_SECONDS, (name, seconds)
        assert done.status in (0, 1), done
        if done.status and name != "check":
            assert done.err.strip(), name
        if name == "log" and done.status == 0:
            # What was said to be saved is there.
            with Journal.open(odd, read_only=True) as journal:
                row = journal.ledger.read("rating", {"day": "2026-03-03", "metric": "mood"})
                assert row
                assert row["value_thousandths"] == 4000


@pytest.mark.parametrize("odd", ALL, indirect=True)
def test_none_comes_into_the_place_of_a_sound_journal_unnoticed(
    odd: Path, sound: Path, tmp_path: Path
) -> None:
    """As a backup, each is restored whole or refused, in good time."""
    place = tmp_path / "place" / "journal.moodlab"
    place.parent.mkdir()
    shutil.copy(sound, place)
    before = digest(place)
    begun = time.process_time()

    done = Shell(place.parent)("restore", str(odd))

    assert time.process_time() - begun < MOST_SECONDS
    assert done.status in (0, 1)
    if done.status:
        assert digest(place) == before
        assert done.err.strip()


@pytest.mark.parametrize("odd", SCHEMAS, indirect=True)
def test_a_schema_of_its_own_is_never_written_and_always_said(odd: Path) -> None:
    before = digest(odd)
    shell = Shell(odd.parent)

    done = shell("log", "2026-03-03", "mood=4")
    check = shell("check")

    assert done.status == 1
    assert "Saved" not in done.out
    assert check.status == 1
    assert digest(odd) == before
    with pytest.raises(MoodLabError):
        Journal.open(odd).days.rate(TODAY, "mood", 1000)
    assert digest(odd) == before


UNREADABLE = ("can't be read", "for ratings", "all tables", "for steps", "below")
READABLE = [name for name in SCHEMAS if not any(word in name for word in UNREADABLE)]


@pytest.mark.parametrize("odd", READABLE, indirect=True)
def test_the_way_out_brings_the_entries_into_a_new_journal(odd: Path, tmp_path: Path) -> None:
    out = odd.parent / "all.json"
    exported = Shell(odd.parent)("export", str(out), "--format", "json")
    assert exported.status == 0, exported
    assert "MoodLab did not make" in exported.err
    new = tmp_path / "new"
    new.mkdir()
    shell = Shell(new)
    assert shell("init").status == 0

    assert shell("import", str(out)).status == 0

    with Journal.open(shell.journal) as journal:
        assert find_odd(journal.ledger.connection) == ()
        assert len(journal.days.read_ratings(FOREVER.first, FOREVER.last)["mood"]) == 8


@pytest.mark.parametrize("odd", SCHEMAS, indirect=True)
def test_encrypting_leaves_it_and_backups_like_it_alone(
    odd: Path, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive_quickly(monkeypatch)
    with pytest.raises(MoodLabError):
        set_passphrase(odd, "a passphrase")
    journal = tmp_path / "there" / "journal.moodlab"
    folder = backups_folder(journal)
    folder.mkdir(parents=True)
    shutil.copy(sound, journal)
    copy = folder / f"by-hand-0001_20260303T100000Z_8-days_9-entries_schema-2{SUFFIX}"
    shutil.copy(odd, copy)

    done = set_passphrase(journal, "a passphrase")

    assert done.left == (copy,)


def test_a_new_journal_and_every_released_one_are_as_they_were_made(
    journal: Journal, tmp_path: Path
) -> None:
    assert find_odd(journal.ledger.connection) == ()
    for released in (Path(__file__).parents[2] / "data").glob("schema-*.moodlab"):
        path = Path(shutil.copy(released, tmp_path / released.name))
        assert open_database(path, read_only=True).odd == ()


def test_what_is_recalled_of_the_schema_is_what_the_steps_make() -> None:
    for number in range(1, len(migrations.STEPS) + 1):
        assert migrations.STEPS[:number] in schema._KNOWN
        assert schema._recall(number) == schema._make(migrations.STEPS[:number])


def test_statistics_of_another_program_are_no_schema_of_its_own(
    journal: Journal, journal_path: Path
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.close()
    connection = raw(journal_path)
    connection.execute("ANALYZE")
    connection.close()

    with Journal.open(journal_path) as again:
        again.days.rate(TODAY, "fatigue", 3000)
        assert not again.odd_parts
