"""Lab results exactly as printed, with the derived number beside them and never in their place.

`<0.3` is a bound: it is kept as typed, compared as an interval, and never turned into 0.3 or 0.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from moodlab.domain.analytes import display_unit
from moodlab.domain.days import Recorded
from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.i18n import translate


class Position(StrEnum):
    """Where a result certainly lies against the lab's own printed range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    CANNOT_BE_PLACED = "cannot_be_placed"


# What was going on around a draw. The first group presets "excluded from summaries", the second
# only informs. Either way the result is shown.
EXCLUDING_CONTEXTS = (
    "infection", "vaccination", "injury", "surgery", "dental", "exercise", "anti_inflammatory",
)  # fmt: skip
INFORMING_CONTEXTS = ("fasting", "contraceptive", "pregnancy", "smoking", "medicine", "other")
CONTEXTS = EXCLUDING_CONTEXTS + INFORMING_CONTEXTS

_COMPARATORS = {"<": "<", "<=": "<=", "≤": "<=", ">": ">", ">=": ">=", "≥": ">="}
_NUMBER = r"[0-9]{1,12}(?:[.,][0-9]{1,12})?"
_VALUE = re.compile(
    rf"(?P<comparator><=|>=|<|>|≤|≥)?\s*(?P<number>{_NUMBER})\s*(?P<flag>\(?[HLN*+↑↓]{{1,2}}\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A value as the lab printed it. `number` is exact; `comparator` is None, <, <=, > or >=."""

    text: str
    comparator: str | None
    number: Decimal
    flag: str = ""

    @property
    def is_censored(self) -> bool:
        """Whether the number is only a bound."""
        return self.comparator is not None


@dataclass(frozen=True, slots=True)
class PrintedRange:
    """A lab's own reference range; a missing limit is open, an exclusive one came with < or >."""

    text: str
    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class LabResult:
    """One result: what was printed, what it means in the canonical unit, and how it came about."""

    id: str
    collected: date
    analyte: str
    assay: str | None
    loinc: str
    value: PrintedValue
    unit: str
    canonical: Decimal
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

    @property
    def catalogue_id(self) -> str:
        """The catalogue entry: ``hs_crp`` for CRP by a high-sensitivity assay."""
        return f"{self.assay}_{self.analyte}" if self.assay else self.analyte

    @property
    def position(self) -> Position | None:
        """Where the result certainly lies against its printed range; None without one."""
        return (
            place(self.value, parse_range(self.range_text, self.unit)) if self.range_text else None
        )

    @property
    def printed_with_unit(self) -> str:
        """``<0.3 mg/L``, as on the report; a flag stands behind the unit."""
        text, flag = self.value.text, self.value.flag
        bare = text[: text.rindex(flag)].rstrip(" (") if flag else text
        return f"{bare} {display_unit(self.unit)} {flag}".rstrip()

    @property
    def canonical_text(self) -> str:
        """The canonical figure with its comparator, ``<3 mg/L``."""
        comparator = self.value.comparator or ""
        return f"{comparator}{plain(self.canonical)} {display_unit(self.canonical_unit)}"


def plain(number: Decimal) -> str:
    """Return a decimal without exponent, and with just the digits that it has."""
    return format(number, "f")


def parse_value(text: str, *, confirmed: bool = False) -> PrintedValue:
    """Read a value as printed: ``0,31``, ``<0.3``, ``≤5``, ``>300``, ``5.0 H``.

    Raises Refused for anything else, NeedsConfirmation for 0 and for a comma that may separate
    thousands. Thousands separators are refused, never guessed.
    """
    printed = " ".join(text.split())
    match = _VALUE.fullmatch(printed)
    if match is None:
        raise Refused(
            translate("labs", "I can't read “{text}” as a lab value. Try 3.1 or <0.3.").format(
                text=printed
            )
        )
    digits = match["number"]
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits) and not confirmed:
        raise NeedsConfirmation(
            translate(
                "labs",
                "“{text}” can be read as {decimal} or as {whole}. Write it that way if you can.",
            ).format(text=printed, decimal=digits.replace(",", "."), whole=digits.replace(",", ""))
        )
    number = Decimal(digits.replace(",", "."))
    comparator = _COMPARATORS[match["comparator"]] if match["comparator"] else None
    if not number and comparator is None and not confirmed:
        raise NeedsConfirmation(
            translate("labs", "Did the report say 0 or “less than”? If less than, write <0.3.")
        )
    if not number and comparator in ("<", "<="):
        raise Refused(translate("labs", "A value below zero can't be. Is it <0.3?"))
    return PrintedValue(printed, comparator, number, (match["flag"] or "").strip("()"))


_RANGE_SPAN = re.compile(rf"(?P<low>{_NUMBER})\s*(?:-|–|—|to|bis|\.\.)\s*(?P<high>{_NUMBER})")
_RANGE_LIMIT = re.compile(
    rf"(?P<comparator><=|>=|<|>|≤|≥|up to|bis|below|above|from|ab)\s*(?P<number>{_NUMBER})"
)
_UPPER = {"<": False, "<=": True, "≤": True, "up to": True, "bis": True, "below": False}


def parse_range(text: str, unit: str = "") -> PrintedRange | None:
    """Read a printed range such as ``<5``, ``0–5``, ``3.6-10.0``; None if it cannot be read.

    A range is in the unit of its result. One that cannot be read is kept and shown as text.
    """
    body = " ".join(text.split()).strip("[]() ").lower()
    if unit and body.endswith(unit.lower()):
        body = body[: -len(unit)].strip()
    if match := _RANGE_SPAN.fullmatch(body):
        low, high = (Decimal(match[name].replace(",", ".")) for name in ("low", "high"))
        return PrintedRange(text, low, high) if low <= high else None
    if match := _RANGE_LIMIT.fullmatch(body):
        limit = Decimal(match["number"].replace(",", "."))
        if match["comparator"] in _UPPER:
            return PrintedRange(text, None, limit, high_included=_UPPER[match["comparator"]])
        return PrintedRange(
            text, limit, None, low_included=match["comparator"] not in (">", "above")
        )
    return None


def place(value: PrintedValue, limits: PrintedRange | None) -> Position:
    """Return where `value` certainly lies: every number it may stand for is on that side.

    ``<10`` against a range up to 5 cannot be placed; ``<3`` against it is within.
    """
    if limits is None:
        return Position.CANNOT_BE_PLACED
    if value.comparator is None:
        number = value.number
        if limits.high is not None and _is_past(number, limits.high, limits.high_included):
            return Position.ABOVE
        if limits.low is not None and _is_past(-number, -limits.low, limits.low_included):
            return Position.BELOW
        return Position.WITHIN
    if value.comparator in ("<", "<="):
        return _place_upper_bound(value, limits)
    return _place_lower_bound(value, limits)


def _is_past(number: Decimal, limit: Decimal, limit_included: bool) -> bool:
    return number > limit or (number == limit and not limit_included)


def _place_upper_bound(value: PrintedValue, limits: PrintedRange) -> Position:
    bound, bound_included = value.number, value.comparator == "<="
    low, high = limits.low, limits.high
    if low is not None and (low > 0 or not limits.low_included):
        all_below = bound < low or (bound == low and not (bound_included and limits.low_included))
        return Position.BELOW if all_below else Position.CANNOT_BE_PLACED
    fits = (
        high is None
        or bound < high
        or (bound == high and (limits.high_included or not bound_included))
    )
    return Position.WITHIN if fits else Position.CANNOT_BE_PLACED


def _place_lower_bound(value: PrintedValue, limits: PrintedRange) -> Position:
    bound, bound_included = value.number, value.comparator == ">="
    low, high = limits.low, limits.high
    if high is not None:
        all_above = bound > high or (
            bound == high and not (bound_included and limits.high_included)
        )
        return Position.ABOVE if all_above else Position.CANNOT_BE_PLACED
    fits = (
        low is None or bound > low or (bound == low and (limits.low_included or not bound_included))
    )
    return Position.WITHIN if fits else Position.CANNOT_BE_PLACED


def parse_context(text: str) -> tuple[str, ...]:
    """Read a comma-separated context list. Raises Refused for a word that is not one."""
    words = [word.strip().lower().replace("-", "_") for word in text.split(",") if word.strip()]
    for word in words:
        if word not in CONTEXTS:
            raise Refused(
                translate("labs", "“{word}” is not a context I know. I know {known}.").format(
                    word=word, known=", ".join(CONTEXTS)
                )
            )
    return tuple(context for context in CONTEXTS if context in words)


def presets_excluded(context: Sequence[str]) -> bool:
    """Whether a draw in this context is left out of summaries unless the person says otherwise."""
    return any(word in EXCLUDING_CONTEXTS for word in context)
