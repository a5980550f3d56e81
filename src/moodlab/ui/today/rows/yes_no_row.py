"""A row that is answered with no or yes."""

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from moodlab.domain.ratings import Answer
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.today.rows.rating_cell import NUMBER_TEXTS, UNABLE
from moodlab.ui.today.rows.rating_row import FOLD_COLUMNS, RatingRow

NO, YES = 0, 1
# How many of a rating's buttons one of these is wide.
_WIDE = 2


class YesNoRow(RatingRow):
    """No stands where 0 does, and yes to its right. Y and N answer it, and the arrows choose."""

    numbers: ClassVar[tuple[int, ...]] = (NO, YES, UNABLE)
    highest: ClassVar[int] = YES

    def number_for(self, event: QKeyEvent) -> int | None:
        """Return what Y and N stand for."""
        return {Qt.Key.Key_Y: YES, Qt.Key.Key_N: NO}.get(Qt.Key(event.key()))

    @property
    def _texts(self) -> Mapping[int, str]:
        return {
            NO: translate("today", "No"),
            YES: translate("today", "Yes"),
            UNABLE: NUMBER_TEXTS[UNABLE],
        }

    @property
    def _keys(self) -> Mapping[int, str]:
        return {NO: "N", YES: "Y"}

    def _lines(self) -> list[tuple[str, str]]:
        return []

    def _height(self) -> int:
        return self._line_height * (2 if self._is_stacked() else 1)

    def _cell_areas(self) -> dict[int, QRect]:
        grid = self._grid()
        return {
            NO: grid[0].united(grid[_WIDE - 1]),
            YES: grid[_WIDE].united(grid[2 * _WIDE - 1]),
            UNABLE: grid[FOLD_COLUMNS - 1] if self._is_folded() else grid[UNABLE],
        }

    def _paint_answer(self, painter: QPainter, answer: Answer, value: int, place: QRectF) -> None:
        """Say only where it comes from: the button says the rest."""
        if answer.imported:
            painter.setPen(look().color("muted"))
            painter.drawText(
                place,
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                translate("today", "imported"),
            )
