"""A row of choices in one frame, of which one holds; none before the first choice."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from moodlab.theme import CONTROL_HEIGHT, RADIUS, TYPE
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow

_PADDING = 12


class Segment(QRadioButton):
    """One choice. A real radio button, so that its role and state are told."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.is_first = self.is_last = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(look().font(TYPE.button, strong=True)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * look().px(_PADDING), look().px(CONTROL_HEIGHT))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = look()
        if self.isChecked() or self.underMouse():
            painter.fillPath(self._outline(), current.color("accent_soft"))
        if not self.is_first:
            painter.setPen(QPen(current.color("hairline"), 1))
            painter.drawLine(0, 1, 0, self.height() - 2)
        painter.setFont(current.font(TYPE.button, strong=self.isChecked()))
        painter.setPen(current.color("text" if self.isChecked() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _outline(self) -> QPainterPath:
        """Return the inside of this segment, rounded only at the ends of the row."""
        radius = look().px(RADIUS) - 1
        area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        area.adjust(1 if self.is_first else -radius, 0, -1 if self.is_last else radius, 0)
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        visible = QPainterPath()
        visible.addRect(QRectF(self.rect()))
        return path.intersected(visible)


class Segments(QWidget):
    """Choices side by side, on several lines where it is narrow. Arrows move the choice.

    `chosen(int)` is sent when the person picks another one.
    """

    chosen = Signal(int)

    def __init__(self, name: str, texts: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        layout = Flow(self)
        layout.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons = [Segment(text, self) for text in texts]
        for number, button in enumerate(self.buttons):
            button.setAccessibleName(f"{button.text()}, {name}")
            self._group.addButton(button, number)
            layout.addWidget(button)
        self.buttons[0].is_first = True
        self.buttons[-1].is_last = True
        self._group.idToggled.connect(self._tell)
        self._silent = False

    @property
    def index(self) -> int:
        """The number of the choice that holds; -1 for none."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Make a choice without telling anybody."""
        self._silent = True
        self.buttons[index].setChecked(True)
        self._silent = False

    def choose_none(self) -> None:
        """Take the choice back without telling anybody."""
        self._silent = True
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(False)
        self._group.setExclusive(True)
        self._silent = False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            for button in self.buttons:
                button.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        current = look()
        width = current.theme.control_border_width
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current.color("control_border"), width))
        painter.setBrush(current.color("control"))
        half = width / 2
        frame = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(frame, current.px(RADIUS), current.px(RADIUS))

    def _tell(self, index: int, checked: bool) -> None:
        if checked and not self._silent:
            self.chosen.emit(index)
