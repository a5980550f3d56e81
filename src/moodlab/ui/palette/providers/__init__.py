"""What the palette finds, one module a kind.

TO ADD ONE: a module with `PROVIDER`, and its name in `ALL`.
Of entries that match alike, those of the earlier kind come first.
"""

import importlib

from moodlab.ui.palette.entry import Provider

ALL = (
    "pages",
    "metrics",
    "blood_tests",
    "treatments",
    "charts",
    "questionnaires",
    "actions",
    "settings",
    "days",
)


def all_providers() -> tuple[Provider, ...]:
    """Import the modules and return their providers."""
    return tuple(importlib.import_module(f"{__name__}.{name}").PROVIDER for name in ALL)
