"""The choice of a test: the catalogue, the journal's own tests, and one still to be named."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from moodlab.domain.catalogue import BUILT_IN, Catalogue
from moodlab.i18n import translate


class TestChoice(QComboBox):
    """`chosen(id)` when a test was chosen; `another_asked(at_once)` at "Another test…".

    `at_once` is False when the arrow keys only came past it.
    """

    __test__ = False  # for pytest: a test of blood

    chosen = Signal(str)
    another_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._catalogue = BUILT_IN
        self._last = BUILT_IN.analytes[0].id
        self._was_open = False
        self._list()
        self.currentIndexChanged.connect(lambda _index: self._tell())
        self.activated.connect(lambda _index: self._ask_for_another())

    @property
    def catalogue(self) -> Catalogue:
        """Every test that is offered."""
        return self._catalogue

    @property
    def test_id(self) -> str:
        """The chosen test; while another one is being named, the one chosen before."""
        return self.currentData() or self._last

    def offer(self, catalogue: Catalogue) -> None:
        """Offer the journal's own tests too; the chosen one stays."""
        if catalogue.own != self._catalogue.own:
            self._catalogue = catalogue
            self._list()

    def choose(self, test_id: str) -> None:
        """Choose a test that is offered."""
        self.setCurrentIndex(max(0, self.findData(test_id)))

    def step_back(self) -> None:
        """Return from "Another test…" to the test chosen before."""
        self.choose(self._last)

    def showPopup(self) -> None:
        self._was_open = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._was_open = False
        super().keyPressEvent(event)

    def _list(self) -> None:
        chosen = self._last
        self.blockSignals(True)
        self.clear()
        for analyte in self._catalogue.analytes:
            self.addItem(analyte.label, analyte.id)
        self.addItem(translate("labs", "Another test…"), "")
        self.choose(chosen)
        self._last = self.currentData()
        self.blockSignals(False)

    def _tell(self) -> None:
        if self.currentData():
            self._last = self.currentData()
            self.chosen.emit(self._last)
        else:
            self.another_asked.emit(False)

    def _ask_for_another(self) -> None:
        if self._was_open and not self.currentData():
            self.another_asked.emit(True)
        self._was_open = False
