"""Recognises what MoodLab wrote itself, by its content: only that is replaced without asking.

Journal exports, CSV tables and FHIR are recognised too, as one door writes all documents.
"""

import mmap
import re
import zipfile
from contextlib import suppress
from pathlib import Path

from moodlab.file_kinds import open_regular
from moodlab.report.page.words import page_title
from moodlab.report.week_sheet import MARK as WEEK_MARK

_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
# At the top level only: a line break inside a text would be escaped.
_JSON = re.compile(rb'\n {1,2}"format": "(moodlab-[a-z]+)"')
_FHIR = re.compile(
    rb'\{\n "resourceType": "Bundle",\n(?: "meta": \{.*?\n \},\n)? "type": "collection",\n'
    rb' "entry": \[\n  \{\n   "fullUrl": "urn:uuid:[0-9a-f-]{36}",\n   "resource": \{\n'
    rb'    "resourceType": "Patient"(?:,\n    "meta": \{.*?\n    \})?\n   \}',
    re.DOTALL,
)
_CHART = b"Software\0MoodLab"
_FEWEST_COLUMNS, _MOST_TABLES = 4, 40
_ZIP_END, _ZIP_DATE = b"PK\x05\x06", (1980, 1, 1, 0, 0, 0)


def is_earlier_output(path: Path, content: bytes) -> bool:
    """Whether the file at `path` is an earlier one of what `content` is now."""
    with (
        suppress(OSError, ValueError),  # an empty file can't be mapped
        open_regular(path) as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as there,
    ):
        kind = _kind_of(content)
        if kind == "table":
            return _is_earlier_table(there[:_HEAD], content[:_HEAD])
        if kind == "tables":
            return _holds_tables(path, there)
        return kind is not None and _kind_of(there) == kind
    return False


def _kind_of(content: bytes | mmap.mmap) -> str | None:
    head = bytes(content[:_HEAD])
    title = page_title().encode()
    if head.startswith(b"{"):
        if (match := _JSON.search(content)) is not None:
            return match[1].decode()
        return "fhir" if _FHIR.match(head) else None
    signs = {
        "week": head.startswith(b"%PDF") and content.find(WEEK_MARK.encode()) >= 0,
        "pdf": head.startswith(b"%PDF") and content.find(title) >= 0,
        "html": head.startswith(b"<!doctype html>") and b"<title>" + title in head,
        "text": head.startswith(title + b"\n===="),
        "chart": head.startswith(b"\x89PNG") and _CHART in head,
        "drawing": head.startswith(b"<?xml") and b"<!-- MoodLab -->" in head,
        "table": head.startswith(_BOM),
        "tables": head.startswith(b"PK\x03\x04"),
    }
    return next((kind for kind, is_there in signs.items() if is_there), None)


def _is_earlier_table(there: bytes, new: bytes) -> bool:
    """Whether a table has the columns of ours; an earlier version may have had fewer."""
    header, ours = (_header(content) for content in (there, new))
    if ours == [b"key", b"value"]:
        return header == ours and b"\r\njournal_id," in there
    return (
        len(header) >= min(_FEWEST_COLUMNS, len(ours))
        and header[:1] == ours[:1]
        and set(header) <= set(ours)
    )


def _header(content: bytes) -> list[bytes]:
    line, end, _rest = content.partition(b"\r\n")
    return line.removeprefix(_BOM).split(b",") if end and line.startswith(_BOM) else []


def _holds_tables(path: Path, there: mmap.mmap) -> bool:
    """Whether an archive holds our tables and nothing else. Its list is short, or isn't read."""
    end = there.rfind(_ZIP_END)
    if end < 0 or int.from_bytes(there[end + 10 : end + 12], "little") > _MOST_TABLES:
        return False
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        return any(member.filename == "settings.csv" for member in members) and all(
            member.filename.endswith(".csv") and member.date_time == _ZIP_DATE for member in members
        )
    return False
