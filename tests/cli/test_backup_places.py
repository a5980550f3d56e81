"""Backups that can't be read, that lie beside a link's target, or that root writes."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.shell import Outcome, Shell, answer, refused, run
from tests.keys import derive_quickly

PLAIN = b"SQLite format 3\0"
only_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can give files away"
)
SOMEBODY = 65534


@pytest.fixture
def begun_twice(moodlab: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    derive_quickly(monkeypatch)
    moodlab("log", "today", "mood=3")
    assert moodlab("backup").status == 0
    moodlab.write("one", "geheimer Satz")
    return moodlab


def folder_of(moodlab: Shell) -> Path:
    return moodlab.folder / "journal.moodlab.copies"


def make_unreadable(moodlab: Shell) -> Path:
    """Put a link in the folder's place that leads to itself, which root can't read either."""
    folder = folder_of(moodlab)
    shutil.move(folder, moodlab.folder / "elsewhere")
    folder.symlink_to(folder)
    return folder


def encrypting(moodlab: Shell) -> tuple[str, ...]:
    return "encrypt", "--passphrase-file", str(moodlab.folder / "one")


def test_backups_that_cannot_be_read_are_not_called_none(begun_twice: Shell) -> None:
    folder = make_unreadable(begun_twice)

    listed = begun_twice("backup", "--list")
    told = answer(begun_twice("backup", "--list", "--json"))

    assert listed.out.startswith(f"Can't read the backups at {folder}: ")
    assert told["copies"] == []
    assert told["unreadable"] == [str(folder)]
    assert str(folder) in refused(begun_twice("restore", "by-hand-0001"))
    (problem,) = answer(begun_twice("check", "--json"), 1)["problems"]
    assert problem["where"] == str(folder)


def test_encrypting_says_which_backups_it_could_not_look_at(begun_twice: Shell) -> None:
    folder = make_unreadable(begun_twice)

    done = begun_twice(*encrypting(begun_twice))

    assert done.status == 0
    assert f"Can't read the backups at {folder}: " in done.out
    assert "They were not changed." in done.out


def test_a_folder_that_is_a_link_to_an_absent_drive_is_not_called_none(begun_twice: Shell) -> None:
    folder = folder_of(begun_twice)
    shutil.rmtree(folder)
    folder.symlink_to("/nowhere/drive")

    assert answer(begun_twice(*encrypting(begun_twice), "--json"))["unreadable"] == [str(folder)]


def test_one_journal_has_one_folder_by_whatever_name(begun_twice: Shell) -> None:
    link = begun_twice.folder / "link.moodlab"
    link.symlink_to("journal.moodlab")
    second = begun_twice.folder / "second.moodlab"
    second.symlink_to(link)
    old = begun_twice.folder / "link.moodlab.copies"
    old.mkdir()
    assert begun_twice("backup", str(old)).status == 0  # as earlier versions put them there
    assert begun_twice("backup", journal=second).status == 0

    listed = answer(begun_twice("backup", "--list", "--json", journal=second))["copies"]
    done = answer(begun_twice(*encrypting(begun_twice), "--json", journal=second))

    assert [Path(each["copy"]).parent.name for each in listed] == [
        "journal.moodlab.copies", old.name, "journal.moodlab.copies",
    ]  # fmt: skip
    assert done["copies"] == 3
    assert done["left"] == []
    for file in begun_twice.folder.rglob("*.moodlab"):
        assert not file.read_bytes().startswith(PLAIN), file


@only_root
def test_what_root_writes_stays_the_owners(begun_twice: Shell) -> None:
    for path in (begun_twice.journal, folder_of(begun_twice), *folder_of(begun_twice).iterdir()):
        os.chown(path, SOMEBODY, SOMEBODY)
    (backup,) = folder_of(begun_twice).iterdir()

    assert begun_twice("restore", backup.name).status == 0
    assert begun_twice(*encrypting(begun_twice)).status == 0
    shutil.rmtree(folder_of(begun_twice))
    assert begun_twice("backup", "--passphrase-file", str(begun_twice.folder / "one")).status == 0

    written = [begun_twice.journal, folder_of(begun_twice), *folder_of(begun_twice).iterdir()]
    assert [(path.stat().st_uid, path.stat().st_gid) for path in written] == (
        [(SOMEBODY, SOMEBODY)] * 3
    )


def test_a_backup_under_an_earlier_passphrase_is_told_from_the_journal(begun_twice: Shell) -> None:
    one, two = str(begun_twice.folder / "one"), begun_twice.write("two", "neuer Satz")
    old = begun_twice.folder / "old.moodlab"
    begun_twice(*encrypting(begun_twice))
    begun_twice("backup", str(old), "--passphrase-file", one)
    assert begun_twice(*encrypting(begun_twice), "--new-passphrase-file", two).status == 0

    sentence = refused(begun_twice("restore", str(old), "--passphrase-file", two))
    done = begun_twice("restore", str(old), "--passphrase-file", one)

    assert sentence.startswith("That passphrase does not open the backup old.moodlab.")
    assert "opens with the passphrase and the recovery code of this backup" in done.out
    assert begun_twice("log", "today", "mood=4", "--passphrase-file", one).status == 0


def test_a_restore_says_whether_the_passphrase_changed(begun_twice: Shell) -> None:
    one = ("--passphrase-file", str(begun_twice.folder / "one"))
    plain = begun_twice.folder / "plain.moodlab"
    locked = begun_twice.folder / "locked.moodlab"
    begun_twice("backup", str(plain))
    begun_twice(*encrypting(begun_twice))
    begun_twice("backup", str(locked), *one)

    def restore(backup: Path) -> str:
        done = begun_twice("restore", str(backup), *one, "--confirm", "--json")
        return answer(done)["passphrase"]

    assert restore(locked) == "unchanged"
    assert restore(plain) == "removed"
    assert restore(plain) == "unchanged"
    assert restore(locked) == "of_backup"


@pytest.mark.parametrize("links_folder", [False, True])
def test_every_command_names_what_a_link_leads_to(moodlab: Shell, *, links_folder: bool) -> None:
    backup = moodlab.write("kept.moodlab", moodlab.journal.read_bytes())
    link = moodlab.folder / "link"
    away = moodlab.folder / "drive" / "gone"
    link.symlink_to(away)
    journal = link / "journal.moodlab" if links_folder else link
    sentence = (
        f"link is a link to {away}, which is not there. Connect its drive, or change the link."
    )

    for words in (
        ("init",), ("init", "--example"), ("log", "today", "mood=3"), ("ask", "Q"), ("check",),
        ("undo",), ("report", str(moodlab.folder / "page.txt")), ("backup",),
        ("export", str(moodlab.folder / "all.json")), ("encrypt",), ("decrypt",),
        ("restore", backup),
    ):  # fmt: skip
        assert refused(moodlab(*words, journal=journal)) == sentence, words
    assert sentence in moodlab("backup", "--list", journal=journal).out
    assert not away.exists()


def test_move_takes_the_backups_along_and_the_settings_follow(shell: Shell) -> None:
    def run_at_home(*words: str) -> Outcome:
        return run("--data-dir", str(shell.folder), *words, home=shell.home)

    there = shell.folder / "there"
    there.mkdir()
    assert run_at_home("init").status == 0
    assert run_at_home("log", "today", "mood=3").status == 0
    assert run_at_home("backup").status == 0

    told = answer(run_at_home("move", str(there), "--json"))

    assert told == {"journal": str(there / "journal.moodlab"), "backups": 1, "left": []}
    assert not shell.journal.exists()
    assert not folder_of(shell).exists()
    assert "mood" in run_at_home("day", "today").out.lower()
    assert len(answer(run_at_home("backup", "--list", "--json"))["copies"]) == 1


def test_move_of_an_encrypted_journal_that_only_the_call_named(begun_twice: Shell) -> None:
    there = begun_twice.folder / "there"
    there.mkdir()
    assert begun_twice(*encrypting(begun_twice)).status == 0
    passphrase = ("--passphrase-file", str(begun_twice.folder / "one"))

    assert begun_twice("move", str(there), *passphrase).status == 0

    moved = there / "journal.moodlab"
    assert begun_twice("check", *passphrase, journal=moved).status == 0
    listed = begun_twice("setting", "theme", "dark").out.splitlines()
    assert "journal=" in listed


def test_move_waits_until_the_window_is_closed(begun_twice: Shell) -> None:
    (begun_twice.folder / "there").mkdir()
    (begun_twice.folder / ".journal.moodlab.lock").touch()

    asked = begun_twice("move", str(begun_twice.folder / "there"))

    assert refused(asked) == (
        "A window seems to have journal.moodlab open. Close it first, or add --confirm."
    )
    assert begun_twice.journal.exists()
    assert begun_twice("move", str(begun_twice.folder / "there"), "--confirm").status == 0
