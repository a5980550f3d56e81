"""Setting, changing and removing the passphrase: all of it follows, or nothing was changed."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from moodlab.domain.errors import (
    JournalDamaged,
    JournalLocked,
    JournalUnusable,
    Refused,
    WrongPassphrase,
)
from moodlab.store.backups.backup import keep_second, make_backup
from moodlab.store.backups.names import list_backups
from moodlab.store.check import check_journal
from moodlab.store.encryption import leftovers, rekey
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.reencrypted_file import verify_same
from moodlab.store.encryption.rekey import NotRekeyed, remove_passphrase, set_passphrase
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.file.engine import connect
from moodlab.store.journal import Journal
from tests.keys import any_key, derive_quickly
from tests.moments import TODAY, Clock, days_ago

PLAIN = b"SQLite format 3\0"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    derive_quickly(monkeypatch)


@pytest.fixture
def path(example_path: Path) -> Path:
    """The example with two automatic copies."""
    make_backup(example_path)
    make_backup(example_path)
    return example_path


def beginnings(path: Path) -> list[bytes]:
    return [file.read_bytes()[:16] for file in (path, *(copy.path for copy in list_backups(path)))]


def everything_in(path: Path, key: Key | None) -> str:
    with Journal.open(path, key=key, read_only=True) as journal:
        assert check_journal(journal) == ()
        intake = journal.read_tables()
        return repr((intake.tables, intake.history))


def state_of(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*") if file.is_file()
    }  # fmt: skip


def test_encrypting_changing_and_decrypting_keep_every_row_and_take_the_copies_along(
    path: Path,
) -> None:
    content = everything_in(path, None)
    numbers = connect(path).execute("PRAGMA user_version").fetchone()

    first = set_passphrase(path, "one")
    assert everything_in(path, find_key(path, "one")) == content
    second = set_passphrase(path, "two", first.key)
    assert everything_in(path, find_key(path, "two")) == content
    with pytest.raises(WrongPassphrase):
        find_key(path, "one")
    assert first.key is not None
    assert second.key is not None
    assert beginnings(path) == [second.key.salt] * 3
    for copy in list_backups(path):
        assert everything_in(copy.path, second.key) == content
    third = remove_passphrase(path, second.key)

    assert (third.key, third.backups, third.left) == (None, 2, ())
    assert everything_in(path, None) == content
    assert beginnings(path) == [PLAIN] * 3
    assert connect(path).execute("PRAGMA user_version").fetchone() == numbers


def test_no_word_stays_readable_in_the_folder(path: Path) -> None:
    with Journal.open(path, clock=Clock()) as journal:
        journal.days.write_note(TODAY, "marker-8412")
    make_backup(path)

    set_passphrase(path, "one")

    for file in path.parent.rglob("*"):
        assert file.is_dir() or b"marker-8412" not in file.read_bytes()


def test_what_is_made_is_private(path: Path) -> None:
    before = os.umask(0o022)
    try:
        set_passphrase(path, "one")
    finally:
        os.umask(before)

    files = [path, *(copy.path for copy in list_backups(path))]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_plain_copies_stay_where_that_is_wished(path: Path) -> None:
    done = set_passphrase(path, "one", keeps_plain_backups=True)

    assert done.key is not None
    assert beginnings(path) == [done.key.salt, PLAIN, PLAIN]
    assert (done.backups, len(done.left)) == (0, 2)


def test_plain_copies_that_stayed_follow_the_next_change(path: Path) -> None:
    first = set_passphrase(path, "one", keeps_plain_backups=True)
    done = set_passphrase(path, "two", first.key)

    assert done.key is not None
    assert beginnings(path) == [done.key.salt] * 3


def test_a_second_folder_of_copies_follows_too(path: Path, tmp_path: Path) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    keep_second(make_backup(path), path, second)

    done = set_passphrase(path, "one", second_folder=second)

    assert done.key is not None
    assert done.backups == 4
    (kept,) = second.glob("*.copies/*")
    assert kept.read_bytes()[:16] == done.key.salt


def test_copies_of_another_passphrase_and_damaged_ones_are_left_and_told(path: Path) -> None:
    newest, oldest = (copy.path for copy in list_backups(path))
    newest.write_bytes(os.urandom(8192))
    os.truncate(oldest, oldest.stat().st_size // 2 // 4096 * 4096)
    before = (newest.read_bytes(), oldest.read_bytes())

    done = set_passphrase(path, "one")

    assert done.backups == 0
    assert sorted(done.left) == sorted((newest, oldest))
    assert (newest.read_bytes(), oldest.read_bytes()) == before


def test_a_journal_that_was_set_aside_follows_too(path: Path) -> None:
    aside = list_backups(path)[0].path.with_name("before-restore_20260304T200000Z_unread.moodlab")
    list_backups(path)[0].path.rename(aside)

    done = set_passphrase(path, "one")

    assert done.key is not None
    assert aside.read_bytes()[:16] == done.key.salt


def test_a_journal_behind_a_link_is_replaced_where_it_lies(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link" / "j.moodlab"
    link.parent.mkdir()
    link.symlink_to(path)

    done = set_passphrase(link, "one")

    assert link.is_symlink()
    assert done.key is not None
    assert path.read_bytes()[:16] == done.key.salt


@pytest.mark.parametrize("key", [None, any_key()], ids=["no key", "another key"])
def test_without_its_key_nothing_is_changed(path: Path, key: Key | None) -> None:
    set_passphrase(path, "one")
    before = state_of(path.parent)

    with pytest.raises(JournalLocked):
        set_passphrase(path, "two", key)

    assert state_of(path.parent) == before


def test_an_unusable_new_passphrase_changes_nothing(path: Path) -> None:
    before = state_of(path.parent)

    with pytest.raises(Refused):
        set_passphrase(path, "")

    assert state_of(path.parent) == before


def test_a_damaged_journal_keeps_its_passphrase(path: Path) -> None:
    key = set_passphrase(path, "one").key
    content = bytearray(path.read_bytes())
    content[5 * 4096 + 77] ^= 1
    path.write_bytes(content)
    before = state_of(path.parent)

    with pytest.raises(JournalDamaged):
        set_passphrase(path, "two", key)

    assert state_of(path.parent) == before


write_faithfully = rekey.write_rekeyed


@pytest.mark.parametrize(
    "spoil",
    [
        "DELETE FROM question WHERE id = (SELECT min(id) FROM question)",
        "UPDATE day SET note = 'x' WHERE day = (SELECT min(day) FROM day WHERE note <> '')",
        "DROP INDEX change_by_batch",
        "PRAGMA user_version = 0",
        "PRAGMA application_id = 0",
    ],
)
def test_a_new_file_that_differs_in_anything_is_noticed(
    path: Path, tmp_path: Path, spoil: str
) -> None:
    key, made = any_key(), tmp_path / "made"
    write_faithfully(path, None, made, key)
    source, new = connect(path), connect(made, key=key)
    verify_same(source, new, key)
    new.execute(spoil)

    with pytest.raises(JournalUnusable, match="does not match"):
        verify_same(source, new, key)


def no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["sync_file", "write_rekeyed", "find_key"])
@pytest.mark.parametrize("from_one", [False, True])
def test_trouble_half_way_changes_nothing_and_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, from_one: bool
) -> None:
    key = set_passphrase(path, "one").key if from_one else None
    before = state_of(path.parent)
    monkeypatch.setattr(rekey, step, no_space)

    with pytest.raises(NotRekeyed) as refusal:
        set_passphrase(path, "two", key)

    assert refusal.value.sentence.startswith("Nothing was changed.")
    assert "space" in refusal.value.sentence
    assert state_of(path.parent) == before


def test_a_full_disk_changes_nothing(path: Path) -> None:
    before = state_of(path.parent)
    program = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from moodlab.store.encryption import rekey\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: rekey.set_passphrase(Path(sys.argv[1]), 'one')\n"
        "except rekey.NotRekeyed as error: print(error.sentence)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.startswith("Nothing was changed."), done.stderr
    assert state_of(path.parent) == before


def test_it_can_be_cancelled(path: Path) -> None:
    class Cancelled(Exception):
        pass

    steps = []

    def cancel(done: int, of: int) -> None:
        steps.append((done, of))
        if done == 1:
            raise Cancelled

    before = state_of(path.parent)

    with pytest.raises(Cancelled):
        set_passphrase(path, "one", progress=cancel)

    assert steps == [(0, 3), (1, 3)]
    assert state_of(path.parent) == before


def test_another_programs_save_is_waited_for_or_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    before = state_of(path.parent)
    monkeypatch.setattr("moodlab.store.file.engine.BUSY_SECONDS", 0.05)

    with pytest.raises(NotRekeyed, match="Another program"):
        set_passphrase(path, "one")

    assert state_of(path.parent) == before
    other.close()


WRITE_ON = """
import sys
import time
from pathlib import Path
from moodlab.domain.errors import MoodLabError
from moodlab.store.journal import Journal
from tests.moments import days_ago
with Journal.open(Path(sys.argv[1])) as journal:
    print("ready", flush=True)
    for number in range(100_000):
        try:
            journal.days.rate(days_ago(number // 11), "stress", 1000 * (number % 11))
        except MoodLabError as error:
            print("refused", flush=True)
            break
        print(number, flush=True)
        time.sleep(0.002)  # as a person leaves gaps, in which others get their turn
"""


def test_no_save_of_another_program_is_lost_by_the_replacement(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITE_ON, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for _ in range(20):
            writer.stdout.readline()
        key = set_passphrase(path, "one").key
        lines = writer.stdout.read().split()

    assert lines[-1] == "refused"  # and so it knows
    last = int(lines[-2]) if len(lines) > 1 else 19
    with Journal.open(path, key=key) as journal:
        (kept,) = journal.days.read_ratings(days_ago(last // 11), days_ago(last // 11))["stress"]
        assert kept.value == 1000 * (last % 11)
        assert check_journal(journal) == ()


OUTCOMES = {"encrypt": ("plain", "one"), "change": ("one", "two"), "decrypt": ("one", "plain")}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kind", OUTCOMES)
def test_a_process_that_ends_at_any_step_leaves_all_old_or_all_new(
    kind: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.broken_off", str(tmp_path), kind, "8"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    old, new = OUTCOMES[kind]

    assert len(runs) > 30
    for run in runs:
        assert run["form"] == new or (run["form"] == old and not run["finished"])
        assert set(run["copies"]) == {run["form"]}
        assert (run["problems"], run["strays"]) == ([], [])
    assert len({run["content"] for run in runs}) == 1
    ended = Counter((run["form"], run["unfinished_files"]) for run in runs)
    assert ended[old, True]
    assert ended[new, True]  # the copies were still waiting for their places


def test_what_waits_is_not_touched_while_its_maker_is_at_work(path: Path) -> None:
    copy = list_backups(path)[0].path
    ready = leftovers.ready_for(copy)
    ready.write_bytes(copy.read_bytes())
    maker = connect(path)
    maker.execute("BEGIN IMMEDIATE")

    Journal.open(path).close()
    assert ready.exists()
    maker.close()
    Journal.open(path).close()

    assert not ready.exists()


def test_reading_only_settles_nothing(path: Path) -> None:
    part = leftovers.part_of(path)
    part.write_bytes(b"half")

    Journal.open(path, read_only=True).close()
    assert part.exists()
    Journal.open(path).close()

    assert not part.exists()
