"""Composition root: arguments → paths → window or command.

Only the window's own options are read here, so that opening it does not wait for the command line's
library.
"""

import gc
import os
import sys
from collections.abc import Sequence

from moodlab.paths import find_paths

_WINDOW_OPTIONS = {"--journal": "journal", "--data-dir": "data_dir"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run MoodLab and return its exit status: 0 done, 1 refused, 2 wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.umask(0o077)
    options = read_window_options(given)
    if options is None:
        from moodlab.cli import run_command

        return run_command(given)
    # Imports make thousands of objects that stay; collecting between them finds nothing and costs a
    # twentieth of the start. The window turns it on again when it is painted.
    gc.disable()
    from moodlab.ui.application import run

    status: int = run(find_paths(options.get("journal"), options.get("data_dir")))
    return status


def read_window_options(given: Sequence[str]) -> dict[str, str] | None:
    """Return the options for the window, or None where anything else was given."""
    options: dict[str, str] = {}
    rest = list(given)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in _WINDOW_OPTIONS or not (equals or rest):
            return None
        options[_WINDOW_OPTIONS[name]] = value if equals else rest.pop(0)
    return options
