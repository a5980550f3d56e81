"""The day at a chart's cursor, in words along the lower edge of the page."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel

from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import look
from moodlab.ui.widgets.page_frame import PageFrame


class Readout(QLabel):
    """One line at the lower edge of the page that reads the day at the chart's cursor."""

    def __init__(self, page: PageFrame) -> None:
        super().__init__(page)
        self._page = page
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "quiet")
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._dress()
        self.hide()

    def say(self, text: str) -> None:
        """Show `text`; hide while there is none."""
        self.setText(text)
        self.setVisible(bool(text))
        self.place()

    def place(self) -> None:
        """Lie along the lower edge of the page's visible part."""
        px, viewport = look().px, self._page.viewport()
        self.setContentsMargins(px(PAGE_MARGIN), px(GRID), px(PAGE_MARGIN), px(GRID))
        width = viewport.width()
        height = self.heightForWidth(width)
        corner = viewport.geometry().bottomLeft()
        self.setGeometry(corner.x(), corner.y() + 1 - height, width, height)
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        palette = self.palette()
        if palette.color(self.backgroundRole()) != look().color("panel"):
            palette.setColor(self.backgroundRole(), look().color("panel"))
            self.setPalette(palette)
