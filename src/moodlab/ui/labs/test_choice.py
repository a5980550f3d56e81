"""The choice of a test: the catalogue, the journal's own tests, and one still to be named."""

from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.catalogue import BUILT_IN, Catalogue
from moodlab.i18n import translate
from moodlab.ui.labs.open_choice import OpenChoice


class TestChoice(OpenChoice):
    """Tests by their ids, and "Another test…"."""

    __test__ = False  # for pytest: a test of blood

    def __init__(self) -> None:
        super().__init__()
        self._catalogue = BUILT_IN
        self._list_tests(BUILT_IN.analytes[0].id)

    @property
    def catalogue(self) -> Catalogue:
        """Every test that is offered."""
        return self._catalogue

    @property
    def test_id(self) -> str:
        """The chosen test; while another one is being named, the one chosen before."""
        return self._last if self.is_at_another else self.currentData()

    @property
    def analyte(self) -> Analyte:
        """The test with that id."""
        return self._catalogue.by_id[self.test_id]

    def offer(self, catalogue: Catalogue) -> bool:
        """Offer the journal's own tests too; the chosen one stays. Say whether any changed."""
        if catalogue.own == self._catalogue.own:
            return False
        self._catalogue = catalogue
        at_another = self.is_at_another
        self._list_tests(self._last)
        if at_another:
            self.blockSignals(True)
            self.setCurrentIndex(self.count() - 1)
            self.blockSignals(False)
        return True

    def _list_tests(self, chosen: str) -> None:
        tests = [(analyte.label, analyte.id) for analyte in self._catalogue.analytes]
        self._list(tests, translate("labs", "Another test…"), chosen)
