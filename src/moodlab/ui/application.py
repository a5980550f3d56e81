"""Starts the window: application, look, journal, pages, and what happens on trouble."""

import gc
import os
import sys

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from moodlab.domain.errors import MoodLabError
from moodlab.paths import Paths
from moodlab.settings import Settings, read_settings
from moodlab.store.journal import Journal
from moodlab.ui.failures import show_unexpected_errors
from moodlab.ui.main_window import MainWindow
from moodlab.ui.session import Session
from moodlab.ui.style import apply_look
from moodlab.ui.worker import Worker


def make_application(settings: Settings) -> QApplication:
    """Return the application in MoodLab's own look, whatever the desktop's style."""
    # As an argument, because setStyle() would wrap QStyle for Python, which costs 6 ms.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("MoodLab")
    app.setDesktopFileName("moodlab")
    apply_look(app, settings.theme, settings.text_size)
    return app


def open_journal(paths: Paths) -> Journal:
    """Open the journal, or make an empty one on the very first start."""
    if not os.path.lexists(paths.journal):
        return Journal.create(paths.journal)
    return Journal.open(paths.journal)


class Window:
    """Everything that belongs to one open journal, so that it can be closed in the right order."""

    def __init__(
        self, app: QApplication, journal: Journal, settings: Settings, paths: Paths
    ) -> None:
        self.session = Session(journal, settings, paths.settings)
        self.worker = Worker(journal)
        self.main = MainWindow(self.session, self.worker)
        self._look = LookKeeper(app, self.session)

    def show(self) -> None:
        """Open the first page and show the window."""
        self.main.open_page("today")
        self.main.show()

    def close(self) -> None:
        """Let the Worker finish, then close the file."""
        self._look.deleteLater()
        self.worker.close()
        self.session.close()


class LookKeeper(QObject):
    """Changes the look when the person or the system asks for it."""

    def __init__(self, app: QApplication, session: Session) -> None:
        super().__init__(app)
        self._app = app
        self._session = session
        self._shown = (session.settings.theme, session.settings.text_size)
        session.settings_changed.connect(self._follow_settings)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def _follow_settings(self, settings: Settings) -> None:
        wanted = (settings.theme, settings.text_size)
        if wanted != self._shown:
            self._shown = wanted
            apply_look(self._app, *wanted)

    def _follow_system(self, _preference: object) -> None:
        if self._shown[0] == "system":
            apply_look(self._app, *self._shown)


def _collect_again() -> None:
    """Turn garbage collection on, after `app.main` turned it off for the start."""
    gc.freeze()
    gc.enable()


def run(paths: Paths) -> int:
    """Open the journal (making one on the first start), show the window, return the exit status."""
    os.umask(0o077)
    settings = read_settings(paths.settings)
    app = make_application(settings)
    try:
        journal = open_journal(paths)
    except MoodLabError as error:
        from moodlab.ui.unopened import ask_for_another

        found = ask_for_another(error.sentence, paths)
        if found is None:
            return 1
        journal, paths = found
    window = Window(app, journal, settings, paths)
    show_unexpected_errors(window.main)
    window.show()
    QTimer.singleShot(0, _collect_again)
    status = app.exec()
    window.close()
    return status
