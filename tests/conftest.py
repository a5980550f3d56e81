"""What most tests stand on: a clock, a real journal file, and no network."""

import shutil
import socket  # noqa: TID251 - to forbid it
from collections.abc import Iterator
from pathlib import Path

import pytest

from moodlab.store.example.journal import make_example
from moodlab.store.journal import Journal
from tests.examples import choose_profile
from tests.journals import begin
from tests.moments import EVENING, Clock
from tests.usual_screen import be_on_a_usual_screen

be_on_a_usual_screen()
choose_profile()


@pytest.fixture(autouse=True)
def _no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("MoodLab opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    return tmp_path / "journal.moodlab"


@pytest.fixture
def journal(journal_path: Path, clock: Clock) -> Iterator[Journal]:
    with begin(journal_path, clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def example_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "example.moodlab"
    make_example(path, clock=Clock(EVENING))
    return path


@pytest.fixture
def example_path(example_original: Path, tmp_path: Path) -> Path:
    """A copy of a year of example data that ends on `moments.TODAY`."""
    return Path(shutil.copy(example_original, tmp_path / "example.moodlab"))


@pytest.fixture
def example(example_path: Path) -> Iterator[Journal]:
    with Journal.open(example_path, clock=Clock(EVENING)) as opened:
        yield opened
