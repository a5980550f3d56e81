"""Another unit of an own test: its name as the report prints it, and how much one of it is."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.own_units import LONGEST_UNIT, parse_factor, with_unit
from moodlab.domain.numbers import plain
from moodlab.i18n import translate
from moodlab.ui.look.conventions import decimal_text
from moodlab.ui.look.style import look
from moodlab.ui.shell.announce import announce
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label

EXAMPLE = Decimal("0.31")


class NewUnit(QFrame):
    """A strip: "1 [mg/dL] is [10] mg/L". `given(unit, factor)` when told, `cancelled` when left.

    What can't be taken is said under the fields, which keep what was typed; `spoke` tells that
    something new stands there, while the keyboard is here.
    """

    given = Signal(str, object)
    cancelled = Signal()
    spoke = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._analyte: Analyte | None = None
        self._example = EXAMPLE
        self._heading = label("", "quiet", wrap=True)
        self.unit, self.number = Line(), Line()
        self.unit.setMaxLength(LONGEST_UNIT)
        self.unit.setPlaceholderText(translate("labs", "as printed, mg/dL"))
        self._one, self._is, self._first = label("1"), label(translate("labs", "is")), label()
        self.echo = label("", "muted", wrap=True)
        self.keep = Button(translate("labs", "Yes, keep it"), "", lambda: self._give(sure=True))
        self.add = Button(translate("labs", "Add unit"), "", self._give)
        self.cancel = Button(translate("labs", "Cancel"), "", self.cancelled.emit)
        for field in (self.unit, self.number):
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.textEdited.connect(lambda _text: self.show_echo())
            field.returnPressed.connect(self._give)
        self._lay_out()
        self.hide()

    def open(
        self, analyte: Analyte, *, at_once: bool, unit: str = "", example: Decimal | None = None
    ) -> None:
        """Ask for another unit of `analyte`, with the keyboard in the field if `at_once`.

        `unit` is one typed already; `example` the number to show what it will mean.
        """
        is_another = self._analyte is None or analyte.id != self._analyte.id
        self._analyte, self._example = analyte, example or EXAMPLE
        if self.isHidden() or is_another:
            self.unit.setText(unit[:LONGEST_UNIT])
            self.number.empty()
        self._name_fields(analyte)
        self.show_echo()
        self.show()
        if at_once:
            field = self.number if self.unit.text() and not self.number.isHidden() else self.unit
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken; everything stays as typed."""
        self.echo.setText(sentence)
        self.spoke.emit()
        announce(self, sentence, assertive=True)

    def show_echo(self) -> None:
        """Say what the unit will mean, or what is still missing."""
        self.keep.hide()
        if self.unit.hasFocus() or self.number.hasFocus():
            self.spoke.emit()
        if self._analyte is None or not (self.unit.text().strip() or self.number.text().strip()):
            self.echo.clear()
            return
        try:
            self.echo.setText(self._told_in_words(self._analyte))
        except NeedsConfirmation as question:
            self.echo.setText(question.sentence)
            self.keep.show()
        except Refused as error:
            self.echo.setText(error.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _factor(self, *, sure: bool) -> Decimal:
        if self.number.isHidden():
            return Decimal(1)
        return parse_factor(self.number.text(), confirmed=sure)

    def _told_in_words(self, analyte: Analyte) -> str:
        """Return ``1 mg/dL = 10 mg/L, so 0.31 mg/dL is 3.1 mg/L``. Raises Refused."""
        # A unit that can't be taken is said before its number is typed.
        with_unit(analyte, self.unit.text(), Decimal(1))
        if not self.number.isHidden() and not self.number.text().strip():
            return ""
        told = with_unit(analyte, self.unit.text(), self._factor(sure=False))
        unit = display_unit(" ".join(self.unit.text().split()))
        if not analyte.conversions:
            return translate("labs", "Results of {test} in {unit} are kept as printed.").format(
                test=analyte.label, unit=unit
            )
        conversion, first = told.conversions[-1], self._first.text()
        return translate(
            "labs", "1 {unit} = {one} {first}, so {example} {unit} is {converted} {first}"
        ).format(
            unit=unit,
            first=first,
            one=decimal_text(plain(conversion.to_canonical(Decimal(1)))),
            example=decimal_text(plain(self._example)),
            converted=decimal_text(plain(conversion.to_canonical(self._example))),
        )

    def _give(self, *, sure: bool = False) -> None:
        if self._analyte is None:
            return
        if not self.unit.text().strip():
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.number.isHidden() and not self.number.text().strip():
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            with_unit(self._analyte, self.unit.text(), Decimal(1))
        except Refused as error:
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refuse(error.sentence)
            return
        try:
            factor = self._factor(sure=sure)
            with_unit(self._analyte, self.unit.text(), factor)
        except Refused as error:
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            self.refuse(error.sentence)
            return
        self.given.emit(self.unit.text(), factor)

    def _name_fields(self, analyte: Analyte) -> None:
        has_unit = bool(analyte.conversions)
        first = display_unit(analyte.canonical_unit) or translate("labs", "(no unit)")
        heading = (
            translate("labs", "Another unit of {test}, as the report prints it")
            if has_unit
            else translate("labs", "The unit of {test}, as the report prints it")
        ).format(test=analyte.label)
        self._heading.setText(heading)
        self._first.setText(first)
        self.unit.setAccessibleName(translate("labs", "Another unit"))
        self.unit.setAccessibleDescription(heading)
        self.number.setAccessibleName(translate("labs", "How many of the first unit it is"))
        self.number.setAccessibleDescription(
            translate("labs", "How many {first} one of it is").format(first=first)
        )
        for widget in (self._one, self._is, self.number, self._first):
            widget.setVisible(has_unit)

    def _lay_out(self) -> None:
        px = look().px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(14), px(8), px(8), px(10))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        line = (self._one, self.unit, self._is, self.number, self._first, self.add, self.cancel)
        for column, widget in enumerate(line):
            grid.addWidget(widget, 1, column)
        grid.addWidget(self._heading, 0, 0, 1, len(line))
        below = QHBoxLayout()
        below.setSpacing(px(8))
        below.addWidget(self.echo, 1)
        below.addWidget(self.keep)
        grid.addLayout(below, 2, 0, 1, len(line))
        for column, stretch in ((1, 3), (3, 3), (4, 0)):
            grid.setColumnStretch(column, stretch)
