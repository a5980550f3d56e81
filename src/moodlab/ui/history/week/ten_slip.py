"""Whether 1 and 0 typed one after the other were meant as ten, which is X."""

from typing import NamedTuple

from moodlab.domain.ratings import Rating
from moodlab.ui.history.week.entries import Place


class Slip(NamedTuple):
    """A cell that got 1, and the next one that got 0, with the answer that this replaced.

    `second` is None where 0 was typed behind the last rating and not taken.
    """

    first: Place
    second: Place | None
    replaced: Rating | None = None


class TenSlip:
    """Remembers the cell into which 1 was just typed, and the slip that is being asked about."""

    def __init__(self) -> None:
        self._one: Place | None = None
        self.offered: Slip | None = None

    def take_one(self) -> Place | None:
        """Return the cell that got 1 by the key before this one, and forget it."""
        one, self._one = self._one, None
        return one

    def remember(self, cell: Place) -> None:
        """Note that 1 was typed into this cell."""
        self._one = cell

    def offer(self, slip: Slip) -> None:
        """Ask about it until the next key."""
        self.offered = slip

    def dismiss(self) -> Slip | None:
        """Return what was asked about, and ask no more."""
        slip, self.offered = self.offered, None
        return slip
