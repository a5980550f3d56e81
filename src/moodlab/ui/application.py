"""Starts the window: application, look, journal, pages, and what happens on trouble."""

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from moodlab.domain.errors import MoodLabError
from moodlab.paths import Paths
from moodlab.privacy import keep_caches_in, keep_files_private, refuse_onlookers
from moodlab.settings import Settings, read_settings
from moodlab.store.journal import Journal
from moodlab.ui.errors import show_unexpected_errors
from moodlab.ui.garbage import collect_in_this_thread
from moodlab.ui.lock.restarting import take_locked
from moodlab.ui.look.conventions import use_conventions
from moodlab.ui.look.style import apply_look, look_of
from moodlab.ui.main_window import MainWindow
from moodlab.ui.opening.coordinator import Coordinator
from moodlab.ui.opening.transition import Lock, Opening, Transition
from moodlab.ui.session import Session
from moodlab.ui.shell.backup_schedule import BackupSchedule
from moodlab.ui.shell.course_check import CourseCheck
from moodlab.ui.shell.drafts import Drafts
from moodlab.ui.worker import Worker

if TYPE_CHECKING:
    from moodlab.ui.lock.idle import IdleWatch
    from moodlab.ui.lock.locking import Locker

SOON_MS = 300  # after the first paint, whatever it took


def make_application(settings: Settings) -> QApplication:
    """Return the application in MoodLab's own look, whatever the desktop's style."""
    # As an argument, because setStyle() would wrap QStyle for Python, which costs 6 ms.
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("MoodLab")
    app.setDesktopFileName("moodlab")
    apply_look(app, *look_of(settings))
    use_conventions(settings)
    collect_in_this_thread(app)
    return app


class Window:
    """Everything that belongs to one open journal, so that it can be closed in the right order.

    `transition` is where the person wants to go from here; None to end. `on_leave` is called when
    it is decided.
    """

    def __init__(
        self,
        app: QApplication,
        journal: Journal,
        settings: Settings,
        paths: Paths,
        opening: Opening | None = None,
    ) -> None:
        self.opening = opening or Opening(paths, journal.key)
        self.transition: Transition | None = None
        self.on_leave: Callable[[], None] | None = None
        self.session = Session(journal, settings, paths.settings, self.opening)
        self.worker = Worker(journal)
        try:
            self.main = MainWindow(self.session, self.worker)
        except BaseException:
            # Whoever made the journal closes it; nothing may look into it after that.
            self.session.stop_watching()
            raise
        self.drafts = Drafts(self.main, self.session)
        self.locker: Locker | None = None
        self._idle: IdleWatch | None = None
        self._is_closed = False
        self._look = LookKeeper(app, self.session)
        self._backups = BackupSchedule(self.session, self.worker)
        CourseCheck(self.main, self.session, self.worker)
        self.session.leaving.connect(self._leave_for)
        self.session.lock_asked.connect(self.lock)
        self.session.settings_changed.connect(self._watch_idle)
        self.session.settings_changed.connect(self._follow_conventions)
        self.session.reopened.connect(self._follow_journal)
        self._watch_idle(settings)

    def show(self) -> None:
        """Open the first page and show the window."""
        if not self.drafts.take_up() or self.opening.page:
            self.main.open_page(self.opening.page or "today")
        if self.opening.backup is not None:
            self._go_to_last_entry()
        greeting = self.opening.greeting
        if greeting.offers_undo:
            self.main.bars.tell(greeting.said, undo=self.main.undo)
        elif greeting.said:
            self.main.tell(greeting.said)
        self.main.show()

    def _go_to_last_entry(self) -> None:
        """Open a backup where its entries end: today it has none."""
        span = self.session.journal.days.rated_span()
        if span is not None and self.main.page is not None and self.main.page.ID == "today":
            self.main.page.go_to_place(span[1].isoformat())

    def lock(self) -> None:
        """Hide everything now, and start anew when nothing can be lost."""
        if self.locker is None:
            from moodlab.ui.lock.locking import Locker

            self.locker = Locker(self.main, self.session, self.drafts)
        self.locker.lock()

    def close(self) -> None:
        """Keep what is half typed, let the Worker finish, then close the file."""
        if self._is_closed:
            return
        self._is_closed = True
        if not isinstance(self.transition, Lock):  # which kept it already
            with suppress(MoodLabError):
                self.drafts.keep()
        self._look.deleteLater()
        self._backups.stop()
        if self._idle is not None:
            self._idle.watch(0)
        self.worker.close()
        self.session.close()

    def _leave_for(self, transition: Transition) -> None:
        unsaved = self.main.unsaved()
        if unsaved:
            self.main.tell(unsaved, assertive=True)
            return
        self.transition = transition
        self.main.remember_place()
        self.session.stop_watching()
        if self.on_leave is not None:
            self.on_leave()

    def _follow_conventions(self, settings: Settings) -> None:
        if use_conventions(settings):
            self.main.show_again()

    def _follow_journal(self) -> None:
        self.worker.follow(self.session.journal)
        self._backups.look()

    def _watch_idle(self, settings: Settings) -> None:
        if self._idle is None:
            if not settings.lock_minutes:
                return
            from moodlab.ui.lock.idle import IdleWatch

            self._idle = IdleWatch()
            self._idle.left.connect(self.lock)
        self._idle.watch(settings.lock_minutes)


class LookKeeper(QObject):
    """Changes the look when the person or the system asks for it."""

    def __init__(self, app: QApplication, session: Session) -> None:
        super().__init__(app)
        self._app = app
        self._session = session
        self._shown = look_of(session.settings)
        session.settings_changed.connect(self._follow_settings)
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def _follow_settings(self, settings: Settings) -> None:
        wanted = look_of(settings)
        if wanted != self._shown:
            self._shown = wanted
            apply_look(self._app, *wanted)

    def _follow_system(self, _preference: object) -> None:
        if self._shown[0] == "system":
            apply_look(self._app, *self._shown)


def _finish_start() -> None:
    """Do what can wait until the window is painted."""
    from moodlab.ui.shell.file_choice import leave_no_trace

    leave_no_trace()
    refuse_onlookers()
    # What the start made stays, so later collections need not look at it.
    gc.freeze()


def run(paths: Paths, *, shows_example: bool = False) -> int:
    """Show the window, or the example's, and what is in the way of it; return the exit status."""
    keep_files_private()
    keep_caches_in(paths.cache)
    settings = read_settings(paths.settings)
    app = make_application(settings)
    begins_locked = take_locked()

    def make_window(journal: Journal, settings: Settings, opening: Opening) -> Window:
        window = Window(app, journal, settings, opening.paths, opening)
        show_unexpected_errors(window.main)
        QTimer.singleShot(SOON_MS, _finish_start)
        return window

    coordinator = Coordinator(app, paths, make_window, begins_locked=begins_locked)
    return coordinator.run(settings, shows_example=shows_example)
