"""What an import brings, before anything is written: records, and the rows that can't be taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moodlab.domain.events import Event
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Treatment


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was refused: its line in the file (the heading is line 1) and the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Intake:
    """Records read from another program's file, and its refused rows."""

    source: str
    ratings: tuple[Rating, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[RowProblem, ...] = ()


# One journal table's rows by the table's name, as they stand in the file.
Tables = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class JournalIntake:
    """Another MoodLab journal: its rows, and their history with its bin."""

    source: str
    tables: Tables
    history: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an import: rows added, already there, and differing (kept or replaced)."""

    added: int = 0
    unchanged: int = 0
    kept: int = 0
    replaced: int = 0
