"""What may be taken as needed on the day that is open, to tick it there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from moodlab.domain.treatments import AsNeeded
from moodlab.i18n import translate
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.flow import Flow
from moodlab.ui.widgets.text import label


class AsNeededRow(QWidget):
    """`ticked(AsNeeded, bool)` when the person ticks one, or takes its tick back."""

    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._offered: dict[str, AsNeeded] = {}
        self._flow = Flow(self)
        self._flow.setSpacing(look().px(2 * GRID))
        self._flow.addWidget(label(translate("today", "Taken as needed"), "quiet"))

    def show_offered(self, offered: Sequence[AsNeeded]) -> None:
        """Show these, in their order."""
        if list(self.boxes) != [each.treatment for each in offered]:
            for box in self.boxes.values():
                self._flow.removeWidget(box)
                box.hide()
                box.deleteLater()
            self.boxes = {each.treatment: QCheckBox() for each in offered}
            for treatment, box in self.boxes.items():
                box.clicked.connect(lambda on, treatment=treatment: self._tick(treatment, on))
                self._flow.addWidget(box)
        for each in offered:
            box = self.boxes[each.treatment]
            box.setText(each.name.replace("&", "&&"))
            box.setAccessibleName(
                translate("today", "{name}, taken as needed").format(name=each.name)
            )
            box.setChecked(each.taking is not None)
        self._offered = {each.treatment: each for each in offered}
        self.setVisible(bool(offered))

    def _tick(self, treatment: str, on: bool) -> None:
        self.ticked.emit(self._offered[treatment], on)
