"""What an import brings, before anything is written: records, and the rows that can't be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from moodlab.domain.days import Period
from moodlab.domain.events import Event
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.results import LabResult
from moodlab.domain.ratings import Rating
from moodlab.domain.treatments import Treatment
from moodlab.i18n import translate


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A refused row, and why: its line in the file (a table's heading is line 1).

    `place` is what `line` counts: the lines, entries or files of what was read, or, by the name of
    a journal's table, the rows of one kind, such as ``rating``. What `is_question` is imported if
    the person says yes; what `is_withdrawal` asks whether to take a result out.
    """

    line: int
    reason: str
    place: str = "line"
    is_question: bool = False
    is_withdrawal: bool = False

    @property
    def shown_place(self) -> str:
        """What is counted, in words."""
        words = {
            "line": translate("import", "line"),
            "entry": translate("import", "entry"),
            "file": translate("import", "file"),
        }
        return words.get(self.place) or self.place.replace("_", " ")


@dataclass(frozen=True, slots=True)
class ArrivingLab:
    """A result read from a file. `analyte` is its test where that is not built in.

    Its status may say that the lab withdraws it; `is_confirmed` answers whether to take it out.
    """

    result: LabResult
    line: int
    place: str
    analyte: Analyte | None = None
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that is no lab result, such as a blood pressure or a visit."""


@dataclass(frozen=True, slots=True)
class PeopleNamed:
    """Whose results a file holds: for each person the hashed facts that tell them from others."""

    people: tuple[frozenset[str], ...]


Arrival: TypeAlias = ArrivingLab | RowProblem | LeftOut | PeopleNamed


@dataclass(frozen=True, slots=True)
class TableSummary:
    """How a table was understood.

    `together` counts the rows that share their day with others, `without_time` those of which
    nobody knows when they were written; the time of `unread_time` of them could not be read. `days`
    goes from the first day to the last, None without any; `ratings` counts the days with each.
    """

    rows: int
    together: int
    without_time: int
    unread_time: int
    days: Period | None
    ratings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """Records read from another program's file, and its refused rows.

    `labs` may be read from the file during the import, so that a large file needs no memory.
    """

    source: str
    ratings: tuple[Rating, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    events: tuple[Event, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    labs: Iterable[Arrival] = ()
    table: TableSummary | None = None


# One journal table's rows by the table's name, as written in the file.
Tables = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class JournalIntake:
    """Another MoodLab journal: its rows, and their history with its bin."""

    source: str
    tables: Tables
    history: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome of an import: rows added, already there, and differing (kept or replaced).

    `withdrawn` counts what a lab withdrew, whether it was here or not, `left_out` what MoodLab does
    not keep, `refused` what can't be imported, with the first reasons in `problems`. `tests` counts
    the new results of each test; `first_new` are the first of them. `table` says how a table was
    understood.
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
    table: TableSummary | None = None
    withdrawn: int = 0
