"""The dose steps of one treatment: each can be put right, and another is added in two fields."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.errors import Refused
from moodlab.domain.texts import LONGEST_WORDS
from moodlab.domain.treatments import Dose, Treatment
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.jotting.offering_line import OfferingLine
from moodlab.ui.look.style import look
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.layouts import empty
from moodlab.ui.widgets.text import Button, label

# In design pixels: no date is cut.
_DAY_WIDTH = 148


class TwoFields(QWidget):
    """A day and a dose with a button. `given(date, str)` when Enter or the button takes them."""

    given = Signal(object, str)

    def __init__(self, button: Button) -> None:
        super().__init__()
        self.day, self.dose, self.button = DayField(may_come=True), OfferingLine(), button
        self.day.setAccessibleName(translate("treatments", "From which day"))
        self.dose.setAccessibleName(translate("treatments", "Dose from then on"))
        self.dose.setPlaceholderText(translate("treatments", "dose, such as 50 mg"))
        self.dose.setMaxLength(LONGEST_WORDS)
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self._fit_look()
        line = QHBoxLayout()
        line.setSpacing(look().px(GRID))
        line.addWidget(self.day, 2)
        line.addWidget(self.dose, 3)
        line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(4))
        layout.addLayout(line)
        layout.addWidget(self.trouble)
        button.clicked.connect(lambda _checked=False: self.submit())
        for field in (self.day, self.dose):
            field.returnPressed.connect(self.submit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_look()

    def _fit_look(self) -> None:
        self.day.setMinimumWidth(look().px(_DAY_WIDTH))

    def submit(self) -> None:
        """Send both, or say what is wrong with the day."""
        self.refuse("")
        try:
            day = self.day.read_here()
        except Refused as error:
            self.refuse(error.sentence)
            return
        self.given.emit(day, " ".join(self.dose.text().split()))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


class DoseSteps(QWidget):
    """`added(date, str)`, `changed(Dose)` and `removed(Dose)`."""

    added = Signal(object, str)
    changed = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[StepRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look().px(2))
        self.another = TwoFields(Button(translate("treatments", "Add dose")))
        self.another.given.connect(self.added)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addLayout(self._rows)
        layout.addWidget(self.another)
        self._shown: tuple[Dose, ...] = ()

    def show_course(self, course: Treatment, today: date, doses: list[str]) -> None:
        """Show the steps of a course, and offer `doses` for the next."""
        self.another.day.be_today(today)
        self.another.dose.offer(doses)
        if not self.another.day.text() or not self.another.dose.text():
            self.another.day.show_day(today)
        if course.doses == self._shown:
            return
        self._shown = course.doses
        empty(self._rows)
        self.rows = [StepRow(dose, today, doses) for dose in course.doses]
        for row in self.rows:
            row.changed.connect(self.changed)
            row.remove.clicked.connect(lambda _checked, row=row: self.removed.emit(row.dose))
            row.remove.setEnabled(len(self.rows) > 1)
            self._rows.addWidget(row)

    def forget_typing(self) -> None:
        """Empty the two fields."""
        self.another.dose.empty()
        self.another.day.empty()
        self.another.refuse("")


class StepRow(QWidget):
    """One step. Edit makes it two fields; Enter or Save takes them, Esc those before."""

    changed = Signal(object)

    def __init__(self, dose: Dose, today: date, doses: list[str]) -> None:
        super().__init__()
        self.dose = dose
        words = dose.text or translate("treatments", "no dose given")
        self._words = label(
            translate("treatments", "from {day}: {dose}").format(
                day=short_date(dose.first_day), dose=words
            ),
            wrap=True,
        )
        self.edit = Button(translate("treatments", "Edit"), "link", self._begin)
        self.remove = Button(translate("treatments", "Delete"), "link")
        for button in (self.edit, self.remove):
            button.setAccessibleName(
                translate("treatments", "{what}: {dose} from {day}").format(
                    what=button.text(), dose=words, day=short_date(dose.first_day)
                )
            )
        self.fields = TwoFields(Button(translate("treatments", "Save")))
        self.fields.day.be_today(today)
        self.fields.dose.offer(doses)
        self.fields.given.connect(self._take)
        self.fields.hide()
        links = Flow()
        links.setSpacing(look().px(12))
        links.addWidget(self.edit)
        links.addWidget(self.remove)
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addLayout(links)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.fields.isHidden():
            self._end()
            return
        super().keyPressEvent(event)

    def _begin(self) -> None:
        self.fields.day.show_day(self.dose.first_day)
        self.fields.dose.setText(self.dose.text)
        self.fields.show()
        self.fields.dose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.setEnabled(False)

    def _end(self) -> None:
        self.edit.setEnabled(True)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields.hide()
        for field in (self.fields.day, self.fields.dose):
            field.empty()

    def _take(self, day: date, text: str) -> None:
        self._end()
        changed = Dose(self.dose.id, day, text)
        if changed != self.dose:
            self.changed.emit(changed)
