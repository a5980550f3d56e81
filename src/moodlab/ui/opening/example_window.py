"""The example journal in a window of its own, so that one's own diary stays as it is."""

import sys
from pathlib import Path

from moodlab.i18n import translate
from moodlab.paths import Paths, find_paths
from moodlab.ui.opening.transition import BackgroundTask, Opening
from moodlab.ui.worker import Progress

EXAMPLE_NAME = "example.moodlab"
EXAMPLE_OPTION = "--example"


def show_example(paths: Paths) -> bool:
    """Start MoodLab once more, with the example; say whether that could be done.

    One that is open already comes to the front.
    """
    from PySide6.QtCore import QProcess

    program, *arguments = example_command(paths)
    started, _process = QProcess.startDetached(program, arguments, str(Path.cwd()))
    return bool(started)


def example_command(paths: Paths) -> list[str]:
    """Return the command of the example's window, which shares the settings of this one."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        # -P: what lies in the present folder is not taken for a part of MoodLab.
        program += ["-P", "-m", "moodlab"]
    where = [] if paths.settings == find_paths().settings else [
        "--data-dir", str(paths.settings.parent)
    ]  # fmt: skip
    own = ["--journal", str(paths.journal)] if paths.is_named else []
    return [*program, EXAMPLE_OPTION, *where, *own]


def example_task(paths: Paths, back: Opening) -> BackgroundTask:
    """Return the making and opening of the example journal; `back` is where its bar leads."""
    path = paths.cache / EXAMPLE_NAME

    def work(_progress: Progress) -> Opening:
        from moodlab.store.example.journal import make_example

        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_example(path)
        return Opening(paths._replace(journal=path, is_remembered=False), back=back)

    return BackgroundTask(translate("welcome", "Creating example data…"), work, back)
