"""The button that stands for one number of a rating."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from moodlab.i18n import translate
from moodlab.theme import RADIUS, RATING_CELL, TYPE
from moodlab.ui.look.style import look

HIGHEST = 10
# The button after ten: could not say. It is typed as it looks.
UNABLE = 11
_DASH = "–"
NUMBERS = (*range(HIGHEST + 1), UNABLE)
NUMBER_TEXTS = {number: str(number) for number in range(HIGHEST + 1)} | {UNABLE: _DASH}

# Small in the corner of a button: the key that it has where its text is none.
NUMBER_KEYS = {HIGHEST: "X"}


def paint_cells(
    painter: QPainter,
    areas: Mapping[int, QRect],
    *,
    chosen: int | None,
    hovered: int | None,
    texts: Mapping[int, str] = NUMBER_TEXTS,
    keys: Mapping[int, str] = NUMBER_KEYS,
) -> None:
    """Paint all in one go: pens and fonts change seldom, so the start is faster."""
    shown = look()
    border, radius = shown.theme.control_border_width, shown.px(RADIUS)
    half = border / 2
    figures: dict[str, list[int]] = {}
    for number, area in areas.items():
        fill, edge, ink = "control", "control_border", "muted"
        if number == chosen:
            fill, edge, ink = "accent", "accent", "on_accent"
        elif number == hovered:
            fill, ink = "accent_soft", "text"
        painter.setPen(QPen(shown.color(edge), border))
        painter.setBrush(shown.color(fill))
        painter.drawRoundedRect(QRectF(area).adjusted(half, half, -half, -half), radius, radius)
        figures.setdefault(ink, []).append(number)
    for ink, numbers in figures.items():
        painter.setPen(shown.color(ink))
        painter.setFont(shown.font(TYPE.button, strong=chosen in numbers))
        for number in numbers:
            painter.drawText(areas[number], Qt.AlignmentFlag.AlignCenter, texts[number])
        painter.setFont(shown.font(TYPE.tiny))
        for number in numbers:
            if number not in keys:
                continue
            # Nearer to the corner where the button is narrow.
            inside = shown.px(5) if areas[number].width() >= shown.px(RATING_CELL) else shown.px(3)
            corner = areas[number].adjusted(0, inside - shown.px(2), -inside, 0)
            top_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(corner, top_right, keys[number])


class RatingCell(QRadioButton):
    """One number, or could not say. A real radio button, so its role and state are told.

    Its row paints it. The second click of a double click is none, so that it takes nothing back.
    `key_pressed(QKeyEvent)` is any key but Space, which is left to the row.
    """

    key_pressed = Signal(object)

    def __init__(self, number: int, text: str, metric_label: str, row: QWidget) -> None:
        unable = translate("today", "could not say")
        super().__init__(unable if number == UNABLE else text, row)
        self.number = number
        if number == UNABLE:
            name = translate("today", "{label} could not say").format(label=metric_label)
            self.setToolTip(unable)
        elif text == str(number):
            name = translate("today", "{label} {number} of 10").format(
                label=metric_label, number=number
            )
        else:
            name = f"{metric_label} {text}"
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def is_hovered(self) -> bool:
        """Whether the mouse is over it and a click would choose it."""
        return self.underMouse() and self.isEnabled()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(look().px(RATING_CELL), look().px(RATING_CELL))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the row: one call for all."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._repaint_row()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint_row()

    def _repaint_row(self) -> None:
        """Let the words of the row with the keyboard be dark, and only those."""
        row = self.parentWidget()
        if row is not None:
            row.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            self.key_pressed.emit(event)
