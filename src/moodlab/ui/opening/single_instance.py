"""Only one window a journal: a lock file beside it, and a request file that raises the window."""

import stat
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from moodlab.atomic_replace import make_private_file
from moodlab.paths import Paths

_LISTEN_MS = 400
_ANSWER_SECONDS = 3.0
_LOOK_SECONDS = 0.05


class SingleInstance(QObject):
    """Holds the lock file of the journal that a window has open.

    `activated` is sent when a second start asks for the window. A lock whose process is gone is
    taken over. Commands are not hindered: SQLite's own locks keep their writes apart.
    """

    activated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock: QLockFile | None = None
        self._paths: Paths | None = None
        self._listening = QTimer(self)
        self._listening.setInterval(_LISTEN_MS)
        self._listening.timeout.connect(self._listen)

    def hold(self, paths: Paths) -> bool:
        """Take the lock of this journal and let go of another; say whether it could be had.

        Where the folder can't be written nobody can hold it, and nobody needs to.
        """
        if self._paths is not None and self._paths.lock == paths.lock:
            return True
        if _is_odd(paths.lock):
            # Whoever put a link or a pipe there shall not keep the journal shut.
            self.release()
            return True
        lock = QLockFile(str(paths.lock))
        # Never by age: a window stays open for days. A process that is gone is noticed anyway.
        lock.setStaleLockTime(0)
        if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            return False
        self.release()
        self._lock, self._paths = lock, paths
        with suppress(OSError):
            paths.activation_request.unlink()
        self._listening.start()
        return True

    def release(self) -> None:
        """Let go of the lock."""
        self._listening.stop()
        if self._lock is not None:
            self._lock.unlock()
        self._lock = self._paths = None

    def _listen(self) -> None:
        if self._paths is None:
            return
        try:
            self._paths.activation_request.unlink()
        except OSError:
            return
        self.activated.emit()


def activate_other(paths: Paths) -> bool:
    """Ask the window that holds the lock to raise itself; say whether it answered."""
    try:
        if not paths.activation_request.is_file() or _is_odd(paths.activation_request):
            make_private_file(paths.activation_request)  # never through a link
    except OSError:
        return False
    until = time.monotonic() + _ANSWER_SECONDS
    while time.monotonic() < until:
        if not paths.activation_request.exists():
            return True
        time.sleep(_LOOK_SECONDS)
    with suppress(OSError):
        paths.activation_request.unlink()
    return False


def _is_odd(path: Path) -> bool:
    """Whether something other than a file of ours has this name, such as a link or a pipe."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def name_holder(paths: Paths) -> str:
    """Return the name of the computer whose window holds the lock; empty where it isn't known."""
    _process, computer, _program = QLockFile(str(paths.lock)).getLockInfo()
    return str(computer)
