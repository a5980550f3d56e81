"""The form for a metric of one's own: what it is called, what is answered, which way it points."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.metrics import Direction, Every, Kind, Metric
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.tracking.metric_panel import EVERY, LONGEST_NAME
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import Line, mark
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, label

KINDS = (Kind.SCALE, Kind.NUMBER, Kind.DURATION, Kind.YES_NO)
DIRECTIONS = (Direction.HIGHER_WORSE, Direction.HIGHER_BETTER, Direction.NEUTRAL)


class Typed(NamedTuple):
    """What the form holds; `metric` is the one that is changed, None for a new one."""

    metric: Metric | None
    name: str
    kind: Kind
    direction: Direction
    unit: str
    low: str
    high: str
    every: Every


class MetricForm(QWidget):
    """`given(Typed)` when it is filled in, `cancelled` when it is left."""

    given = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._metric: Metric | None = None
        self.heading = label("", "section")
        self.name, self.unit, self.low, self.high = (Line() for _ in range(4))
        for field in (self.name, self.unit, self.low, self.high):
            field.setMaxLength(LONGEST_NAME)
            field.returnPressed.connect(self._give)
        self.name.textEdited.connect(lambda _text: mark(self.name, ""))
        self.kind = Segments(
            translate("tracking", "What is answered"),
            [
                translate("tracking", "0–10"),
                translate("tracking", "Number"),
                translate("tracking", "Hours"),
                translate("tracking", "Yes or no"),
            ],
        )
        self.direction = Segments(
            translate("tracking", "Which way it points"),
            [
                translate("tracking", "Higher = worse"),
                translate("tracking", "Higher = better"),
                translate("tracking", "Neither"),
            ],
        )
        self.every = Segments(
            translate("tracking", "Ask"),
            [
                translate("tracking", "Every day"),
                translate("tracking", "Once a week"),
                translate("tracking", "Once a month"),
            ],
        )
        self.kind.chosen.connect(lambda _number: self._fit_kind())
        self.save = Button("", "primary", self._give)
        self.save.keep_width_for(*_save_texts())
        self.cancel = Button(translate("tracking", "Cancel"), "", self.cancelled.emit)
        self._scale: list[QWidget] = []
        self._number: list[QWidget] = []
        self._lay_out()
        self.hide()

    def begin(self) -> None:
        """Show the form for a new one; what was begun before stays."""
        if self._metric is not None or not self.name.text():
            self._fill(None)
        self._open()

    def edit(self, metric: Metric) -> None:
        """Show the form for a metric that is there. What it is answered with stays as it is."""
        self._fill(metric)
        self._open()

    def empty(self) -> None:
        """Take out what was typed: it is saved."""
        self._fill(None)

    def refuse(self, sentence: str) -> None:
        """Mark the name as the field that `sentence` is about."""
        mark(self.name, sentence)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _open(self) -> None:
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def _fill(self, metric: Metric | None) -> None:
        self._metric = metric
        self.heading.setText(
            translate("tracking", "Something of your own")
            if metric is None
            else translate("tracking", "Change {label}").format(label=metric.label)
        )
        self.name.setText(metric.label if metric else "")
        self.unit.setText(metric.unit if metric and metric.kind is Kind.NUMBER else "")
        self.low.setText(metric.low_anchor if metric else "")
        self.high.setText(metric.high_anchor if metric else "")
        self.kind.choose(KINDS.index(metric.kind) if metric else 0)
        self.kind.setEnabled(metric is None)
        self.direction.choose(DIRECTIONS.index(metric.direction) if metric else 0)
        self.every.choose(EVERY.index(metric.every) if metric else 0)
        self.save.setText(_save_texts()[metric is not None])
        mark(self.name, "")
        self._fit_kind()

    def _give(self) -> None:
        if not self.name.text().strip():
            self.refuse(translate("tracking", "Enter a name first."))
            return
        kind = KINDS[self.kind.index]
        is_scale = kind is Kind.SCALE
        self.given.emit(
            Typed(
                self._metric,
                self.name.text(),
                kind,
                DIRECTIONS[self.direction.index],
                self.unit.text() if kind is Kind.NUMBER else "",
                self.low.text() if is_scale else "",
                self.high.text() if is_scale else "",
                EVERY[self.every.index],
            )
        )

    def _fit_kind(self) -> None:
        """Ask only for what the kind has; the fields stand in one place."""
        kind = KINDS[self.kind.index]
        for widget in self._scale:
            widget.setVisible(kind is Kind.SCALE)
        for widget in self._number:
            widget.setVisible(kind is Kind.NUMBER)

    def _lay_out(self) -> None:
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID / 2))
        layout.addWidget(self.heading)

        def add(text: str, field: QWidget) -> list[QWidget]:
            caption = label(text, "quiet")
            if isinstance(field, Line):
                caption.setBuddy(field)
                field.setAccessibleName(text.replace("&", ""))
            layout.addWidget(caption)
            layout.addWidget(field)
            return [caption, field]

        add(translate("tracking", "Na&me of it"), self.name)
        add(translate("tracking", "What is answered"), self.kind)
        add(translate("tracking", "Which way it points"), self.direction)
        self._number += add(translate("tracking", "&Unit, if it has one"), self.unit)
        self._scale += add(translate("tracking", "What &0 means"), self.low)
        self._scale += add(translate("tracking", "What &10 means"), self.high)
        add(translate("tracking", "Ask"), self.every)
        buttons = Flow()
        buttons.setSpacing(px(GRID))
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        layout.addSpacing(px(GRID))
        layout.addLayout(buttons)
        layout.addStretch(1)


def _save_texts() -> tuple[str, str]:
    return translate("tracking", "Add it"), translate("tracking", "Save changes")
