"""How a row of the list is painted, and which part of it was clicked."""

import math
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from moodlab.theme import RADIUS, TYPE
from moodlab.ui.look.style import look

ENTRY = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex

_ROW, _HEADING = 52, 34
# From the left: the box; from the right: the grip and the star.
_BOX, _SIDE, _GRIP = 18, 44, 26


class Part(Enum):
    """What of a row a click meets."""

    BOX = auto()
    STAR = auto()


class MetricDelegate(QStyledItemDelegate):
    """`clicked(entry, part)` is sent for a box or a star."""

    clicked = Signal(object, object)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_metric = bool(index.data(ENTRY) and index.data(ENTRY)[0])
        return QSize(look().px(200), look().px(_ROW if is_metric else _HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        area, state = QRect(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not entry.id:
            _paint_heading(painter, area, entry.text)
        else:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            _paint_ground(painter, area, is_chosen=is_chosen, is_hovered=is_hovered)
            _paint_box(painter, _box_area(area), is_ticked=entry.is_asked)
            _paint_words(painter, area, entry)
            _paint_star(painter, _star_area(area), is_full=entry.is_short)
            if entry.is_movable and (is_chosen or is_hovered):
                _paint_grip(painter, area)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        entry = index.data(ENTRY)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and entry.id
        ):
            area, place = QRect(option.rect), event.position().toPoint()
            if place.x() - area.left() < look().px(_SIDE):
                self.clicked.emit(entry, Part.BOX)
            elif _star_target(area).contains(place):
                self.clicked.emit(entry, Part.STAR)
        return False


def _box_area(area: QRect) -> QRectF:
    size = look().px(_BOX)
    return QRectF(area.left() + look().px(12), area.center().y() - size / 2 + 0.5, size, size)


def _star_target(area: QRect) -> QRect:
    right = area.right() - look().px(_GRIP)
    return QRect(right - look().px(_SIDE), area.top(), look().px(_SIDE), area.height())


def _star_area(area: QRect) -> QRectF:
    size, target = look().px(18), _star_target(area)
    return QRectF(target.center().x() - size / 2, target.center().y() - size / 2, size, size)


def _paint_heading(painter: QPainter, area: QRect, text: str) -> None:
    shown = look()
    painter.setFont(shown.font(TYPE.heading, strong=True))
    painter.setPen(shown.color("muted"))
    words = area.adjusted(shown.px(12), 0, 0, -shown.px(6))
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)
    line = max(1, shown.px(1))
    painter.fillRect(area.adjusted(0, area.height() - line, 0, 0), shown.color("hairline"))


def _paint_ground(painter: QPainter, area: QRect, *, is_chosen: bool, is_hovered: bool) -> None:
    if not (is_chosen or is_hovered):
        return
    shown = look()
    edge = shown.theme.control_border_width
    painter.setPen(QPen(shown.color("text"), edge) if is_chosen and edge > 1 else Qt.PenStyle.NoPen)
    painter.setBrush(shown.color("accent_soft"))
    painter.setOpacity(1.0 if is_chosen else 0.5)
    painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), shown.px(RADIUS), shown.px(RADIUS))
    painter.setOpacity(1.0)


def _paint_box(painter: QPainter, box: QRectF, *, is_ticked: bool) -> None:
    shown = look()
    edge = shown.theme.control_border_width
    painter.setPen(QPen(shown.color("accent" if is_ticked else "control_border"), edge))
    painter.setBrush(shown.color("accent" if is_ticked else "control"))
    painter.drawRoundedRect(box, shown.px(4), shown.px(4))
    if is_ticked:
        pen = QPen(shown.color("on_accent"), shown.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        corners = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
        painter.drawPolyline(
            [
                QPointF(box.left() + x * box.width(), box.top() + y * box.height())
                for x, y in corners
            ]
        )


def _paint_words(painter: QPainter, area: QRect, entry: Any) -> None:
    shown = look()
    left, right = area.left() + shown.px(_SIDE), _star_target(area).left()
    name_font, quiet_font = shown.font(TYPE.label, strong=entry.is_asked), shown.font(TYPE.quiet)
    name, quiet = QFontMetricsF(name_font), QFontMetricsF(quiet_font)
    room, elide = right - left, Qt.TextElideMode.ElideRight
    top = area.top() + (area.height() - name.height() - quiet.height()) / 2
    painter.setFont(name_font)
    painter.setPen(shown.color("text"))
    painter.drawText(QPointF(left, top + name.ascent()), name.elidedText(entry.text, elide, room))
    painter.setFont(quiet_font)
    painter.setPen(shown.color("muted"))
    foot = top + name.height() + quiet.ascent()
    painter.drawText(QPointF(left, foot), quiet.elidedText(entry.about, elide, room))


def _paint_star(painter: QPainter, area: QRectF, *, is_full: bool) -> None:
    shown = look()
    middle, radius = area.center(), area.width() / 2
    points = []
    for corner in range(10):
        angle = math.pi * (corner / 5 - 0.5)
        reach = radius if corner % 2 == 0 else radius * 0.42
        points.append(
            QPointF(middle.x() + reach * math.cos(angle), middle.y() + reach * math.sin(angle))
        )
    painter.setPen(QPen(shown.color("accent" if is_full else "control_border"), 1.2))
    painter.setBrush(shown.color("accent") if is_full else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(points))


def _paint_grip(painter: QPainter, area: QRect) -> None:
    """Paint six dots: here it can be taken and moved."""
    shown = look()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shown.color("muted"))
    left, middle = area.right() - shown.px(20), area.center().y() + 0.5
    for column in range(2):
        for row in (-1, 0, 1):
            place = QPointF(left + column * shown.px(5), middle + row * shown.px(5))
            painter.drawEllipse(place, shown.px(1.3) + 0.3, shown.px(1.3) + 0.3)
