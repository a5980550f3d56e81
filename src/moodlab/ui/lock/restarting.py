"""Starts the process anew in its own place, so that no key and no text stay in its memory."""

import os
import sys
from pathlib import Path

_LOCKED = "MOODLAB_LOCKED"


def restart_locked(journal: Path | None) -> None:
    """Replace this process by a new one that begins locked. Returns only where that can't be done.

    `journal` is named where the arguments don't lead to it. Nothing secret is passed on.
    """
    os.environ[_LOCKED] = "1"
    command = _command()
    if journal is not None:
        command += ["--journal", str(journal)]
    try:
        if os.name == "nt":
            # exec there gives the new process another id and lets the old one's console go on.
            import subprocess

            subprocess.Popen(command, close_fds=True)
            os._exit(0)
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)
    except OSError:
        return


def take_locked() -> bool:
    """Say whether this process begins locked; asked once."""
    return os.environ.pop(_LOCKED, "") == "1"


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]
