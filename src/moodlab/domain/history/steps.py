"""The steps that can be undone."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from moodlab.domain.changes import Changes

Row = Mapping[str, Any] | None

# The kind of the step that takes a whole day away.
DELETE_DAY = "delete day"


class RowChange(NamedTuple):
    """A row before and after a step; None where there was none."""

    table: str
    before: Row
    after: Row

    @property
    def reversed(self) -> "RowChange":
        """The change that takes this one back."""
        return RowChange(self.table, self.after, self.before)


class Step(NamedTuple):
    """A batch that can be undone or redone, with what it touched.

    `number` grows with each step of a journal; `rows` are as the step changed them.
    """

    id: str
    kind: str
    changes: Changes
    number: int = 0
    rows: tuple[RowChange, ...] = ()
