"""An Observation's value and range as a lab would print them; what is not certain is never guessed.

A value is a number with its unit, or a result in words. The lab's range is the one of type normal
or of none; one of several says whom it is for, so that no result is placed against it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from moodlab.domain.errors import NeedsConfirmation, Refused
from moodlab.domain.labs.analytes import Analyte
from moodlab.domain.labs.printed_values import (
    PrintedValue,
    is_result_in_words,
    looks_like_a_number,
    parse_value,
    split_unit,
)
from moodlab.domain.labs.reference_ranges import BESIDE, parse_range
from moodlab.domain.labs.units import Conversion, fold_unit
from moodlab.domain.numbers import plain
from moodlab.exchange.fhir.values import (
    Json,
    Quantity,
    codes_of,
    concept_text,
    objects,
    read_quantity,
    text_of,
)
from moodlab.i18n import translate

_LONGEST_WORDS = 200
# Flags that look like a unit behind a number.
_FLAGS = frozenset((
    "high", "low", "normal", "abnormal", "critical", "elevated", "hoch", "niedrig", "erhöht",
    "erniedrigt",
))  # fmt: skip
_POWERS = {"k": 3, "": 0, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15}
_AMOUNT = re.compile(r"(?P<prefix>[kmunpf]?)(?P<counted>g|mol|iu|u)/(?P<per>[dcmunpf]?)l")
_LONGEST_RANGE = 100
_ORDINARY = frozenset({"normal", "normal range", "n", "260395002"})
_SIGNS = {"<=": "≤", ">=": "≥"}


def values_of(part: Json) -> list[str]:
    """Return the names of the values that an Observation or component holds; one is right."""
    return [name for name in part if name.startswith("value") and name != "value"]


def read_value(part: Json) -> tuple[PrintedValue, tuple[str, ...]]:
    """Return the value of an observation or component, and its units. Raises Refused."""
    names = values_of(part)
    if len(names) > 1:
        raise Refused(translate("import", "It has more than one value."))
    if not names:
        why = concept_text(part.get("dataAbsentReason"))
        raise Refused(
            translate("import", "It has no value ({why}).").format(why=why)
            if why
            else translate("import", "It has no value.")
        )
    value = part[names[0]]
    match names[0]:
        case "valueQuantity":
            quantity = read_quantity(value)
            return _from_quantity(quantity), (quantity.unit, quantity.ucum)
        case "valueInteger" | "valueDecimal":
            return _from_quantity(read_quantity({"value": value})), ()
        case "valueString":
            return _read_text(value)
        case "valueCodeableConcept":
            return _in_words(concept_text(value)), ()
        case "valueBoolean" if isinstance(value, bool):
            return _in_words(translate("import", "yes") if value else translate("import", "no")), ()
        case "valueRatio" if isinstance(value, dict):
            top, bottom = (read_quantity(value.get(end)) for end in ("numerator", "denominator"))
            if top.printed_unit == bottom.printed_unit:
                return _in_words(f"{top.text}:{bottom.text}"), ()
            return _in_words(f"{top.with_unit}/{bottom.with_unit}"), ()
        case "valueRange" if isinstance(value, dict):
            return _in_words(print_span({**value, "text": None})), ()
        case _:
            raise Refused(
                translate("import", "MoodLab can't keep this kind of value: {kind}.").format(
                    kind=text_of(names[0], 40)
                )
            )


def _from_quantity(quantity: Quantity) -> PrintedValue:
    return PrintedValue(quantity.text, quantity.comparator, quantity.number)


def _read_text(value: Any) -> tuple[PrintedValue, tuple[str, ...]]:
    """Read a value that came as text: a number where it certainly is one, otherwise words."""
    if not isinstance(value, str) or len(value) > 10 * _LONGEST_WORDS:
        return _in_words("" if not isinstance(value, str) else value), ()
    if looks_like_a_number(value):
        text, unit = split_unit(value)
        if is_result_in_words(unit):
            return _in_words(" ".join(value.split())), ()
        try:
            if unit.casefold() in _FLAGS:
                printed = " ".join(value.split())
                return replace(parse_value(text), text=printed, flag=unit), ()
            return parse_value(text), (unit,)
        except NeedsConfirmation as question:
            raise Refused(question.sentence) from question
    return _in_words(" ".join(value.split())), ()


def _in_words(text: str) -> PrintedValue:
    if not text:
        raise Refused(translate("import", "Its value is empty."))
    if len(text) > _LONGEST_WORDS:
        raise Refused(translate("import", "Its value is a long text."))
    return PrintedValue(text, None, None)


def refuse_impossible(number: Decimal, comparator: str | None, *, is_own: bool) -> None:
    """Raise Refused for a value below zero, which only a person's own tests may have."""
    below = number < 0 or (number == 0 and comparator in ("<", "<="))
    if below and not is_own:
        raise Refused(translate("import", "A lab value can't be below zero."))


def agree_on_unit(analyte: Analyte, units: tuple[str, ...]) -> str:
    """Return the unit as printed, or its UCUM code where only that is known.

    Raises Refused where neither is accepted, or where the two say different things.
    """
    given = [unit for unit in units if unit]
    known: list[tuple[str, Conversion]] = []
    refusal: Refused | None = None
    for unit in given or [""]:
        try:
            known.append((unit, analyte.conversion(unit)))
        except Refused as error:
            refusal = refusal or error
    if not known:
        raise refusal or Refused(translate("import", "Its unit is missing."))
    unit, conversion = known[0]
    if any(other.factor != conversion.factor for _, other in known[1:]) or _differ(given):
        raise Refused(
            translate("import", "It says {units}. The unit is not clear.").format(
                units=translate("import", " and ").join(given)
            )
        )
    return unit


def _differ(units: list[str]) -> bool:
    """Whether two of a result's units can't mean the same: mg/dL and mg/L, or mg/L and mmol/L."""
    sizes = {size for unit in units if (size := _size(unit)) is not None}
    return len(sizes) > 1


def _size(unit: str) -> tuple[str, int] | None:
    """Return what an amount in a volume counts, and its power of ten; None for other units."""
    match = _AMOUNT.fullmatch(fold_unit(unit))
    if match is None:
        return None
    counted = "u" if match["counted"] == "iu" else match["counted"]
    return counted, _POWERS[match["prefix"]] - _POWERS[match["per"]]


def range_text(ranges: Any) -> str:
    """Return the lab's range as printed, ``3.6–10.0 mg/L · fasting``; several after ;."""
    given = [each for each in objects(ranges) if _is_ordinary(each)]
    printed = [_labelled(each, given) for each in given if print_span(each)]
    return text_of("; ".join(dict.fromkeys(printed)))


def other_ranges(ranges: Any) -> str:
    """Return the ranges that are not for healthy people, such as a treatment's aim, by name."""
    given = [each for each in objects(ranges) if not _is_ordinary(each)]
    printed = [
        f"{text_of(concept_text(_kind(each)), 40)}: {span}."
        for each in given
        if (span := print_span(each))
    ]
    return text_of(" ".join(dict.fromkeys(printed)))


def _kind(given: Json) -> Any:
    return given.get("type") or given.get("meaning")


def _is_ordinary(given: Json) -> bool:
    codes = codes_of(_kind(given))
    return not codes or bool(codes & _ORDINARY)


def print_span(given: Json) -> str:
    """Return a range's limits with its text beside them, or the one of the two that there is."""
    text, limits = text_of(given.get("text"), _LONGEST_RANGE), _print_limits(given)
    if not text or not limits:
        return text or limits
    unit = _unit_of(given)
    printed, read = parse_range(limits, unit), parse_range(text, unit)
    if read and printed and (read.low, read.high) == (printed.low, printed.high):
        return text  # it says the same
    return f"{limits}{BESIDE}{text}"


def _unit_of(given: Json) -> str:
    ends = [each for end in ("high", "low") for each in objects(given.get(end))]
    return next((text for each in ends if (text := text_of(each.get("unit"), 40))), "")


def _print_limits(given: Json) -> str:
    """Return the limits of a range; empty without, and where one of them can't be read."""
    try:
        low, high = (
            read_quantity(given[end]) if given.get(end) else None for end in ("low", "high")
        )
    except Refused:
        return ""
    if low is not None and high is not None:
        if low.printed_unit in ("", high.printed_unit):
            return f"{low.text}–{high.with_unit}"
        return f"{low.with_unit}–{high.with_unit}"
    if high is not None:
        return _open("≤", high)
    return "" if low is None else _open("≥", low)


def _labelled(given: Json, ranges: Sequence[Json]) -> str:
    names: list[str] = []
    if len(ranges) > 1:
        names += [text_of(concept_text(each), 40) for each in objects(given.get("appliesTo"))]
        if isinstance(age := given.get("age"), dict):
            names.append(print_span({**age, "text": None}))
    label = ", ".join(name for name in names if name)
    return f"{label}: {print_span(given)}" if label else print_span(given)


def _open(sign: str, limit: Quantity) -> str:
    sign = _SIGNS.get(limit.comparator or "", limit.comparator or sign)
    return f"{sign}{plain(limit.number)} {limit.printed_unit}".rstrip()
