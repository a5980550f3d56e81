"""One place that was found: its kind and day, below it the words with the found ones marked."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from moodlab.domain.days import long_date
from moodlab.domain.history.finding import Hit
from moodlab.i18n import translate
from moodlab.theme import RADIUS, TYPE
from moodlab.ui.look.style import look

HIT = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
# Around and between the two lines, in design pixels.
_MARGIN, _GAP = 8, 2


class HitModel(QAbstractListModel):
    """Gives the hits to the list, and their words to a screen reader."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: tuple[Hit, ...] = ()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Take others."""
        self.beginResetModel()
        self.shown = hits
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Hit | str | None:
        hit = self.shown[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            form = translate("find", "{place}: {text}")
            return form.format(place=_place(hit), text=hit.excerpt.text)
        return None


class HitDrawing(QStyledItemDelegate):
    """Draws the words as they are, never as markup."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        lines = sum(_height(font) for font in (_quiet(), _plain()))
        return QSize(0, lines + look().px(2 * _MARGIN + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        hit: Hit = index.data(HIT)
        current, px = look(), look().px
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(current.color("accent_soft"))
            painter.drawRoundedRect(area, px(RADIUS), px(RADIUS))
        inside = area.adjusted(px(_MARGIN), px(_MARGIN), -px(_MARGIN), -px(_MARGIN))
        painter.setPen(current.color("muted"))
        painter.setFont(_quiet())
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop, _place(hit))
        painter.setPen(current.color("text"))
        below = inside.top() + _height(_quiet()) + px(_GAP)
        painter.setClipRect(inside)
        _lay_out(hit, inside.width()).draw(painter, QPointF(inside.left(), below))
        painter.restore()


def _place(hit: Hit) -> str:
    form = translate("find", "{kind}, {day}")
    return form.format(kind=hit.kind, day=long_date(hit.day))


def _lay_out(hit: Hit, width: int) -> QTextLayout:
    """Lay the words out in one line; those before give way, so that the found ones are seen."""
    before, match, after = hit.excerpt
    metrics = QFontMetrics(_plain())
    room = max(0, width - QFontMetrics(_strong()).horizontalAdvance(match))
    before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room // 2)
    room -= metrics.horizontalAdvance(before)
    after = metrics.elidedText(after, Qt.TextElideMode.ElideRight, max(0, room))
    layout = QTextLayout(before + match + after, _plain())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    marked = QTextCharFormat()
    marked.setFontWeight(QFont.Weight.DemiBold)
    marked.setFontUnderline(True)
    span = QTextLayout.FormatRange()
    span.start, span.length, span.format = _units(before), _units(match), marked
    layout.setFormats([span])
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    """Return the length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def _quiet() -> QFont:
    return look().font(TYPE.quiet)


def _plain() -> QFont:
    return look().font(TYPE.body)


def _strong() -> QFont:
    return look().font(TYPE.body, strong=True)


def _height(font: QFont) -> int:
    return QFontMetrics(font).height()
