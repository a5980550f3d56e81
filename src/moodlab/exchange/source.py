"""The file to import, and what its importer needs to know about the journal and the person."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from moodlab.domain.errors import Refused
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.file_kinds import open_regular
from moodlab.i18n import translate

LARGEST_FILE_MB = 256
# A table and a mapping are read whole, and take several times their size in memory.
LARGEST_TABLE_MB = 64
LARGEST_MAPPING_MB = 1
LARGEST_STREAM_MB = 1024
MOST_ROWS = 200_000
# Ten years of a full journal with its history are a third of this.
MOST_RECORDS = 1_000_000
MOST_VALUES = 6_000_000
_CHUNK = 1 << 20

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

    def read_bytes(self, most_mb: int = LARGEST_FILE_MB) -> bytes:
        """Return the whole content. Raises Refused if it is too large."""
        return read_whole(self.path, most_mb, self.report_progress)


def refuse_no_file(path: Path) -> None:
    """Raise Refused for a device or a pipe, which may never end."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Refused(translate("import", "{name} is not a file.").format(name=path.name))


def read_whole(
    path: Path, most_mb: int = LARGEST_FILE_MB, report_progress: ReportProgress = ignore_progress
) -> bytes:
    """Return a file's content. Raises Refused for no file, and above `most_mb` megabytes.

    Bytes are counted while they are read, because a file may grow.
    """
    refuse_no_file(path)
    most = most_mb * 1_000_000
    content = bytearray()
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        while size <= most and len(content) <= most and (chunk := file.read(_CHUNK)):
            content += chunk
            report_progress(len(content), max(size, len(content)))
    if max(size, len(content)) > most:
        raise too_large(path, most_mb)
    return bytes(content)


def refuse_large_stream(path: Path) -> None:
    """Raise Refused for a file that is larger than what is worth being read piece by piece."""
    if path.stat().st_size > LARGEST_STREAM_MB * 1_000_000:
        raise too_large(path, LARGEST_STREAM_MB)


def too_large(path: Path, most_mb: int) -> Refused:
    """Return the refusal of a file above `most_mb` megabytes."""
    return Refused(
        translate("import", "{name} is larger than {most} MB.").format(name=path.name, most=most_mb)
    )


def too_many(most: int) -> Refused:
    """Return the refusal of a file with more records than any one person has."""
    return Refused(
        translate("import", "The file has more than {most} entries.").format(most=f"{most:,}")
    )


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
