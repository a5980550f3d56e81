"""Looking at a crafted journal takes no more memory than its size explains."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.damage import make_full_journal
from tests.moments import Clock
from tests.store.file.odd_files import PAGES, SCHEMAS

MOST_MB = 300
WORST = {
    name: craft for name, craft in (SCHEMAS | PAGES).items()
    if any(word in name for word in ("endless", "generated", "lead", "costly", "index of its own"))
}  # fmt: skip

PROGRAM = """
import io, json, resource, sys
from contextlib import redirect_stderr, redirect_stdout
from moodlab.cli import run_command

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

folder, sound, *paths = sys.argv[1:]

def look(path):
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for command in (["check"], ["report", folder + "/p.txt"], ["backup"],
                        ["export", folder + "/o.json", "--format", "json"]):
            run_command(["--data-dir", folder, "--journal", path, *command])

look(sound)
before, after = peak(), {}
for path in paths:
    look(path)
    after[path] = peak() - before
print(json.dumps(after))
"""


def test_no_crafted_journal_takes_much_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    sound = tmp_path / "sound.moodlab"
    make_full_journal(sound, Clock())
    paths = []
    for number, craft in enumerate(WORST.values()):
        path = tmp_path / f"{number}.moodlab"
        path.write_bytes(sound.read_bytes())
        craft(path)
        paths.append(str(path))

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(sound), *paths],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    grown = dict(zip(WORST, json.loads(done.stdout).values(), strict=True))
    assert max(grown.values()) < MOST_MB, grown
