"""How a person goes from page to page where the window is too narrow for the list: one field."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.page_registry import PageEntry, find_page
from moodlab.ui.widgets.text import label


class PageChooser(QFrame):
    """The same choice as one field, for windows too narrow for the list."""

    chosen = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setObjectName("pageChooser")
        entries = tuple(entry for entry in entries if entry.in_navigation)
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
        self._fit_look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        px = look().px
        self._layout.setContentsMargins(px(16), px(4), px(16), px(4))

    def mark(self, page_id: str) -> None:
        """Show which page is open, also one that is opened elsewhere."""
        self._combo.setPlaceholderText(find_page(page_id).shown_title)
        self._combo.setCurrentIndex(self._ids.index(page_id) if page_id in self._ids else -1)
