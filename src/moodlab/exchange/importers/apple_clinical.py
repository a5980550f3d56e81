"""Lab results in an Apple Health export: the FHIR files in its clinical-records folder.

The archive is not trusted: members are read in place and never unpacked to disk, their names decide
only which ones are read, and bytes are counted while reading, not taken from the archive's headers.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from moodlab.domain.errors import Refused
from moodlab.domain.intake import Intake
from moodlab.exchange.archive import UNREADABLE, open_archive
from moodlab.exchange.fhir.results import SOURCE
from moodlab.exchange.importers.fhir import read_labs
from moodlab.exchange.json_pieces import LARGEST_PIECE, Decoder, Piece
from moodlab.exchange.source import Source
from moodlab.i18n import QT_TRANSLATE_NOOP, translate

FORMAT = "apple"
NAME = QT_TRANSLATE_NOOP("import", "Lab results in an Apple Health export")
SUFFIXES = (".zip",)
_PASSES = 2
LARGEST_TOTAL = 500_000_000
_MEMBER = re.compile(r"(?:^|/)clinical-records/[^/]+\.json", re.IGNORECASE)


def recognises(path: Path, head: bytes) -> bool:
    """Whether the file is a zip archive, even a truncated one."""
    return head.startswith(b"PK\x03\x04") or (head.startswith(b"PK") and zipfile.is_zipfile(path))


def open_source(source: Source) -> Intake:
    """Return the lab results in the export, which is read during the import.

    They may come from several providers, each with its own id for the person. Raises Refused, also
    while reading, if the archive can't be used.
    """
    open_archive(source.path).close()
    passes = 0

    def pieces() -> Iterator[Piece]:
        nonlocal passes
        for number, most, piece in _read_members(source.path):
            source.report_progress(passes * most + number, _PASSES * most)
            yield piece
        passes += 1

    return Intake(source=SOURCE, labs=read_labs(pieces, "file", source, of_one_person=False))


def _read_members(path: Path) -> Iterator[tuple[int, int, Piece]]:
    """Yield each clinical record with its number and the total."""
    decoder = Decoder()
    total = 0
    try:
        with open_archive(path) as archive:
            members = [each for each in archive.infolist() if _MEMBER.search(each.filename)]
            for number, member in enumerate(members, start=1):
                content = _read_member(archive, member)
                total += len(content or b"")
                if total > LARGEST_TOTAL:
                    raise Refused(
                        translate("import", "The archive is larger than any one person's records.")
                    )
                yield number, len(members), _piece(decoder, number, content)
    except (zipfile.BadZipFile, ValueError) as error:
        raise Refused(translate("import", "The archive is damaged.")) from error


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    # Other methods can't be decompressed in bounded steps.
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return None
    try:
        with archive.open(member) as file:
            return file.read(LARGEST_PIECE + 1)
    except (*UNREADABLE, OSError):
        return None


def _piece(decoder: Decoder, number: int, content: bytes | None) -> Piece:
    if content is None:
        return Piece(number, None, translate("import", "It can't be unpacked."))
    return decoder.read_bytes(content, number)
