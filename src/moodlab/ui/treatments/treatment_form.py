"""The form for a treatment: a new one, or how one is stopped, taken up again or put right."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.courses import DoseEntry, fold_name
from moodlab.domain.errors import Refused
from moodlab.domain.texts import LONGEST_NOTE, LONGEST_WORDS
from moodlab.domain.treatments import Treatment, TreatmentKind, kind_words
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.jotting.offering_line import OfferingLine
from moodlab.ui.look.style import look
from moodlab.ui.treatments.field_cells import FieldCells
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class Mode(Enum):
    """What the form is for."""

    NEW = auto()
    STOP = auto()
    RESUME = auto()
    EDIT = auto()


_FIELDS = {
    Mode.NEW: ("name", "kind", "dose", "first"),
    Mode.STOP: ("last", "reason", "noticed"),
    Mode.RESUME: ("dose", "first"),
    Mode.EDIT: ("name", "kind", "first", "last", "reason", "noticed"),
}


class TreatmentForm(QWidget):
    """`entered(DoseEntry)` for a new or resumed one, `corrected(Treatment)` for the other modes.

    `left` when it was closed by Esc or Cancel. Enter in any field saves.
    """

    entered = Signal(object)
    corrected = Signal(object)
    left = Signal()

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.mode = Mode.NEW
        self.subject: Treatment | None = None  # what may be changed here; None for a new one
        self.course: Treatment | None = None
        self._known: tuple[Treatment, ...] = ()
        self.heading = label("", "section", wrap=True)
        self.name, self.dose = OfferingLine(), OfferingLine()
        self.kind = QComboBox()
        for kind in TreatmentKind:
            self.kind.addItem(kind_words(kind).capitalize(), kind)
        self.first, self.last = DayField(may_come=True), DayField(may_come=True)
        self.reason, self.noticed = Line(), Line()
        for field, most in (
            (self.name, LONGEST_WORDS), (self.dose, LONGEST_WORDS),
            (self.reason, LONGEST_NOTE), (self.noticed, LONGEST_NOTE),
        ):  # fmt: skip
            field.setMaxLength(most)
        self._lines = (self.name, self.dose, self.first, self.last, self.reason, self.noticed)
        for line in self._lines:
            line.returnPressed.connect(self.submit)
            line.textEdited.connect(lambda _text: self._take_up())
        self.name.textChanged.connect(lambda _text: self._offer_doses())
        self.cells = FieldCells(
            [
                ("name", translate("treatments", "Name"), self.name),
                ("kind", translate("treatments", "Kind"), self.kind),
                ("dose", translate("treatments", "Dose, in your own words"), self.dose),
                ("first", translate("treatments", "First day"), self.first),
                ("last", translate("treatments", "Last day"), self.last),
                ("reason", translate("treatments", "Why it ended"), self.reason),
                ("noticed", translate("treatments", "What you noticed"), self.noticed),
            ],
            purpose,
        )
        self.trouble = label("", "error", wrap=True)
        self.save = Button(translate("treatments", "Save"), "primary", self.submit)
        self.cancel = Button(translate("treatments", "Cancel"), "secondary", self.leave)
        self._lay_out()
        self.hide()

    def follow(self, course: Treatment) -> None:
        """Be about `course` as the journal has it now, also while it is being changed."""
        self.subject = course
        if self.course is not None and self.course.id == course.id:
            self.course = course

    def be_today(self, today: date) -> None:
        """Know which day it is."""
        self._today = today
        for field in (self.first, self.last):
            field.be_today(today)

    def offer(self, treatments: Iterable[Treatment]) -> None:
        """Offer names and doses that were typed before."""
        self._known = tuple(treatments)
        self.name.offer(each.name for each in reversed(self._known))
        self._offer_doses()

    def begin(self) -> None:
        """Ask for a new treatment; what was half typed stays."""
        if self.isHidden():
            self._open(Mode.NEW, None)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, mode: Mode, course: Treatment) -> None:
        """Ask how `course` is stopped, resumed or put right."""
        self._open(mode, course)
        first = {Mode.STOP: self.last, Mode.RESUME: self.first, Mode.EDIT: self.name}[mode]
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def submit(self) -> None:
        """Send what was typed, or say what is wrong with it."""
        self.refuse("")
        try:
            if self.mode in (Mode.NEW, Mode.RESUME):
                self.entered.emit(self._read_entry())
            else:
                self.corrected.emit(self._read_course())
        except Refused as error:
            self.refuse(error.sentence)

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        """Say what is wrong."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close without saving."""
        self.close_form()
        self.left.emit()

    def close_form(self) -> None:
        """Empty the fields and hide."""
        self.hide()
        self.course = None
        for line in self._lines:
            line.empty()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _take_up(self) -> None:
        """Show itself again where what was half typed before was put back into it."""
        if not self.isHidden():
            return
        typed = {line: line.text() for line in self._lines if line.isModified()}
        self._open(Mode.NEW if self.subject is None else Mode.EDIT, self.subject)
        for line, text in typed.items():
            line.setText(text)
            line.setModified(True)

    def _open(self, mode: Mode, course: Treatment | None) -> None:
        self.mode, self.course = mode, course
        self.refuse("")
        self.cells.show_only(*_FIELDS[mode])
        for line in self._lines:
            line.empty()
        self.first.show_day(self._today)
        if course is not None:
            self._fill(mode, course)
        name = course.name if course is not None else ""
        headings = {
            Mode.NEW: translate("treatments", "New treatment"),
            Mode.STOP: translate("treatments", "Stop {name}"),
            Mode.RESUME: translate("treatments", "Take up {name} again"),
            Mode.EDIT: translate("treatments", "Edit {name}"),
        }
        self.heading.setText(headings[mode].format(name=name))
        self.show()

    def _fill(self, mode: Mode, course: Treatment) -> None:
        self.name.setText(course.name)
        self.kind.setCurrentIndex(self.kind.findData(course.kind))
        self.dose.setText(course.doses[-1].text)
        self.reason.setText(course.end_reason)
        self.noticed.setText(course.noticed)
        if mode is not Mode.RESUME:
            self.first.show_day(course.first_day)
        self.last.show_day(course.last_day or (self._today if mode is Mode.STOP else None))

    def _read_entry(self) -> DoseEntry:
        name = " ".join(self.name.text().split())
        if not name:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            raise Refused(translate("treatments", "The treatment needs a name."))
        kind = (
            self.course.kind if self.course is not None else TreatmentKind(self.kind.currentData())
        )
        return DoseEntry(name, self.dose.text(), self.first.read_here(), None, kind)

    def _read_course(self) -> Treatment:
        course = self.course
        assert course is not None
        last = self.last.read_here() if self.last.text().strip() else None
        if self.mode is Mode.STOP and last is None:
            last = self.last.read_here()
        if self.mode is Mode.EDIT:
            first = replace(course.doses[0], first_day=self.first.read_here())
            course = replace(
                course,
                name=" ".join(self.name.text().split()),
                kind=TreatmentKind(self.kind.currentData()),
                doses=(first, *course.doses[1:]),
            )
        return replace(
            course,
            last_day=last,
            end_reason=self.reason.text().strip(),
            noticed=self.noticed.text().strip(),
        )

    def _offer_doses(self) -> None:
        own = fold_name(self.name.text())
        newest = [(each.name, dose.text) for each in reversed(self._known) for dose in each.doses]
        newest.sort(key=lambda pair: fold_name(pair[0]) != own)
        self.dose.offer(text for _, text in newest)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(look().px(GRID))
        buttons.addWidget(self.trouble, 1)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, look().px(GRID))
        layout.setSpacing(look().px(GRID))
        layout.addWidget(self.heading)
        layout.addWidget(self.cells)
        layout.addLayout(buttons)
