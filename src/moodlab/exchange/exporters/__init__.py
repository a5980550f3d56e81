"""How it goes out.

TO ADD A FORMAT: a file here, and its name in `ALL`. The file has ``FORMAT`` (its id), ``NAME``
(what goes out, in words), ``SUFFIX``, and ``write_file(outgoing)``, which returns the file's bytes.
"""

import importlib
from typing import Any, Protocol, cast

from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import Marked

ALL = ("journal_json", "csv_set", "fhir")


class Exporter(Protocol):
    """What every module here offers."""

    FORMAT: str
    NAME: Marked
    SUFFIX: str

    def write_file(self, outgoing: Outgoing) -> bytes:
        """Return the journal in this format. The same journal gives the same bytes."""


def all_exporters() -> tuple[Exporter, ...]:
    """Return every exporter, in the order in which they are offered."""
    modules: tuple[Any, ...] = tuple(importlib.import_module(f"{__name__}.{name}") for name in ALL)
    return tuple(cast(Exporter, module) for module in modules)
