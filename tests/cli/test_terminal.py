"""What reaches a terminal can't repaint it, and a passphrase's process can't be looked into."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Shell

ODD = "\x1b]0;title\x07\x1b[2Jcall\x9b31m \u202egnp.exe\u2066 \r\x00"
RAW = "\x1b\x07\x9b\u202e\u2066\r"


@pytest.mark.parametrize(
    "words",
    [("import", "{}.csv"), ("export", "{}"), ("report", "{}.pdf"), ("report", "{}"), ("{}",),
     ("log", "{}", "3"), ("restore", "{}"), ("--passphrase-file", "{}", "check"),
     ("backup", "{}/x"),
     ("--journal", "{}", "check"), ("lab", "today", "CRP", "{}"), ("--{}",)],
    ids=lambda words: " ".join(words),
)  # fmt: skip
@pytest.mark.parametrize("as_json", [False, True])
def test_no_answer_or_refusal_has_control_characters(
    words: tuple[str, ...], as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    moodlab = Shell(tmp_path / "here")
    (tmp_path / "here").mkdir()
    moodlab("init")
    odd = ODD.replace("\x00", "")

    done = moodlab(*(word.format(odd) for word in words), *(("--json",) if as_json else ()))

    said = done.out + done.err
    assert said
    assert not set(said) & set(RAW)


def test_json_keeps_the_characters_as_escapes(tmp_path: Path) -> None:
    moodlab = Shell(tmp_path)
    moodlab("init")
    target = str(tmp_path / "a\x1b\u202e\x9b.json")

    done = moodlab("export", target, "--json")

    assert not set(done.out) & set(RAW)
    assert json.loads(done.out)["export"] == target


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lets a process refuse onlookers")
@pytest.mark.parametrize(("passphrase", "dumpable"), [("a few words", "0"), (None, "1")])
def test_a_command_with_a_passphrase_keeps_others_out_of_its_memory(
    passphrase: str | None, dumpable: str, tmp_path: Path
) -> None:
    words = ["--journal", str(tmp_path / "j.moodlab"), "init"]
    if passphrase is not None:
        (tmp_path / "pw").write_text(passphrase)
        words += ["--passphrase-file", str(tmp_path / "pw")]
    code = (
        "import ctypes, sys\nfrom moodlab.app import main\nmain(sys.argv[1:])\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == dumpable
