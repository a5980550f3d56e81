"""Which chart is shown, and what it is about."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from moodlab.charts.chart import Chart, Subject
from moodlab.i18n import translate, translate_marked
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import NEVER_DRAFTED

_SUBJECT_CHARACTERS = 28


class ChartChoice(QWidget):
    """`chart_chosen(id)` and `subject_chosen(id or text, is_typed)` when the person picks one."""

    chart_chosen = Signal(str)
    subject_chosen = Signal(str, bool)

    def __init__(self, charts: Sequence[Chart]) -> None:
        super().__init__()
        self._subjects: tuple[Subject, ...] = ()
        self.charts = QComboBox()
        self.charts.setAccessibleName(translate("trends", "Chart"))
        for chart in charts:
            self.charts.addItem(chart.shown_name, chart.id)
        self.charts.currentIndexChanged.connect(
            lambda _index: self.chart_chosen.emit(self.charts.currentData())
        )
        self.subjects = QComboBox()
        self.subjects.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.subjects.activated.connect(self._tell_offered)
        self.subjects.hide()
        for choice in (self.charts, self.subjects):
            choice.setProperty(NEVER_DRAFTED, True)
        self._row = Flow(self)
        self._row.setSpacing(look().px(8))
        self.hold(self.charts)
        self.hold(self.subjects)

    def hold(self, control: QWidget) -> None:
        """Have a control in the same row, behind the rest."""
        self._row.addWidget(control)

    def show_chart(self, chart: Chart) -> None:
        """Show which chart it is, and whether it asks for a subject."""
        with QSignalBlocker(self.charts):
            self.charts.setCurrentIndex(max(0, self.charts.findData(chart.id)))
        self._subjects = ()
        self.subjects.clear()
        self.subjects.setVisible(chart.asked is not None)
        if chart.asked is None:
            return
        self.subjects.setAccessibleName(translate_marked(chart.asked.label))
        self._be_typed(can_be_typed=chart.asked.read is not None)
        if self._field is not None:
            self._field.setPlaceholderText(chart.asked.example)

    def offer(self, subjects: Iterable[Subject], chosen: Subject | None) -> None:
        """List what the chart can be about; what is being typed stays."""
        offered = tuple(subjects)
        if chosen is not None and chosen.id not in {each.id for each in offered}:
            offered = (chosen, *offered)
        typing = self._field is not None and self._field.isModified()
        if offered != self._subjects:
            self._subjects = offered
            typed = self.subjects.currentText()
            self.subjects.clear()
            for each in offered:
                self.subjects.addItem(each.label, each.id)
            if typing:
                self.subjects.setEditText(typed)
        if chosen is not None and not typing:
            self.subjects.setCurrentIndex(self.subjects.findData(chosen.id))
        self.subjects.setEnabled(bool(offered) or self.subjects.isEditable())

    @property
    def _field(self) -> QLineEdit | None:
        return self.subjects.lineEdit()

    def _be_typed(self, *, can_be_typed: bool) -> None:
        if can_be_typed == self.subjects.isEditable():
            return
        self.subjects.setEditable(can_be_typed)
        if self._field is not None:
            self.subjects.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.subjects.setMinimumContentsLength(_SUBJECT_CHARACTERS)
            self._field.returnPressed.connect(self._tell_typed)

    def step(self, by: int) -> None:
        """Choose the chart before or after this one."""
        index = self.charts.currentIndex() + by
        if 0 <= index < self.charts.count():
            self.charts.setCurrentIndex(index)

    def focus_subject(self) -> None:
        """Take the keyboard where the subject is chosen, or else the chart."""
        shown = self.subjects if self.subjects.isVisibleTo(self) else self.charts
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_offered(self, index: int) -> None:
        if self._field is not None:
            self._field.setModified(False)
        if (known := self.subjects.itemData(index)) is not None:
            self.subject_chosen.emit(known, False)

    def _tell_typed(self) -> None:
        if self._field is None:
            return
        text = self._field.text().strip()
        self._field.setModified(False)
        offered = next((each for each in self._subjects if each.label == text), None)
        if offered is not None:
            self.subject_chosen.emit(offered.id, False)
        elif text:
            self.subject_chosen.emit(text, True)
