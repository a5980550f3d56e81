"""Lab results from FHIR, R4 and DSTU2: a resource, a Bundle, or one resource a line (NDJSON)."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.intake import Arrival, Intake, PeopleNamed, RowProblem
from moodlab.exchange.fhir.index import make_index, resources_in
from moodlab.exchange.fhir.people import find_stranger
from moodlab.exchange.fhir.results import SOURCE, LabReader
from moodlab.exchange.json_pieces import Document, Piece, read_lines
from moodlab.exchange.source import Source, refuse_large_stream
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "fhir"
NAME = QT_TRANSLATE_NOOP("import", "Lab results in FHIR")
SUFFIXES = (".ndjson", ".jsonl")
_FIRST_LINE = 1_000_000
_RESOURCE = re.compile(rb'"resourceType"\s*:')
# The first pass collects what resources say about each other, the second reads the results.
_PASSES = 2

Pieces = Callable[[], Iterator[Piece]]


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file holds FHIR resources, or JSON lines."""
    if b"\0" in head[:4]:
        # UTF-16 can't be read either, but is recognised, so that the refusal can say why.
        head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    if _is_xml(head):
        return True
    begins_as_json = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    return path.suffix.lower() in SUFFIXES or (
        begins_as_json and _RESOURCE.search(head) is not None
    )


def open_source(source: Source) -> Intake:
    """Return the lab results in the file, which is read during the import.

    Raises Refused, also while reading, if the file can't be used.
    """
    path = source.path
    refuse_large_stream(path)
    with path.open("rb") as file:
        if _is_xml(file.read(_FIRST_LINE)):
            raise Refused(
                translate(
                    "import",
                    "{name} is FHIR as XML. MoodLab reads FHIR as JSON. Ask for the file as JSON.",
                ).format(name=path.name)
            )
    is_lines = _is_line_by_line(path)
    size = path.stat().st_size
    passes = 0

    def pieces() -> Iterator[Piece]:
        nonlocal passes
        with path.open("rb") as file:
            for piece in read_lines(file) if is_lines else _read_document(file):
                source.report_progress(passes * size + file.tell(), _PASSES * size)
                yield piece
        passes += 1

    return Intake(source=SOURCE, labs=read_labs(pieces, "line" if is_lines else "entry", source))


def read_labs(
    pieces: Pieces, place: str, source: Source, *, of_one_person: bool = True
) -> Iterator[Arrival]:
    """Yield the lab results of all resources in `pieces`, which is iterated twice.

    Raises NeedsConfirmation if they belong to another person than the files before or, where they
    are `of_one_person`, to several people.
    """
    index = make_index(pieces())
    people = index.people
    if not of_one_person:
        people = [person.without_address() for person in people]
    if of_one_person and len(people) > 1 and not source.are_all_mine:
        raise NeedsConfirmation(
            translate("import", "The file names {n} people. Are all results in it yours?").format(
                n=len(people)
            )
        )
    stranger = find_stranger(people, source.known_people)
    if stranger is not None and not source.are_all_mine:
        raise NeedsConfirmation(
            translate(
                "import",
                "The file names {who}, another person than your earlier files. "
                "Are all results in it yours?",
            ).format(who=stranger.shown)
        )
    if facts := tuple(person.facts for person in people if person.facts):
        yield PeopleNamed(facts)
    reader = LabReader(
        source.catalogue,
        source.calendar_today,
        index,
        names_suffice=source.names_suffice,
        takes_out=source.takes_out,
    )
    for piece in pieces():
        if piece.trouble:
            yield RowProblem(piece.number, piece.trouble, place)
            continue
        is_empty = True
        for found in resources_in(piece.value):
            is_empty = False
            yield from reader.read(found, piece.number, place)
        if is_empty:
            yield RowProblem(piece.number, translate("import", "It has no FHIR resource."), place)
    yield from reader.report_missing(place)


def _read_document(file: BinaryIO) -> Iterator[Piece]:
    document = Document(file, "entry")
    yield from document
    kind = document.head.get("resourceType")
    if isinstance(only := document.head.get("entry"), dict):
        yield Piece(1, only)  # some programs write a lone entry as an object
    if "entry" in document.head and kind != "Bundle":
        raise Refused(translate("import", "The file is not a FHIR Bundle."))
    if "entry" not in document.head and kind != "Bundle" and not document.elements:
        if not isinstance(kind, str):
            raise Refused(translate("import", "The file has no FHIR resource."))
        yield Piece(1, document.head)


def _is_xml(head: bytes) -> bool:
    """Whether a file begins as FHIR's XML, which can't be read, but is recognised to say so."""
    plain = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = plain.removeprefix(b"\xef\xbb\xbf").lstrip()
    return plain.startswith(b"<") and b'"http://hl7.org/fhir"' in plain.replace(b"'", b'"')


def _is_line_by_line(path: Path) -> bool:
    """Whether each line is a JSON value of its own, by the first lines."""
    if path.suffix.lower() in SUFFIXES:
        return True
    with path.open("rb") as file:
        first = b""
        while not first.strip() and (line := file.readline(_FIRST_LINE)):
            first = line.removeprefix(b"\xef\xbb\xbf")
        if not (first.lstrip().startswith(b"{") and first.rstrip().endswith(b"}")):
            return False
        return file.read(1 << 16).lstrip()[:1] == b"{"
