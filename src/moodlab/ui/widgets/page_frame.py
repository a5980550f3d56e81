"""The frame that every page stands in: one left edge, one margin, a title and a scrolling body."""

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from moodlab.theme import GRID, PAGE_MARGIN
from moodlab.ui.look.style import application, look
from moodlab.ui.shell.focus_ring import RING_HOST
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import label

# All pages begin at the left edge of one column, which stands in the middle of a wide window.
COLUMN = 1040
# Below these a page keeps less empty room at its edges.
_AMPLE_WIDTH, _AMPLE_HEIGHT = 640, 700
# So much of the line the title keeps before what is beside it goes below.
_TITLE_SHARE = 0.6


class PageFrame(QScrollArea):
    """A page: `heading` (title, line beneath it, controls at the right) above `body`.

    Add content to `body` (a QVBoxLayout) and controls to `corner` beside the title. `links` stands
    at the end of the line under the title. Both go below the words where there is no room beside
    them, and onto several lines where they need it. `max_width` keeps the content from growing
    wider (design pixels). Brings the widget with focus into view.
    """

    def __init__(self, title: str, subtitle: str = "", *, max_width: int | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "title", wrap=True)
        self.subtitle = label(subtitle, "muted", wrap=True)
        self.corner = Flow(at_right=True)
        self.links = Flow(at_right=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        self._upper.addWidget(self.title, 1)
        self._upper.addLayout(self.corner)
        self._lower.addWidget(self.subtitle, 1)
        self._lower.addLayout(self.links)
        words.addLayout(self._upper)
        words.addLayout(self._lower)
        self._max_width = max_width
        self.body = QVBoxLayout()
        inner = QWidget()
        inner.setObjectName("pageBody")
        inner.setProperty(RING_HOST, True)
        self._outer = QVBoxLayout(inner)
        self._outer.addLayout(words)
        self._outer.addLayout(self.body, 1)
        # Only now: before, it would be a window of its own for a moment.
        self.subtitle.setVisible(bool(subtitle))
        self.inner = inner
        self.setWidget(inner)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fit)
        self._fit_look()
        application().focusChanged.connect(self._show_focused)

    def set_subtitle(self, text: str) -> None:
        """Change the line under the title; an empty one takes no room."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
            # Again when what is in it has the new look too.
            self._soon.start(0)
        super().changeEvent(event)

    def show_top(self) -> None:
        """Scroll to the title."""
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # What has the keyboard is brought into view when it gets it.
        return QWidget.focusNextPrevChild(self, forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Fit margins and heading to the room there is."""
        px, width = look().px, self.width()
        is_ample = width >= px(_AMPLE_WIDTH)
        margin = px(PAGE_MARGIN if is_ample else 2 * GRID)
        left = right = margin
        if self._max_width is not None:
            left += max(0, width - px(COLUMN) - 2 * margin) // 2
            right = max(margin, width - left - px(self._max_width))
        # The scroll bar stands in the margin, so that nothing moves when it comes.
        bar = self.verticalScrollBar().isVisible() * self.verticalScrollBar().width()
        is_high = self.height() >= px(_AMPLE_HEIGHT)
        above, below = (px(3 * GRID), px(2.5 * GRID)) if is_high else (px(GRID), px(0.75 * GRID))
        margins = QMargins(left, above, max(0, right - bar), below)
        if self._outer.contentsMargins() != margins:
            self._outer.setContentsMargins(margins)
        self._outer.setSpacing(px(1.5 * GRID if is_high else GRID))
        room = width - left - right
        self._fold(self._upper, self.corner, room, self.title.sizeHint().width())
        self._fold(self._lower, self.links, room, self.subtitle.sizeHint().width())

    def _fold(self, line: QBoxLayout, beside: Flow, room: int, words: int) -> None:
        """Put what is beside the words below them where both don't fit."""
        share = min(words, round(_TITLE_SHARE * room))
        fits = share + line.spacing() + beside.sizeHint().width() <= room
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if line.direction() is not direction:
            line.setDirection(direction)
            beside.at_right = fits

    def _fit_look(self) -> None:
        px = look().px
        self.fit()
        self.body.setSpacing(px(GRID))
        self.corner.setSpacing(px(GRID))
        self.links.setSpacing(px(GRID))

    def _show_focused(self, old: QObject | None, new: QObject | None) -> None:
        # Nothing had the keyboard: the window came to the front, and stays as it was left.
        if old is None or not isinstance(new, QWidget) or not self.inner.isAncestorOf(new):
            return
        across, along = look().px(2 * GRID), look().px(3 * GRID)
        top, room = new.mapTo(self.inner, QPoint(0, 0)).y(), self.maximumViewportSize().height()
        if new.height() + 2 * along <= room:
            self.ensureWidgetVisible(new, across, along)
            return
        # What is higher than the page stays where it is while a good part of it is seen.
        shown = self.verticalScrollBar().value()
        if min(shown + room, top + new.height()) - max(shown, top) < room // 2:
            self.verticalScrollBar().setValue(top - along)
