"""What the operating system says about sleep and its own screen lock: one listener a platform.

A platform without a file here has none; `IdleWatch` still notices a sleep by its clocks.
"""

from PySide6.QtCore import QObject, Signal


class SystemSignals(QObject):
    """Sends `left` when the computer goes to sleep or its screen is locked."""

    left = Signal()
