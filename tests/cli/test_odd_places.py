"""Commands in odd surroundings: no standard input, a zone of no place, names that are not text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Outcome, Shell, refused


def start(shell: Shell, command: str, **environment: str) -> Outcome:
    """Run a line of a POSIX shell, in which ``$0`` is Python and ``$1`` the journal."""
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(shell.journal)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "HOME": str(shell.home), **environment},
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes it")
@pytest.mark.parametrize(
    "arguments", ["--passphrase-file - init", "encrypt --passphrase-file - --keep-plain-copies"]
)
def test_a_closed_standard_input_is_said(shell: Shell, arguments: str) -> None:
    outcome = start(shell, f'exec "$0" -m moodlab --journal "$1" {arguments} <&-')

    assert "Standard input is closed" in refused(outcome)
    assert not shell.journal.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no TZ")
def test_a_zone_a_day_away_is_said_and_leaves_no_half_journal(shell: Shell) -> None:
    outcome = start(shell, 'exec "$0" -m moodlab --journal "$1" init', TZ="XXX-24:59:59")

    assert "time zone" in refused(outcome)
    assert not shell.journal.exists()
    assert shell("init").status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="others keep names as text")
def test_a_journal_may_have_a_name_that_is_not_utf_8(shell: Shell) -> None:
    journal = shell.folder / "d\udce4d" / "\udcff.moodlab"
    secret = shell.write("secret", "long enough a secret")

    for arguments in (
        ("init",),
        ("log", "today", "mood=3"),
        ("backup",),
        ("encrypt", "--passphrase-file", secret),
        ("check", "--passphrase-file", secret),
        ("decrypt", "--passphrase-file", secret),
        ("report", str(shell.folder / "\udcfe.txt")),
        ("export", str(shell.folder / "\udcfe.json")),
    ):
        outcome = shell(*arguments, journal=journal)
        assert outcome.status == 0, (arguments, outcome)
    names = sorted(each.name for each in Path(journal).parent.iterdir())
    assert names == ["\udcff.moodlab", "\udcff.moodlab.copies"]
