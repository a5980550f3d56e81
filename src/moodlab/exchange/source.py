"""The file to import, and what its importer needs to know about the journal and the person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from moodlab.domain.errors import Refused
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.i18n import translate

LARGEST_FILE_MB = 256

# Called with the amount done and the total.
ReportProgress = Callable[[int, int], None]


def ignore_progress(_done: int, _total: int) -> None:
    """Do nothing: the default where no progress is shown."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an importer gets.

    `map_file` is the mapping of a table. `are_all_mine` and `names_suffice` are the person's
    answers: results that name several people are all theirs, and a name is enough where a test has
    no LOINC code. `takes_out` is another: what a lab withdraws leaves the journal. `known_people`
    are those whose lab files were imported before.
    `report_progress` may raise to stop the import.
    """

    path: Path
    calendar_today: date
    catalogue: Catalogue = BUILT_IN
    day_end_minutes: int = 0
    map_file: Path | None = None
    are_all_mine: bool = False
    names_suffice: bool = False
    takes_out: bool = False
    known_people: tuple[frozenset[str], ...] = ()
    report_progress: ReportProgress = ignore_progress

    def __post_init__(self) -> None:
        """Raise Refused if the path is not a file."""
        refuse_no_file(self.path)

    def read_bytes(self) -> bytes:
        """Return the whole content. Raises Refused if it is too large."""
        return read_whole(self.path)


def refuse_no_file(path: Path) -> None:
    """Raise Refused for a device or a pipe, which may never end."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Refused(translate("import", "{name} is not a file.").format(name=path.name))


def read_whole(path: Path) -> bytes:
    """Return a file's content. Raises Refused above `LARGEST_FILE_MB`."""
    if path.stat().st_size > LARGEST_FILE_MB * 1_000_000:
        raise Refused(
            translate("import", "{name} is larger than {most} MB.").format(
                name=path.name, most=LARGEST_FILE_MB
            )
        )
    return path.read_bytes()


@contextmanager
def translated_file_errors(path: Path) -> Iterator[None]:
    """Raise Refused with a sentence for OSErrors about the file, also while it is being read."""
    try:
        yield
    except FileNotFoundError as error:
        raise Refused(
            translate("import", "File not found: {name}.").format(name=path.name)
        ) from error
    except OSError as error:
        raise Refused(
            translate("import", "Can't read {name}: {reason}.").format(
                name=path.name, reason=error.strerror
            )
        ) from error
