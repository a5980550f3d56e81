"""A shell and a new journal."""

import shutil
from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal that ``moodlab init`` makes; tests get copies of it."""
    shell = Shell(tmp_path_factory.mktemp("begun"))
    assert shell("init").status == 0
    return shell.journal


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture
def moodlab(shell: Shell, begun: Path) -> Shell:
    """A shell in a folder with a new journal."""
    shutil.copy(begun, shell.journal)
    return shell
