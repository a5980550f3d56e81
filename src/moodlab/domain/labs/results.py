"""Lab results exactly as printed, with the derived number beside them and never in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from moodlab.domain.days import Recorded
from moodlab.domain.errors import Refused
from moodlab.domain.ids import derived_id
from moodlab.domain.labs.analytes import display_unit
from moodlab.domain.labs.printed_values import PrintedValue
from moodlab.domain.labs.reference_ranges import Position, PrintedRange, parse_range, place
from moodlab.domain.labs.units import EXACT
from moodlab.domain.numbers import plain
from moodlab.i18n import translate

# What was going on around a draw. The first group presets "excluded from summaries", the second
# only informs. Either way the result is shown.
EXCLUDING_CONTEXTS = (
    "infection", "vaccination", "injury", "surgery", "dental", "exercise", "anti_inflammatory",
)  # fmt: skip
INFORMING_CONTEXTS = ("fasting", "contraceptive", "pregnancy", "smoking", "medicine", "other")
CONTEXTS = EXCLUDING_CONTEXTS + INFORMING_CONTEXTS

MANUAL = "manual"
# FHIR's name for identifiers that are addresses.
ADDRESS = "urn:ietf:rfc:3986"


@dataclass(frozen=True, slots=True)
class LabResult:
    """One result: what was printed, what it means in the canonical unit, and how it came about.

    `canonical` is None for a result in words, and where nobody said how its unit converts. `label`
    is the test's name; `source` says which kind of file it came from, and `identifier` is that
    file's own ``system|value``. `status` and `issued` are the lab's word and its moment in UTC, and
    `remark` is what else the lab says; `note` is the person's own.
    """

    id: str
    collected: date
    analyte: str
    assay: str | None
    loinc: str
    value: PrintedValue
    unit: str
    canonical: Decimal | None
    canonical_unit: str
    range_text: str = ""
    lab: str = ""
    method: str = ""
    specimen: str = ""
    context: tuple[str, ...] = ()
    excluded: bool = False
    note: str = ""
    reported: date | None = None
    recorded: Recorded | None = None
    label: str = ""
    source: str = MANUAL
    identifier: str = ""
    status: str = ""
    issued: str = ""
    remark: str = ""

    @property
    def catalogue_id(self) -> str:
        """The catalogue entry: ``hs_crp`` for CRP by a high-sensitivity assay."""
        return f"{self.assay}_{self.analyte}" if self.assay else self.analyte

    @property
    def printed_range(self) -> PrintedRange | None:
        """The lab's own range as numbers; None without one, and for one that can't be read."""
        return parse_range(self.range_text, self.unit) if self.range_text else None

    @property
    def position(self) -> Position | None:
        """Where the result certainly lies against its printed range; None without one."""
        if not self.range_text or self.value.is_text:
            return None
        return place(self.value, self.printed_range)

    @property
    def printed_with_unit(self) -> str:
        """``<0.3 mg/L``, as on the report; a flag stands behind the unit."""
        return self.value.with_unit(display_unit(self.unit))

    @property
    def is_converted(self) -> bool:
        """Whether the canonical figure is another one than the printed."""
        return self.canonical is not None and self.canonical != self.value.number

    @property
    def canonical_text(self) -> str:
        """The canonical figure with its comparator, ``<3 mg/L``; words stay as they are."""
        if self.canonical is None:
            return self.value.text
        comparator = self.value.comparator or ""
        unit = display_unit(self.canonical_unit)
        return f"{comparator}{plain(self.canonical)} {unit}".rstrip()


def arriving_id(result: LabResult) -> str:
    """Return the id of a result read from a file: the same one each time that it is read.

    It is made from the file's identifier with test and day, or from what the result means.
    """
    if result.identifier:
        return derived_id(
            result.source, result.identifier, result.catalogue_id, result.collected.isoformat()
        )
    return derived_id(result.source, *meaning_of(result))


def has_address_only(result: LabResult) -> bool:
    """Whether a result is known by where it stood in a file, for want of an identifier."""
    return result.identifier.startswith((f"{ADDRESS}|Observation/", f"{ADDRESS}|urn:uuid:"))


def means_the_same(one: LabResult, other: LabResult) -> bool:
    """Whether two results are the same value of the same test on the same day, in any unit."""
    return meaning_of(one) == meaning_of(other)


def meaning_of(result: LabResult) -> tuple[str, ...]:
    """Return what makes a result the same one wherever it was written: test, day and value."""
    value = (
        f"{result.value.text} {result.unit}".rstrip().casefold()
        if result.canonical is None
        # 3.10 is 3.1.
        else plain(EXACT.normalize(result.canonical))
    )
    return (
        result.catalogue_id,
        result.collected.isoformat(),
        result.value.comparator or "",
        value,
    )


def parse_context(text: str) -> tuple[str, ...]:
    """Read a comma-separated context list. Raises Refused for a word that is not one."""
    words = [word.strip().lower().replace("-", "_") for word in text.split(",") if word.strip()]
    for word in words:
        if word not in CONTEXTS:
            raise Refused(
                translate("labs", "“{word}” is not a known context. Use {known}.").format(
                    word=word, known=", ".join(CONTEXTS)
                )
            )
    return tuple(context for context in CONTEXTS if context in words)


def presets_excluded(context: Sequence[str]) -> bool:
    """Whether a draw in this context is left out of summaries unless the person says otherwise."""
    return any(word in EXCLUDING_CONTEXTS for word in context)
