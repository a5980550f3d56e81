"""Commands in odd surroundings: no standard input, a zone of no place, names that are not text."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell, refused


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "moodlab", *arguments], capture_output=True, text=True, check=False,
        errors="surrogateescape", env={**os.environ, "HOME": str(folder), **environment},
    )  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes it")
@pytest.mark.parametrize(
    "arguments",
    [
        "--passphrase-file - init",
        "--passphrase-file - log today mood=3",
        "encrypt --passphrase-file -",
    ],
)
def test_a_closed_standard_input_is_said(tmp_path: Path, arguments: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m moodlab --journal "$1" {arguments} <&-', sys.executable,
         str(tmp_path / "journal.moodlab")],
        capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip

    assert "Standard input is closed" in refused(done)
    assert not (tmp_path / "journal.moodlab").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no TZ")
def test_a_zone_a_day_away_is_said_and_leaves_no_half_journal(tmp_path: Path) -> None:
    shell = Shell(tmp_path)

    done = run(tmp_path, "--journal", str(shell.journal), "init", TZ="XXX-24:59:59")

    assert "time zone" in refused(done)
    assert not shell.journal.exists()
    assert shell("init").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="others keep names as text")
def test_a_journal_may_have_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    journal = os.fsdecode(os.fsencode(tmp_path) + b"/d\xe4d/\xff.moodlab")
    secret = tmp_path / "secret"
    secret.write_text("long enough a secret")

    for arguments in (
        ("init",),
        ("log", "today", "mood=3"),
        ("backup",),
        ("encrypt", "--passphrase-file", str(secret)),
        ("check", "--passphrase-file", str(secret)),
        ("decrypt", "--passphrase-file", str(secret)),
        ("report", os.fsdecode(os.fsencode(tmp_path) + b"/\xfe.txt")),
        ("export", os.fsdecode(os.fsencode(tmp_path) + b"/\xfe.json")),
    ):
        done = run(tmp_path, "--journal", journal, *arguments)
        assert done.returncode == 0, (arguments, done.stderr)
    assert sorted(each.name for each in Path(journal).parent.iterdir()) == [
        "\udcff.moodlab", "\udcff.moodlab.copies",
    ]  # fmt: skip
