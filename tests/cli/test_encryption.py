"""Encryption as scripts and people at a terminal meet it."""

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from moodlab.settings import Settings, write_settings
from moodlab.store.backups.backup import keep_second, make_backup
from moodlab.store.backups.names import list_backups
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from tests.cli.shell import Shell, answer, refused
from tests.keys import derive_quickly
from tests.report.pages import text_of

PLAIN = b"SQLite format 3\0"
LOCKED = "is encrypted. Enter its passphrase (on the command line: --passphrase-file FILE)."
WRONG = "That passphrase does not open this journal. Nothing was changed."


@pytest.fixture
def moodlab(moodlab: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    derive_quickly(monkeypatch)
    return moodlab


@pytest.fixture
def one(moodlab: Shell) -> str:
    """The file with the passphrase of the journal, which it encrypts."""
    file = moodlab.write("one", "geheimer Satz\n")
    assert moodlab("encrypt", "--passphrase-file", file).status == 0
    return file


def beginning(moodlab: Shell) -> bytes:
    return moodlab.journal.read_bytes()[:16]


def test_encrypting_says_what_it_did_and_what_it_cannot_do(moodlab: Shell) -> None:
    file = moodlab.write("one", "geheimer Satz\n")

    done = moodlab("encrypt", "--passphrase-file", file)

    assert done.status == 0
    assert "journal.moodlab is now encrypted." in done.out
    assert "may remain on the disk" in done.out
    assert "geheimer" not in done.out + done.err
    assert beginning(moodlab) != PLAIN


COMMANDS = (
    ("log", "today", "mood=4", "note=ein Abend"),
    ("lab", "today", "crp", "<0.3", "mg/L"),
    ("treatment", "X", "--dose", "1 mg", "--from", "yesterday"),
    ("event", "today", "a trip"),
    ("ask", "why?"),
    ("undo",),
    ("check",),
    ("report", "{folder}/page.json"),
    ("report", "{folder}/page.pdf"),
    ("export", "{folder}/all.json"),
    ("export", "{folder}/all.zip"),
    ("import", "{folder}/all.json"),
    ("backup",),
    ("backup", "{folder}/by-hand.moodlab"),
)


def test_every_command_works_on_an_encrypted_journal(moodlab: Shell, one: str) -> None:
    for command in COMMANDS:
        arguments = [part.format(folder=moodlab.folder) for part in command]
        done = moodlab(*arguments, "--passphrase-file", one)
        assert (done.status, done.err) == (0, ""), command

    exported = json.loads((moodlab.folder / "all.json").read_text())
    assert "ein Abend" in json.dumps(exported, ensure_ascii=False)
    for file in (moodlab.journal, moodlab.folder / "by-hand.moodlab"):
        assert b"ein Abend" not in file.read_bytes()
        assert not file.read_bytes().startswith(PLAIN)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_opens_it_without_the_passphrase(
    moodlab: Shell, one: str, command: tuple[str, ...]
) -> None:
    if command[0] == "import":
        moodlab("export", str(moodlab.folder / "all.json"), "--passphrase-file", one)
    wrong = moodlab.write("wrong", "geheimer satz")
    arguments = [part.format(folder=moodlab.folder) for part in command]
    content = moodlab.journal.read_bytes()

    assert refused(moodlab(*arguments)) == f"journal.moodlab {LOCKED}"
    assert refused(moodlab(*arguments, "--passphrase-file", wrong)) == WRONG
    assert moodlab.journal.read_bytes() == content


def test_the_option_stands_before_or_after_and_standard_input_will_do(
    moodlab: Shell, one: str
) -> None:
    assert moodlab("--passphrase-file", one, "check").status == 0
    assert moodlab(f"--passphrase-file={one}", "check").status == 0
    assert moodlab("check", "--passphrase-file", one, "--json").status == 0
    for end in (b"", b"\n", b"\r\n"):
        done = moodlab("check", "--passphrase-file", "-", stdin=b"geheimer Satz" + end)
        assert done.status == 0
    assert refused(moodlab("check", "--passphrase-file", "-", stdin=b"geheimer Satz\n\n")) == WRONG


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "An empty one protects nothing"),
        (b"\n", "An empty one protects nothing"),
        (b"\xff\xfe", "UTF-8"),
        (b"x" * 5000, "up to 1024"),
        (b"two\nlines", "one line"),
        (None, "Can't read"),
    ],
)
def test_what_cannot_be_a_passphrase_leaves_the_journal_plain(
    moodlab: Shell, content: bytes | None, words: str
) -> None:
    file = str(moodlab.folder / "none") if content is None else moodlab.write("file", content)

    assert words in refused(moodlab("encrypt", "--passphrase-file", file))
    assert beginning(moodlab) == PLAIN


def test_an_option_that_came_out_empty_makes_nothing_plain(moodlab: Shell) -> None:
    new = moodlab.folder / "new.moodlab"

    assert "Can't read" in refused(moodlab("init", "--passphrase-file=", journal=new))
    assert not new.exists()


def test_a_passphrase_is_never_an_argument(moodlab: Shell) -> None:
    done = moodlab("encrypt", "geheim")

    assert done.status == 2
    assert beginning(moodlab) == PLAIN


@pytest.mark.parametrize("example", [(), ("--example",)])
def test_a_new_journal_can_be_encrypted_from_the_start(
    moodlab: Shell, example: tuple[str, ...]
) -> None:
    file = moodlab.write("one", "geheim")
    new = moodlab.folder / "new.moodlab"

    assert moodlab("init", *example, "--passphrase-file", file, journal=new).status == 0

    assert not new.read_bytes().startswith(PLAIN)
    assert moodlab("check", "--passphrase-file", file, journal=new).status == 0


def test_the_passphrase_is_changed_and_removed(moodlab: Shell, one: str) -> None:
    two = moodlab.write("two", "ein anderer")

    done = moodlab("encrypt", "--passphrase-file", one, "--new-passphrase-file", two)
    assert done.status == 0
    assert "The old one no longer opens it" in done.out
    assert refused(moodlab("check", "--passphrase-file", one)) == WRONG
    assert refused(moodlab("decrypt", "--passphrase-file", one)) == WRONG
    assert refused(moodlab("decrypt")) == f"journal.moodlab {LOCKED}"
    done = moodlab("decrypt", "--passphrase-file", two)

    assert done.status == 0
    assert "no longer encrypted" in done.out
    assert beginning(moodlab) == PLAIN
    assert moodlab("check").status == 0


def test_what_does_not_fit_together_is_refused_with_what_to_do(moodlab: Shell) -> None:
    one, two = moodlab.write("one", "a"), moodlab.write("two", "b")

    assert "not encrypted" in refused(moodlab("decrypt", "--passphrase-file", one))
    assert "--passphrase-file" in refused(moodlab("encrypt"))
    both = ("encrypt", "--passphrase-file", one, "--new-passphrase-file", two)
    assert "Use only --passphrase-file" in refused(moodlab(*both))
    assert moodlab("encrypt", "--passphrase-file", one).status == 0
    assert "--new-passphrase-file" in refused(moodlab("encrypt", "--passphrase-file", one))
    twice = ("encrypt", "--passphrase-file", "-", "--new-passphrase-file", "-")
    assert "one passphrase" in refused(moodlab(*twice, stdin=b"a"))
    gone = moodlab.folder / "gone"
    assert "no journal" in refused(moodlab("encrypt", "--passphrase-file", one, journal=gone))


def test_automatic_copies_follow_or_stay_plain_as_wished(moodlab: Shell, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    data = tmp_path / "data"
    data.mkdir()
    write_settings(data / "settings.json", Settings(second_copies=str(second)))
    keep_second(make_backup(moodlab.journal), moodlab.journal, second)
    file = moodlab.write("one", "geheim")

    def copies() -> list[bytes]:
        paths = [copy.path for copy in list_backups(moodlab.journal)]
        paths += list(second.glob("*.copies/*"))
        return [path.read_bytes()[:16] for path in paths]

    given = ("--passphrase-file", file, "--data-dir", str(data))
    kept = answer(moodlab("encrypt", *given, "--keep-plain-copies", "--json"))
    assert len(kept["left"]) == 2
    assert copies() == [PLAIN] * 2
    decrypted = answer(moodlab("decrypt", *given, "--json"))
    assert (decrypted["encrypted"], decrypted["left"]) == (False, [])
    done = moodlab("encrypt", *given)

    assert "journal.moodlab and 2 backups are now encrypted." in done.out
    assert copies() == [beginning(moodlab)] * 2


def test_a_recovery_sheet_opens_what_its_passphrase_did(moodlab: Shell) -> None:
    file, sheet = moodlab.write("one", "geheim"), moodlab.folder / "sheet.txt"
    taken = ("encrypt", "--passphrase-file", file, "--recovery-sheet", file)
    assert "already exists" in refused(moodlab(*taken))
    assert beginning(moodlab) == PLAIN

    assert moodlab("encrypt", "--passphrase-file", file, "--recovery-sheet", str(sheet)).status == 0

    assert sheet.stat().st_mode & 0o077 == 0
    paragraphs = sheet.read_text().split("\n\n")
    code = next(part for part in paragraphs if Key.from_recovery_code(part))
    assert moodlab("check", "--passphrase-file", moodlab.write("code", code)).status == 0
    assert moodlab(
        "encrypt", "--passphrase-file", moodlab.write("code", code.lower() + "\n"),
        "--new-passphrase-file", moodlab.write("two", "neu"),
    ).status == 0  # fmt: skip
    assert refused(moodlab("check", "--passphrase-file", moodlab.write("code", code))) == WRONG


def test_a_sheet_whose_passphrase_was_not_set_goes_again(moodlab: Shell) -> None:
    sheet = moodlab.folder / "sheet.txt"
    file = moodlab.write("bad", "two\nlines")

    refused(moodlab("encrypt", "--passphrase-file", file, "--recovery-sheet", str(sheet)))

    assert not sheet.exists()


def test_damage_is_told_in_one_sentence(moodlab: Shell, one: str) -> None:
    content = moodlab.journal.read_bytes()

    def flip(offset: int) -> None:
        moodlab.journal.write_bytes(
            content[:offset] + bytes([content[offset] ^ 1]) + content[offset + 1 :]
        )

    flip(200)
    assert "beginning of journal.moodlab is damaged" in refused(
        moodlab("check", "--passphrase-file", one)
    )
    flip(4 * 4096 + 200)
    assert answer(moodlab("check", "--passphrase-file", one, "--json"), 1)["ok"] is False


def talk(arguments: list[str], answers: list[bytes], folder: Path) -> tuple[int, str]:
    """Run moodlab at a terminal of its own and answer its questions one by one."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.environ["HOME"] = str(folder)
        os.execv(sys.executable, [sys.executable, "-m", "moodlab", *arguments])
    shown, until = b"", time.monotonic() + 60
    waiting = list(answers)
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
        if waiting and shown.endswith(b": "):
            os.write(terminal, waiting.pop(0) + b"\n")
            shown += b"|"
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a terminal of its own")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_at_a_terminal_it_asks_without_showing_what_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "journal.moodlab"
    Journal.create(path).close()
    place = ["--journal", str(path)]

    status, shown = talk([*place, "encrypt"], [b"geheim", b"geheimm"], tmp_path)
    assert (status, "The passphrases don't match" in shown) == (1, True)
    assert path.read_bytes().startswith(PLAIN)
    status, shown = talk([*place, "encrypt"], [b"geheim", b"geheim"], tmp_path)
    assert status == 0
    assert "geheim" not in shown
    status, shown = talk([*place, "log", "today", "mood=4"], [b"geheim"], tmp_path)

    assert status == 0, shown
    assert "Passphrase of journal.moodlab" in shown
    assert "geheim" not in shown
    assert "Saved for" in shown


def test_a_real_process_reads_the_passphrase_from_a_pipe(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "moodlab", "--data-dir", str(tmp_path)]
    made = subprocess.run(
        [*run, "init", "--passphrase-file", "-"], input=b"geheim\n", capture_output=True, check=True
    )
    assert b"geheim" not in made.stdout + made.stderr

    opened = subprocess.run(
        [*run, "check", "--passphrase-file", "-"], input=b"geheim", capture_output=True, check=False
    )

    assert (opened.returncode, opened.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("s.pdf", b"%PDF-"),
        ("s.PDF", b"%PDF-"),
        ("s.txt", b"Recovery sheet"),
        ("sheet", b"Recovery sheet"),
    ],
)
def test_a_recovery_sheet_is_what_its_name_says(moodlab: Shell, name: str, begins: bytes) -> None:
    file, sheet = moodlab.write("one", "geheim"), moodlab.folder / name

    assert moodlab("encrypt", "--passphrase-file", file, "--recovery-sheet", str(sheet)).status == 0

    content = sheet.read_bytes()
    assert content.startswith(begins)
    assert sheet.stat().st_mode & 0o077 == 0
    if begins == b"%PDF-":
        printed = text_of(content)
        (code,) = re.findall(r"[A-Z2-7]{4}-[A-Z2-7\s-]{40,}(?=\s+To use)", printed)
        assert Key.from_recovery_code(code)
        typed = moodlab.write("code", " ".join(code.split()))
        assert moodlab("check", "--passphrase-file", typed).status == 0
