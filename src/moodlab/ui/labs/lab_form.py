"""One blood result as it is copied off the report, with an echo of what it will mean."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from moodlab.domain.days import long_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import new_id
from moodlab.domain.labs.catalogue import Catalogue
from moodlab.domain.labs.entry import read_entry
from moodlab.domain.labs.results import LabResult
from moodlab.i18n import translate
from moodlab.ui.labs.habits import Habits
from moodlab.ui.labs.lab_fields import LabFields
from moodlab.ui.widgets.lab_words import echo_of
from moodlab.ui.widgets.line import mark


class LabForm(LabFields):
    """Fields for one result. `submitted` when Enter or the button asks to save it.

    After a new result its draw stays, for the next result of that draw: the day, what was going on,
    and the lab. The value never does. `edited` tells that something else was typed. `day_told`
    sends the day of the draw, or None as long as none can be read.
    """

    submitted = Signal()
    edited = Signal()
    day_told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._result_id = new_id()
        self._earlier: LabResult | None = None
        self._kept_day: date | None = None
        self._told_day: date | None = None
        self._faulty: QWidget = self.value
        self._habits = Habits(self.lab, self.method, self.range)
        self.context.changed.connect(self._context_changed)
        self.save.clicked.connect(lambda _checked: self._submit())
        self.test.chosen.connect(lambda _test: self._change_test())
        for field in (self.day, self.value, self.range, self.lab):
            field.textEdited.connect(lambda _text: self._tell_edited())
        for field in (self.day, self.value, self.range, self.lab, self.method, self.note):
            field.returnPressed.connect(self._submit)
        for signal in (self.unit.chosen, self.unit.another_asked):
            signal.connect(lambda _told: self._tell_edited())
        self.excluded.clicked.connect(lambda _checked: self.show_echo())
        self.day.editingFinished.connect(self._settle_draw)
        self._offer_units()
        self._name_mode()

    @property
    def is_editing(self) -> bool:
        """Whether a saved result is being changed."""
        return self._earlier is not None

    def is_about(self, result: LabResult) -> bool:
        """Whether `result` is the one that is being changed."""
        return self._earlier is not None and self._earlier.id == result.id

    def unsaved_words(self) -> str:
        """Return what would be lost by changing another result now; empty for nothing."""
        if self._earlier is not None:
            if not self._is_touched():
                return ""
            return translate(
                "labs", "The change of {test} is not saved yet. Save it, or cancel it."
            ).format(test=self._earlier.label)
        if not self.value.text().strip():
            return ""
        return translate(
            "labs", "“{value}” is not added yet. Add it, or empty the field first."
        ).format(value=self.value.text().strip())

    @property
    def keeps_draw(self) -> bool:
        """Whether the day and the surroundings of the last result stand there for the next one."""
        return self._kept_day is not None

    @property
    def told_day(self) -> date | None:
        """The day of the draw, or None as long as none can be read."""
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
        """Offer what each test's last result says; `results` by their day."""
        is_first = self._habits.learn(results)
        # Under a value that is being typed nothing moves.
        if self.is_editing or self.value.text():
            return
        if is_first and not self.unit.was_chosen:
            self._offer_units()
        self._habits.offer(self.test.test_id)
        self._habits.offer_range(self.test.test_id, self.typed_unit)

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

    # What is being filled in

    def be_today(self, today: date) -> None:
        """Take days up to this one."""
        self.day.be_today(today)

    def begin(self) -> None:
        """Make room for a new result: of the same draw, or after a change of another one."""
        was_editing, self._earlier = self.is_editing, None
        if was_editing:
            for field in (self.range, self.lab, self.method):
                field.empty()
            self.begin_draw()
        self._result_id = new_id()
        for field in (self.value, self.note):
            field.empty()
        self.unit.settle()
        self._habits.forget_typing()
        self._habits.offer(self.test.test_id)
        self._name_mode()

    def go_on(self) -> None:
        """Make room for the next result, after a new one of the same draw."""
        if not self.is_editing:
            self._kept_day = self.day.read()
            self.day.setModified(False)  # it was saved: nothing is half typed
        self.begin()

    def begin_draw(self) -> None:
        """Make room for the day and the surroundings of another draw."""
        self._kept_day = None
        self.day.show_day(None)
        self.empty_surroundings()
        self._name_mode()

    def edit(self, result: LabResult) -> None:
        """Put a saved result into the fields, to change it."""
        self._result_id = result.id
        self._earlier = result
        self._kept_day = None
        self.show_result(result)
        self._name_mode()

    def follow(self, results: Iterable[LabResult]) -> None:
        """Leave the change of a result that is gone; show one that was changed elsewhere."""
        if self._earlier is None:
            return
        found = next((result for result in results if result.id == self._result_id), None)
        if found is None:
            self.begin()
        elif found != self._earlier and not self._is_touched():
            self.edit(found)

    def read(self, *, confirmed: bool = False) -> LabResult:
        """Return the result that the fields describe. Raises Refused or NeedsConfirmation."""
        day, day_trouble = self._read_day()
        self._faulty = self.test
        if self.test.is_at_another:
            raise Refused(translate("labs", "Which test is it? Name it below, or choose one."))
        self._faulty = self.unit
        if self.unit.is_at_another and self.test.analyte.conversions:
            raise Refused(translate("labs", "Which unit is it? Add it below, or choose one."))
        self._faulty = self.value
        if self.unit.has_another and self.value.unit and not self.unit.knows(self.value.unit):
            raise Refused(
                translate(
                    "labs", "{test} is not kept in “{unit}” yet. “Another unit…” adds it."
                ).format(test=self.test.analyte.label, unit=self.value.unit)
            )
        result = read_entry(
            self.entry(day),
            self._result_id,
            catalogue=self.test.catalogue,
            earlier=self._earlier,
            confirmed=confirmed,
        )
        if day_trouble is not None:
            self._faulty = self.day
            raise day_trouble
        return result

    # What is said about it

    def be_refused(self, sentence: str) -> None:
        """Mark the field that `read` came to last and go there; the page says the sentence."""
        self.echo.clear()
        mark(self._faulty, sentence)
        self._faulty.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_asked(self, sentence: str) -> None:
        """Say nothing twice: the page asks."""
        if self.echo.text() == sentence:
            self.echo.clear()

    def show_echo(self) -> None:
        """Say in words what would be saved, or what is still missing."""
        self._tell_day()
        self.unit.follow(self.value.unit)
        if not self.is_editing:
            self._habits.offer_range(self.test.test_id, self.typed_unit)
        for field in (self.day, self.test, self.unit, self.value):
            mark(field, "")
        try:
            self.echo.setText(self._told_in_words())
        except (NeedsConfirmation, Refused) as error:
            self.echo.setText(error.sentence)

    def _read_day(self) -> tuple[date, Refused | None]:
        """Return the day, or what is wrong with it: said after what is wrong with the value."""
        try:
            return self.day.read(), None
        except Refused as error:
            return date.min, error

    def _told_in_words(self) -> str:
        if self.value.text().strip():
            return echo_of(self.read(), is_unit_typed=self.unit.is_led)
        return long_date(self.day.read()) if self.day.text().strip() else ""

    def _name_mode(self) -> None:
        self.show_mode(self._earlier, self._kept_day)
        self.show_echo()

    def _tell_edited(self) -> None:
        self.show_echo()
        self.edited.emit()

    def _tell_day(self) -> None:
        day = None
        with suppress(Refused):
            day = self.day.read()
        if day != self._told_day:
            self._told_day = day
            self.day_told.emit(day)

    def _submit(self) -> None:
        self._settle_draw()
        self.submitted.emit()

    def _settle_draw(self) -> None:
        """What was going on around one draw is not taken over to a draw of another day."""
        with suppress(Refused):
            if self.keeps_draw and self.day.read() != self._kept_day:
                self._kept_day = None
                self.empty_surroundings()
                self._name_mode()

    def _is_touched(self) -> bool:
        """Whether the fields say something else than the result that is being changed."""
        with suppress(Refused):
            return self._earlier is None or self.read(confirmed=True) != replace(
                self._earlier, recorded=None
            )
        return True

    def _offer_units(self) -> None:
        """Show the units of the chosen test: its last one, or the one used before, is chosen."""
        analyte = self.test.analyte
        self.unit.offer(
            analyte,
            (self.unit.unit, self._habits.last_unit(analyte.id)),
            is_own=self.test.catalogue.is_own(analyte),
        )

    def _change_test(self) -> None:
        self._offer_units()
        if not self.is_editing:
            self._habits.offer(self.test.test_id)
        self._tell_edited()

    def _context_changed(self) -> None:
        self.excluded.follow(self.chosen_context())
        self.show_echo()
