"""The fields of one blood result, under a heading that says what is being filled in."""

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.labs.entry import LabEntry
from moodlab.domain.labs.results import LabResult
from moodlab.i18n import translate
from moodlab.report.page.lab_list import test_name
from moodlab.ui.labs.field_grid import FieldGrid
from moodlab.ui.labs.fields import ContextChoice, LeaveOut, TestChoice, UnitChoice, ValueField
from moodlab.ui.look.style import look
from moodlab.ui.widgets.day_field import DayField
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, keep_room, label


class LabFields(QWidget):
    """What was typed and chosen. `left` asks to go back, out of a change or to another draw."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("", "heading")
        self.leave = Button("", "link", self.left.emit)
        keep_room(self.leave)
        self.day = DayField(translate("labs", "21.10."))
        self.test = TestChoice()
        self.value = ValueField()
        self.unit = UnitChoice()
        self.range = self._field(translate("labs", "as printed, 0–5"))
        self.lab = self._field("")
        self.method = self._field("")
        self.note = self._field("")
        self.context = ContextChoice()
        self.excluded = LeaveOut()
        self.echo = label("", "muted", wrap=True)
        self.save = Button("", "primary")
        self.save.keep_width_for(translate("labs", "Add result"), translate("labs", "Save change"))
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._keep_line()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_line()

    def _keep_line(self) -> None:
        """Keep the line of the echo free, so that nothing moves when something is typed."""
        self.echo.setMinimumHeight(self.echo.fontMetrics().height())

    @property
    def typed_unit(self) -> str:
        """The unit behind the value, or else the one that is chosen beside it."""
        return self.value.unit or self.unit.unit

    def chosen_context(self) -> tuple[str, ...]:
        """Return what is ticked in the menu around the draw."""
        return self.context.chosen

    def show_mode(self, changed: LabResult | None, kept_day: date | None) -> None:
        """Say at the head what is being filled in, and offer the way out of it."""
        if changed is not None:
            heading = translate("labs", "Change {test} {printed}, {day}").format(
                test=test_name(changed),
                printed=changed.printed_with_unit,
                day=short_date(changed.collected),
            )
        elif kept_day is not None:
            heading = translate("labs", "Next result of {day}").format(day=short_date(kept_day))
        else:
            heading = translate("labs", "New result")
        self.heading.setText(heading)
        self.leave.setText(
            translate("labs", "Another draw (Esc)")
            if changed is None
            else translate("labs", "Cancel (Esc)")
        )
        self.leave.setVisible(changed is not None or kept_day is not None)
        self.save.setText(
            translate("labs", "Add result") if changed is None else translate("labs", "Save change")
        )

    def show_result(self, result: LabResult) -> None:
        """Show a saved result as it was typed."""
        self.day.show_day(result.collected)
        self.test.choose(result.catalogue_id)
        self.unit.choose_printed(result.unit)
        for field, text in (
            (self.value, result.value.text), (self.range, result.range_text),
            (self.lab, result.lab), (self.method, result.method), (self.note, result.note),
        ):  # fmt: skip
            field.setText(text)
            field.setCursorPosition(0)
        self.context.choose(result.context)
        self.excluded.take(result.context, excluded=result.excluded)

    def empty_surroundings(self) -> None:
        """Forget what was going on around a draw."""
        self.context.choose(())
        self.excluded.begin(())

    def entry(self, day: date) -> LabEntry:
        """Return what the fields hold, for a draw of `day`."""
        return LabEntry(
            collected=day,
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
        above = QHBoxLayout()
        above.addWidget(self.heading, 1)
        above.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(8))
        column.addLayout(above)
        column.addWidget(FieldGrid(fields, self.save))
        column.addWidget(self.excluded)
        column.addWidget(self.echo)
