"""One blood result as it is copied off the report, with an echo of what it will mean."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.analytes import display_unit
from moodlab.domain.days import long_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import new_id
from moodlab.domain.lab_entry import LabEntry, read_entry
from moodlab.domain.labs import LabResult, presets_excluded
from moodlab.domain.typed_days import parse_typed_day
from moodlab.domain.units import fold_unit
from moodlab.i18n import translate
from moodlab.ui.lab_words import echo_of
from moodlab.ui.style import look
from moodlab.ui.widgets.context_choice import ContextChoice
from moodlab.ui.widgets.field_grid import FieldGrid
from moodlab.ui.widgets.test_choice import TestChoice
from moodlab.ui.widgets.text import Button, label


class LabForm(QWidget):
    """Fields for one result. `submitted` when Enter or the button asks to save it.

    Unit and lab are kept for the next result, the value never is. `day_told` sends the day of the
    draw, or None as long as nothing was typed.
    """

    submitted = Signal()
    day_told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._result_id = new_id()
        self._earlier: LabResult | None = None
        self._last: dict[str, LabResult] = {}
        self._told_day: date | None = None
        self._preset = True
        self.day = self._field(translate("labs", "today, 21.10."))
        self.test = TestChoice()
        self.value = self._field(translate("labs", "as printed, <0.3"))
        self.unit = QComboBox()
        self.range = self._field(translate("labs", "as printed, 0–5"))
        self.lab = self._field("")
        self.method = self._field("")
        self.note = self._field("")
        self.context = ContextChoice()
        self.context.changed.connect(self._context_changed)
        self.excluded = QCheckBox(translate("labs", "Leave out of summaries (still shown)"))
        self.echo = label("", "muted", wrap=True)
        self.save = Button(translate("labs", "Add result"), "primary", self.submitted.emit)
        self._lay_out()
        self.test.chosen.connect(lambda _test: self._change_test())
        for field in (self.day, self.value, self.range):
            field.textEdited.connect(lambda _text: self.show_echo())
        for field in (self.day, self.value, self.range, self.lab, self.method, self.note):
            field.returnPressed.connect(self.submitted.emit)
        self.unit.currentIndexChanged.connect(lambda _index: self.show_echo())
        self.excluded.clicked.connect(lambda _checked: self._decide_exclusion())
        self._today = date.min
        self._offer_units()
        self.show_echo()

    @property
    def is_editing(self) -> bool:
        """Whether a saved result is being changed."""
        return self.save.text() != translate("labs", "Add result")

    @property
    def told_day(self) -> date | None:
        """The day of the draw, or None as long as nothing was typed."""
        return self._told_day

    def offer_last(self, results: Iterable[LabResult]) -> None:
        """Offer the unit, lab and method of each test's last result; `results` by their day."""
        is_first = not self._last
        self._last = {result.catalogue_id: result for result in results}
        if is_first:
            self._offer_units()
        if not self.is_editing and not self.value.text():
            self._offer_habits()

    def choose_test(self, test_id: str) -> None:
        """Choose a test and begin at its value."""
        self.test.choose(test_id)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, today: date) -> None:
        """Make room for the next result of the same lab."""
        if self.is_editing:
            for field in (self.day, self.range, self.lab, self.method):
                field.clear()
        self._today = today
        self._result_id = new_id()
        self._earlier = None
        self.save.setText(translate("labs", "Add result"))
        for field in (self.value, self.note):
            field.clear()
        self.method.setModified(False)
        self.range.setModified(False)
        self._offer_habits()
        self._choose_context(())
        self.show_echo()

    def edit(self, result: LabResult) -> None:
        """Put a saved result into the fields, to change it."""
        self._result_id = result.id
        self._earlier = result
        self.save.setText(translate("labs", "Save change"))
        self.day.setText(result.collected.isoformat())
        self.test.choose(result.catalogue_id)
        self._choose_unit(result.unit)
        for field, text in (
            (self.value, result.value.text), (self.range, result.range_text),
            (self.lab, result.lab), (self.method, result.method), (self.note, result.note),
        ):  # fmt: skip
            field.setText(text)
        self._choose_context(result.context)
        self.excluded.setChecked(result.excluded)
        self._preset = result.excluded == presets_excluded(result.context)
        self.show_echo()

    def read(self, *, confirmed: bool = False) -> LabResult:
        """Return the result that the fields describe. Raises Refused or NeedsConfirmation."""
        if not self.test.currentData():
            raise Refused(translate("labs", "Which test is it? Name it below, or choose one."))
        return read_entry(
            self._entry(),
            self._result_id,
            catalogue=self.test.catalogue,
            earlier=self._earlier,
            confirmed=confirmed,
        )

    def show_echo(self) -> None:
        """Say in words what would be saved, or what is still missing."""
        self._tell_day()
        if not self.value.text().strip():
            self._echo_day()
            return
        try:
            result = self.read()
        except NeedsConfirmation as question:
            self.echo.setText(question.sentence)
        except Refused as error:
            self.echo.setText(error.sentence)
        else:
            self.echo.setText(echo_of(result))

    def _echo_day(self) -> None:
        try:
            self.echo.setText(long_date(self._read_day(), year=True))
        except Refused as error:
            self.echo.setText(error.sentence)

    def _tell_day(self) -> None:
        """Tell the day of the draw once it, or a value, was typed."""
        day = None
        if self.day.text().strip() or self.value.text().strip():
            with suppress(Refused):
                day = self._read_day()
        if day != self._told_day:
            self._told_day = day
            self.day_told.emit(day)

    def _read_day(self) -> date:
        return parse_typed_day(self.day.text(), self._today)

    def _entry(self) -> LabEntry:
        return LabEntry(
            collected=self._read_day(),
            test=self.test.test_id,
            value=self.value.text(),
            unit=self.unit.currentText(),
            range_text=self.range.text(),
            lab=self.lab.text(),
            method=self.method.text(),
            context=self.chosen_context(),
            excluded=self.excluded.isChecked(),
            note=self.note.text(),
        )

    def chosen_context(self) -> tuple[str, ...]:
        """Return what is ticked in the menu around the draw."""
        return self.context.chosen

    # Building

    def _field(self, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        return field

    def _lay_out(self) -> None:
        fields = (
            (translate("labs", "&Collected"), self.day),
            (translate("labs", "&Test"), self.test),
            (translate("labs", "&Value"), self.value),
            (translate("labs", "&Unit"), self.unit),
            (translate("labs", "Lab's &range"), self.range),
            (translate("labs", "&Laboratory"), self.lab),
            (translate("labs", "&Method"), self.method),
            (translate("labs", "&Note"), self.note),
            (translate("labs", "&Around the draw"), self.context),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(8))
        column.addWidget(FieldGrid(fields, self.save))
        column.addWidget(self.excluded)
        column.addWidget(self.echo)

    def _offer_units(self) -> None:
        """Show the units of the chosen test: its last one, or the one used before, is chosen."""
        before = self.unit.currentText()
        analyte = self.test.catalogue.find(self.test.test_id)
        last = self._last.get(analyte.id)
        self.unit.blockSignals(True)
        self.unit.clear()
        self.unit.addItems([display_unit(conversion.unit) for conversion in analyte.conversions])
        for text in (before, last.unit if last else ""):
            self._choose_unit(text)
        self.unit.blockSignals(False)

    def _choose_unit(self, unit: str) -> None:
        """Choose a unit in any spelling, and keep the one in which it was printed."""
        for place in range(self.unit.count()):
            if unit and fold_unit(self.unit.itemText(place)) == fold_unit(unit):
                self.unit.setItemText(place, display_unit(unit))
                self.unit.setCurrentIndex(place)

    def _change_test(self) -> None:
        self._offer_units()
        if not self.is_editing:
            self._offer_habits()
            if not self.range.isModified():
                self.range.clear()  # another test has another range
        self.show_echo()

    def _offer_habits(self) -> None:
        """Fill in lab and method of the chosen test's last result where nothing else was typed."""
        last = self._last.get(self.test.test_id)
        for field, text in (
            (self.lab, last.lab if last else self.lab.text()),
            (self.method, last.method if last else ""),
        ):
            if not field.isModified() or not field.text():
                field.setText(text)
                field.setCursorPosition(0)

    def _choose_context(self, chosen: tuple[str, ...]) -> None:
        self._preset = True
        self.context.choose(chosen)
        self._context_changed()

    def _context_changed(self) -> None:
        if self._preset:
            self.excluded.setChecked(presets_excluded(self.chosen_context()))
        self.show_echo()

    def _decide_exclusion(self) -> None:
        self._preset = False
        self.show_echo()
