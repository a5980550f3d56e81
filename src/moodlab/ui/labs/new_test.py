"""A test of the person's own: its name and its unit as the report prints them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from moodlab.domain.labs.own_units import LONGEST_UNIT
from moodlab.i18n import translate
from moodlab.ui.look.style import look
from moodlab.ui.widgets.line import Line
from moodlab.ui.widgets.text import Button, label


class NewTest(QFrame):
    """A strip in the page. `given(name, unit)` when it is filled in, `cancelled` when left."""

    given = Signal(str, str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.name, self.unit = Line(), Line()
        self.unit.setMaxLength(LONGEST_UNIT)
        self.name.setPlaceholderText(translate("labs", "as printed, Calprotectin"))
        self.unit.setPlaceholderText(translate("labs", "as printed, µg/g"))
        self.add = Button(translate("labs", "Add test"), "", self._give)
        self.cancel = Button(translate("labs", "Cancel"), "", self.cancelled.emit)
        for field in (self.name, self.unit):
            field.returnPressed.connect(self._give)
        grid = QGridLayout(self)
        px = look().px
        grid.setContentsMargins(px(14), px(8), px(8), px(10))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for column, (text, field) in enumerate(
            (
                (translate("labs", "Name &of the test"), self.name),
                (translate("labs", "Its un&it"), self.unit),
            )
        ):
            caption = label(text, "quiet")
            caption.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.add, 1, 2)
        grid.addWidget(self.cancel, 1, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.hide()

    def open(self, *, at_once: bool) -> None:
        """Show the fields, empty at first, with the keyboard in one if asked for `at_once`."""
        if self.isHidden():
            self.name.empty()
            self.unit.empty()
        self.show()
        if at_once:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _give(self) -> None:
        if not self.name.text().strip():
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.unit.text().strip():
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.given.emit(self.name.text(), self.unit.text())
