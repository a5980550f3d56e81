"""Which format a file has, told from what is in it and only then from its name."""

import re
import zipfile
from pathlib import Path

from moodlab.exchange.importers import apple_clinical, fhir, journal_json, mapped_csv

_HEAD = 1_000_000
_RESOURCE = re.compile(rb'"resourceType"\s*:')


def recognise(path: Path) -> str | None:
    """Return ``json``, ``csv``, ``fhir`` or ``apple``; None where it can't be told.

    Raises OSError where the file can't be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = path.suffix.lower()
    if head.startswith(b"PK"):
        return apple_clinical.FORMAT if zipfile.is_zipfile(path) else None
    begins_as_json = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
    if suffix in fhir.SUFFIXES or (begins_as_json and _RESOURCE.search(head)):
        return fhir.FORMAT
    if suffix in journal_json.SUFFIXES or begins_as_json:
        return journal_json.FORMAT_ID
    return mapped_csv.FORMAT if suffix in mapped_csv.SUFFIXES else None
