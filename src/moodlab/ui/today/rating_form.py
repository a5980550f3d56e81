"""All ratings of a day: rows grouped by direction, and the keys that walk and answer them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGroupBox, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.metrics import THOUSAND, Direction, Kind, Metric
from moodlab.domain.ratings import Answer
from moodlab.i18n import translate
from moodlab.theme import GRID, TYPE
from moodlab.ui.look.style import look
from moodlab.ui.today.rows.rating_cell import HIGHEST, UNABLE
from moodlab.ui.today.rows.rating_row import HIGHEST_ROW, LOWEST, ROW_HEIGHT, TEN, RatingRow
from moodlab.ui.today.sleep_hours import SleepHours
from moodlab.ui.widgets.text import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The height of the words above a group.
_HEADING = 20
_ORDER = (Direction.HIGHER_WORSE, Direction.HIGHER_BETTER, Direction.NEUTRAL)


class RatingForm(QWidget):
    """Shows rows and turns keys and clicks into wishes; it saves nothing itself.

    `rated(metric id, thousandths or None)` and `cleared(metric id)` ask for a write; `typed(metric
    id)` means that a key answered a row and went on; `finished` means Enter; `left_at_end` that the
    last row was answered; `overtyped` that a digit came after the last row;
    `correction_offered(sentence)` that "1" was followed by "0"; `refused(sentence)` that what was
    typed into a field can't be read.
    """

    rated = Signal(str, object)
    cleared = Signal(str)
    finished = Signal()
    typed = Signal(str)
    left_at_end = Signal()
    overtyped = Signal()
    correction_offered = Signal(str)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RatingRow] = []
        self._groups: list[DirectionGroup] = []
        self._typed_one_in: RatingRow | None = None
        self._replaced: Answer | None = None
        self._offer: tuple[RatingRow, RatingRow | None, Answer | None] | None = None
        self._correction = label("", "body", wrap=True)
        self._correction.setObjectName("correction")
        self._correction.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._fit_look()

    def set_metrics(self, metrics: Iterable[Metric], hint: str) -> None:
        """Build the rows; nothing happens when they are the ones that stand there."""
        # As they stand: else rows of another direction than their neighbours look like new ones.
        wanted = sorted(metrics, key=lambda metric: _ORDER.index(metric.direction))
        if [row.subject for row in self.rows] == wanted:
            return
        self.dismiss_correction()
        for group in self._groups:
            self._layout.removeWidget(group)
            group.hide()
            group.setParent(None)
            group.deleteLater()
        self.rows, self._groups = [], []
        for direction in _ORDER:
            metrics = [metric for metric in wanted if metric.direction is direction]
            if metrics:
                group = DirectionGroup(metrics, "" if self._groups else hint, self)
                self._groups.append(group)
                self._layout.addWidget(group)
                self.rows.extend(group.rows)
        for row in self.rows:
            row.clicked.connect(lambda number, row=row: self._click(row, number))
            row.key_pressed.connect(partial(self._press, row))
            row.chosen_unable.connect(lambda row=row: self.rated.emit(row.subject.id, None))
            row.chosen_clear.connect(lambda row=row: self._clear(row))
            if row.subject.kind in (Kind.NUMBER, Kind.DURATION):
                self._listen_to_field(row)

    def _listen_to_field(self, row: RatingRow) -> None:
        """Ask for a write when a field is left, and go on from it at Enter."""
        from moodlab.ui.today.rows.field_row import FieldRow

        if isinstance(row, FieldRow):
            row.given.connect(lambda value: self._take_typed(row, value))
            row.refused.connect(self.refused)
            row.entered.connect(lambda: self._step(row, 1))

    def _take_typed(self, row: RatingRow, value: int | None) -> None:
        if value is None:
            self._clear(row)
        else:
            self.rated.emit(row.subject.id, value)

    def commit(self) -> None:
        """Send what is typed in fields and was not sent yet."""
        for row in self.rows:
            row.commit()

    def show_answers_anew(self) -> None:
        """Have the rows write the answers that they have in the way that is chosen now."""
        for row in self.rows:
            row.show_answer(row.answer, is_unsaved=row.is_unsaved)

    def forget(self) -> None:
        """Let go of what can't be read, when the day is left."""
        for row in self.rows:
            row.forget()

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the metrics that have a row here."""
        return tuple(row.subject.id for row in self.rows)

    def row_of(self, metric_id: str) -> RatingRow | None:
        """Return the row of a metric, if it stands here."""
        return next((row for row in self.rows if row.subject.id == metric_id), None)

    def focus_first_open(self) -> bool:
        """Give the keyboard to the first row without an answer; say whether there is one."""
        row = next((row for row in self.rows if row.answer is None), None)
        if row is not None:
            row.take_focus()
        return row is not None

    def focus_last(self) -> None:
        """Give the keyboard to the last row."""
        if self.rows:
            self.rows[-1].take_focus()

    def after(self, metric_id: str) -> RatingRow | None:
        """Return the row below that of a metric."""
        ids = [row.subject.id for row in self.rows]
        below = ids.index(metric_id) + 1 if metric_id in ids else len(ids)
        return self.rows[below] if below < len(self.rows) else None

    def put_under(self, row: RatingRow, line: QWidget) -> None:
        """Put a line under a row."""
        next(group for group in self._groups if row in group.rows).insert_under(row, line)

    def fit_height(self, room: int, sleep: SleepHours | None) -> None:
        """Make all rows equally high, so that they fit into `room` pixels.

        Where they can't, the page scrolls, and they are as high as is comfortable.
        """
        if not self.rows:
            return
        px = look().px
        room -= px(GRID) * (len(self._groups) - 1) + px(_HEADING) * len(self._groups)
        room -= sum(row.height_below for row in self.rows)
        room -= sleep.height() if sleep is not None else 0
        each = room // len(self.rows)
        height = min(each, px(HIGHEST_ROW)) if each >= px(LOWEST) else px(ROW_HEIGHT)
        for row in self.rows:
            row.be_high(height)

    def tab_stops(self, sleep: SleepHours | None) -> list[QWidget]:
        """Return what Tab visits here, in order; the hours asleep stand in a row."""
        stops: list[QWidget] = []
        for row in self.rows:
            stops += row.tab_stops
            if sleep is not None and sleep.row is row:
                stops.append(sleep.field)
        return stops

    def press_after_last(self, event: QKeyEvent) -> None:
        """Take a key that came when the last row had been left, on the button Done."""
        if self._correct_with(event):
            return
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Up):
            self.focus_last()
        elif event.key() == Qt.Key.Key_0 and self._typed_one_in is not None:
            self._offer_correction(self._typed_one_in, None)
        elif _is_digit(event):
            self.overtyped.emit()
        else:
            event.ignore()
        self._typed_one_in = None

    def correction_text(self) -> str:
        """Return the line about 1 and 10, empty while it is not shown."""
        return self._correction.text() if self._offer is not None else ""

    def dismiss_correction(self) -> None:
        """Take the line about 1 and 10 away."""
        if self._offer is not None:
            self._offer = None
            self._correction.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fit_look(self) -> None:
        self._layout.setSpacing(look().px(GRID))

    def _click(self, row: RatingRow, number: int) -> None:
        self.dismiss_correction()
        self._typed_one_in = None
        value = None if number == UNABLE else number * THOUSAND
        if row.answer is not None and row.answer.value == value:
            self._clear(row)
        else:
            self.rated.emit(row.subject.id, value)

    def _press(self, row: RatingRow, event: QKeyEvent) -> None:
        if event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()
            return
        if self._correct_with(event):
            return
        one_above, self._typed_one_in = self._typed_one_in, None
        replaced = row.answer
        number, key = row.number_for(event), event.key()
        if number is not None:
            self.rated.emit(row.subject.id, number * THOUSAND)
            self._step(row, 1)
            if key == Qt.Key.Key_1:
                self._typed_one_in = row
            elif (
                key == Qt.Key.Key_0
                and one_above is not None
                and self.after(one_above.subject.id) is row
            ):
                self._offer_correction(one_above, row, replaced)
            self.typed.emit(row.subject.id)
        elif key == Qt.Key.Key_Minus:
            self.rated.emit(row.subject.id, None)
            self._step(row, 1)
            self.typed.emit(row.subject.id)
        elif key in _ENTER:
            self.finished.emit()
        elif key == Qt.Key.Key_Delete or (key == Qt.Key.Key_Backspace and row.answer is not None):
            self._clear(row)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backspace):
            self._step(row, -1)
        elif key == Qt.Key.Key_Down:
            self._step(row, 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._shift(row, 1 if key == Qt.Key.Key_Right else -1)
        else:
            event.ignore()

    def _clear(self, row: RatingRow) -> None:
        self.dismiss_correction()
        if row.answer is not None:
            self.cleared.emit(row.subject.id)

    def _step(self, row: RatingRow, by: int) -> None:
        index = self.rows.index(row) + by
        if index >= len(self.rows):
            self.left_at_end.emit()
        elif index >= 0:
            self.rows[index].take_focus()

    def _shift(self, row: RatingRow, by: int) -> None:
        """Change the value within the row; from an open row, Right begins at 0 and Left at 10."""
        at = row.answer.value if row.answer else None
        if at is None:
            number = 0 if by > 0 else row.highest
        elif at % THOUSAND:
            number = at // THOUSAND + (by > 0)
        else:
            number = at // THOUSAND + by
        if 0 <= number <= row.highest:
            self.rated.emit(row.subject.id, number * THOUSAND)

    def _offer_correction(
        self, first: RatingRow, second: RatingRow | None, replaced: Answer | None = None
    ) -> None:
        self._offer = (first, second, replaced)
        if second is None:
            sentence = translate(
                "today", "Recorded {first} 1. If you meant {first} 10, press X now."
            ).format(first=first.subject.label)
        else:
            sentence = translate(
                "today",
                "Recorded {first} 1 and {second} 0. If you meant {first} 10, press X now.",
            ).format(first=first.subject.label, second=second.subject.label)
        self._correction.setText(sentence)
        self.put_under(second or first, self._correction)
        self._correction.show()
        self.correction_offered.emit(sentence)

    def _correct_with(self, event: QKeyEvent) -> bool:
        """Take X as "I meant ten" while the line is shown; any other key takes the line away."""
        offer = self._offer
        if offer is None or event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
            return False
        self.dismiss_correction()
        if event.key() not in TEN:
            return False
        first, second, replaced = offer
        self.rated.emit(first.subject.id, HIGHEST * THOUSAND)
        if second is None:
            return True
        if replaced is None:
            self.cleared.emit(second.subject.id)
        else:
            self.rated.emit(second.subject.id, replaced.value)
        second.take_focus()
        return True


class DirectionGroup(QGroupBox):
    """The rows that point the same way, under a heading that says which."""

    def __init__(self, metrics: list[Metric], hint: str, form: RatingForm) -> None:
        super().__init__(form)
        # With their parent from the start: what gets another one later is styled anew.
        self.rows = [_make_row(metric, self) for metric in metrics]
        self._hint = hint
        self._heading = metrics[0].direction_text.upper()
        self.setAccessibleName(self._heading.capitalize() or translate("today", "No direction"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        for row in self.rows:
            self._layout.addWidget(row)
        self._fit_look()

    def insert_under(self, row: RatingRow, line: QWidget) -> None:
        """Put a line of text under `row`."""
        self._layout.insertWidget(self._layout.indexOf(row) + 1, line)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = look()
        painter = QPainter(self)
        heading = self.rect().adjusted(0, 0, 0, shown.px(_HEADING - 2) - self.height())
        painter.setFont(shown.font(TYPE.heading, strong=True))
        painter.setPen(shown.color("muted"))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(heading, Qt.AlignmentFlag.AlignLeft | flags, self._heading)
        painter.setFont(shown.font(TYPE.quiet))
        painter.drawText(heading, Qt.AlignmentFlag.AlignRight | flags, self._hint)
        painter.setPen(QPen(shown.color("hairline"), max(1, shown.px(1))))
        for row in self.rows:
            y = row.geometry().top()
            painter.drawLine(0, y, self.width(), y)

    def _fit_look(self) -> None:
        self._layout.setContentsMargins(0, look().px(_HEADING), 0, 0)


def _make_row(metric: Metric, group: DirectionGroup) -> RatingRow:
    """Return the row for a kind of answer. Most days have ratings only, and load no other."""
    if metric.kind is Kind.SCALE:
        return RatingRow(metric, group)
    if metric.kind is Kind.YES_NO:
        from moodlab.ui.today.rows.yes_no_row import YesNoRow

        return YesNoRow(metric, group)
    from moodlab.ui.today.rows.field_row import FieldRow

    return FieldRow(metric, group)


def _is_digit(event: QKeyEvent) -> bool:
    return event.key() in TEN or Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9
