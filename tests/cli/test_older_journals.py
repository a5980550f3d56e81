"""A journal of an older version that is only read: everything is told, and the file stays."""

import shutil
from pathlib import Path

import pytest

from moodlab.store.file.migrations import SCHEMA_VERSION
from moodlab.store.journal import Journal
from tests.cli.shell import Shell

SAMPLES = sorted((Path(__file__).parents[1] / "data").glob("schema-*.moodlab"))
READING = (
    ("report", "{folder}/page.txt"),
    ("report", "{folder}/page.json"),
    ("export", "{folder}/all.json"),
    ("export", "{folder}/tables"),
    ("chart", "{folder}/values.csv"),
    ("check",),
    ("day", "2026-01-01"),
    ("find", "a"),
    *(("list", what) for what in ("labs", "treatments", "events", "questions", "metrics", "bin")),
    ("when", "mood>=5"),
    ("sheet", "{folder}/week.pdf"),
)


def test_there_is_a_sample_of_every_released_schema() -> None:
    assert len(SAMPLES) == SCHEMA_VERSION - 1 or len(SAMPLES) == SCHEMA_VERSION


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_reading_command_reads_it_and_leaves_it_as_it_was(
    sample: Path, tmp_path: Path
) -> None:
    shell = Shell(tmp_path)
    shutil.copy(sample, tmp_path / "journal.moodlab")
    before = sample.read_bytes()

    for command in READING:
        done = shell(*(word.format(folder=tmp_path) for word in command))
        assert (done.status, done.err) == (0, ""), (command, done)
    assert (tmp_path / "journal.moodlab").read_bytes() == before


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_is_read_is_what_the_upgrade_would_keep(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "journal.moodlab"
    shutil.copy(sample, path)
    with Journal.open(path, read_only=True) as journal:
        read = journal.read_tables()
    with Journal.open(path) as journal:
        upgraded = journal.read_tables()

    assert {name: list(rows) for name, rows in read.tables.items()} == {
        name: list(rows) for name, rows in upgraded.tables.items()
    }
    assert len(read.history) == len(upgraded.history)
