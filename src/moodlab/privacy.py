"""Keeps the process to itself: private files, no core dumps, caches in our own folder. Qt-free."""

import os
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_DUMPABLE = 4


def keep_files_private() -> None:
    """Have every file that this process makes be readable by its owner only, and no core dumped."""
    os.umask(0o077)
    with suppress(ImportError):  # not on Windows
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse_onlookers() -> None:
    """Keep other programs of the same person from reading this process's memory, where possible.

    It also keeps the system's crash collector out, which the limit on core files does not stop.
    """
    if sys.platform != "linux":
        return
    import ctypes  # 5 ms, so not before the window is painted

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def keep_caches_in(folder: Path) -> None:
    """Have matplotlib, when it is loaded, keep its list of fonts in our own folder."""
    os.environ["MPLCONFIGDIR"] = str(folder / "matplotlib")
