"""Which format a file has: by its content first, then by its name."""

import importlib
from pathlib import Path
from typing import Any, Protocol, cast

from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake, JournalIntake
from moodlab.exchange import importers
from moodlab.exchange.source import Source, refuse_no_file
from moodlab.i18n import Marked, translate

_HEAD = 1_000_000
_JOURNAL_SUFFIX, _SQLITE = ".moodlab", b"SQLite format 3\0"


class UnknownFormat(Refused):
    """No importer recognises the file."""


class Importer(Protocol):
    """The interface of every module in `importers`, as its docstring says."""

    FORMAT: str
    NAME: Marked
    SUFFIXES: tuple[str, ...]

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file with these first bytes is of this format."""

    def open_source(self, source: Source) -> Intake | JournalIntake:
        """Return the records in the file. Raises Refused if it can't be used."""


def all_importers() -> tuple[Importer, ...]:
    """Return every importer, in the order in which they are asked."""
    return tuple(_load(name) for name in importers.ALL)


def recognise(path: Path) -> Importer:
    """Return the importer for a file. Raises Refused, and OSError if it can't be read."""
    refuse_no_file(path)
    head = _read_head(path)
    for importer in all_importers():
        if importer.recognises(path, head):
            return importer
    if path.suffix.lower() == _JOURNAL_SUFFIX or head.startswith(_SQLITE):
        raise Refused(
            translate(
                "import",
                "{name} is a journal, not an export. Open it (--journal FILE) and export it as JSON"
                " there; then import the JSON file.",
            ).format(name=path.name)
        )
    raise _unknown(path.name)


def _read_head(path: Path) -> bytes:
    if path.is_dir() and any(importer.recognises(path, b"") for importer in all_importers()):
        return b""
    with path.open("rb") as file:
        return file.read(_HEAD)


def find_importer(format_id: str) -> Importer:
    """Return the importer of this id. Raises UnknownFormat."""
    for importer in all_importers():
        if format_id.lower() == importer.FORMAT:
            return importer
    raise _unknown(format_id)


def _unknown(what: str) -> UnknownFormat:
    return UnknownFormat(
        translate("import", "MoodLab can't read the format of “{what}”. It reads {known}.").format(
            what=what, known=", ".join(importer.FORMAT for importer in all_importers())
        )
    )


def _load(name: str) -> Importer:
    module: Any = importlib.import_module(f"{importers.__name__}.{name}")
    return cast(Importer, module)
