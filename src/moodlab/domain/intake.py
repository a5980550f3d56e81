"""What an import brings, before anything is written: records, and the rows that can't be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from moodlab.domain.events import Event
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What was refused, and why: its line in the file (a table's heading is line 1).

    `place` says what is counted: the lines, entries or files in what was read. What `is_question`
    would be taken in if the person said yes.
    """

    line: int
    reason: str
    place: str = "line"
    is_question: bool = False

    @property
    def shown_place(self) -> str:
        """What is counted, in words."""
        return {
            "line": translate("import", "line"),
            "entry": translate("import", "entry"),
            "file": translate("import", "file"),
        }[self.place]


@dataclass(frozen=True, slots=True)
class ArrivingLab:
    """A result read from a file. `analyte` is its test where that is not built in.

    `corrects` says that the lab itself puts it in the place of an earlier one.
    """

    result: LabResult
    line: int
    place: str
    analyte: Analyte | None = None
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that is no lab result, such as a blood pressure or a visit."""


Arrival: TypeAlias = ArrivingLab | RowProblem | LeftOut


@dataclass(frozen=True, slots=True)
class Intake:
    """Records read from another program's file, and its refused rows.

    `labs` may be read from the file only as they are taken in, so that a large one needs no memory.
    """

    source: str
    ratings: tuple[Rating, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    labs: Iterable[Arrival] = ()


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
    """What became of an import: rows added, already there, and differing (kept or replaced).

    `left_out` counts what is no record of ours, `refused` what could not be taken, with the first
    of the reasons in `problems`. `tests` says how many results of which test are new, and
    `first_new` are the first of them.
    """

    added: int = 0
    unchanged: int = 0
    kept: int = 0
    replaced: int = 0
    left_out: int = 0
    refused: int = 0
    problems: tuple[RowProblem, ...] = ()
    tests: tuple[tuple[str, int], ...] = ()
    first_new: tuple[LabResult, ...] = ()
