"""New journals, copied: making one costs ten times as much as copying it."""

import tempfile
from functools import cache
from pathlib import Path

from moodlab.domain.days import Clock as AnyClock
from moodlab.store.check import Problem, check_journal
from moodlab.store.encryption.crypto import Key
from moodlab.store.journal import Journal
from tests.moments import Clock


@cache
def _content() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.moodlab"
        Journal.create(path, clock=Clock()).close()
        return path.read_bytes()


def begin(path: Path, clock: AnyClock) -> Journal:
    """Open a new plain journal at `path`. All that are begun so have the same id."""
    assert not path.exists()
    path.write_bytes(_content())
    path.chmod(0o600)
    return Journal.open(path, clock=clock)


def check_file(path: Path, *, key: Key | None = None) -> tuple[Problem, ...]:
    """Return what `check` finds in the journal at `path`."""
    with Journal.open(path, read_only=True, key=key) as journal:
        return check_journal(journal)
