"""Composition root: arguments → paths → window or command.

Only the window's own options are read here, so that opening it does not wait for the command line's
library.
"""

import gc
import sys
from collections.abc import Sequence

from moodlab.paths import find_paths
from moodlab.privacy import keep_caches_in, keep_files_private

_WINDOW_OPTIONS = {"--journal": "journal", "--data-dir": "data_dir"}
_EXAMPLE = "--example"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run MoodLab and return its exit status: 0 done, 1 refused, 2 wrong use."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    keep_files_private()
    options = read_window_options(given)
    if options is None:
        from moodlab.cli import run_command

        keep_caches_in(find_paths(data_dir=_find_data_dir(given)).cache)
        return run_command(given)
    # Imports make thousands of objects that stay; collecting between them finds nothing and costs a
    # twentieth of the start. The window then collects in its own thread (ui.garbage).
    gc.disable()
    from moodlab.ui.application import run

    paths = find_paths(options.get("journal"), options.get("data_dir"))
    status: int = run(paths, shows_example=_EXAMPLE in options)
    return status


def read_window_options(given: Sequence[str]) -> dict[str, str] | None:
    """Return the options for the window, or None where anything else was given."""
    options: dict[str, str] = {}
    rest = list(given)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name == _EXAMPLE and not equals:
            options[name] = name
            continue
        if name not in _WINDOW_OPTIONS or not (equals or rest):
            return None
        options[_WINDOW_OPTIONS[name]] = value if equals else rest.pop(0)
    return options


def _find_data_dir(given: Sequence[str]) -> str | None:
    """Return the folder given with --data-dir anywhere among a command's words."""
    for number, word in enumerate(given):
        name, equals, value = word.partition("=")
        if name == "--data-dir":
            return value if equals else next(iter(given[number + 1 :]), None)
    return None
