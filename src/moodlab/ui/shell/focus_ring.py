"""The focus ring: 2 px, 2 px outside of whatever has the keyboard, the same for every control."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from moodlab.theme import RADIUS
from moodlab.ui.look.style import application, look

OWN_RING = "ownFocusRing"
RING_INSIDE = "focusRingInside"
RING_AT_AREA = "focusRingAtArea"
RING_HOST = "holdsFocusRing"
_OFFSET, _WIDTH = 2, 2
_REACH = _OFFSET + _WIDTH
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """Draws the ring around the focused widget of one window.

    Style sheets can only draw inside of a control; a layer above can stand off from it. Widgets
    that draw their own (property ``ownFocusRing``) are left alone. What reaches to the window's
    edge has the ring inside (``focusRingInside``), what is higher than what it scrolls in has it
    around that (``focusRingAtArea``). Scrolled content (property
    ``holdsFocusRing``) takes the ring along.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application().focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().color("focus"), _WIDTH))
        half = _WIDTH / 2
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        radius = look().px(RADIUS) + _OFFSET
        painter.drawRoundedRect(frame, radius, radius)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):
            widget.removeEventFilter(self)
        self._watched = []
        usable = new is not None and new.window() is self._window and not new.property(OWN_RING)
        self._target = _ringed(new) if new is not None and usable else None
        if self._target is None:
            self.hide()
            return
        host = self._host(self._target)
        if self.parentWidget() is not host:
            self.setParent(host)
        within: QWidget | None = self._target
        while within is not None and within is not host:
            within.installEventFilter(self)
            self._watched.append(within)
            within = within.parentWidget()
        self._place()

    def _host(self, widget: QWidget) -> QWidget:
        """Return the scrolled content that `widget` lies in, so that the ring scrolls with it."""
        parent = widget.parentWidget()
        while parent is not None and parent is not self._window:
            if parent.property(RING_HOST):
                return parent
            parent = parent.parentWidget()
        return self._window

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self.parentWidget() or self._window, QPoint(0, 0))
        reach = -_OFFSET if target.property(RING_INSIDE) else _REACH
        area = QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(area)
        self.show()
        self.raise_()


def _ringed(widget: QWidget) -> QWidget:
    """Return what the ring goes around: a widget with focus, or what it is scrolled in."""
    area: QWidget | None = widget
    while widget.property(RING_AT_AREA) and not isinstance(area, QScrollArea):
        if area is None:
            return widget
        area = area.parentWidget()
    return area or widget
