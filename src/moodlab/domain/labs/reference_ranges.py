"""A lab's own reference range as printed, and where a result certainly lies against it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from moodlab.domain.digits import western_digits
from moodlab.domain.labs.printed_values import NUMBER, PrintedValue
from moodlab.domain.labs.units import fold_unit


class Position(StrEnum):
    """Where a result certainly lies against the lab's own printed range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    CANNOT_BE_PLACED = "cannot_be_placed"


@dataclass(frozen=True, slots=True)
class PrintedRange:
    """A lab's own reference range; a missing limit is open, an exclusive one came with < or >."""

    text: str
    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True


# What stands before a limit: whether it is an upper one, and whether the limit itself belongs.
_LIMITS = {
    "<": (True, False), "<=": (True, True), "=<": (True, True), "≤": (True, True),
    "up to": (True, True), "to": (True, True), "at most": (True, True), "below": (True, False),
    "under": (True, False), "less than": (True, False), "max": (True, True), "max.": (True, True),
    "bis": (True, True), "bis zu": (True, True), "unter": (True, False), "höchstens": (True, True),
    "kleiner": (True, False), "kleiner als": (True, False),
    ">": (False, False), ">=": (False, True), "=>": (False, True), "≥": (False, True),
    "from": (False, True), "at least": (False, True), "above": (False, False),
    "over": (False, False), "greater than": (False, False), "more than": (False, False),
    "min": (False, True), "min.": (False, True), "ab": (False, True), "mind.": (False, True),
    "mindestens": (False, True), "über": (False, False), "größer": (False, False),
    "größer als": (False, False),
}  # fmt: skip
_WORDS = "|".join(re.escape(word) for word in sorted(_LIMITS, key=len, reverse=True))
_LIMIT = re.compile(rf"(?P<word>{_WORDS})\s*(?P<number>{NUMBER})")
_SPAN = re.compile(rf"(?P<low>{NUMBER})\s*(?:-|–|—|−|to|bis|\.{{2,3}}|…)\s*(?P<high>{NUMBER})")
_HEADING = re.compile(
    r"(?:ref(?:erence)?\.?(?:[ -](?:range|interval))?|range"
    r"|norm(?:al(?:wert|e?[ -]?range)?|bereich)?|ref(?:erenz)?\.?-?(?:bereich|wert)?)\s*:\s*"
)
_UNIT = re.compile(r"(?:[^\W\d_]|[%\[{])[^\s\-–—−<>≤≥]*")
_LONGEST = 200
# Between the limits of a file and the words that it puts beside them.
BESIDE = " · "
_MAY_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


@lru_cache(maxsize=512)
def parse_range(text: str, unit: str = "") -> PrintedRange | None:
    """Read a printed range such as ``<5``, ``0–5``, ``bis 5``, ``3.6-10.0 mg/L``; None if it can't.

    A range is in the unit of its result; one with another unit is not read. What can't be read is
    kept and shown as text, as is what stands beside limits, ``0–5 mg/L · fasting``. A lab prints
    the same few ranges again and again, so each is read once.
    """
    if len(text) > _LONGEST:
        return None
    text_alone = western_digits(text.partition(BESIDE)[0])
    body = _strip_unit(" ".join(text_alone.split()).strip("[]() ").lower(), unit.lower())
    body = _HEADING.sub("", body, count=1).strip("[]() ") if ":" in body else body
    if match := _SPAN.fullmatch(body):
        numbers = _read_together(match["low"], match["high"])
        if numbers is None or numbers[0] > numbers[1]:
            return None
        return PrintedRange(text, numbers[0], numbers[1])
    if match := _LIMIT.fullmatch(body):
        numbers = _read_together(match["number"])
        if numbers is None:
            return None
        is_upper, is_included = _LIMITS[match["word"]]
        if is_upper:
            return PrintedRange(text, None, numbers[0], high_included=is_included)
        return PrintedRange(text, numbers[0], None, low_included=is_included)
    return None


def units_in_range(text: str) -> list[str]:
    """Return the words of a range that may be units, folded for looking them up."""
    return [fold_unit(word.rstrip(")];:,.")) for word in _UNIT.findall(text[:_LONGEST])]


def _strip_unit(body: str, unit: str) -> str:
    if not unit:
        return body
    if body.endswith(unit):
        body = body[: -len(unit)].strip()
    folded = fold_unit(unit)
    return _UNIT.sub(lambda word: "" if fold_unit(word[0]) == folded else word[0], body).strip()


def _read_together(*printed: str) -> list[Decimal] | None:
    """Return the numbers of one range, or None where a sign may separate thousands.

    `0.270-4.200` is certain: a point after a lone 0 is a decimal one, and so is the other.
    """
    decimal_signs = {
        sign
        for number in printed
        for sign in ".,"
        if sign in number and not _MAY_BE_THOUSANDS.fullmatch(number)
    }
    doubtful = [number for number in printed if _MAY_BE_THOUSANDS.fullmatch(number)]
    if len(decimal_signs) > 1 or any(not decimal_signs & set(number) for number in doubtful):
        return None
    return [Decimal(number.replace(",", ".")) for number in printed]


def place(value: PrintedValue, limits: PrintedRange | None) -> Position:
    """Return where `value` certainly lies: every number it may stand for is on that side.

    ``<10`` against a range up to 5 cannot be placed; ``<3`` against it is within.
    """
    if limits is None or value.number is None:
        return Position.CANNOT_BE_PLACED
    if value.comparator is None:
        number = value.number
        if limits.high is not None and _is_past(number, limits.high, limits.high_included):
            return Position.ABOVE
        if limits.low is not None and _is_past(-number, -limits.low, limits.low_included):
            return Position.BELOW
        return Position.WITHIN
    if value.comparator in ("<", "<="):
        return _place_upper_bound(value.number, value.comparator == "<=", limits)
    return _place_lower_bound(value.number, value.comparator == ">=", limits)


def _is_past(number: Decimal, limit: Decimal, limit_included: bool) -> bool:
    return number > limit or (number == limit and not limit_included)


def _place_upper_bound(bound: Decimal, bound_included: bool, limits: PrintedRange) -> Position:
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


def _place_lower_bound(bound: Decimal, bound_included: bool, limits: PrintedRange) -> Position:
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
