"""What stands at a path: a regular file, a link, a device, or something of a journal.

Every program part that writes a file for a person asks here first, so that no typed name costs
somebody a journal. What is read here is a few bytes; nothing is opened that may wait or never end.
"""

import errno
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO

from moodlab.domain.errors import Refused
from moodlab.i18n import translate

_JOURNAL_SUFFIX, _BACKUPS_SUFFIX = ".moodlab", ".copies"
_FIRST_PAGE = 4096
# File systems take 255 bytes; the longest side file is .NAME.rekey-ready.
_LONGEST_JOURNAL_NAME = 240
# A database, its rollback journal and its write-ahead log in either byte order.
_SQLITE = (
    b"SQLite format 3\0", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"7\x7f\x06\x82", b"7\x7f\x06\x83",
)  # fmt: skip
_KNOWN_DENSE = (
    b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\xfd7zXZ", b"(\xb5/\xfd",
)  # fmt: skip
# Of 256 byte values, random 4096 bytes lack more than five about never, and text lacks most.
_FEWEST_VALUES = 250
_BESIDE = re.compile(
    r"(?P<first>.+)-(?:journal|wal|shm)|\.(?P<second>.+)\.(?:lock|knock|rekey-part|rekey-ready)",
    re.IGNORECASE | re.DOTALL,
)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading. Raises OSError for a pipe or a device, without waiting."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, translate("files", "it is not a file"), str(path))
    return os.fdopen(handle, "rb")


def leads_to_file(path: Path) -> bool:
    """Whether a path leads to a regular file; also answers for names that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def refuse_target(path: Path) -> None:
    """Raise Refused where nothing may be written: a journal, its side files, a link, a device.

    An ordinary file, or none, passes; whether that one may be replaced is the caller's question.
    """
    refuse_beside_journal(path)
    _refuse_among_backups(path)
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return  # nothing is there, or the write itself finds out why it can't be reached
    if is_journal_file(path):
        raise Refused(
            translate(
                "files",
                "{name} is a journal or a backup of one. Nothing was replaced. Choose another "
                "name.",
            ).format(name=path.name)
        )
    if stat.S_ISLNK(mode):
        raise Refused(
            translate(
                "files",
                "{name} is a link to another place. Choose another name.",
            ).format(name=path.name)
        )
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise Refused(
            translate("files", "{name} is not a file. Choose another name.").format(name=path.name)
        )


def refuse_beside_journal(path: Path) -> None:
    """Raise Refused for the name of a side file of a journal, there or not: SQLite would use it."""
    match = _BESIDE.fullmatch(path.name)
    if match is None:
        return
    owner = path.with_name(match["first"] or match["second"])
    if is_journal_file(owner):
        raise _needed(path, owner)


def _refuse_among_backups(path: Path) -> None:
    """Raise Refused for the backups folder of a journal, and for a document in it."""
    for folder in (path, path.parent):
        owner = folder.name.removesuffix(_BACKUPS_SUFFIX)
        if owner != folder.name and owner and is_journal_file(folder.with_name(owner)):
            raise _needed(folder, folder.with_name(owner))


def _needed(path: Path, owner: Path) -> Refused:
    return Refused(
        translate(
            "files", "{name} is a name that the journal {journal} needs. Choose another name."
        ).format(name=path.name, journal=owner.name)
    )


def refuse_journal_name(path: Path) -> None:
    """Raise Refused for a name that a journal can't have: its side files need names too."""
    refuse_beside_journal(path)
    if len(os.fsencode(path.name)) > _LONGEST_JOURNAL_NAME:
        raise Refused(
            translate("files", "The name of the journal is too long. Choose a shorter one.")
        )


def is_journal_file(path: Path) -> bool:
    """Whether a file is, or may be, a journal: by its name, or by its first bytes.

    An encrypted journal looks like random bytes, and so does whatever is taken for one.
    """
    try:
        if not leads_to_file(path):
            return False
        names = (path.name, Path(os.path.realpath(path)).name)
        if any(name.lower().endswith(_JOURNAL_SUFFIX) for name in names):
            return True
        with open_regular(path) as file:
            first = file.read(_FIRST_PAGE)
    except (OSError, ValueError):
        # What can't be looked at is not there, or can't be told from a journal.
        return leads_to_file(path)
    if first.startswith(_SQLITE):
        return True
    is_dense = len(first) == _FIRST_PAGE and len(set(first)) >= _FEWEST_VALUES
    return is_dense and not first.startswith(_KNOWN_DENSE)
