"""The choice of a unit: those of a test, and to one's own test another one."""

from collections.abc import Iterable

from moodlab.domain.labs.analytes import Analyte, display_unit
from moodlab.domain.labs.units import fold_unit
from moodlab.i18n import translate
from moodlab.ui.labs.open_choice import OpenChoice


class UnitChoice(OpenChoice):
    """Units as people write them. Where the person chose none, it follows one that they type.

    It then returns to where it stood as soon as no known unit is typed any more.
    """

    def __init__(self) -> None:
        super().__init__()
        self._home = 0
        self._was_chosen = False
        # One that stood there already may be chosen, too.
        self.activated.connect(lambda _index: self._be_chosen())

    @property
    def unit(self) -> str:
        """The chosen unit; while another one is being told, the one chosen before."""
        return self._last if self.is_at_another else self.currentText()

    @property
    def was_chosen(self) -> bool:
        """Whether the person chose it, or a saved result says so."""
        return self._was_chosen

    @property
    def is_led(self) -> bool:
        """Whether it stands at a unit that was typed behind the value."""
        return not self._was_chosen and self.currentIndex() != self._home

    def step_back(self) -> None:
        """Return to the unit that was there; no choice was made."""
        was_chosen = self._was_chosen
        super().step_back()
        self._was_chosen = was_chosen

    def offer(self, analyte: Analyte, preferred: Iterable[str], *, is_own: bool) -> None:
        """Offer the units of a test; the last of `preferred` that it knows stands there."""
        units = [display_unit(conversion.unit) for conversion in analyte.conversions]
        another = translate("labs", "Another unit…") if is_own else ""
        self._list([(unit, unit) for unit in units], another, "")
        for unit in preferred:
            self._stand_at(unit)
        self.settle()

    def settle(self) -> None:
        """Let what stands there be a habit, and no choice."""
        if self.is_at_another:
            self._move(max(0, self.findData(self._last)))
        self._home = self.currentIndex()
        self._was_chosen = False

    def choose_printed(self, unit: str) -> None:
        """Choose a unit in any spelling, and keep the one in which it was printed.

        One that an own test does not know is asked for.
        """
        if unit and not self.knows(unit) and self.has_another:
            self.setCurrentIndex(self.count() - 1)
            return
        self._stand_at(unit)
        self._was_chosen = True

    def knows(self, unit: str) -> bool:
        """Whether a unit is offered, in any spelling."""
        return self._place_of(unit) is not None

    def follow(self, typed: str) -> None:
        """Stand at the unit typed behind the value, or else where it stood before."""
        if self._was_chosen or self.is_at_another:
            return
        place = self._place_of(typed) if typed else None
        self._move(self._home if place is None else place)

    def _place_of(self, unit: str) -> int | None:
        for place in range(self.count()):
            name = self.itemData(place)
            if name is not None and fold_unit(name) == fold_unit(unit):
                return place
        return None

    def _stand_at(self, unit: str) -> None:
        place = self._place_of(unit) if unit else None
        if place is not None:
            self.setItemText(place, display_unit(unit))
            self._move(place)

    def _move(self, place: int) -> None:
        if place != self.currentIndex():
            self.blockSignals(True)
            self.setCurrentIndex(place)
            self.blockSignals(False)
            self._last = self.currentData() or ""

    def _tell(self) -> None:
        self._be_chosen()
        super()._tell()

    def _be_chosen(self) -> None:
        self._was_chosen = self._was_chosen or not self.is_at_another
