"""Opens zip archives that may have been made to do harm.

Their list of members is bounded before it is read, and members that share bytes are refused: with
them a small file unpacks to any size.
"""

import zipfile
import zlib
from pathlib import Path

from moodlab.domain.errors import Refused
from moodlab.i18n import translate

# About fifty thousand members. The list is in memory before the first one is read.
LARGEST_DIRECTORY = 6_000_000
# What reading a damaged archive raises, besides what the disk does.
UNREADABLE = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError)
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"
_TAIL, _LOCAL_HEADER = 66_000, 30


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive for reading. Raises Refused for an odd one, BadZipFile for a damaged one."""
    _refuse_odd_directory(path)
    archive = zipfile.ZipFile(path)
    try:
        _refuse_overlaps(archive)
    except Refused:
        archive.close()
        raise
    return archive


def _refuse_odd_directory(path: Path) -> None:
    """Raise Refused for a file that is no archive, or whose list of members is too long."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise Refused(translate("import", "It is not a complete zip archive."))
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    end_64 = tail.rfind(_END_64)
    if end_64 >= 0:
        length = max(length if length < 0xFFFFFFFF else 0,
                     int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little"))  # fmt: skip
    if length > LARGEST_DIRECTORY:
        raise Refused(translate("import", "The archive has too many files."))


def _refuse_overlaps(archive: zipfile.ZipFile) -> None:
    places = sorted((member.header_offset, member.compress_size) for member in archive.infolist())
    free = 0
    for offset, size in places:
        if offset < free:
            raise Refused(translate("import", "The archive is damaged: its files overlap."))
        free = offset + _LOCAL_HEADER + size
