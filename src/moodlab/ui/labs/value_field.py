"""The field for a value as printed, and what can be read in it before it is saved."""

from contextlib import suppress
from decimal import Decimal

from moodlab.domain.errors import Refused
from moodlab.domain.labs.printed_values import parse_value, split_unit
from moodlab.i18n import translate
from moodlab.ui.widgets.line import Line


class ValueField(Line):
    """A line for ``<0.3``, with its unit behind it or without."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(translate("labs", "as printed, <0.3"))

    @property
    def unit(self) -> str:
        """The unit that stands behind the value; empty without one."""
        return split_unit(self.text())[1]

    @property
    def number(self) -> Decimal | None:
        """The number in the value; None where there is none, or only after a question."""
        with suppress(Refused):
            return parse_value(split_unit(self.text())[0]).number
        return None
