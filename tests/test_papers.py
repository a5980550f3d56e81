"""What README and docs say is what is there."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import moodlab
from moodlab.commands import ALL as COMMANDS
from moodlab.domain.labs.results import CONTEXTS
from moodlab.store.file.engine import APPLICATION_ID
from moodlab.store.file.migrations import SCHEMA_VERSION
from moodlab.store.journal import Journal

ROOT = Path(moodlab.__file__).parent.parent.parent
PAPERS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "packaging/**/*.md") for path in ROOT.glob(pattern)
)
FORMAT = ROOT / "docs" / "file-format.md"


def section_of(table: str) -> str:
    """The part of file-format.md about `table`: from its heading to the next."""
    for part in re.split(r"^### ", FORMAT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        if f"`{table}`" in part.splitlines()[0]:
            return part
    raise AssertionError(f"file-format.md has no heading for {table}")


def test_every_table_and_column_is_described(journal: Journal) -> None:
    connection = journal.ledger.connection
    tables = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith(("sqlite_", "_"))
    ]

    for table in tables:
        described = section_of(table)
        for row in connection.execute(f"SELECT name FROM pragma_table_info('{table}')"):
            column = row[0]
            stamped = column in ("recorded_at", "offset_minutes", "recorded_day")
            assert f"`{column}`" in described or (stamped and "three" in described), (table, column)


def test_the_described_properties_are_the_files(journal: Journal) -> None:
    text = FORMAT.read_text(encoding="utf-8")

    assert f"0x{APPLICATION_ID:08X}" in text
    assert f"the schema's number, now {SCHEMA_VERSION}." in text
    assert f"`{' '.join(CONTEXTS)}`" in text
    for (key,) in journal.ledger.connection.execute("SELECT key FROM journal"):
        assert f"`{key}`" in text


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8")):
        assert (paper.parent / target).exists(), target


def test_the_changelog_names_every_command() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [command.name for command in COMMANDS if f"`{command.name}`" not in text] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:3]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_the_lock_satisfies_every_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock, flags=re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)

    for requirement in map(Requirement, wanted):
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, requirement.name
        assert all(version in requirement.specifier for version in versions), requirement
    assert "http" not in lock
