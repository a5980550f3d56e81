"""One blood result as it is copied off the report, with an echo of what it will mean."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from moodlab.domain.analytes import display_unit
from moodlab.domain.catalogue import BUILT_IN, Catalogue
from moodlab.domain.days import long_date
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.ids import new_id
from moodlab.domain.lab_entry import LabEntry, read_entry
from moodlab.domain.labs import CONTEXTS, LabResult, presets_excluded
from moodlab.domain.typed_days import parse_typed_day
from moodlab.i18n import translate
from moodlab.ui.lab_words import context_words, echo_of
from moodlab.ui.style import look
from moodlab.ui.widgets.text import Button, label

# At 100 % text size a column of fields is this wide, in design pixels.
COLUMN_WIDTH = 140
FEWEST_COLUMNS, MOST_COLUMNS = 2, 5


class LabForm(QWidget):
    """Fields for one result. `submitted` when Enter or the button asks to save it.

    Unit and lab are kept for the next result, the value never is.
    """

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._result_id = new_id()
        self._earlier: LabResult | None = None
        self._catalogue = BUILT_IN
        self._preset = True
        self.day = self._field(translate("labs", "today, 21.10."))
        self.test = QComboBox()
        self._list_tests()
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

    def offer_tests(self, catalogue: Catalogue) -> None:
        """Offer the journal's own tests too; the chosen one stays."""
        if catalogue.own == self._catalogue.own:
            return
        chosen = self.test.currentData()
        self._catalogue = catalogue
        self.test.blockSignals(True)
        self.test.clear()
        self._list_tests()
        self.test.setCurrentIndex(max(0, self.test.findData(chosen)))
        self.test.blockSignals(False)
        self._offer_units()

    def _list_tests(self) -> None:
        for analyte in self._catalogue.analytes:
            self.test.addItem(analyte.label, analyte.id)

    def begin(self, today: date) -> None:
        """Make room for the next result of the same lab."""
        self._today = today
        self._result_id = new_id()
        self._earlier = None
        self.save.setText(translate("labs", "Add result"))
        for field in (self.value, self.note):
            field.clear()
        self._choose_context(())
        self.show_echo()

    def edit(self, result: LabResult) -> None:
        """Put a saved result into the fields, to change it."""
        self._result_id = result.id
        self._earlier = result
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
        return read_entry(
            self._entry(),
            self._result_id,
            catalogue=self._catalogue,
            earlier=self._earlier,
            confirmed=confirmed,
        )

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
        self._fields = (
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
        self._captions = []
        for text, field in self._fields:
            caption = label(text, "quiet")
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            # Columns are alike, however long the longest test or context is.
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._captions.append(caption)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look().px(8))
        column.addLayout(self._grid)
        column.addWidget(self.excluded)
        column.addWidget(self.echo)
        self._columns = 0
        self._arrange(MOST_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() // look().px(COLUMN_WIDTH)
        self._arrange(max(FEWEST_COLUMNS, min(MOST_COLUMNS, room)))

    def _arrange(self, columns: int) -> None:
        """Put the fields into as many columns as there is room for, in the same order."""
        if columns == self._columns:
            return
        for number in range(self._columns):
            self._grid.setColumnStretch(number, 0)
        self._columns = columns
        px = look().px
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        for number, ((_, field), caption) in enumerate(
            zip(self._fields, self._captions, strict=True)
        ):
            row, column = divmod(number, columns)
            self._grid.addWidget(caption, 2 * row, column)
            self._grid.addWidget(field, 2 * row + 1, column)
        row, column = divmod(len(self._fields), columns)
        at_right = Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self.save, 2 * row + 1, column, 1, columns - column, at_right)
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)

    def _offer_units(self) -> None:
        """Show the units of the chosen test; the one used last stays if it is among them."""
        before = self.unit.currentText()
        analyte = self._catalogue.find(self.test.currentData())
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
        self.context.setText(", ".join(chosen) or translate("labs", "nothing"))
        self.context.setAccessibleName(
            translate("labs", "Around the draw: {what}").format(what=self.context.text())
        )
