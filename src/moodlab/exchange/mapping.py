"""What a mapping file says: which column of a table is which metric, and how its cells are written.

Each class is one table of the file, and its fields are that table's keys; docs/interchange.md
explains them. `mapping_file` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from moodlab.domain.errors import Refused
from moodlab.domain.metrics import Metric
from moodlab.domain.treatments import TreatmentKind
from moodlab.i18n import translate

# Texts that `mapping_values` has checked.
DateFormat = NewType("DateFormat", str)
TimeFormat = NewType("TimeFormat", str)
Encoding = NewType("Encoding", str)
Delimiter = NewType("Delimiter", str)
# A cell's content; a whole number may be written without quotes.
CellText = NewType("CellText", str)
# A name that is not blank.
Name = NewType("Name", str)

_MOST_DIGITS_BEFORE_POINT, _FINEST = 12, -24


class Several(StrEnum):
    """What several answers on one day become."""

    FIRST = "first"
    LAST = "last"
    MEDIAN = "median"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How the table is written, and which column holds the day."""

    date: str
    name: Name = Name("csv")
    date_format: DateFormat = DateFormat("%Y-%m-%d")
    missing: tuple[str, ...] = ("", "NA")
    delimiter: Delimiter = Delimiter(",")
    encoding: Encoding = Encoding("utf-8-sig")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One metric's column and its scale there; `reversed` where the source counts the other way."""

    column: str
    low: Decimal
    high: Decimal
    reversed: bool = False
    several: Several = Several.LAST

    def __post_init__(self) -> None:
        """Raise Refused for a scale that does not rise."""
        if self.low >= self.high:
            raise Refused(
                translate("mapping", "Make low less than high. They are {low} and {high}.").format(
                    low=self.low, high=self.high
                )
            )

    @property
    def scale_text(self) -> str:
        """The source's own scale, kept beside every imported value."""
        turned = ", reversed" if self.reversed else ""
        return f"{self.column} {self.low}–{self.high}{turned}"


@dataclass(frozen=True, slots=True)
class RecordedMapping:
    """When a row was answered: the first of `columns` that holds a known time.

    Times that begin with a text in `unknown` are not known.
    """

    columns: tuple[str, ...] = ()
    time_format: TimeFormat = TimeFormat("%H:%M:%S")
    other_formats: tuple[TimeFormat, ...] = ()
    unknown: tuple[str, ...] = ()
    zone: ZoneInfo | None = None

    def __post_init__(self) -> None:
        """Raise Refused for an empty text in `unknown`: every time begins with it."""
        if "" in self.unknown:
            raise Refused(
                translate("mapping", "Remove the empty text from unknown. It matches every time.")
            )


@dataclass(frozen=True, slots=True)
class TreatmentMapping:
    """A column that holds a dose; a new number is a new step, `ended_by` ends the treatment."""

    name: Name
    column: str
    unit: str = ""
    kind: TreatmentKind = TreatmentKind.MEDICINE
    ended_by: CellText = CellText("0")


@dataclass(frozen=True, slots=True)
class EventsMapping:
    """A column whose every new value is an event on the first day it is seen."""

    column: str
    texts: Mapping[str, CellText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefuseMapping:
    """Rows that are refused because `column` holds `value`."""

    column: str
    reason: str
    value: CellText = CellText("1")


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The whole mapping of one table."""

    file: FileMapping
    columns: Mapping[Metric, ColumnMapping]
    recorded: RecordedMapping | None = None
    treatment: tuple[TreatmentMapping, ...] = ()
    events: EventsMapping | None = None
    refuse: tuple[RefuseMapping, ...] = ()

    def __post_init__(self) -> None:
        """Raise Refused for a mapping without a column, and for two treatments of one name."""
        names = [treatment.name for treatment in self.treatment]
        for name in names:
            if names.count(name) > 1:
                raise Refused(
                    translate("mapping", "Two treatments are called “{name}”. Rename one.").format(
                        name=name
                    )
                )
        if not self.columns:
            raise Refused(translate("mapping", "The mapping names no column: add [columns.mood]."))


def parse_scale_number(text: str) -> Decimal | None:
    """Read a number of a size that a scale may have; None for anything else."""
    if "_" in text:  # for Decimal, 1_0 is 10
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS_BEFORE_POINT:
        return None
    # The exponent bounds the digits: 1e-999999999 written out would fill the memory.
    return number if int(number.as_tuple().exponent) >= _FINEST else None
