"""Notices that nobody is there: no key or click for a while, or the computer went to sleep."""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from moodlab.ui.lock.system_signals import SystemSignals

_LOOK_MS = 5_000
# Between two looks the clock goes on five seconds; much more means that the computer slept.
_SLEPT_SECONDS = 60.0
_ACTS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class IdleWatch(QObject):
    """Sends `left` after `minutes` without a key or click, and when the computer sleeps.

    With 0 minutes it watches nothing. Only windows with the keyboard are listened to, at the level
    of the window system, so it costs nothing for each event inside the window.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._minutes = 0
        self._heard: QWindow | None = None
        self._system: SystemSignals | None = None
        self._wall = self._steady = self._looked = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Begin to watch, or stop with 0."""
        if minutes == self._minutes:
            return
        if not self._minutes:
            _application().focusWindowChanged.connect(self._listen_to)
            self._listen_to(QGuiApplication.focusWindow())
        elif not minutes:
            _application().focusWindowChanged.disconnect(self._listen_to)
            self._listen_to(None)
        self._minutes = minutes
        if not minutes:
            self._timer.stop()
            return
        self._note_presence()
        self._looked = time.time()
        self._timer.start()
        if self._system is None:
            self._system = _listen_to_system()
            self._system.left.connect(self.leave)

    def look(self) -> None:
        """Say so if nobody is there."""
        if not self._minutes:
            return
        now, before = time.time(), self._looked
        self._looked = now
        # One clock stops while the computer sleeps, the other may be set back.
        idle = max(now - self._wall, time.monotonic() - self._steady)
        if idle >= self._minutes * 60 or now - before >= _SLEPT_SECONDS:
            self.leave()

    def leave(self) -> None:
        """Say that nobody is there, once."""
        if self._minutes:
            self._note_presence()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            self._note_presence()
        return False

    def _note_presence(self) -> None:
        self._wall, self._steady = time.time(), time.monotonic()

    def _listen_to(self, window: QWindow | None) -> None:
        if self._heard is not None:
            self._heard.removeEventFilter(self)
            self._heard.destroyed.disconnect(self._forget_window)
        self._heard = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget_window)
            self._note_presence()

    def _forget_window(self) -> None:
        self._heard = None


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        return app
    raise RuntimeError("no application yet")


def _listen_to_system() -> SystemSignals:
    """Return the listener of this platform; the bare interface where there is none."""
    if sys.platform == "linux":
        from moodlab.ui.lock.linux_signals import LinuxSignals

        return LinuxSignals()
    return SystemSignals()
