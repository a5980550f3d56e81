"""Paints one cell, alike in the month, the year and the legend; no two kinds differ by colour only.

A value is a number, on the ramp where it is on a scale. Too unwell is hatched both ways, paused two
bars on a quiet ground, empty a thin edge, not asked a point, and a day to come nothing. A dotted
edge inside says "added later", a corner that something happened, two edges that it is today.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from moodlab.domain.ratings import DayState
from moodlab.theme import TYPE
from moodlab.ui.history.calendar.cells import DayCell, Mark
from moodlab.ui.look.style import look

# Of relative luminance: where black and white stand out alike.
_MIDDLE = 0.179
_BARE = (Mark.TO_COME, Mark.NOT_ASKED)
_DOTS = [1.0, 2.0]


class Measures(NamedTuple):
    """Lengths of a cell, in design pixels; a `hatch` of 0 is a cross."""

    radius: float
    hatch: float
    inset: float
    dot: float
    corner: float
    sign: float


# How far the ring of the chosen day stands out, in pixels.
RING = 4
LARGE = Measures(radius=6, hatch=8, inset=3, dot=1.5, corner=9, sign=14)
SMALL = Measures(radius=3, hatch=0, inset=1.5, dot=1, corner=4, sign=7)
# In the legend of a month.
SAMPLE = SMALL._replace(hatch=4)


def paint_cell(painter: QPainter, area: QRectF, cell: DayCell, number: str) -> None:
    """Paint a cell in which the day's `number` and the value can be read."""
    ink = _paint_ground(painter, area, cell, LARGE)
    if cell.mark is Mark.PAUSED:
        _paint_bars(painter, _middle(_lower(area), _px(LARGE.sign)), look().color("muted"))
    elif cell.state is not None and cell.mark is not Mark.UNWELL:
        _paint_state(painter, _upper_corner(area, _px(9), _px(6)), cell.state, ink)
    _paint_text(painter, area, cell.text, ink)
    _paint_number(painter, area, cell, number, ink)
    _paint_extras(painter, area, cell, ink, LARGE)


def paint_small_cell(
    painter: QPainter, area: QRectF, cell: DayCell, measures: Measures = SMALL
) -> None:
    """Paint a cell of a year, where colour or height stand for the number."""
    is_number = cell.level is not None and not look().theme.ramp
    is_share = cell.mark is Mark.VALUE and cell.level is None
    if is_share:
        _paint_share(painter, area, cell)
    ink = look().color("text")
    if not is_number:
        ink = _paint_ground(painter, area, cell, measures)
    middle = _middle(area, _px(measures.sign))
    if cell.mark is Mark.UNABLE:
        level = area.center().y()
        painter.setPen(QPen(ink, _px(1.5)))
        painter.drawLine(QPointF(middle.left(), level), QPointF(middle.right(), level))
    elif cell.state is not None and not (cell.mark is Mark.UNWELL and measures.hatch):
        _paint_state(painter, middle, cell.state, ink)
    elif is_number:
        painter.setPen(ink)
        painter.setFont(look().font(TYPE.tiny, strong=True))
        # Ten as it is typed: two figures are too wide.
        text = "X" if cell.level == 10 else str(cell.level)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    _paint_extras(
        painter, area, cell._replace(is_late=cell.is_late and not is_share), ink, measures
    )


def paint_chosen(painter: QPainter, area: QRectF, measures: Measures, *, has_focus: bool) -> None:
    """Paint the ring of the chosen day: further out and wider while it has the keyboard."""
    reach = 3.0 if has_focus else 1.0
    painter.setPen(QPen(look().color("focus"), 2.0 if has_focus else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = _px(measures.radius) + reach
    painter.drawRoundedRect(area.adjusted(-reach, -reach, reach, reach), radius, radius)


def _px(size: float) -> float:
    return max(1.0, float(look().px(size)))


def _ink_on(color: QColor) -> QColor:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    is_light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > _MIDDLE
    return QColor(Qt.GlobalColor.black if is_light else Qt.GlobalColor.white)


def _is_filled(cell: DayCell) -> bool:
    return cell.level is not None and bool(look().theme.ramp)


def _paint_ground(painter: QPainter, area: QRectF, cell: DayCell, measures: Measures) -> QColor:
    """Paint fill, hatch and edge, and return the colour of what is written on it."""
    shown = look()
    fill, ink = QColor(Qt.GlobalColor.transparent), shown.color("text")
    if cell.level is not None and _is_filled(cell):
        fill = QColor(shown.theme.ramp[cell.level])
        ink = _ink_on(fill)
    elif cell.mark is Mark.PAUSED:
        fill = shown.color("range_band")
    if cell.mark is Mark.NOT_ASKED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.color("muted"))
        painter.drawEllipse(area.center(), _px(measures.dot), _px(measures.dot))
    if cell.mark in _BARE:
        return ink
    painter.setBrush(fill)
    painter.setPen(QPen(shown.color("hairline"), 1))
    if cell.level is not None and _is_filled(cell) and cell.level > 1:
        painter.setPen(Qt.PenStyle.NoPen)
    radius = _px(measures.radius)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if cell.mark is Mark.UNWELL and measures.hatch:
        _paint_hatch(painter, area, radius, _px(measures.hatch))
    return ink


def _paint_hatch(painter: QPainter, area: QRectF, radius: float, step: float) -> None:
    clip = QPainterPath()
    clip.addRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)
    painter.save()
    painter.setClipPath(clip)
    painter.setPen(QPen(look().color("gap_hatch"), 1))
    x = area.left() - area.height()
    while x < area.right() + area.height():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        painter.drawLine(QPointF(x, area.top()), QPointF(x + area.height(), area.bottom()))
        x += step
    painter.restore()


def _paint_share(painter: QPainter, area: QRectF, cell: DayCell) -> None:
    """Fill a small cell up to a share of its height; nothing of it is a line at its foot.

    What was added later is hollow, as in the charts' strip of days.
    """
    inside = area.adjusted(1, 1, -1, -1)
    inside.setTop(inside.bottom() - max(_px(2), inside.height() * cell.share))
    painter.fillRect(inside, look().color("muted"))
    if cell.is_late:
        edge = _px(1.5)
        hollow = inside.adjusted(edge, edge, -edge, -edge)
        if hollow.height() > 0:
            painter.fillRect(hollow, look().color("window"))


def _paint_text(painter: QPainter, area: QRectF, text: str, ink: QColor) -> None:
    if not text:
        return
    room = _lower(area).adjusted(_px(4), 0, -_px(4), 0)
    font = _largest_that_fits(text, room.width())
    painter.setFont(font)
    painter.setPen(ink)
    words = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _largest_that_fits(text: str, width: float) -> QFont:
    for size in (TYPE.section, TYPE.quiet):
        font = look().font(size, strong=True)
        if QFontMetricsF(font).horizontalAdvance(text) <= width:
            return font
    return look().font(TYPE.tiny, strong=True)


def _paint_number(painter: QPainter, area: QRectF, cell: DayCell, number: str, ink: QColor) -> None:
    shown = look()
    font = shown.font(TYPE.quiet, strong=cell.is_today)
    place = area.adjusted(_px(7), _px(5), 0, 0)
    painter.setFont(font)
    if cell.mark is Mark.UNWELL:
        # The hatch leaves it readable.
        measure = QFontMetricsF(font)
        width, height = measure.horizontalAdvance(number) + _px(6), measure.height()
        painter.fillRect(
            QRectF(place.left() - _px(3), place.top(), width, height), shown.color("window")
        )
    is_strong = _is_filled(cell) or cell.is_today
    painter.setPen(ink if is_strong else shown.color("muted"))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, number)


def _paint_extras(
    painter: QPainter, area: QRectF, cell: DayCell, ink: QColor, measures: Measures
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset, radius = _px(measures.inset), _px(measures.radius)
    if cell.is_late:
        pen = QPen(ink, 1.5 if measures is LARGE else 1)
        pen.setDashPattern(_DOTS)
        painter.setPen(pen)
        inner = max(radius - inset, 1)
        # Dots as small as a pixel are clear only on pixels.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, measures is LARGE)
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), inner, inner)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if cell.is_today:
        painter.setPen(QPen(look().color("text"), 1.5))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if measures is LARGE:
            painter.setPen(QPen(ink, 1))
            painter.drawRoundedRect(area.adjusted(3.5, 3.5, -3.5, -3.5), radius - 3, radius - 3)
    if cell.has_event:
        corner = _px(measures.corner)
        foot = area.bottomRight() - QPointF(1, 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([foot, foot - QPointF(corner, 0), foot - QPointF(0, corner)]))


def _paint_state(painter: QPainter, area: QRectF, state: DayState, ink: QColor) -> None:
    if state is DayState.PAUSED:
        _paint_bars(painter, area, ink)
        return
    painter.setPen(QPen(ink, _px(1.5)))
    painter.drawLine(area.topLeft(), area.bottomRight())
    painter.drawLine(area.topRight(), area.bottomLeft())


def _paint_bars(painter: QPainter, area: QRectF, ink: QColor) -> None:
    width = area.width() * 0.25
    for left in (area.left() + width * 0.5, area.right() - width * 1.5):
        painter.fillRect(QRectF(left, area.top(), width, area.height()), ink)


def _middle(area: QRectF, size: float) -> QRectF:
    half = size / 2
    return QRectF(area.center().x() - half, area.center().y() - half, size, size)


def _lower(area: QRectF) -> QRectF:
    """Return what the day's number leaves of a cell."""
    return area.adjusted(0, area.height() * 0.22, 0, 0)


def _upper_corner(area: QRectF, size: float, margin: float) -> QRectF:
    return QRectF(area.right() - margin - size, area.top() + margin, size, size)
