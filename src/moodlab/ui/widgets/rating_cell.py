"""One answer and the button that stands for it."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QRadioButton

from moodlab.domain.metrics import THOUSAND
from moodlab.domain.ratings import number_text
from moodlab.i18n import translate
from moodlab.theme import RATING_CELL
from moodlab.ui.style import look

if TYPE_CHECKING:
    from moodlab.ui.widgets.rating_row import RatingRow

HIGHEST = 10


class Answer(NamedTuple):
    """What a row shows: thousandths, or None for "could not say". A row without one is open."""

    value: int | None
    imported: bool = False

    @property
    def button(self) -> int | None:
        """The number of the button that stands for it, if one does."""
        if self.value is None or self.value % THOUSAND:
            return None
        return self.value // THOUSAND

    def in_words(self) -> str:
        """Return it as it is read out."""
        if self.value is None:
            return translate("today", "could not say")
        if self.imported:
            return translate("today", "{value}, imported").format(value=number_text(self.value))
        return number_text(self.value)


class RatingCell(QRadioButton):
    """One number. A real radio button, so its role and state are told; its row paints it."""

    def __init__(self, number: int, row: "RatingRow") -> None:
        super().__init__(str(number), row)
        self.number = number
        self.setAccessibleName(
            translate("today", "{label} {number} of 10").format(
                label=row.subject.label, number=number
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(look().px(RATING_CELL), look().px(RATING_CELL))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the painting to the row: one call for eleven."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            self.parentWidget().key_pressed.emit(event)
