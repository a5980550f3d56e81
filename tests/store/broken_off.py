"""Changes of the passphrase that a process does not live to finish. Run by test_rekey, by itself.

    python -m tests.store.broken_off FOLDER encrypt|change|decrypt [RANDOM_KILLS]

Each run forks: the child ends without a word at its n-th opening, renaming or removing of a file,
or is killed at a random moment; then the journal is opened as by the next start. One line of JSON
says what every run left. It is a process of its own, as a fork wants no other threads.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from moodlab.domain.errors import WrongPassphrase
from moodlab.store.backups.backup import make_backup
from moodlab.store.backups.names import list_backups_in
from moodlab.store.check import check_journal
from moodlab.store.encryption import crypto
from moodlab.store.encryption.crypto import Key
from moodlab.store.encryption.rekey import remove_passphrase, set_passphrase
from moodlab.store.encryption.unlocking import find_key
from moodlab.store.journal import Journal
from tests.keys import QUICK
from tests.moments import Clock, days_ago

COPIES = 2
EVENTS = ("open", "os.rename", "os.remove")


def prepare(folder: Path, kind: str) -> Path:
    """Make a journal with two copies, plain or with the passphrase "one"."""
    path = folder / "journal.moodlab"
    with Journal.create(path, clock=Clock()) as journal:
        for number in range(60):
            journal.days.rate(days_ago(number), "mood", 1000 * (number % 11))
            journal.days.write_note(days_ago(number), f"note {number} " * 40)
    for _ in range(COPIES):
        make_backup(path)
    if kind != "encrypt":
        set_passphrase(path, "one")
    return path


def carry_out(path: Path, kind: str) -> None:
    key = find_key(path, "one")
    if kind == "decrypt":
        assert key is not None
        remove_passphrase(path, key)
    else:
        set_passphrase(path, "one" if kind == "encrypt" else "two", key)


def run_in_child(work: Callable[[], None], last_event: int | None) -> int:
    """Do the work in a fork that ends at its n-th event; return the child's id."""
    child = os.fork()
    if child:
        return child
    count = 0

    def end_there(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        if event in EVENTS:
            count += 1
            if count == last_event:
                os._exit(9)

    if last_event is not None:
        sys.addaudithook(end_there)
    try:
        work()
    except BaseException:  # noqa: BLE001 - a fork must not run on as if it were the parent
        os._exit(1)
    os._exit(0)


def open_any(path: Path) -> tuple[str, Key | None]:
    """Return which passphrase opens a file, and its key."""
    for passphrase in ("one", "two"):
        try:
            key = find_key(path, passphrase)
        except WrongPassphrase:
            continue
        return ("plain" if key is None else passphrase), key
    return "NOTHING", None


def look(path: Path, status: int) -> dict[str, object]:
    """Open the journal as the next start does and say what is there."""
    unfinished = any("rekey" in found.name for found in path.parent.rglob(".*"))
    form, key = open_any(path)
    with Journal.open(path, key=key) as journal:
        content = repr(journal.read_tables())
        problems = [problem.what for problem in check_journal(journal)]
    copies = list_backups_in(path.parent / f"{path.name}.copies")
    return {
        "finished": status == 0,
        "unfinished_files": unfinished,
        "form": form,
        "copies": [open_any(copy.path)[0] for copy in copies],
        "problems": problems,
        "content": hash(content),
        "strays": [
            found.name for found in path.parent.rglob("*")
            if found.name.startswith(".") or found.name.endswith("-journal")
        ],
    }  # fmt: skip


def main(folder: Path, kind: str, kills: int) -> None:
    crypto.PROFILES = QUICK
    (folder / "original").mkdir()
    original, place = prepare(folder / "original", kind), folder / "run"

    def run(last_event: int | None, seconds: float | None) -> tuple[bool, float]:
        shutil.copytree(original.parent, place)
        path = place / original.name
        begun = time.perf_counter()
        child = run_in_child(lambda: carry_out(path, kind), last_event)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        seconds = time.perf_counter() - begun
        sys.stdout.write(json.dumps(look(path, status)) + "\n")
        shutil.rmtree(place)
        return status == 0, seconds

    whole = run(None, None)[1]
    number = 1
    while not run(number, None)[0]:
        number += 1
    for _ in range(kills):
        run(None, random.random() * whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0)
