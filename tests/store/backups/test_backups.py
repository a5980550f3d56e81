"""Copies: whole, verified, private, made once a day and before what is risky, never in the way."""

import os
import stat
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from moodlab import atomic_replace
from moodlab.domain.errors import JournalUnusable, NeedsConfirmation, Refused
from moodlab.store.backups import backup as backups
from moodlab.store.backups.backup import BackupFailed
from moodlab.store.backups.names import Backup, backups_folder, read_backup_name
from moodlab.store.backups.preview import open_preview
from moodlab.store.backups.second_folder import find_second
from moodlab.store.encryption.crypto import Key
from moodlab.store.file import verified_copy
from moodlab.store.file.contents import count_contents
from moodlab.store.journal import FOREVER, Journal
from tests.journals import check_file
from tests.moments import TODAY, Clock

KEY = Key(bytes(range(32)), bytes(range(128, 144)))


def rated(journal: Journal) -> dict:
    return journal.days.read_ratings(FOREVER.first, FOREVER.last)


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Journal:
    journal = Journal.create(tmp_path / "kept.moodlab", key=request.param, clock=clock)
    journal.days.rate(TODAY, "mood", 3000)
    journal.days.rate(TODAY - timedelta(days=1), "mood", 4000)
    yield journal
    journal.close()


def make(journal: Journal) -> Backup:
    return backups.make_backup(journal.path, journal.key, clock=journal.ledger.clock)


def test_a_copy_holds_what_the_journal_holds_and_says_so_in_its_name(kept: Journal) -> None:
    made = make(kept)

    assert made.days == 2
    assert made.entries == 2
    assert made.path.name.startswith("automatic-0001_20260304T200000Z_2-days_2-entries_schema-")
    assert backups.list_backups(kept.path) == (made,)
    with open_preview(made.path, kept.key) as inside:
        assert rated(inside) == rated(kept)
        assert count_contents(inside.ledger.connection) == count_contents(kept.ledger.connection)


def test_copies_are_private_and_leave_nothing_else(kept: Journal) -> None:
    for _ in range(3):
        make(kept)

    folder = backups_folder(kept.path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert all(read_backup_name(path) for path in folder.iterdir())


def test_a_copy_of_an_encrypted_journal_is_encrypted(tmp_path: Path) -> None:
    with Journal.create(tmp_path / "secret.moodlab", key=KEY) as journal:
        journal.days.write_note(TODAY, "marker-word")
        made = make(journal)

    assert b"marker-word" not in made.path.read_bytes()
    # One key opens the journal and its backups.
    assert made.path.read_bytes()[:16] == journal.path.read_bytes()[:16] == KEY.salt
    assert not made.path.read_bytes().startswith(b"SQLite")


def test_copies_made_in_one_second_are_numbered_on(kept: Journal) -> None:
    assert [make(kept).number for _ in range(3)] == [1, 2, 3]


def test_a_journal_day_has_one_copy_and_an_empty_journal_or_an_example_none(
    journal: Journal, clock: Clock, example: Journal
) -> None:
    assert not backups.is_due(journal)
    assert not backups.is_due(example)
    journal.days.rate(TODAY, "mood", 3000)
    assert backups.is_due(journal)
    make(journal)
    clock.pass_time(hours=6)  # 03:00, still the same journal day
    assert not backups.is_due(journal)
    clock.pass_time(hours=2)
    assert backups.is_due(journal)


def test_a_clock_set_back_does_not_stop_the_daily_copy(journal: Journal, clock: Clock) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    make(journal)
    clock.pass_time(days=-400)

    assert backups.is_due(journal)
    assert make(journal).number == 2
    assert not backups.is_due(journal)


def test_the_days_first_write_is_preceded_by_a_copy_and_only_the_first(
    journal: Journal, clock: Clock
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    clock.pass_time(days=1)
    told: list[str] = []
    backups.back_up_before_first_step(journal, told.append)

    journal.days.rate(TODAY, "mood", 4000)
    journal.days.rate(TODAY, "mood", 5000)

    (made,) = backups.list_backups(journal.path)
    with open_preview(made.path) as before:
        assert rated(before)["mood"][0].value == 3000
    assert told == []


def test_the_days_copy_may_be_made_in_another_thread_while_the_journal_is_open(
    journal: Journal, clock: Clock
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    made: list[Backup | None] = []

    def copy_twice() -> None:
        with journal.open_again() as own:
            made.extend(backups.back_up_if_due(own) for _ in range(2))

    thread = threading.Thread(target=copy_twice)
    thread.start()
    thread.join()
    journal.days.rate(TODAY, "mood", 4000)

    first, second = made
    assert second is None
    assert backups.list_backups(journal.path) == (first,)
    with open_preview(first.path) as inside:
        assert rated(inside)["mood"][0].value == 3000


def test_a_copy_that_fails_is_told_and_stops_no_save(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    backups_folder(journal.path).write_text("in the way")
    told: list[str] = []
    backups.back_up_before_first_step(journal, told.append)

    journal.days.rate(TODAY, "mood", 4000)

    assert rated(journal)["mood"][0].value == 4000
    assert len(told) == 1
    assert told[0].startswith("No backup could be made")


def test_before_something_risky_a_failing_copy_is_a_question(journal: Journal) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    backups_folder(journal.path).write_text("in the way")

    with pytest.raises(NeedsConfirmation, match="without a backup"):
        backups.back_up_before(journal, backups.BEFORE_IMPORT)
    assert backups.back_up_before(journal, backups.BEFORE_IMPORT, confirmed=True) is None


def test_a_damaged_journal_gives_no_copy_and_the_good_ones_stay(
    journal: Journal, journal_path: Path
) -> None:
    for number in range(60):
        journal.days.write_note(TODAY.replace(year=1950 + number), "word " * 150)
    good = make(journal)
    journal.close()
    content = bytearray(journal_path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\xff" * 4096
    journal_path.write_bytes(content)

    with pytest.raises(BackupFailed):
        backups.make_backup(journal_path)

    assert backups.list_backups(journal_path) == (good,)
    assert len(list(good.path.parent.iterdir())) == 1


def test_what_is_lost_on_the_way_is_noticed(kept: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk keeps less than was written: the copy is not taken for one."""
    verify = verified_copy.verify_file

    def cut_and_verify(path: Path, key: Key | None) -> object:
        os.truncate(path, path.stat().st_size - 4096)
        return verify(path, key)

    monkeypatch.setattr(verified_copy, "verify_file", cut_and_verify)
    with pytest.raises(BackupFailed):
        make(kept)
    assert list(backups_folder(kept.path).iterdir()) == []


def test_a_copy_is_whole_while_somebody_else_saves(kept: Journal) -> None:
    failures: list[str] = []
    path, key = kept.path, kept.key

    def copy_on() -> None:
        for _ in range(10):
            try:
                made = backups.make_backup(path, key)
            except BackupFailed as error:
                failures.append(error.sentence)
            else:
                failures.extend(problem.sentence for problem in check_file(made.path, key=key))

    thread = threading.Thread(target=copy_on)
    thread.start()
    number = 0
    while thread.is_alive():
        number += 1
        kept.days.rate(TODAY - timedelta(days=number), "fatigue", 5000)
        time.sleep(0.02)
    thread.join()

    assert number > 1
    # That somebody kept writing is told; a copy that is not whole would be a problem.
    assert [text for text in failures if "Try again in a moment" not in text] == []
    assert check_file(path, key=key) == ()


def test_a_save_waits_for_a_few_pages_and_not_for_the_copy(
    example: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the steps of a copy the lock is free: a save made there needs no waiting."""
    path = example.path
    example.ledger.connection.execute("PRAGMA busy_timeout = 0")
    saved: list[int] = []
    monkeypatch.setattr(verified_copy, "_PAGES_AT_ONCE", 16)

    def save_in_between(*_: object) -> float:
        if len(saved) < 3:
            saved.append(len(saved))
            example.days.rate(TODAY - timedelta(days=len(saved)), "mood", 1000)
        return 0.0

    monkeypatch.setattr(verified_copy.time, "monotonic", save_in_between)
    made = backups.make_backup(path)

    assert len(saved) == 3
    assert check_file(made.path) == ()
    with open_preview(made.path) as inside:
        assert rated(inside) == rated(example)


def test_forgotten_drafts_go_and_fresh_ones_stay(kept: Journal) -> None:
    make(kept)
    folder = backups_folder(kept.path)
    old, fresh = atomic_replace.new_draft(folder), atomic_replace.new_draft(folder)
    os.utime(old, (0, 0))

    make(kept)

    assert not old.exists()
    assert fresh.exists()


def test_the_second_folder_has_the_same_copies(kept: Journal, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    made = make(kept)

    other = backups.keep_second(made, kept.path, second, kept.key)

    assert other.path.read_bytes() == made.path.read_bytes()
    assert other.path.parent == find_second(kept.path, second, kept.key)
    assert check_file(other.path, key=kept.key) == ()


def test_a_second_folder_that_is_not_there_is_told_and_the_first_copy_stays(
    journal: Journal, tmp_path: Path
) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    told: list[str] = []
    backups.back_up_before_first_step(journal, told.append, second_folder=tmp_path / "unplugged")

    journal.days.rate(TODAY, "mood", 4000)

    assert told == [
        f"The backup beside the journal was made, but none in the second folder "
        f"{tmp_path / 'unplugged'}. No such file or directory."
    ]
    assert len(backups.list_backups(journal.path)) == 1


def test_the_journals_own_folder_is_no_second_one(journal: Journal, tmp_path: Path) -> None:
    journal.days.rate(TODAY, "mood", 3000)
    link = tmp_path / "same"
    link.symlink_to(journal.path.parent)
    for folder in (journal.path.parent, link):
        told: list[str] = []
        backups.back_up_before_first_step(journal, told.append, second_folder=folder)
        for backup in backups.list_backups(journal.path):
            backup.path.unlink()

        journal.days.rate(TODAY, "mood", 4000)

        (sentence,) = told
        assert sentence.startswith("The second folder is the journal's own folder")
        assert len(backups.list_backups(journal.path)) == 1


def test_a_hidden_file_that_is_no_draft_of_ours_stays(kept: Journal, tmp_path: Path) -> None:
    folder = backups_folder(kept.path)
    folder.mkdir()
    names = {".notes.new", ".12-abc.new", ".x-0123abcd.new"}
    for name in (*names, ".12-0123abcd.new"):
        (folder / name).write_text("theirs")
        os.utime(folder / name, (0, 0))

    make(kept)

    assert {path.name for path in folder.iterdir() if path.name.startswith(".")} == names


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_what_an_earlier_version_left_readable_becomes_private(kept: Journal) -> None:
    path, key = kept.path, kept.key
    made = make(kept)
    kept.close()
    for place, mode in ((path, 0o644), (made.path, 0o664), (made.path.parent, 0o755)):
        place.chmod(mode)

    with Journal.open(path, key=key) as journal:
        assert path.stat().st_mode & 0o777 == 0o600
        make(journal)

    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "occupy",
    [lambda path: path.write_text("x"), lambda path: path.symlink_to("nowhere")],
    ids=["a file", "a dead link"],
)
def test_a_backup_replaces_nothing(
    kept: Journal, tmp_path: Path, occupy: Callable[[Path], object]
) -> None:
    out = tmp_path / "out.moodlab"
    occupy(out)
    before = out.lstat()

    with pytest.raises(Refused, match="already exists"):
        backups.save_backup(kept.path, kept.key, out)

    assert (out.lstat().st_ino, out.lstat().st_size) == (before.st_ino, before.st_size)


def test_a_backup_into_a_folder_names_itself(kept: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    saved, contents = backups.save_backup(kept.path, kept.key, folder)

    assert saved.parent == folder
    assert contents.days == 2
    assert check_file(saved, key=kept.key) == ()


def test_a_backup_works_where_there_are_no_hard_links(
    kept: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    saved, _ = backups.save_backup(kept.path, kept.key, tmp_path / "out.moodlab")

    assert check_file(saved, key=kept.key) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.moodlab", "out.moodlab"]


def test_a_vanished_journal_is_not_made_again_by_copying(journal_path: Path) -> None:
    with pytest.raises(BackupFailed):
        backups.make_backup(journal_path)
    assert not journal_path.exists()


def test_a_copy_looked_at_cannot_be_written(kept: Journal) -> None:
    made = make(kept)
    before = made.path.read_bytes()

    with open_preview(made.path, kept.key) as inside, pytest.raises(JournalUnusable):
        inside.days.rate(TODAY, "mood", 1000)
    assert made.path.read_bytes() == before


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "automatic-1_x", ".123-abc.new", "automatic-0001_20269999T200000Z_2-days_2"
     "-entries_schema-2.moodlab"],
)  # fmt: skip
def test_other_files_in_the_folder_are_no_copies(kept: Journal, name: str) -> None:
    made = make(kept)
    (made.path.parent / name).write_text("x")

    assert backups.list_backups(kept.path) == (made,)
