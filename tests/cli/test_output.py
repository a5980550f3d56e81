"""What was saved is never reported as a fault, whatever becomes of the answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from moodlab.store.journal import Journal
from tests.cli.shell import Shell

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has /dev/full")
SAVED = "Saved, but the answer could not be printed: "


def start(
    moodlab: Shell, *words: str, out: object = subprocess.PIPE, err: object = subprocess.PIPE,
    **environment: str,
) -> subprocess.CompletedProcess:  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "moodlab", "--journal", str(moodlab.journal), *words],
        env=os.environ | {"HOME": str(moodlab.home)} | environment,
        stdout=out,
        stderr=err,
        check=False,
    )


def questions(moodlab: Shell) -> list[str]:
    with Journal.open(moodlab.journal, read_only=True) as journal:
        return [question.text for question in journal.events.read_questions()]


@pytest.mark.parametrize("words", [("ask", "Q"), ("ask", "Q", "--json"), ("--help",), ("check",)])
def test_a_reader_that_has_gone_is_no_trouble(moodlab: Shell, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = start(moodlab, *words, out=writing)
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")
    assert questions(moodlab) == (["Q"] if "ask" in words else [])


@needs_full
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_full_disk_for_the_answer_is_told_and_the_value_is_saved(
    moodlab: Shell, options: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start(moodlab, "ask", "Q", *options, out=full)

    told = done.stderr.decode().strip()
    if options:
        error = json.loads(told)["error"]
        assert error["code"] == "saved_but_not_printed"
        told = error["sentence"]
    assert done.returncode == 0
    assert told == SAVED + "No space left on device."
    assert questions(moodlab) == ["Q"]


@needs_full
@pytest.mark.parametrize("words", [("check",), ("--help",), ("backup", "--list")])
def test_an_answer_that_was_all_there_is_and_is_lost_is_trouble(
    moodlab: Shell, words: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start(moodlab, *words, out=full)

    assert done.returncode == 1
    assert done.stderr == b"The answer could not be printed: No space left on device.\n"


@needs_full
def test_a_refusal_that_nobody_can_be_told_is_still_one(moodlab: Shell) -> None:
    with Path("/dev/full").open("wb") as full:
        assert start(moodlab, "ask", "", err=full).returncode == 1


def test_a_character_that_the_terminal_lacks_does_not_undo_anything(moodlab: Shell) -> None:
    done = start(moodlab, "ask", "Why ☀?", PYTHONIOENCODING="cp1252")

    assert (done.returncode, done.stdout) == (
        0,
        b"Saved for the visit: Why ??" + os.linesep.encode(),
    )
    assert done.stderr.decode().strip() == (
        SAVED + "the encoding cp1252 lacks some of its characters."
    )
    assert questions(moodlab) == ["Why ☀?"]


def test_json_is_utf_8_in_every_terminal(moodlab: Shell) -> None:
    done = start(moodlab, "ask", "Why ☀?", "--json", PYTHONIOENCODING="latin-1")
    again = start(moodlab, "ask", "Why ☀?", "--json", PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["text"] == "Why ☀?"
    assert "Why ☀?" in json.loads(again.stderr.decode("utf-8"))["error"]["sentence"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names to be UTF-8")
def test_json_names_a_file_whose_name_is_not_utf_8(moodlab: Shell) -> None:
    name = os.fsdecode(os.fsencode(moodlab.folder) + b"/\xff.txt")

    done = start(moodlab, "report", name, "--json")

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["report"] == name
