"""Restoring: verified, in one step, nothing lost of what was there, nothing odd let in."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab.domain.errors import JournalLocked, JournalMoved, MoodLabError, NeedsConfirmation
from moodlab.store.backups import backup as backups
from moodlab.store.backups.names import backups_folder
from moodlab.store.backups.preview import open_preview
from moodlab.store.backups.restore import restore
from moodlab.store.check import check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.file.engine import connect
from moodlab.store.journal import FOREVER, Journal
from tests.journals import check_file
from tests.moments import TODAY, Clock
from tests.store.file.test_files import ODD_FILES, fingerprint

KEY = Key(bytes(range(32)), bytes(range(128, 144)))
OTHER_KEY = Key(bytes(range(1, 33)), bytes(range(129, 145)))


def mood(path: Path, key: Key | None = None) -> list[int | None]:
    with Journal.open(path, key=key, read_only=True) as journal:
        ratings = journal.days.read_ratings(FOREVER.first, FOREVER.last).get("mood", ())
        return [rating.value for rating in ratings]


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> Key | None:
    return request.param


@pytest.fixture
def backup(journal_path: Path, key: Key | None) -> Path:
    """A copy with mood 3; the journal then goes on to 5."""
    with Journal.create(journal_path, key=key, clock=Clock()) as journal:
        journal.days.rate(TODAY, "mood", 3000)
        made = backups.make_backup(journal_path, key, clock=Clock())
        journal.days.rate(TODAY, "mood", 5000)
    return made.path


def test_a_copy_comes_back_and_the_journal_before_it_is_kept(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    digest = hashlib.sha256(backup.read_bytes()).digest()

    done = restore(journal_path, backup, key=key, backup_key=key, clock=Clock())

    assert mood(journal_path, key) == [3000]
    assert done.kept
    assert done.kept.name.startswith("before-restore-0002_")
    assert mood(done.kept, key) == [5000]
    assert hashlib.sha256(backup.read_bytes()).digest() == digest
    assert check_file(journal_path, key=key) == ()
    assert sorted(path.name for path in journal_path.parent.iterdir()) == [
        journal_path.name, backups_folder(journal_path).name,
    ]  # fmt: skip
    assert journal_path.stat().st_mode & 0o777 == 0o600


def test_restoring_can_itself_be_taken_back(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    kept = restore(journal_path, backup, key=key, backup_key=key).kept
    assert kept

    restore(journal_path, kept, key=key, backup_key=key)

    assert mood(journal_path, key) == [5000]


def test_a_lost_journal_comes_back(journal_path: Path, backup: Path, key: Key | None) -> None:
    journal_path.unlink()

    assert restore(journal_path, backup, backup_key=key).kept is None
    assert mood(journal_path, key) == [3000]


@pytest.mark.parametrize("name", ODD_FILES)
def test_what_is_no_journal_is_not_restored_and_everything_stays(
    name: str, journal: Journal, journal_path: Path, tmp_path: Path
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    journal.close()
    odd = tmp_path / "odd" / "odd.moodlab"
    odd.parent.mkdir()
    ODD_FILES[name](odd)
    before = fingerprint(journal_path), fingerprint(odd)

    with pytest.raises(MoodLabError) as refusal:
        restore(journal_path, odd)

    assert (fingerprint(journal_path), fingerprint(odd)) == before
    assert "odd.moodlab" in refusal.value.sentence


@pytest.mark.parametrize("name", ["another program's", "another program's in WAL mode",
                                  "from a newer version"])  # fmt: skip
def test_what_belongs_to_others_is_not_replaced_by_a_journal(
    name: str, backup: Path, tmp_path: Path, key: Key | None
) -> None:
    place = tmp_path / "place" / "place.db"
    place.parent.mkdir()
    ODD_FILES[name](place)
    before = fingerprint(place)

    with pytest.raises(MoodLabError):
        restore(place, backup, backup_key=key)

    assert fingerprint(place) == before


@pytest.mark.parametrize("name", ["empty", "cut in half", "scrambled", "random", "one byte"])
def test_a_damaged_journal_is_replaced_and_kept_as_it_lies(
    name: str, journal_path: Path, backup: Path, key: Key | None
) -> None:
    journal_path.unlink()
    ODD_FILES[name](journal_path)
    content = journal_path.read_bytes()

    # Random bytes may be an encrypted journal, so a plain copy in its place is asked about.
    kept = restore(journal_path, backup, key=key, backup_key=key, confirmed=True).kept

    assert kept
    assert kept.read_bytes() == content
    assert kept.parent == backups_folder(journal_path)
    assert mood(journal_path, key) == [3000]
    # It is not taken for a copy that could be restored or thinned.
    assert kept not in [copy.path for copy in backups.list_backups(journal_path)]


def test_the_rollback_journal_of_a_damaged_file_does_not_reach_the_restored_one(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    journal_path.write_bytes(os.urandom(8192))
    beside = journal_path.with_name(f"{journal_path.name}-journal")
    beside.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000))

    kept = restore(journal_path, backup, backup_key=key, confirmed=True).kept

    assert kept
    assert not beside.exists()
    assert kept.with_name(f"{kept.name}-journal").exists()
    assert mood(journal_path, key) == [3000]


def test_a_save_that_was_cut_off_is_settled_before(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    """The journal is kept as it was after its last durable save."""
    leave_hot(journal_path, key)

    kept = restore(journal_path, backup, key=key, backup_key=key).kept

    assert kept
    assert mood(kept, key) == [5000]
    assert mood(journal_path, key) == [3000]


def leave_hot(path: Path, key: Key | None) -> None:
    """Die within a save, with part of it in the file and its rollback journal beside it."""
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("no SIGKILL here")
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from moodlab.store.encryption.crypto import Key\n"
        "from moodlab.store.file.engine import connect\n"
        f"key = {key and (key.raw, key.salt)!r}\n"
        f"connection = connect(Path({str(path)!r}), key=key and Key(*key))\n"
        "connection.execute('PRAGMA cache_size = 1')\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "connection.execute('UPDATE rating SET value_thousandths = 9000')\n"
        "for number in range(300):\n"
        "    connection.execute('INSERT INTO journal VALUES (?, ?)', (str(number), 'x' * 900))\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert path.with_name(f"{path.name}-journal").exists()


def test_reading_only_works_after_a_save_that_was_cut_off(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    leave_hot(journal_path, key)

    assert mood(journal_path, key) == [5000]
    assert check_file(journal_path, key=key) == ()


def test_the_journal_itself_is_no_copy(journal_path: Path, backup: Path, key: Key | None) -> None:
    with pytest.raises(MoodLabError, match="itself"):
        restore(journal_path, journal_path, key=key, backup_key=key)


def test_a_missing_copy_and_a_folder_are_refused(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(MoodLabError, match="no backup"):
        restore(journal.path, tmp_path / "gone.moodlab")
    with pytest.raises(MoodLabError, match="folder"):
        restore(journal.path, tmp_path)


def test_an_encrypted_journal_does_not_become_plain_unasked(
    tmp_path: Path, journal: Journal
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    plain, _ = backups.save_backup(journal.path, None, tmp_path / "plain.moodlab")
    secret = tmp_path / "secret.moodlab"
    Journal.create(secret, key=KEY).close()
    before = secret.read_bytes()

    for given in (KEY, None):
        with pytest.raises(NeedsConfirmation, match="not encrypted"):
            restore(secret, plain, key=given)
        assert secret.read_bytes() == before

    restore(secret, plain, key=KEY, confirmed=True)
    assert mood(secret) == [3000]


def test_a_copy_under_another_passphrase_needs_it_and_brings_it(tmp_path: Path) -> None:
    old, now = tmp_path / "old.moodlab", tmp_path / "now.moodlab"
    with Journal.create(old, key=OTHER_KEY) as journal:
        journal.days.rate(TODAY, "mood", 3000)
    Journal.create(now, key=KEY).close()

    with pytest.raises(JournalLocked):
        restore(now, old, key=KEY, backup_key=KEY)
    restore(now, old, key=KEY, backup_key=OTHER_KEY)

    assert mood(now, OTHER_KEY) == [3000]


def test_a_window_that_had_the_former_journal_open_saves_nothing_into_it(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom moodlab.store.encryption.crypto import Key\n"
        "from moodlab.store.backups.restore import restore\n"
        f"key = {key and (key.raw, key.salt)!r}\nkey = key and Key(*key)\n"
        f"restore(Path({str(journal_path)!r}), Path({str(backup)!r}), key=key, backup_key=key)\n"
    )
    with Journal.open(journal_path, key=key, clock=Clock()) as window:
        subprocess.run([sys.executable, "-c", program], check=True)
        with pytest.raises(JournalMoved):
            window.days.rate(TODAY, "mood", 8000)
    assert mood(journal_path, key) == [3000]
    with Journal.open(journal_path, key=key, clock=Clock()) as again:
        again.days.rate(TODAY, "mood", 8000)
        assert check_journal(again) == ()


def test_every_automatic_copy_of_a_year_restores_to_what_the_journal_was(
    journal_path: Path,
) -> None:
    clock = Clock()
    states: dict[Path, list[int | None]] = {}
    with Journal.create(journal_path, clock=clock) as journal:
        for number in range(120):
            journal.days.rate(journal.today(), "mood", number % 11 * 1000)
            if number % 3 == 0:
                made = backups.make_backup(journal_path, clock=clock)
                states[made.path] = mood(journal_path)
            clock.pass_time(days=1)
    left = [copy.path for copy in backups.list_backups(journal_path)]

    assert 20 < len(left) < 40
    for path in left[::4]:
        with open_preview(path) as inside:
            assert check_journal(inside) == ()
        restore(journal_path, path, clock=clock)
        assert mood(journal_path) == states[path]


def test_a_folder_that_cannot_take_the_copy_leaves_the_journal(
    journal_path: Path, backup: Path, key: Key | None
) -> None:
    folder = backups_folder(journal_path)
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    folder.write_text("in the way")

    with pytest.raises(MoodLabError):
        restore(journal_path, elsewhere / backup.name, key=key, backup_key=key)

    assert mood(journal_path, key) == [5000]


def test_a_copy_that_was_still_being_written_when_its_power_went_is_mended(
    journal_path: Path, backup: Path, key: Key | None, tmp_path: Path
) -> None:
    """Somebody copied journal and rollback journal by hand, in the middle of a save."""
    leave_hot(journal_path, key)
    by_hand = tmp_path / "hand" / "copy.moodlab"
    by_hand.parent.mkdir()
    for suffix in ("", "-journal"):
        source = journal_path.with_name(journal_path.name + suffix)
        by_hand.with_name(by_hand.name + suffix).write_bytes(source.read_bytes())

    restore(journal_path, by_hand, key=key, backup_key=key)

    assert mood(journal_path, key) == [5000]
    connection = connect(journal_path, key=key)
    assert connection.execute("SELECT count(*) FROM journal").fetchone()[0] < 10
    connection.close()


def test_days_far_apart_are_no_matter(journal_path: Path, backup: Path, key: Key | None) -> None:
    clock = Clock()
    clock.moment += timedelta(days=5000)

    assert restore(journal_path, backup, key=key, backup_key=key, clock=clock).contents.days == 1
