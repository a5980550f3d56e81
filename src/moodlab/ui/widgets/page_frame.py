"""The frame that every page stands in: one left edge, one margin, a title and a scrolling body."""

from PySide6.QtCore import QEvent, QMargins, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import application, look
from moodlab.ui.shell.focus_ring import RING_HOST
from moodlab.ui.widgets.text import label


class PageFrame(QScrollArea):
    """A page: `heading` (title, line beneath it, controls at the right) above `body`.

    Add content to `body` (a QVBoxLayout) and controls to `corner` (a QHBoxLayout beside the title).
    `links` (a QHBoxLayout) stands at the end of the line under the title. `max_width` keeps the
    content from growing wider (design pixels). Scrolls downwards only, and brings the widget with
    focus into view.
    """

    def __init__(self, title: str, subtitle: str = "", *, max_width: int | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = label(title, "title", wrap=True)
        self.subtitle = label(subtitle, "muted", wrap=True)
        self.corner = QHBoxLayout()
        self.corner.setSpacing(GRID)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.links = QHBoxLayout()
        self.links.setSpacing(GRID)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.title, 1)
        upper.addLayout(self.corner)
        lower.addWidget(self.subtitle, 1)
        lower.addLayout(self.links)
        words.addLayout(upper)
        words.addLayout(lower)
        self.subtitle.setVisible(bool(subtitle))
        self._max_width = max_width
        self.body = QVBoxLayout()
        inner = QWidget()
        inner.setObjectName("pageBody")
        inner.setProperty(RING_HOST, True)
        self._outer = QVBoxLayout(inner)
        self._outer.addLayout(words)
        self._outer.addLayout(self.body, 1)
        self.inner = inner
        self.setWidget(inner)
        self._fit_look()
        application().focusChanged.connect(self._show_focused)

    def set_subtitle(self, text: str) -> None:
        """Change the line under the title; an empty one takes no room."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fit_look(self) -> None:
        px = look().px
        self._fit_width()
        self._outer.setSpacing(px(1.5 * GRID))
        self.body.setSpacing(px(GRID))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_width()

    def _fit_width(self) -> None:
        """Leave what is wider than the content may be at the right, so that left edges stay put."""
        px = look().px
        spare = 0
        if self._max_width is not None:
            spare = max(0, self.width() - px(self._max_width + 2 * PAGE_MARGIN))
        # The scroll bar stands in the margin, so that nothing moves when it comes.
        bar = self.verticalScrollBar().isVisible() * self.verticalScrollBar().width()
        right = max(0, px(PAGE_MARGIN) + spare - bar)
        margins = (px(PAGE_MARGIN), px(3 * GRID), right, px(2.5 * GRID))
        if self._outer.contentsMargins() != QMargins(*margins):
            self._outer.setContentsMargins(*margins)

    def _show_focused(self, _old: QObject | None, new: QObject | None) -> None:
        if isinstance(new, QWidget) and new is not self.inner and self.inner.isAncestorOf(new):
            self.ensureWidgetVisible(new, look().px(2 * GRID), look().px(3 * GRID))
