"""``moodlab`` as scripts meet it, run in the test's own process: 0.4 s less for each line."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from moodlab.app import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a script gets: the exit status and the two streams."""

    status: int
    out: str
    err: str


@contextlib.contextmanager
def lent_process(home: Path, stdin: bytes) -> Iterator[None]:
    """Let a command change what belongs to the process; put all of it back afterwards."""
    umask, folder = os.umask(0o022), Path.cwd()
    terminal = {name for name in os.environ if name.startswith("XDG_")}
    with contextlib.ExitStack() as stack:
        stack.callback(os.umask, umask)
        stack.callback(os.chdir, folder)
        stack.enter_context(mock.patch.dict(os.environ, {"HOME": str(home)}))
        for name in terminal:
            del os.environ[name]
        stack.enter_context(mock.patch.object(sys, "excepthook"))
        stack.enter_context(mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))))
        with contextlib.suppress(ImportError):
            import resource

            # A limit once lowered can't be raised again in the same process.
            stack.enter_context(mock.patch.object(resource, "setrlimit"))
        stack.callback(_let_itself_be_looked_at)
        yield


def _let_itself_be_looked_at() -> None:
    """Undo what a command with a passphrase does to its process (`privacy.refuse_onlookers`)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)


def run(*arguments: str, home: Path, stdin: bytes = b"") -> Outcome:
    """Run ``moodlab`` with these arguments. A defect is an exception here."""
    out, err = io.StringIO(), io.StringIO()
    with (
        lent_process(home, stdin),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = main(arguments)
    return Outcome(status, out.getvalue(), err.getvalue())


class Shell:
    """Runs ``moodlab`` on the journal of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / "journal.moodlab"
        # What belongs to the account, such as caches, stays out of the folder looked at.
        self.home = folder.with_name(f"{folder.name}-home")

    def __call__(self, *arguments: str, journal: Path | None = None, stdin: bytes = b"") -> Outcome:
        place = ("--journal", str(journal or self.journal))
        return run(*place, *arguments, home=self.home, stdin=stdin)

    def report(self, *arguments: str) -> dict:
        """Return the report as JSON."""
        out = self.folder / "report.json"
        done = self("report", str(out), *arguments)
        assert done.status == 0, done.err
        return json.loads(out.read_text())

    def write(self, name: str, content: str | bytes) -> str:
        """Write a file into the folder and return its path, as an argument."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)


def answer(outcome: Outcome, status: int = 0) -> dict:
    """Return what a command with ``--json`` printed."""
    assert outcome.status == status, outcome
    return json.loads(outcome.out)


def refused(outcome: Outcome) -> str:
    """Return the one sentence of a refusal."""
    assert (outcome.status, outcome.out) == (1, ""), outcome
    (line,) = outcome.err.splitlines()
    return line
