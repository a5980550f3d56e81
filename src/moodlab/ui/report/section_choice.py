"""What is on the page: its sections, how many sheets, how large, and the list of all days."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from moodlab.i18n import translate, translate_marked
from moodlab.report.options import SECTIONS, PageOptions, read_sections, write_sections
from moodlab.settings import Settings
from moodlab.ui.look.style import look

# As preferences name them.
ONE_SHEET, LARGE, APPENDIX = "one-sheet", "large", "appendix"


class SectionChoice(QWidget):
    """Sends `chosen(PageOptions)` when the person ticks or unticks something."""

    chosen = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        without, extras = read_sections(settings.report_without), settings.report_extras.split()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(4))
        self.sections = {name: QCheckBox(translate_marked(text)) for name, text in SECTIONS.items()}
        for name, box in self.sections.items():
            box.setChecked(name not in without)
        self.extras = {
            ONE_SHEET: QCheckBox(translate("report", "The first sheet only")),
            LARGE: QCheckBox(translate("report", "Large print (14 pt)")),
            APPENDIX: QCheckBox(translate("report", "List of all days")),
        }
        for name, box in self.extras.items():
            box.setChecked(name in extras)
        boxes = (*self.sections.values(), *self.extras.values())
        for box in boxes:
            if box is self.extras[ONE_SHEET]:
                layout.addSpacing(look().px(8))
            layout.addWidget(box)
        self._keep_apart()
        for box in boxes:
            box.toggled.connect(lambda _on: self._tell())

    @property
    def options(self) -> PageOptions:
        """What is chosen now."""
        return PageOptions(
            frozenset(name for name, box in self.sections.items() if not box.isChecked()),
            self.extras[ONE_SHEET].isChecked(),
            self.extras[LARGE].isChecked(),
            self.extras[APPENDIX].isChecked(),
        )

    @property
    def preferences(self) -> dict[str, str]:
        """What is chosen now, as preferences."""
        extras = (name for name, box in self.extras.items() if box.isChecked())
        return {
            "report_without": write_sections(self.options.without),
            "report_extras": " ".join(extras),
        }

    def _keep_apart(self) -> None:
        """One sheet has room for neither large print nor the list: it takes them off."""
        is_one = self.extras[ONE_SHEET].isChecked()
        for name in (LARGE, APPENDIX):
            with QSignalBlocker(self.extras[name]):
                self.extras[name].setChecked(self.extras[name].isChecked() and not is_one)
            self.extras[name].setEnabled(not is_one)

    def _tell(self) -> None:
        self._keep_apart()
        self.chosen.emit(self.options)
