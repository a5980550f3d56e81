"""The words at the left of a row: its name, what it is about, and what its ends mean."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from moodlab.theme import TYPE
from moodlab.ui.look.style import look


def paint_words(
    painter: QPainter,
    room: QSize,
    label: str,
    when: str,
    lines: Sequence[tuple[str, str]],
    *,
    is_dark: bool,
) -> None:
    """Paint `label` with `when` beside it and up to two `lines` of a number and its meaning below.

    Nothing is cut at the foot of a low row; what is too long is elided.
    """
    shown, width, height = look(), room.width(), room.height()
    name_font, quiet_font = shown.font(TYPE.label, strong=True), shown.font(TYPE.quiet)
    name, quiet = QFontMetricsF(name_font), QFontMetricsF(quiet_font)
    # Lines move together where the row is low. A line has more empty room above its letters than
    # below.
    pitch = min(quiet.height(), (height - name.height() - shown.px(1)) / 2)
    above = name.ascent() - name.capHeight()
    top = (height - name.height() - len(lines) * pitch - above * bool(lines)) / 2
    painter.setFont(name_font)
    painter.setPen(shown.color("text"))
    baseline = top + name.ascent()
    elided = name.elidedText(label, Qt.TextElideMode.ElideRight, width)
    painter.drawText(QPointF(0, baseline), elided)
    painter.setFont(quiet_font)
    painter.setPen(shown.color("text" if is_dark else "muted"))
    if when:
        beside = name.horizontalAdvance(elided) + shown.px(8)
        words = quiet.elidedText(when, Qt.TextElideMode.ElideRight, width - beside)
        painter.drawText(QPointF(beside, baseline), words)
    indent = shown.px(18)
    for line, (number, anchor) in enumerate(lines, start=1):
        foot = top + name.height() + line * pitch - quiet.descent()
        painter.drawText(QPointF(0, foot), number)
        meaning = quiet.elidedText(anchor, Qt.TextElideMode.ElideRight, width - indent)
        painter.drawText(QPointF(indent, foot), meaning)
