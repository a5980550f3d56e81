"""What a person sees of trouble that no page expected: one sentence, details without contents."""

import sys
import threading
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

import moodlab
from moodlab.domain.errors import MoodLabError
from moodlab.i18n import translate
from moodlab.ui.page_registry import find_page
from moodlab.ui.shell.window import AppWindow


def describe_failure(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return where it happened and with which versions.

    Neither the exception's own words nor source lines: they could repeat what a person wrote.
    """
    # Loaded when something fails, not at every start.
    import platform
    import traceback

    from PySide6 import __version__ as pyside_version

    frames = [
        f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    versions = (
        f"MoodLab {moodlab.__version__}, Python {platform.python_version()},"
        f" PySide6 {pyside_version}, {platform.system()}"
    )
    return "\n".join([kind.__name__, *frames, versions])


def show_unexpected_errors(window: AppWindow) -> None:
    """From now on, show a defect as a calm message over `window` instead of ending the program.

    Expected trouble that came where no page looks for it, such as damage, speaks for itself.
    """
    reporter = _Reporter(window)

    def hook(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, MoodLabError):
            reporter.happened.emit(error.sentence, "")
            return
        details = describe_failure(kind, trace)
        print(details, file=sys.stderr)  # noqa: T201 - without contents, for a terminal
        reporter.happened.emit(_sentence(window), details)

    sys.excepthook = hook
    threading.excepthook = lambda args: hook(args.exc_type, args.exc_value, args.exc_traceback)


def _sentence(window: AppWindow) -> str:
    """Say where it happened, as far as a person sees it."""
    if window.page is None:
        return translate("failures", "Something went wrong in MoodLab. Your entries are safe.")
    return translate("failures", "Something went wrong on {page}. Your entries are safe.").format(
        page=find_page(window.page.ID).shown_title
    )


class _Reporter(QObject):
    """Brings a failure from any thread to the window; one message at a time."""

    happened = Signal(str, str)

    def __init__(self, window: AppWindow) -> None:
        super().__init__(window)
        self._window = window
        self._box: Any = None
        self.happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def _show(self, sentence: str, details: str) -> None:
        if self._box is not None:
            return
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence)
        if details:
            self._offer_details(box, details)
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(self._forget)
        self._box = box
        box.open()

    def _offer_details(self, box: Any, details: str) -> None:
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtWidgets import QMessageBox

        box.setInformativeText(
            translate(
                "failures",
                "The details show where in the program it happened. They contain nothing from "
                "your journal.",
            )
        )
        copy = box.addButton(
            translate("failures", "Copy details"), QMessageBox.ButtonRole.ActionRole
        )
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))

    def _forget(self, _code: int) -> None:
        self._box = None


def _short(filename: str) -> str:
    """Return a path from the package on; the folders above it name a person."""
    parts = filename.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("moodlab") :]) if "moodlab" in parts else parts[-1]
