"""What the last result of a test suggests for the next one: lab, method, range and unit."""

from collections.abc import Iterable

from moodlab.domain.labs.results import LabResult
from moodlab.domain.labs.units import fold_unit
from moodlab.ui.widgets.line import Line


class Habits:
    """Fills `lab`, `method` and `printed_range` where the person typed nothing else."""

    def __init__(self, lab: Line, method: Line, printed_range: Line) -> None:
        self._lab = lab
        self._method = method
        self._range = printed_range
        self._last: dict[str, LabResult] = {}

    def learn(self, results: Iterable[LabResult]) -> bool:
        """Remember the last result of each test, `results` by their day; say if it is the first."""
        is_first = not self._last
        self._last = {result.catalogue_id: result for result in results}
        return is_first

    def last_unit(self, test_id: str) -> str:
        """Return the unit of the test's last result; empty without one."""
        last = self._last.get(test_id)
        return last.unit if last else ""

    def forget_typing(self) -> None:
        """Let the next result begin with what is offered again."""
        for field in (self._method, self._range):
            field.setModified(False)

    def offer(self, test_id: str) -> None:
        """Offer lab and method of the test's last result."""
        last = self._last.get(test_id)
        for field, text in (
            (self._lab, last.lab if last else self._lab.text()),
            (self._method, last.method if last else ""),
        ):
            if not field.isModified() or not field.text():
                _show(field, text)

    def offer_range(self, test_id: str, unit: str) -> None:
        """Offer the range of the test's last result, where lab and unit are the same."""
        if self._range.isModified():
            return
        last = self._last.get(test_id)
        fits = (
            last is not None
            and fold_unit(last.unit) == fold_unit(unit)
            and last.lab == self._lab.text().strip()
        )
        _show(self._range, last.range_text if last and fits else "")


def _show(field: Line, text: str) -> None:
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)
