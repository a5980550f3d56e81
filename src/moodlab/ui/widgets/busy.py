"""A bar for work whose length nobody knows yet."""

from PySide6.QtWidgets import QProgressBar

from moodlab.ui.look.style import is_still


def be_busy(bar: QProgressBar) -> None:
    """Have the bar move until it is told how far the work is; stand still with reduced motion."""
    bar.setRange(0, 1 if is_still() else 0)
    bar.setValue(0)
