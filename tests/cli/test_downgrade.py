"""A plain file in the place of an encrypted journal is noticed before anything is written."""

import json
import shutil
from pathlib import Path

import pytest

from moodlab.store.journal import Journal
from tests.cli.shell import Shell, refused
from tests.keys import derive_quickly

SECRET = b"correct horse\n"
WITH = ("--passphrase-file", "-")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    derive_quickly(monkeypatch)
    folder = tmp_path / "here"
    folder.mkdir()
    made = Shell(folder)
    assert made("init", *WITH, stdin=SECRET).status == 0
    assert made("log", "2026-03-03", "mood=3", *WITH, stdin=SECRET).status == 0
    assert made("backup", *WITH, stdin=SECRET).status == 0
    return made


@pytest.fixture
def swapped(shell: Shell, tmp_path: Path) -> Shell:
    plain = tmp_path / "plain.moodlab"
    Journal.create(plain).close()
    shutil.copy(plain, shell.journal)
    return shell


def test_a_passphrase_for_a_plain_journal_is_refused(swapped: Shell) -> None:
    before = swapped.journal.read_bytes()

    for command in (("log", "2026-03-03", "mood=4"), ("ask", "Why?"), ("check",), ("undo",)):
        said = refused(swapped(*command, *WITH, stdin=SECRET))
        assert "not encrypted" in said
    assert swapped.journal.read_bytes() == before


def test_without_a_passphrase_the_change_is_told_until_it_is_confirmed(swapped: Shell) -> None:
    before = swapped.journal.read_bytes()

    assert "was encrypted" in refused(swapped("log", "2026-03-03", "mood=4"))
    assert "was encrypted" in refused(swapped("check"))
    assert swapped.journal.read_bytes() == before
    assert swapped("log", "2026-03-03", "mood=4", "--confirm").status == 0
    assert swapped("log", "2026-03-03", "mood=5").status == 0


def test_removing_the_passphrase_oneself_is_not_told(shell: Shell) -> None:
    assert shell("decrypt", *WITH, stdin=SECRET).status == 0

    assert shell("log", "2026-03-03", "mood=4").status == 0


def test_a_plain_backup_that_was_restored_on_purpose_is_not_told(
    shell: Shell, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.moodlab"
    Journal.create(plain).close()

    assert shell("restore", str(plain), *WITH, "--confirm", stdin=SECRET).status == 0
    assert shell("log", "2026-03-03", "mood=4").status == 0


def test_an_encrypted_backup_comes_back_over_the_plain_file(swapped: Shell) -> None:
    backups = swapped.folder / f"{swapped.journal.name}.copies"
    (backup,) = backups.iterdir()

    done = swapped("restore", str(backup), *WITH, stdin=SECRET)

    assert done.status == 0, done
    assert swapped("check", *WITH, stdin=SECRET).status == 0


def test_a_damaged_memory_of_it_keeps_nothing_shut(shell: Shell) -> None:
    (file,) = shell.home.rglob("encrypted-journals.json")
    assert json.loads(file.read_text()) == [str(shell.journal.resolve())]
    assert file.stat().st_mode & 0o077 == 0
    for content in ("[" * 100_000, "{}", "[1]", "no"):
        file.write_text(content)
        assert shell("check", *WITH, stdin=SECRET).status == 0


def test_setting_a_passphrase_again_needs_a_yes_too(swapped: Shell) -> None:
    before = swapped.journal.read_bytes()

    refused = swapped("encrypt", *WITH, stdin=SECRET)

    assert refused.status == 1
    assert "was encrypted" in refused.err
    assert swapped.journal.read_bytes() == before
    assert swapped("encrypt", *WITH, "--confirm", stdin=SECRET).status == 0


def test_a_link_that_leads_to_a_plain_journal_now_is_noticed(shell: Shell, tmp_path: Path) -> None:
    real = shell.journal.rename(tmp_path / "real.moodlab")
    shell.journal.symlink_to(real)
    assert shell("check", *WITH, stdin=SECRET).status == 0
    plain = tmp_path / "plain.moodlab"
    Journal.create(plain).close()
    shell.journal.unlink()
    shell.journal.symlink_to(plain)

    refused = shell("log", "2026-03-03", "mood=4")

    assert refused.status == 1
    assert "was encrypted" in refused.err
