"""Sleep and screen lock as Linux desktops tell them over D-Bus.

D-Bus is a socket of this computer, not of a network.
"""

from PySide6.QtCore import SLOT, Slot

from moodlab.ui.lock.system_signals import SystemSignals

_SYSTEM = (("org.freedesktop.login1.Manager", "PrepareForSleep", "_sleep_or_wake(bool)"),
           ("org.freedesktop.login1.Session", "Lock", "_lock()"))  # fmt: skip
_DESKTOP = (("org.freedesktop.ScreenSaver", "ActiveChanged", "_sleep_or_wake(bool)"),
            ("org.gnome.ScreenSaver", "ActiveChanged", "_sleep_or_wake(bool)"))  # fmt: skip


class LinuxSignals(SystemSignals):
    """Listens to logind and to the screen saver, where a bus and they are there."""

    def __init__(self) -> None:
        super().__init__()
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        for bus, signals in (
            (QDBusConnection.systemBus(), _SYSTEM),
            (QDBusConnection.sessionBus(), _DESKTOP),
        ):
            if bus.isConnected():
                for interface, name, slot in signals:
                    # The stub asks for bytes, PySide's own SLOT() returns text.
                    bus.connect("", "", interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    @Slot(bool)
    def _sleep_or_wake(self, is_going: bool) -> None:
        if is_going:
            self.left.emit()

    @Slot()
    def _lock(self) -> None:
        self.left.emit()
