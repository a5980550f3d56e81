"""What the signs of the calendar mean: only those that are seen now."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from moodlab.domain.metrics import Kind, Metric
from moodlab.domain.ratings import DayState
from moodlab.i18n import translate
from moodlab.theme import TYPE
from moodlab.ui.history.calendar.cells import ANSWERS, HIGHEST_LEVEL, DayCell, Mark
from moodlab.ui.history.calendar.drawing import SAMPLE, SMALL, paint_small_cell
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow

# In design pixels.
_SWATCH, _STEP, _HEIGHT, _BESIDE = 15, 11, 18, 6


class Entry(NamedTuple):
    """A sample cell and its meaning; without a cell it is the ramp, with the words at its ends."""

    words: str
    sample: DayCell | None


def entries(cells: Iterable[DayCell], metric: Metric | None, *, is_small: bool) -> list[Entry]:
    """Return what the signs in `cells` mean, those of values first."""
    seen = list(cells)
    found = []
    if any(cell.level is not None for cell in seen) and metric is not None:
        found.append(Entry(metric.direction_text, None))
    elif is_small and any(cell.mark is Mark.VALUE for cell in seen):
        found += [
            Entry(words, _sample(Mark.VALUE, share=share)) for words, share in _shares(metric)
        ]
    is_share = is_small and (metric is None or metric.kind is not Kind.SCALE)
    late = _sample(Mark.VALUE if is_share else Mark.EMPTY, share=1.0, is_late=True)
    signs = (
        (translate("history", "could not say"), _sample(Mark.UNABLE, text="–"), _is(Mark.UNABLE)),
        (
            translate("history", "added the next day or later"),
            late,
            lambda cell: cell.is_late,
        ),
        (
            translate("history", "too unwell to log"),
            _sample(Mark.UNWELL, state=DayState.UNWELL),
            lambda cell: cell.mark is Mark.UNWELL or (is_small and cell.state is DayState.UNWELL),
        ),
        (
            translate("history", "too unwell, with an answer"),
            _sample(Mark.EMPTY, state=DayState.UNWELL),
            _has_answer_and(DayState.UNWELL, is_small=is_small),
        ),
        (
            translate("history", "paused"),
            _sample(Mark.PAUSED, state=DayState.PAUSED),
            lambda cell: cell.mark is Mark.PAUSED or (is_small and cell.state is DayState.PAUSED),
        ),
        (
            translate("history", "paused, with an answer"),
            _sample(Mark.EMPTY, state=DayState.PAUSED),
            _has_answer_and(DayState.PAUSED, is_small=is_small),
        ),
        (translate("history", "not asked"), _sample(Mark.NOT_ASKED), _is(Mark.NOT_ASKED)),
        (
            translate("history", "event"),
            _sample(Mark.EMPTY, has_event=True),
            lambda cell: cell.has_event,
        ),
        (
            translate("history", "today"),
            _sample(Mark.EMPTY, is_today=True),
            lambda cell: cell.is_today,
        ),
    )
    found += [Entry(words, sample) for words, sample, is_seen in signs if any(map(is_seen, seen))]
    return found


class Legend(QWidget):
    """The signs in lines, each with its words."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._is_small = False
        self._flow = Flow(self)
        self._items: list[LegendItem] = []
        self._fit_look()

    @property
    def words(self) -> list[str]:
        """What it names now."""
        return [entry.words for entry in self._entries]

    def show_entries(self, wanted: list[Entry], *, is_small: bool) -> None:
        """Name these signs, drawn as in a month, or small as in a year."""
        if (wanted, is_small) == (self._entries, self._is_small):
            return
        self._entries, self._is_small = wanted, is_small
        while len(self._items) < len(wanted):
            self._items.append(LegendItem(self))
            self._flow.addWidget(self._items[-1])
        for number, item in enumerate(self._items):
            item.setVisible(number < len(wanted))
            if number < len(wanted):
                item.show_entry(wanted[number], is_small=is_small)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()
        super().changeEvent(event)

    def _fit_look(self) -> None:
        self._flow.setSpacing(look().px(10))


class LegendItem(QWidget):
    """One sign and what it means."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = Entry("", None)
        self._is_small = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_entry(self, entry: Entry, *, is_small: bool) -> None:
        """Show another sign."""
        self._entry, self._is_small = entry, is_small
        self.setAccessibleName(entry.words)
        self.updateGeometry()
        self.update()

    @property
    def _text(self) -> str:
        if self._entry.sample is not None:
            return self._entry.words
        scale = f"{HIGHEST_LEVEL}" if self._steps else f"0–{HIGHEST_LEVEL}"
        return " · ".join(filter(None, (scale, self._entry.words)))

    @property
    def _steps(self) -> int:
        """How many colours of the ramp are shown; a theme may have none."""
        return 0 if self._entry.sample is not None else len(look().theme.ramp)

    def sizeHint(self) -> QSize:
        shown = look()
        measure = QFontMetricsF(shown.font(TYPE.quiet)).horizontalAdvance
        sign = shown.px(_SWATCH) if self._entry.sample is not None else 0
        if self._steps:
            sign = round(measure("0")) + 1 + shown.px(_BESIDE) + self._steps * shown.px(_STEP)
        width = sign + shown.px(_BESIDE) + round(measure(self._text)) + 2
        return QSize(width, shown.px(_HEIGHT))

    minimumSizeHint = sizeHint

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._paint_sign(painter)
        self._write(painter, left + look().px(_BESIDE) * (left > 0), self._text)

    def _paint_sign(self, painter: QPainter) -> int:
        """Paint the sample or the ramp, and return where it ends."""
        px = look().px
        size = px(_SWATCH)
        top = (self.height() - size) / 2
        if self._entry.sample is not None:
            measures = SMALL if self._is_small else SAMPLE
            paint_small_cell(painter, QRectF(0, top, size, size), self._entry.sample, measures)
            return size
        if not self._steps:
            return 0
        left = self._write(painter, 0, "0") + px(_BESIDE)
        step = px(_STEP)
        for level in range(self._steps):
            area = QRectF(left + level * step, top, step - 1, size)
            paint_small_cell(painter, area, _sample(Mark.VALUE, level=level))
        return left + self._steps * step

    def _write(self, painter: QPainter, left: int, text: str) -> int:
        """Write in the middle line, and return where the text ends."""
        font = look().font(TYPE.quiet)
        painter.setFont(font)
        painter.setPen(look().color("muted"))
        width = round(QFontMetricsF(font).horizontalAdvance(text)) + 1
        painter.drawText(QRectF(left, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return left + width


def _shares(metric: Metric | None) -> tuple[tuple[str, float], ...]:
    if metric is None:
        return (
            (translate("history", "all answered"), 1.0),
            (translate("history", "part of it"), 0.5),
        )
    if metric.kind is Kind.YES_NO:
        return (translate("history", "yes"), 1.0), (translate("history", "no"), 0.0)
    return ((translate("history", "answered"), 1.0),)


def _is(mark: Mark) -> Callable[[DayCell], bool]:
    return lambda cell: cell.mark is mark


def _has_answer_and(state: DayState, *, is_small: bool) -> Callable[[DayCell], bool]:
    """Return a test for the state beside an answer, which a small cell does not tell apart."""
    return lambda cell: not is_small and cell.state is state and cell.mark in ANSWERS


def _sample(
    mark: Mark,
    *,
    text: str = "",
    level: int | None = None,
    share: float = 0.0,
    is_late: bool = False,
    state: DayState | None = None,
    has_event: bool = False,
    is_today: bool = False,
) -> DayCell:
    return DayCell(mark, "", text, level, share, is_late, state, has_event, is_today)
