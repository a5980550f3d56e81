"""One blood result as it is copied off the report, with an echo of what it will mean."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from moodlab.domain.days import long_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import new_id
from moodlab.domain.labs.catalogue import Catalogue
from moodlab.domain.labs.entry import LabEntry, read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import translate
from moodlab.ui.labs.field_grid import FieldGrid
from moodlab.ui.labs.fields import ContextChoice, LeaveOut, TestChoice, UnitChoice, ValueField
from moodlab.ui.look.style import look
from moodlab.ui.widgets.lab_words import echo_of
from moodlab.ui.widgets.line import Line
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
        self._is_editing = False
        self._last: dict[str, LabResult] = {}
        self._told_day: date | None = None
        self.day = self._field(translate("labs", "today, 21.10."))
        self.test = TestChoice()
        self.value = ValueField()
        self.unit = UnitChoice()
        self.range = self._field(translate("labs", "as printed, 0–5"))
        self.lab = self._field("")
        self.method = self._field("")
        self.note = self._field("")
        self.context = ContextChoice()
        self.context.changed.connect(self._context_changed)
        self.excluded = LeaveOut()
        self.echo = label("", "muted", wrap=True)
        self.save = Button(translate("labs", "Add result"), "primary", self.submitted.emit)
        self._lay_out()
        self.test.chosen.connect(lambda _test: self._change_test())
        for field in (self.day, self.value, self.range):
            field.textEdited.connect(lambda _text: self.show_echo())
        for field in (self.day, self.value, self.range, self.lab, self.method, self.note):
            field.returnPressed.connect(self.submitted.emit)
        for signal in (self.unit.chosen, self.unit.another_asked):
            signal.connect(lambda _told: self.show_echo())
        self.excluded.clicked.connect(lambda _checked: self.show_echo())
        self._today = date.min
        self._offer_units()
        self.show_echo()

    @property
    def is_editing(self) -> bool:
        """Whether a saved result is being changed."""
        return self._is_editing

    @property
    def told_day(self) -> date | None:
        """The day of the draw, or None as long as nothing was typed."""
        return self._told_day

    def offer_tests(self, catalogue: Catalogue) -> None:
        """Offer the journal's own tests and their units too; what is chosen stays."""
        before, chosen = self.test.analyte, self.unit.unit
        if not self.test.offer(catalogue):
            return
        if self.test.test_id != before.id:
            self._change_test()
        elif self.test.analyte.conversions != before.conversions:
            was_chosen = self.unit.was_chosen
            self._offer_units()
            if was_chosen and self.unit.knows(chosen):
                self.unit.choose_printed(chosen)
            self.show_echo()

    def offer_last(self, results: Iterable[LabResult]) -> None:
        """Offer the unit, lab and method of each test's last result; `results` by their day."""
        is_first = not self._last
        self._last = {result.catalogue_id: result for result in results}
        # Under a value that is being typed nothing moves.
        if self.is_editing or self.value.text():
            return
        if is_first and not self.unit.was_chosen:
            self._offer_units()
        self._offer_habits()

    def choose_test(self, test_id: str) -> None:
        """Choose a test and begin at its value."""
        self.test.choose(test_id)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def unknown_unit(self) -> str:
        """A unit that was typed or is the result's, and that the test does not know; or nothing."""
        told = (self.value.unit, self._earlier.unit if self._earlier else "")
        return next((unit for unit in told if unit and not self.unit.knows(unit)), "")

    def choose_unit(self, unit: str) -> None:
        """Choose a unit of the test and stay there."""
        self.unit.choose_printed(unit)
        self.show_echo()
        self.unit.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, today: date) -> None:
        """Make room for the next result of the same lab."""
        if self.is_editing:
            for field in (self.day, self.range, self.lab, self.method):
                field.empty()
        self._today = today
        self._result_id = new_id()
        self._earlier = None
        self._is_editing = False
        self.save.setText(translate("labs", "Add result"))
        for field in (self.value, self.note):
            field.empty()
        self.unit.settle()
        self.method.setModified(False)
        self.range.setModified(False)
        self._offer_habits()
        self.context.choose(())
        self.excluded.begin(())
        self.show_echo()

    def edit(self, result: LabResult) -> None:
        """Put a saved result into the fields, to change it."""
        self._result_id = result.id
        self._earlier = result
        self._is_editing = True
        self.save.setText(translate("labs", "Save change"))
        self.day.setText(result.collected.isoformat())
        self.test.choose(result.catalogue_id)
        self.unit.choose_printed(result.unit)
        for field, text in (
            (self.value, result.value.text), (self.range, result.range_text),
            (self.lab, result.lab), (self.method, result.method), (self.note, result.note),
        ):  # fmt: skip
            field.setText(text)
        self.context.choose(result.context)
        self.excluded.take(result.context, excluded=result.excluded)
        self.show_echo()

    def read(self, *, confirmed: bool = False) -> LabResult:
        """Return the result that the fields describe. Raises Refused or NeedsConfirmation."""
        if self.test.is_at_another:
            raise Refused(translate("labs", "Which test is it? Name it below, or choose one."))
        if self.unit.is_at_another and self.test.analyte.conversions:
            raise Refused(translate("labs", "Which unit is it? Add it below, or choose one."))
        if self.unit.has_another and self.value.unit and not self.unit.knows(self.value.unit):
            raise Refused(
                translate(
                    "labs", "{test} is not kept in “{unit}” yet. “Another unit…” adds it."
                ).format(test=self.test.analyte.label, unit=self.value.unit)
            )
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
        self.unit.follow(self.value.unit)
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
            self.echo.setText(echo_of(result, is_unit_typed=self.unit.is_led))

    def _echo_day(self) -> None:
        try:
            self.echo.setText(long_date(self._read_day()))
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
            # One that nobody chose gives way to the one typed behind the value.
            unit="" if self.value.unit and not self.unit.was_chosen else self.unit.unit,
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

    def _field(self, hint: str) -> Line:
        field = Line()
        field.setPlaceholderText(hint)
        return field

    def _lay_out(self) -> None:
        fields = (
            (translate("labs", "&Collected"), self.day),
            (translate("labs", "&Test"), self.test),
            (translate("labs", "Va&lue"), self.value),
            (translate("labs", "&Unit"), self.unit),
            (translate("labs", "Lab's &range"), self.range),
            (translate("labs", "La&boratory"), self.lab),
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
        analyte = self.test.analyte
        last = self._last.get(analyte.id)
        self.unit.offer(
            analyte,
            (self.unit.unit, last.unit if last else ""),
            is_own=self.test.catalogue.is_own(analyte),
        )

    def _change_test(self) -> None:
        self._offer_units()
        if not self.is_editing:
            self._offer_habits()
            if not self.range.isModified():
                self.range.empty()  # another test has another range
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

    def _context_changed(self) -> None:
        self.excluded.follow(self.chosen_context())
        self.show_echo()
