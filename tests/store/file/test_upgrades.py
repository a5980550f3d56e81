"""Older journals are brought up to date whole or not at all; every released schema still opens."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from moodlab.domain.errors import JournalUnusable
from moodlab.store.backups import backup as backups
from moodlab.store.backups.names import backups_folder
from moodlab.store.backups.preview import open_preview
from moodlab.store.backups.restore import restore
from moodlab.store.check import check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.file import migrations
from moodlab.store.file.engine import connect
from moodlab.store.file.migrations import Step
from moodlab.store.file.upgrading import read_schema
from moodlab.store.journal import Journal
from tests.data.make_sample import NOTE, fill, sample_path
from tests.moments import TODAY, Clock

KEY = Key(bytes(range(32)), bytes(range(128, 144)))
RELEASED = range(1, migrations.SCHEMA_VERSION + 1)


@pytest.mark.parametrize("schema", RELEASED)
def test_a_journal_of_every_released_schema_opens_with_all_that_is_in_it(
    schema: int, tmp_path: Path
) -> None:
    old = Path(shutil.copy(sample_path(schema), tmp_path / "old.moodlab"))

    with Journal.open(old, clock=Clock()) as journal:
        diary = journal.read_diary()
        assert [rating.value for rating in diary.ratings["mood"]][-1] == 7000
        assert len(diary.ratings["fatigue"]) == 10
        assert journal.days.read_day(TODAY).note == NOTE
        assert diary.labs[0].value.text == "<0.3"
        assert [dose.text for dose in diary.treatments[0].doses] == ["50 mg", "100 mg"]
        assert [item.kind for item in journal.bin.read()] == ["Event"]
        assert check_journal(journal) == ()
        journal.days.rate(TODAY, "mood", 1000)


def test_the_sample_of_the_present_schema_is_what_is_made_now(tmp_path: Path) -> None:
    """Where this fails before a release, make the sample anew; after one, add a step."""
    sample = connect(sample_path(migrations.SCHEMA_VERSION), read_only=True)
    with Journal.create(tmp_path / "new.moodlab", clock=Clock()) as journal:
        fill(journal)
        made = read_schema(journal.ledger.connection)
        assert read_schema(sample) == made
    sample.close()


def test_what_a_lab_said_among_the_notes_becomes_a_status_and_undo_knows_older_rows(
    tmp_path: Path,
) -> None:
    path = Path(shutil.copy(sample_path(1), tmp_path / "old.moodlab"))
    connection = connect(path)
    connection.execute(
        "UPDATE lab_result SET source = 'fhir', note = 'The lab calls it preliminary. mine'"
    )
    connection.close()

    with Journal.open(path, clock=Clock()) as journal:
        (upgraded,) = journal.labs.read_all()
        assert (upgraded.status, upgraded.note) == ("preliminary", "mine")
        journal.labs.save(replace(upgraded, status="corrected", remark="hemolyzed"))
        journal.labs.delete(upgraded.id)
        journal.undo()
        journal.undo()
        assert journal.labs.read_all() == (upgraded,)
        # The first save is known only as a row of the older schema.
        key = {"id": upgraded.id}
        with journal.ledger.batch("test"):
            older = {
                name: value
                for name, value in journal.ledger.read("lab_result", key).items()
                if name not in ("status", "issued", "remark")
            }
            journal.ledger.restore("lab_result", older, None)
        assert journal.labs.read_all()[0].status == ""
        assert check_journal(journal) == ()


def add_weather(db: Any) -> None:
    """A change as a later release may make it: a table rebuilt by sqlite-utils, and a new one."""
    db["batch"].transform(rename={"kind": "sort"})
    db["batch"].transform(rename={"sort": "kind"})
    db.execute("CREATE TABLE weather (day TEXT PRIMARY KEY, sky TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO weather SELECT day, 'unknown' FROM day")


NEXT = Step("m003_weather", add_weather)


def release(monkeypatch: pytest.MonkeyPatch, *steps: Step) -> None:
    """Act as a later MoodLab, with these steps after the present ones."""
    every = (*migrations.STEPS, *steps)
    monkeypatch.setattr(migrations, "STEPS", every)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", len(every))
    monkeypatch.setattr("moodlab.store.file.header.SCHEMA_VERSION", len(every))


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Key | None]:
    path = tmp_path / "old.moodlab"
    with Journal.create(path, key=request.param, clock=Clock()) as journal:
        fill(journal)
    return path, request.param


def digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def test_an_older_journal_is_copied_and_brought_up_to_date(
    old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    with Journal.open(path, key=key) as journal:
        before = journal.read_tables()
    release(monkeypatch, NEXT)

    with Journal.open(path, key=key, clock=Clock()) as journal:
        connection = journal.ledger.connection
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM weather").fetchone() == (2,)
        after = journal.read_tables()
        assert {table: after.tables[table] for table in before.tables} == before.tables
        assert after.history == before.history
        assert check_journal(journal) == ()
        journal.days.rate(TODAY, "mood", 1000)

    (copy,) = backups.list_backups(path)
    assert copy.reason == "before-upgrade"
    assert copy.schema == migrations.SCHEMA_VERSION - 1


def test_a_second_opening_upgrades_nothing(
    old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    release(monkeypatch, NEXT)
    Journal.open(path, key=key).close()
    before = digest(path)

    Journal.open(path, key=key).close()

    assert digest(path) == before
    assert len(backups.list_backups(path)) == 1


def fail_half_way(db: Any) -> None:
    db.execute("CREATE TABLE half (a)")
    db.execute("DELETE FROM rating")
    raise ValueError("a defect")


def ask_for_what_is_not_there(db: Any) -> None:
    db.execute("DELETE FROM rating")
    db.execute("SELECT nothing FROM nowhere")


def break_a_reference(db: Any) -> None:
    db.execute("DELETE FROM metric WHERE id = 'mood'")


@pytest.mark.parametrize("step", [fail_half_way, ask_for_what_is_not_there, break_a_reference])
def test_a_step_that_fails_leaves_the_old_journal_whole(
    step: Any, old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    before = digest(path)
    with monkeypatch.context() as later:
        release(later, NEXT, Step("m004_fails", step))
        with pytest.raises(JournalUnusable) as refusal:
            Journal.open(path, key=key)
        assert path.name in refusal.value.sentence

    assert digest(path) == before
    with Journal.open(path, key=key) as journal:
        assert check_journal(journal) == ()
        assert len(journal.read_diary().ratings["mood"]) == 10


def make_trigger(db: Any) -> None:
    db.execute("CREATE TRIGGER kept AFTER DELETE ON batch BEGIN SELECT 1; END")


def transform_batches(db: Any) -> None:
    db["batch"].transform(defaults={"kind": "step"})


@pytest.mark.parametrize("says_so", [False, True])
def test_a_trigger_that_a_transform_drops_is_noticed_unless_meant(
    says_so: bool, old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    release(monkeypatch, Step("m003_trigger", make_trigger))
    Journal.open(path, key=key).close()
    release(
        monkeypatch,
        Step("m003_batches", transform_batches, frozenset({"kept"}) if says_so else frozenset()),
    )

    if says_so:
        Journal.open(path, key=key).close()
    else:
        with pytest.raises(JournalUnusable, match="could not be updated"):
            Journal.open(path, key=key)


def transform_questions(db: Any) -> None:
    db["question"].transform(rename={"text": "words"})


def test_a_transform_of_a_table_without_rowid_is_refused_and_not_half_done(
    old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """sqlite-utils copies a rowid that such a table doesn't have: steps rebuild them in SQL."""
    path, key = old
    before = digest(path)
    release(monkeypatch, Step("m003_questions", transform_questions))

    with pytest.raises(JournalUnusable):
        Journal.open(path, key=key)
    assert digest(path) == before


def test_without_room_for_a_copy_nothing_is_upgraded(
    old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    backups_folder(path).write_text("in the way")
    before = digest(path)
    release(monkeypatch, NEXT)

    with pytest.raises(JournalUnusable, match="backed up before"):
        Journal.open(path, key=key)

    assert digest(path) == before


def test_an_older_copy_is_looked_into_and_restored_as_the_newer_schema(
    old: tuple[Path, Key | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    copy = backups.make_backup(path, key)
    before = digest(copy.path)
    release(monkeypatch, NEXT)

    with open_preview(copy.path, key) as inside:
        assert inside.ledger.connection.execute("SELECT count(*) FROM weather").fetchone() == (2,)
        with pytest.raises(JournalUnusable):
            inside.days.rate(TODAY, "mood", 1000)
    assert digest(copy.path) == before
    assert len(list(copy.path.parent.iterdir())) == 1

    restore(path, copy.path, key=key, backup_key=key)
    with Journal.open(path, key=key) as journal:
        assert check_journal(journal) == ()
    assert digest(copy.path) == before


def test_the_sample_of_the_first_schema_is_looked_into_as_the_present_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = Path(shutil.copy(sample_path(1), tmp_path / "old.moodlab"))
    backup.chmod(0o400)
    tmp_path.chmod(0o500)
    before = digest(backup)
    release(monkeypatch, NEXT)

    with open_preview(backup) as inside:
        connection = inside.ledger.connection
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA_VERSION,)
        assert connection.execute("SELECT DISTINCT sky FROM weather").fetchall() == [("unknown",)]
        diary = inside.read_diary()
        assert [rating.value for rating in diary.ratings["mood"]][-1] == 7000
        assert inside.days.read_day(TODAY).note == NOTE
        assert check_journal(inside) == ()
    assert digest(backup) == before
    tmp_path.chmod(0o700)
    assert [path.name for path in tmp_path.iterdir()] == ["old.moodlab"]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this process and its children make temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


def test_the_upgraded_copy_is_private_stays_encrypted_and_goes(
    old: tuple[Path, Key | None], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    copy = backups.make_backup(path, key).path
    release(monkeypatch, NEXT)

    look = open_preview(copy, key)
    (folder,) = temporary.iterdir()
    (draft,) = folder.iterdir()
    assert draft.name == copy.name
    assert (folder.stat().st_mode & 0o777, draft.stat().st_mode & 0o777) == (0o700, 0o600)
    assert (draft.read_bytes()[:6] == b"SQLite") == (key is None)
    with open_preview(copy, key):
        assert draft.exists(), "the second look leaves the first"
    look.close()

    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_at_the_next_look(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = temporary / "moodlab-preview-left"
    left.mkdir()
    shutil.copy(sample_path(1), left / "old.moodlab")
    (temporary / "another-program").mkdir()

    open_preview(Path(shutil.copy(sample_path(1), tmp_path / "backup.moodlab"))).close()

    assert [path.name for path in temporary.iterdir()] == ["another-program"]


@pytest.mark.parametrize("step", [fail_half_way, break_a_reference])
def test_an_older_copy_that_cannot_be_upgraded_leaves_nothing_behind(
    step: Any,
    old: tuple[Path, Key | None],
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, key = old
    copy = backups.make_backup(path, key).path
    before = digest(copy)
    release(monkeypatch, Step("m003_fails", step))

    with pytest.raises(JournalUnusable, match="could not be updated"):
        open_preview(copy, key)

    assert digest(copy) == before
    assert list(temporary.iterdir()) == []


def test_without_room_for_temporary_files_an_older_copy_says_why(
    old: tuple[Path, Key | None], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = old
    copy = backups.make_backup(path, key).path
    release(monkeypatch, NEXT)
    monkeypatch.setattr("tempfile.tempdir", str(temporary / "gone"))

    with pytest.raises(JournalUnusable, match="can't be shown here: No such file"):
        open_preview(copy, key)


def test_a_window_of_the_older_version_writes_nothing_into_an_upgraded_journal(
    old: tuple[Path, Key | None],
) -> None:
    """A newer version of MoodLab upgrades the file while this one has it open."""
    path, key = old
    with Journal.open(path, key=key, clock=Clock()) as window:
        window.days.rate(TODAY, "mood", 2000)
        newer = connect(path, key=key)
        newer.execute("PRAGMA user_version = 99")
        newer.close()
        with pytest.raises(JournalUnusable, match="newer version of MoodLab"):
            window.days.rate(TODAY, "mood", 3000)
        assert not window.ledger.connection.in_transaction
