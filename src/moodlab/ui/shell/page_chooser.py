"""How a person goes from page to page where the window is too narrow for the list: one field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.page_registry import PageEntry
from moodlab.ui.widgets.text import label


class PageChooser(QFrame):
    """The same choice as one field, for windows too narrow for the list."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("pageChooser")
        self._ids = [entry.id for entry in entries]
        self._combo = QComboBox()
        self._combo.addItems([entry.shown_title for entry in entries])
        self._combo.setAccessibleName(translate("navigation", "Page"))
        self._combo.activated.connect(lambda row: self.chosen.emit(self._ids[row]))
        caption = label(translate("navigation", "Page"), "muted")
        caption.setBuddy(self._combo)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(caption)
        self._layout.addWidget(self._combo)
        self._layout.addStretch(1)
        self._layout.setContentsMargins(look().px(40), look().px(8), look().px(40), look().px(8))

    def mark(self, page_id: str) -> None:
        """Show which page is open."""
        self._combo.setCurrentIndex(self._ids.index(page_id))
