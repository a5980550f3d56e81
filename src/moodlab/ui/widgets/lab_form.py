"""One blood result as it is copied off the report, with an echo of what it will mean."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.analytes import ANALYTES, display_unit, find_analyte
from moodlab.domain.days import long_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import new_id
from moodlab.domain.lab_entry import LabEntry, read_entry
from moodlab.domain.labs import CONTEXTS, LabResult, Position, presets_excluded
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import translate
from moodlab.ui.style import look
from moodlab.ui.widgets.text import Button, label

_CONTEXT_WORDS = {
    "infection": "infection",
    "vaccination": "vaccination",
    "injury": "injury",
    "surgery": "surgery",
    "dental": "dental work",
    "exercise": "hard exercise",
    "anti_inflammatory": "anti-inflammatory dose",
    "fasting": "fasting",
    "contraceptive": "contraceptive or hormones",
    "pregnancy": "pregnancy",
    "smoking": "smoking",
    "medicine": "another medicine",
    "other": "something else",
}
_POSITION_WORDS = {
    Position.BELOW: "below the lab's range",
    Position.WITHIN: "within the lab's range",
    Position.ABOVE: "above the lab's range",
    Position.CANNOT_BE_PLACED: "cannot be placed in the lab's range",
}


def context_words(context: str) -> str:
    """Return what a context is called in the window."""
    return translate("labs", _CONTEXT_WORDS[context])


def position_words(result: LabResult) -> str:
    """Return where a result certainly lies against its printed range; empty without one."""
    position = result.position
    return translate("labs", _POSITION_WORDS[position]) if position else ""


class LabForm(QWidget):
    """Fields for one result. `submitted` when Enter or the button asks to save it.

    Unit and lab are kept for the next result, the value never is.
    """

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._result_id = new_id()
        self._preset = True
        self.day = self._field(translate("labs", "today, 21.10. or 21/10/2025"))
        self.test = QComboBox()
        for analyte in ANALYTES:
            self.test.addItem(analyte.label, analyte.id)
        self.value = self._field(translate("labs", "as printed, <0.3"))
        self.unit = QComboBox()
        self.range = self._field(translate("labs", "as printed, 0–5"))
        self.lab = self._field("")
        self.method = self._field("")
        self.note = self._field("")
        self.context = QToolButton()
        self.context.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.context.setMenu(self._context_menu())
        self.excluded = QCheckBox(translate("labs", "Leave out of summaries (still shown)"))
        self.echo = label("", "muted", wrap=True)
        self.save = Button(translate("labs", "Add result"), "primary", self.submitted.emit)
        self._lay_out()
        self.test.currentIndexChanged.connect(lambda _index: self._offer_units())
        for field in (self.day, self.value, self.range):
            field.textEdited.connect(lambda _text: self.show_echo())
        for field in (self.day, self.value, self.range, self.lab, self.method, self.note):
            field.returnPressed.connect(self.submitted.emit)
        self.unit.currentIndexChanged.connect(lambda _index: self.show_echo())
        self.excluded.clicked.connect(lambda _checked: self._decide_exclusion())
        self._today = date.min
        self._offer_units()
        self._name_context()

    @property
    def is_editing(self) -> bool:
        """Whether a saved result is being changed."""
        return self.save.text() != translate("labs", "Add result")

    def begin(self, today: date) -> None:
        """Make room for the next result of the same lab."""
        self._today = today
        self._result_id = new_id()
        self.save.setText(translate("labs", "Add result"))
        for field in (self.value, self.note):
            field.clear()
        self._choose_context(())
        self.show_echo()

    def edit(self, result: LabResult) -> None:
        """Put a saved result into the fields, to change it."""
        self._result_id = result.id
        self.save.setText(translate("labs", "Save change"))
        self.day.setText(result.collected.isoformat())
        self.test.setCurrentIndex(self.test.findData(result.catalogue_id))
        self.unit.setCurrentIndex(max(0, self.unit.findText(display_unit(result.unit))))
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
        return read_entry(self._entry(), self._result_id, confirmed=confirmed)

    def show_echo(self) -> None:
        """Say in words what would be saved, or what is still missing."""
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

    def _read_day(self) -> date:
        return parse_typed_day(self.day.text(), self._today)

    def _entry(self) -> LabEntry:
        return LabEntry(
            collected=self._read_day(),
            test=self.test.currentData(),
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
        ticked = {action.data() for action in self.context.menu().actions() if action.isChecked()}
        return tuple(context for context in CONTEXTS if context in ticked)

    # Building

    def _field(self, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        return field

    def _context_menu(self) -> QMenu:
        menu = QMenu(self)
        for context in CONTEXTS:
            action = menu.addAction(context_words(context))
            action.setCheckable(True)
            action.setData(context)
            action.toggled.connect(lambda _checked: self._context_changed())
        return menu

    def _lay_out(self) -> None:
        px = look().px
        columns = (
            (translate("labs", "&Collected"), self.day, 2),
            (translate("labs", "&Test"), self.test, 2),
            (translate("labs", "&Value"), self.value, 2),
            (translate("labs", "&Unit"), self.unit, 1),
            (translate("labs", "Lab's &range"), self.range, 2),
            (translate("labs", "&Laboratory"), self.lab, 2),
            (translate("labs", "&Method"), self.method, 2),
            (translate("labs", "&Note"), self.note, 2),
            (translate("labs", "&Around the draw"), self.context, 2),
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for number, (text, field, stretch) in enumerate(columns):
            row, column = (0, number) if number < 5 else (2, number - 5)
            caption = label(text, "quiet")
            caption.setBuddy(field)
            name = text.replace("&", "")
            field.setAccessibleName(name)
            grid.addWidget(caption, row, column)
            grid.addWidget(field, row + 1, column)
            grid.setColumnStretch(column, max(stretch, grid.columnStretch(column)))
        grid.addWidget(self.save, 3, 4, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(grid)
        below = QFormLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addRow(self.excluded)
        below.addRow(self.echo)
        column.addLayout(below)

    def _offer_units(self) -> None:
        """Show the units of the chosen test; the one used last stays if it is among them."""
        before = self.unit.currentText()
        analyte = find_analyte(self.test.currentData())
        self.unit.blockSignals(True)
        self.unit.clear()
        self.unit.addItems([display_unit(conversion.unit) for conversion in analyte.conversions])
        self.unit.setCurrentIndex(max(0, self.unit.findText(before)))
        self.unit.blockSignals(False)
        self.show_echo()

    def _choose_context(self, chosen: tuple[str, ...]) -> None:
        self._preset = True
        for action in self.context.menu().actions():
            action.setChecked(action.data() in chosen)
        self._context_changed()

    def _context_changed(self) -> None:
        if self._preset:
            self.excluded.setChecked(presets_excluded(self.chosen_context()))
        self._name_context()
        self.show_echo()

    def _decide_exclusion(self) -> None:
        self._preset = False
        self.show_echo()

    def _name_context(self) -> None:
        chosen = [context_words(context) for context in self.chosen_context()]
        self.context.setText(", ".join(chosen) or translate("labs", "nothing special"))
        self.context.setAccessibleName(
            translate("labs", "Around the draw: {what}").format(what=self.context.text())
        )


def echo_of(result: LabResult) -> str:
    """Return what a result means, in words, before it is saved."""
    parts = [long_date(result.collected, year=True)]
    if result.value.is_censored:
        bound = {
            "<": translate("labs", "below {figure} (limit of the test)"),
            "<=": translate("labs", "{figure} or below (limit of the test)"),
            ">": translate("labs", "above {figure} (limit of the test)"),
            ">=": translate("labs", "{figure} or above (limit of the test)"),
        }[result.value.comparator or "<"]
        figure = result.canonical_text.lstrip("<>=")
        parts.append(f"{result.printed_with_unit}: " + bound.format(figure=figure))
    elif result.canonical == result.value.number:
        parts.append(result.printed_with_unit)
    else:
        parts.append(f"{result.printed_with_unit} = {result.canonical_text}")
    if words := position_words(result):
        parts.append(words)
    if result.excluded:
        parts.append(translate("labs", "left out of summaries"))
    return " · ".join(parts)
