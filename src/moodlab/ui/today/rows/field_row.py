"""A row that is answered by typing: a number with its unit, or hours."""

from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import THOUSAND, Kind, Metric
from moodlab.domain.ratings import (
    Answer,
    duration_text,
    example_of,
    field_text,
    parse_rating,
)
from moodlab.i18n import translate
from moodlab.theme import TYPE
from moodlab.ui.look.conventions import decimal_text
from moodlab.ui.look.style import look
from moodlab.ui.today.rows.rating_cell import UNABLE
from moodlab.ui.today.rows.rating_row import FOLD_COLUMNS, RatingRow
from moodlab.ui.widgets.line import Line, mark

# How many of a rating's buttons the field is wide.
_WIDE = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldRow(RatingRow):
    """A field where 0 to 2 stand in other rows. What is typed is sent when the field is left.

    `given(thousandths, or None for an emptied field)`; `refused(sentence)` when it can't be read,
    with the text left as it is; `entered` when Enter goes on to the next row.
    """

    numbers: ClassVar[tuple[int, ...]] = (UNABLE,)
    given = Signal(object)
    refused = Signal(str)
    entered = Signal()

    def __init__(self, metric: Metric, parent: QWidget) -> None:
        super().__init__(metric, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field = _Field(self)
        unit = metric.unit if metric.kind is Kind.NUMBER else translate("today", "hours")
        self.field.setAccessibleName(f"{metric.label}, {unit}" if unit else metric.label)
        self.field.textEdited.connect(lambda _text: self._follow_typing())
        self.field.left.connect(self.commit)
        self._place_cells()

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """The field; “could not say” is typed there as a dash, or clicked."""
        return (self.field,)

    @property
    def tab_stop(self) -> QWidget:
        """The field."""
        return self.field

    def number_for(self, event: QKeyEvent) -> int | None:
        """Return None: what is typed goes into the field."""
        return None

    def take_focus(self) -> None:
        """Give the field the keyboard."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def has_focus(self) -> bool:
        """Whether the field has the keyboard."""
        return self.field.hasFocus()

    def show_answer(self, answer: Answer | None, *, is_unsaved: bool = False) -> None:
        """Show `answer`, unless something else is typed there that can't be read."""
        if not self.field.isModified():
            value = answer.value if answer else None
            text = "" if value is None else field_text(self.subject, value)
            self.field.setText(decimal_text(text))
            self.field.setModified(False)
        super().show_answer(answer, is_unsaved=is_unsaved)

    def commit(self) -> None:
        """Send what was typed, if it can be read and is new."""
        if not self.field.isModified():
            return
        try:
            value = self._read()
        except Refused as error:
            mark(self.field, error.sentence)
            self.refused.emit(error.sentence)
            return
        mark(self.field, "")
        self.field.setModified(False)
        if value != (self.answer and self.answer.value):
            self.given.emit(value)
        else:
            self.show_answer(self.answer, is_unsaved=self.is_unsaved)

    def forget(self) -> None:
        """Let go of what could not be read, when the day is left."""
        self.field.setModified(False)
        mark(self.field, "")

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that is not for the field itself; say if it was one."""
        key, text = event.key(), self.field.text()
        if key == Qt.Key.Key_Escape and self.field.isModified():
            self.forget()
            self.show_answer(self.answer, is_unsaved=self.is_unsaved)
        elif key in _ENTER:
            self.commit()
            if not self.field.isModified():
                self.entered.emit()
        elif (key in (Qt.Key.Key_Minus, Qt.Key.Key_Backspace) and not text) or key in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            if key == Qt.Key.Key_Minus and self.subject.minimum < 0:
                return False
            self.key_pressed.emit(event)
        else:
            return False
        return True

    def _read(self) -> int | None:
        text = self.field.text().strip()
        return parse_rating(self.subject, text) if text else None

    def _follow_typing(self) -> None:
        mark(self.field, "")
        self.update()

    def _lines(self) -> list[tuple[str, str]]:
        return []

    def _height(self) -> int:
        return self._line_height * (2 if self._is_stacked() else 1)

    def _cell_areas(self) -> dict[int, QRect]:
        grid = self._grid()
        return {UNABLE: grid[FOLD_COLUMNS - 1] if self._is_folded() else grid[UNABLE]}

    def _place_cells(self) -> None:
        super()._place_cells()
        grid = self._grid()
        self.field.setGeometry(grid[0].united(grid[_WIDE - 1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        shown, field = look(), self.field.geometry()
        painter.setFont(shown.font(TYPE.label))
        painter.setPen(shown.color("muted"))
        left = field.right() + shown.px(10)
        place = QRectF(left, field.top(), self._cell_areas()[UNABLE].left() - left, field.height())
        words = painter.fontMetrics().elidedText(
            self._echo(), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)

    def _echo(self) -> str:
        """Return what stands behind the field: the unit, the hours in words, or an example."""
        try:
            value = self._read()
        except Refused:
            # Half-typed text is not wrong yet; the sentence comes when the field is left.
            return translate("today", "such as {example}").format(example=example_of(self.subject))
        if self.subject.kind is Kind.NUMBER:
            words = self.subject.unit
        elif value is None:
            words = translate("today", "such as {example}").format(example=example_of(self.subject))
        else:
            words = duration_text(value // THOUSAND)
        is_imported = self.answer is not None and self.answer.imported
        imported = translate("today", "imported") if is_imported else ""
        return ", ".join(filter(None, (words, "" if self.field.isModified() else imported)))

    def _paint_answer(self, painter: QPainter, answer: Answer, value: int, place: QRectF) -> None:
        """Paint nothing: the field shows it."""


class _Field(Line):
    """The line itself. `left` when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, row: FieldRow) -> None:
        super().__init__(row)
        self._row = row

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._row.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._row.update()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._row.press(event):
            super().keyPressEvent(event)
