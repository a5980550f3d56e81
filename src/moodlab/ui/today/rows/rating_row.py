"""One rating: its name and anchors, buttons from 0 to 10 and for none, its answer in figures."""

import itertools
from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QMenu, QSizePolicy, QWidget

from moodlab.domain.metrics import Every, Metric
from moodlab.domain.ratings import Answer, answer_text, number_text
from moodlab.i18n import translate
from moodlab.theme import RATING_CELL, TYPE
from moodlab.ui.look.conventions import decimal_text
from moodlab.ui.look.look import Look
from moodlab.ui.look.style import look
from moodlab.ui.today.rows.rating_cell import (
    HIGHEST,
    NUMBER_KEYS,
    NUMBER_TEXTS,
    NUMBERS,
    UNABLE,
    RatingCell,
    paint_cells,
)
from moodlab.ui.today.rows.row_words import paint_words

LABEL_WIDTH, NARROW_LABEL_WIDTH, VALUE_WIDTH = 228, 172, 58
GAP, NARROW_GAP = 4, 3
# A row is as high as the page has room for.
LOWEST, ROW_HEIGHT, HIGHEST_ROW = 43, 56, 60
NARROWEST_CELL, WIDEST_CELL = 30, 52
COLUMNS, FOLD_COLUMNS = UNABLE + 1, 6
AFTER_PAINT_MS = 30
TEN = (Qt.Key.Key_X, Qt.Key.Key_Plus, Qt.Key.Key_Asterisk)


def row_width(columns: int = COLUMNS, cell: int = RATING_CELL, gap: int = GAP) -> int:
    """Return the width in design pixels of a row with a narrow label."""
    return NARROW_LABEL_WIDTH + columns * (cell + gap) - gap + VALUE_WIDTH


WIDEST_ROW = row_width(cell=WIDEST_CELL) + LABEL_WIDTH - NARROW_LABEL_WIDTH


class RatingRow(QGroupBox):
    """A row with one tab stop. It shows an answer and says what was asked for; it saves nothing.

    It paints its buttons itself, so that they can be made after the first paint, or when the
    keyboard comes.

    `clicked(int)`: a button was clicked, `UNABLE` for could not say; `key_pressed(QKeyEvent)`: any
    key but Space; `chosen_unable()` and `chosen_clear()`: from the row's menu.
    """

    # What the buttons stand for, in order, and the number that the last of them before “–” has.
    numbers: ClassVar[tuple[int, ...]] = NUMBERS
    highest: ClassVar[int] = HIGHEST

    clicked = Signal(int)
    key_pressed = Signal(object)
    chosen_unable = Signal()
    chosen_clear = Signal()

    def __init__(self, metric: Metric, parent: QWidget) -> None:
        super().__init__(parent)
        # Not “metric”: that is a method of every paint device, which Qt calls.
        self.subject = metric
        self.answer: Answer | None = None
        self.is_unsaved = False
        self._line_height = look().px(ROW_HEIGHT)
        self._fitted: Look | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._cells: tuple[RatingCell, ...] = ()
        self._is_painted = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.clicked)
        self._set_height()
        self._describe()

    @property
    def cells(self) -> tuple[RatingCell, ...]:
        """The buttons from 0 to 10, and the one for could not say."""
        if not self._cells:
            self._make_cells()
        return self._cells

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What stands here in the order of Tab: the row itself until its buttons are made."""
        return self._cells or (self,)

    @property
    def tab_stop(self) -> QWidget:
        """The button that Tab reaches: the checked one, or the first."""
        chosen = self._chosen
        return self.cells[0 if chosen is None else self.numbers.index(chosen)]

    @property
    def _chosen(self) -> int | None:
        """Which button holds, if one does."""
        if self.answer is not None and self.answer.value is None:
            return UNABLE
        button = self.answer.button if self.answer else None
        return button if button in self.numbers else None

    def cell(self, number: int) -> RatingCell:
        """Return the button for `number`."""
        return self.cells[self.numbers.index(number)]

    def number_for(self, event: QKeyEvent) -> int | None:
        """Return the answer that a key stands for: the main row, the keypad, or X for ten."""
        if event.key() in TEN:
            return HIGHEST
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            return int(event.key()) - int(Qt.Key.Key_0)
        return None

    def commit(self) -> None:
        """Send what is typed and was not sent yet; buttons send at once."""

    def forget(self) -> None:
        """Let go of what is typed and can't be read."""

    def take_focus(self) -> None:
        """Give this row the keyboard."""
        self.tab_stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether one of the buttons has the keyboard."""
        return any(cell.hasFocus() for cell in self._cells)

    def show_answer(self, answer: Answer | None, *, is_unsaved: bool = False) -> None:
        """Show `answer`, or an open row for None."""
        self.answer, self.is_unsaved = answer, is_unsaved
        if self._cells:
            self._mark_cells()
        self._describe()
        self.update()

    def _make_cells(self) -> None:
        """Make the buttons and let them take this row's turn in the order of Tab."""
        if self._cells:
            return
        self._cells = tuple(
            RatingCell(number, self._texts[number], self.subject.label, self)
            for number in self.numbers
        )
        for before, after in itertools.pairwise((self, *self._cells)):
            self.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for cell in self._cells:
            self._group.addButton(cell, cell.number)
            cell.key_pressed.connect(self.key_pressed)
        self._place_cells()
        self._mark_cells()
        for cell in self._cells:
            cell.show()

    def _mark_cells(self) -> None:
        """Check the answer's button and make it the tab stop."""
        had_focus = self.has_focus()
        number = self._chosen
        self._group.setExclusive(False)
        for cell in self.cells:
            is_checked = cell.number == number
            if cell.isChecked() != is_checked:
                cell.setChecked(is_checked)
        self._group.setExclusive(True)
        stop = self.tab_stop
        for cell in self.cells:
            wanted = Qt.FocusPolicy.StrongFocus if cell is stop else Qt.FocusPolicy.ClickFocus
            if cell.focusPolicy() is not wanted:
                cell.setFocusPolicy(wanted)
        if had_focus and not stop.hasFocus():
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_high(self, height: int) -> None:
        """Take so many pixels for the name, and for each line of buttons that goes on below it."""
        if height != self._line_height:
            self._line_height = height
            self._set_height()
            self._place_cells()

    @property
    def height_below(self) -> int:
        """What this row takes beyond one line, in pixels."""
        return self._height() - self._line_height

    @property
    def buttons_left(self) -> int:
        """Where the buttons begin, or would if they stood beside the name."""
        return look().px(NARROW_LABEL_WIDTH) if self._is_stacked() else self._label_width()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.take_focus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(translate("today", "Could not say"), self.chosen_unable.emit)
        clear = menu.addAction(translate("today", "Clear"), self.chosen_clear.emit)
        clear.setEnabled(self.answer is not None)
        menu.popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self._fitted is not look():
            self._fitted = look()
            self._set_height()
            self._place_cells()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_height()
        self._place_cells()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(FOLD_COLUMNS * (NARROWEST_CELL + GAP) + VALUE_WIDTH), self._height())

    def sizeHint(self) -> QSize:
        return QSize(look().px(row_width()), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        areas = self._cell_areas()
        paint_words(
            painter,
            QSize(self._label_width() - look().px(8), self._line_height),
            self.subject.label,
            self._when,
            self._lines(),
            is_dark=self.has_focus(),
        )
        self._paint_value(painter)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        chosen = self._chosen
        hovered = next((cell.number for cell in self._cells if cell.is_hovered), None)
        paint_cells(
            painter, areas, chosen=chosen, hovered=hovered, texts=self._texts, keys=self._keys
        )
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(AFTER_PAINT_MS, self._make_cells)

    def _describe(self) -> None:
        lines = (" ".join(line) for line in self._lines())
        self.setAccessibleName(", ".join((self.subject.label, *filter(None, (self._when, *lines)))))
        answer = self.answer
        told = decimal_text(answer_text(self.subject, answer)) if answer else ""
        self.setAccessibleDescription(told)

    @property
    def _texts(self) -> Mapping[int, str]:
        """What stands on the buttons."""
        return NUMBER_TEXTS

    @property
    def _keys(self) -> Mapping[int, str]:
        """Which keys the buttons have beside their text."""
        return NUMBER_KEYS

    @property
    def _when(self) -> str:
        """What the question is about where it is not asked every day."""
        return {
            Every.DAY: "",
            Every.WEEK: translate("today", "this week"),
            Every.MONTH: translate("today", "this month"),
        }[self.subject.every]

    def _lines(self) -> list[tuple[str, str]]:
        """Return what stands under the name: numbers and what they mean."""
        ends = ((0, self.subject.low_anchor), (HIGHEST, self.subject.high_anchor))
        return [(str(number), anchor) for number, anchor in ends if anchor]

    def _is_folded(self) -> bool:
        return self.width() < look().px(row_width(COLUMNS, NARROWEST_CELL, NARROW_GAP))

    def _is_stacked(self) -> bool:
        return self.width() < look().px(row_width(FOLD_COLUMNS, NARROWEST_CELL))

    def _label_width(self) -> int:
        if self._is_stacked():
            return self.width()
        columns = FOLD_COLUMNS if self._is_folded() else COLUMNS
        spare = max(0, self.width() - look().px(row_width(columns)))
        return min(look().px(LABEL_WIDTH), look().px(NARROW_LABEL_WIDTH) + spare)

    def _height(self) -> int:
        below = look().px(RATING_CELL + GAP) if self._is_folded() else 0
        return self._line_height * (2 if self._is_stacked() else 1) + below

    def _set_height(self) -> None:
        if self.minimumHeight() != self._height():
            self.setFixedHeight(self._height())

    def _place_cells(self) -> None:
        areas = self._cell_areas()
        for cell in self._cells:
            cell.setGeometry(areas[cell.number])

    def _cell_areas(self) -> dict[int, QRect]:
        """Return where the buttons stand."""
        return dict(zip(self.numbers, self._grid(), strict=True))

    def _grid(self) -> list[QRect]:
        """Return the twelve places of buttons, in one line or, where it is narrow, in two."""
        px = look().px
        columns = FOLD_COLUMNS if self._is_folded() else COLUMNS
        left = 0 if self._is_stacked() else self._label_width()
        height = px(RATING_CELL)
        top = (self._line_height if self._is_stacked() else 0) + (self._line_height - height) // 2
        room = self.width() - left - px(VALUE_WIDTH) + px(GAP)
        pitch = min(room // columns, px(WIDEST_CELL + GAP))
        gap = px(GAP if pitch >= px(RATING_CELL + GAP) else NARROW_GAP)
        return [
            QRect(
                left + number % columns * pitch,
                top + number // columns * px(RATING_CELL + GAP),
                pitch - gap,
                height,
            )
            for number in range(COLUMNS)
        ]

    def _paint_value(self, painter: QPainter) -> None:
        shown = look()
        top = self._line_height if self._is_stacked() else 0
        width = shown.px(VALUE_WIDTH)
        right = self._grid()[FOLD_COLUMNS - 1 if self._is_folded() else UNABLE].right()
        place = QRectF(right + 1, top, width, self._line_height)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.is_unsaved:
            painter.setFont(shown.font(TYPE.quiet))
            painter.setPen(shown.color("error"))
            mark = place.adjusted(shown.px(10), 0, 0, 0)
            painter.drawText(mark, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "▲")
        if self.answer is None:
            return
        painter.setPen(shown.color("text"))
        if self.answer.value is None:
            painter.setFont(shown.font(TYPE.quiet))
            flags |= Qt.TextFlag.TextWordWrap
            painter.drawText(place.adjusted(shown.px(6), 0, 0, 0), flags, self.answer.in_words())
            return
        self._paint_answer(painter, self.answer, self.answer.value, place)

    def _paint_answer(self, painter: QPainter, answer: Answer, value: int, place: QRectF) -> None:
        """Paint the answer in figures at the end of the row."""
        shown = look()
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(shown.font(TYPE.figure, strong=True))
        if answer.imported:
            upper = place.adjusted(0, 0, 0, -shown.px(14))
            painter.drawText(upper, flags, decimal_text(number_text(value)))
            painter.setFont(shown.font(TYPE.quiet))
            painter.setPen(shown.color("muted"))
            lower = place.adjusted(0, shown.px(26), 0, 0)
            painter.drawText(lower, flags, translate("today", "imported"))
            return
        painter.drawText(place, flags, decimal_text(number_text(value)))
