"""Exports: one module for each format.

TO ADD A FORMAT: add a module here, and its name to `ALL`. The module has ``FORMAT`` (its id),
``NAME`` (what it exports, in words), ``SUFFIX``, and ``write_file(outgoing)``, which returns the
file's bytes.
"""

import importlib
from typing import Any, Protocol, cast

from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import Marked

ALL = ("journal_json", "csv_set", "fhir")


class Exporter(Protocol):
    """The interface of every module here."""

    FORMAT: str
    NAME: Marked
    SUFFIX: str

    def write_file(self, outgoing: Outgoing) -> bytes:
        """Return the journal in this format. The same journal gives the same bytes."""


def all_exporters() -> tuple[Exporter, ...]:
    """Return every exporter, in the order in which the window offers them."""
    modules: tuple[Any, ...] = tuple(importlib.import_module(f"{__name__}.{name}") for name in ALL)
    return tuple(cast(Exporter, module) for module in modules)
