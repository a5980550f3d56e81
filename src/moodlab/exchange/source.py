"""A file that is to come in, and what its importer must know of the journal and of the person."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from moodlab.domain.errors import Refused
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.i18n import translate

LARGEST_FILE_MB = 256

# Is called with how much is done, and of how much.
Told = Callable[[int, int], None]


def tell_nobody(_done: int, _total: int) -> None:
    """Take no note of progress."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an importer gets.

    `map_file` says which column of a table is which. The person answers that results naming several
    people `are_all_mine`, and that for tests without a LOINC code `names_suffice`. `told` hears of
    the progress, and may raise to stop the reading.
    """

    path: Path
    calendar_today: date
    catalogue: Catalogue = BUILT_IN
    day_end_minutes: int = 0
    map_file: Path | None = None
    are_all_mine: bool = False
    names_suffice: bool = False
    told: Told = tell_nobody

    def __post_init__(self) -> None:
        """Raise Refused for what is no file."""
        refuse_no_file(self.path)

    def read_bytes(self) -> bytes:
        """Return the whole file. Raises Refused where it is too large for that."""
        return read_whole(self.path)


def refuse_no_file(path: Path) -> None:
    """Raise Refused for a device or a pipe: they have no end, or never begin."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise Refused(translate("import", "{name} is not a file.").format(name=path.name))


def read_whole(path: Path) -> bytes:
    """Return what is in a file. Raises Refused beyond `LARGEST_FILE_MB`."""
    if path.stat().st_size > LARGEST_FILE_MB * 1_000_000:
        raise Refused(
            translate("import", "{name} is larger than {most} MB.").format(
                name=path.name, most=LARGEST_FILE_MB
            )
        )
    return path.read_bytes()


@contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Turn what the system says about the file into a sentence, also while it is being read."""
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
