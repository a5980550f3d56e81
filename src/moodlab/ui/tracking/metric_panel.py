"""What can be said about the chosen metric: its name, how often, the short version, its days."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from moodlab.domain.metrics import Every, Metric, TrackedMetric
from moodlab.domain.tracking.span_words import span_sentences
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.tracking.words import ends_text, kind_text
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.line import Line, mark
from moodlab.ui.widgets.segments import Segments
from moodlab.ui.widgets.text import Button, label

LONGEST_NAME = 200
EVERY = tuple(Every)


class MetricPanel(QWidget):
    """`renamed(text)`, `every_chosen(Every)`, and wishes about the metric that is shown."""

    renamed = Signal(str)
    every_chosen = Signal(object)
    short_toggled = Signal()
    asked_toggled = Signal()
    stepped = Signal(int)
    change_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._metric: Metric | None = None
        self._refused: str | None = None
        self.heading = label("", "section", wrap=True)
        self.about = label("", "muted", wrap=True)
        self.name = Line()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(translate("tracking", "Name"))
        self.name.editingFinished.connect(self.commit)
        self.every = Segments(
            translate("tracking", "How often it is asked"),
            [
                translate("tracking", "Every day"),
                translate("tracking", "Once a week"),
                translate("tracking", "Once a month"),
            ],
        )
        self.every.chosen.connect(lambda number: self.every_chosen.emit(EVERY[number]))
        self.short = QCheckBox(translate("tracking", "In the short version of a day"))
        self.short.clicked.connect(lambda _on: self.short_toggled.emit())
        self.asked = Button("", "", self.asked_toggled.emit)
        self.asked.keep_width_for(*_asked_texts())
        self.up = Button(translate("tracking", "Move up"), "", lambda: self.stepped.emit(-1))
        self.down = Button(translate("tracking", "Move down"), "", lambda: self.stepped.emit(1))
        self.change = Button(translate("tracking", "Change…"), "link", self.change_asked.emit)
        self.remove = Button(translate("tracking", "Delete"), "link", self.delete_asked.emit)
        self.spans = label("", "quiet", wrap=True)
        self._lay_out()

    def show_metric(
        self, tracked: TrackedMetric, today: date, *, is_own: bool, is_empty: bool, can_move: bool
    ) -> None:
        """Show one; `is_empty` where it has no answer, so that it may be deleted."""
        metric = tracked.metric
        is_other = self._metric is None or self._metric.id != metric.id
        self._metric = metric
        self.heading.setText(metric.shown_label)
        about = (kind_text(metric), metric.direction_text, ends_text(metric))
        self.about.setText(" · ".join(filter(None, about)))
        if is_other or not self.name.isModified():
            self._restore()
        self.every.choose(EVERY.index(metric.every))
        self.short.setChecked(tracked.is_short)
        is_asked = tracked.goes_on(today)
        self.asked.setText(_asked_texts()[is_asked])
        self.up.setEnabled(can_move)
        self.down.setEnabled(can_move)
        self.change.setVisible(is_own)
        self.remove.setVisible(is_own and is_empty)
        self.spans.setText("\n".join(span_sentences(tracked, today)))

    def refuse_name(self, sentence: str) -> None:
        """Mark the name as the field that `sentence` is about, with what was typed kept."""
        self._refused = self.name.text()
        self.name.setModified(True)
        mark(self.name, sentence)

    def commit(self) -> None:
        """Send a name that was typed and is another one."""
        if self._metric is None or not self.name.isModified() or self.name.text() == self._refused:
            return
        text = " ".join(self.name.text().split())
        if text == self._metric.shown_label:
            self._restore()
            return
        self.name.setModified(False)
        self.renamed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.name.isModified():
            self._restore()
            return
        super().keyPressEvent(event)

    def _restore(self) -> None:
        if self._metric is not None:
            self.name.setText(self._metric.shown_label)
        self.name.setModified(False)
        self._refused = None
        mark(self.name, "")

    def _lay_out(self) -> None:
        px = look().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(GRID))
        caption = label(translate("tracking", "&Name"), "quiet")
        caption.setBuddy(self.name)
        order, buttons = Flow(), Flow()
        for flow, widgets in (
            (order, (self.up, self.down)),
            (buttons, (self.asked, self.change, self.remove)),
        ):
            flow.setSpacing(px(GRID))
            for widget in widgets:
                flow.addWidget(widget)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addWidget(caption)
        layout.addWidget(self.name)
        layout.addWidget(label(translate("tracking", "Ask"), "quiet"))
        layout.addWidget(self.every)
        layout.addWidget(self.short)
        layout.addLayout(order)
        layout.addLayout(buttons)
        layout.addWidget(self.spans)
        layout.addStretch(1)


def _asked_texts() -> tuple[str, str]:
    return translate("tracking", "Track it"), translate("tracking", "Stop tracking it")
