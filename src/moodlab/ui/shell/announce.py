"""The one way to tell a screen reader something that happened without moving the focus."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, assertive: bool = False) -> None:
    """Have `text` read out; an error is `assertive`, a confirmation waits its turn."""
    if not text:
        return
    # Needed only once something was said; it costs 3 ms of the start.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(
        QAccessible.AnnouncementPoliteness.Assertive
        if assertive
        else QAccessible.AnnouncementPoliteness.Polite
    )
    QAccessible.updateAccessibility(event)
