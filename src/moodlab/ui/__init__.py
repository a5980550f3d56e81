"""How it is shown: all of Qt."""

import builtins

import PySide6  # noqa: F401 - replaces __import__

# PySide6 looks through the source of every module imported after it for its other spellings
# (``from __feature__ import snake_case``), and keeps it. Nothing here uses them, and the search
# takes a seventh of the start and 3 MB.
if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
