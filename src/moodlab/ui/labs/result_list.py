"""The list of blood results: all or one test over time, what can be done, and the days around."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from moodlab.domain.days import short_date
from moodlab.domain.labs.results import LabResult
from moodlab.i18n import translate
from moodlab.report.page.lab_list import test_name
from moodlab.theme import GRID
from moodlab.ui.look.style import look
from moodlab.ui.widgets.lab_table import LabTable
from moodlab.ui.widgets.text import Button, label

ALL_TESTS = ""
_SHORTEST_NAME = 14


class ResultList(QWidget):
    """`change_asked` and `delete_asked` are about the chosen result."""

    change_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tests = QComboBox()
        self.tests.setAccessibleName(translate("labs", "Show"))
        self.tests.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.tests.setMinimumContentsLength(_SHORTEST_NAME)
        self.tests.activated.connect(lambda _row: self._choose_test())
        self.count = label("", "quiet")
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.change = Button(translate("labs", "Change…"), "", self.change_asked.emit)
        self.remove = Button(translate("labs", "Delete"), "", self.delete_asked.emit)
        self.table = LabTable(translate("labs", "Blood results"))
        self.table.doubleClicked.connect(lambda _index: self.change_asked.emit())
        self.table.opened.connect(self.change_asked)
        self.beside = label("", "muted", wrap=True)
        self._lay_out()

    def show_results(self, results: tuple[LabResult, ...]) -> LabResult | None:
        """Show `results`, oldest first, and return the chosen one; what is filtered stays so."""
        names = {result.catalogue_id: test_name(result) for result in results}
        only = self.tests.currentData() or ALL_TESTS
        self.tests.clear()
        self.tests.addItem(translate("labs", "All tests"), ALL_TESTS)
        for test_id in sorted(names, key=lambda test_id: names[test_id].casefold()):
            self.tests.addItem(names[test_id], test_id)
        self.tests.setCurrentIndex(max(0, self.tests.findData(only)))
        chosen = self.table.show_results(results, only=self.tests.currentData())
        self._count()
        return chosen

    def show_beside(self, words: str) -> None:
        """Set what is known about the chosen result under the table."""
        self.beside.setText(words)
        self.beside.setVisible(bool(words))
        self.table.setAccessibleDescription(words)

    def choose(self, result_id: str) -> None:
        """Choose a result and show it, with all tests if it is not one of those that are shown."""
        if not self.table.choose(result_id):
            self.tests.setCurrentIndex(0)
            self._choose_test()
            self.table.choose(result_id)

    def show_test(self, test_id: str) -> bool:
        """Show the results of one test; say whether there are any."""
        row = self.tests.findData(test_id)
        if row < 0:
            return False
        self.tests.setCurrentIndex(row)
        self._choose_test()
        return True

    def ask_which_test(self) -> None:
        """Give the keyboard to the choice of one test."""
        self.tests.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tests.showPopup()

    def _choose_test(self) -> None:
        self.table.show_only(self.tests.currentData())
        self._count()

    def _count(self) -> None:
        self.count.setText(_count_words([result.collected for result in self.table.shown]))

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(look().px(GRID))
        above.addWidget(self.tests)
        above.addWidget(self.count, 1)
        above.addWidget(self.change)
        above.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look().px(GRID))
        layout.addLayout(above)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.beside)


def _count_words(days: list[date]) -> str:
    if len(days) < 2:
        return translate("labs", "{n} result").format(n=len(days))
    return translate("labs", "{n} results, {first} – {last}").format(
        n=len(days), first=short_date(min(days)), last=short_date(max(days))
    )
