"""The small parts of a FHIR resource, R4 and DSTU2: codes, quantities, days, ranges, names.

Portals leave out what they like, so every part is looked at before it is used, and one of another
type counts as not there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from moodlab.domain.days import EARLIEST_DAY
from moodlab.domain.errors import Refused
from moodlab.domain.loinc import is_loinc
from moodlab.domain.printed_values import plain
from moodlab.i18n import translate

Json = Mapping[str, Any]

LOINC = ("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
UCUM = "http://unitsofmeasure.org"
_LARGEST, _FINEST = 12, -12
_SHORT = 200
# DiagnosticReport categories of the v2 table 0074 that are laboratory work.
_LABORATORY = frozenset(
    {"laboratory", "lab", "ch", "hm", "mb", "cp", "imm", "blb", "tx", "vr", "sr", "urn"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number with the digits that the file gives, and its units."""

    comparator: str | None
    number: Decimal
    unit: str
    ucum: str

    @property
    def text(self) -> str:
        """The value as it would be printed, ``<0.30``."""
        return (self.comparator or "") + plain(self.number)


def objects(value: Any) -> Iterator[Json]:
    """Yield the objects of a list, or the only one: DSTU2 has one where R4 has a list."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def text_of(value: Any, most: int = _SHORT) -> str:
    """Return a short text on one line; empty for anything else."""
    if not isinstance(value, str) or len(value) > 100 * most:
        return ""
    line = " ".join(value.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def concept_text(concept: Any) -> str:
    """Return what a CodeableConcept is called: its text, else a display, else a code."""
    for each in objects(concept):
        codings = list(objects(each.get("coding")))
        named = [text_of(each.get("text"))]
        named += [text_of(coding.get("display")) for coding in codings]
        named += [text_of(coding.get("code")) for coding in codings]
        found = next((name for name in named if name), "")
        if found:
            return found
    return ""


def codes_of(concept: Any) -> frozenset[str]:
    """Return all codes and the text of CodeableConcepts, in lower case."""
    return frozenset(
        text.lower()
        for each in objects(concept)
        for text in (
            text_of(each.get("text")),
            *(text_of(coding.get("code")) for coding in objects(each.get("coding"))),
        )
        if text
    )


def loincs_of(concept: Any) -> list[str]:
    """Return the LOINC codes whose check digit holds."""
    return [
        code
        for each in objects(concept)
        for coding in objects(each.get("coding"))
        if coding.get("system") in LOINC and is_loinc(code := text_of(coding.get("code")))
    ]


def is_laboratory(category: Any) -> bool | None:
    """Whether a category says laboratory; None where there is no category."""
    codes = codes_of(category)
    return bool(codes & _LABORATORY) if codes else None


def read_quantity(value: Any) -> Quantity:
    """Return a Quantity. Raises Refused for no number, or one that no lab prints."""
    if not isinstance(value, dict):
        raise Refused(translate("import", "The value is no quantity."))
    number, comparator = value.get("value"), value.get("comparator")
    if not isinstance(number, Decimal) or not number.is_finite():
        raise Refused(translate("import", "The value is no number."))
    parts = number.as_tuple()
    # The exponent is looked at first: 1e999999999 written out would fill the memory.
    if number.adjusted() >= _LARGEST or int(parts.exponent) < _FINEST:
        raise Refused(translate("import", "The number is too large or too fine to be kept."))
    if comparator not in (None, "<", "<=", ">", ">="):
        raise Refused(
            translate("import", "“{sign}” is no sign that I know before a number.").format(
                sign=text_of(comparator, 20)
            )
        )
    return Quantity(
        comparator,
        number,
        text_of(value.get("unit"), 40),
        text_of(value.get("code"), 40) if value.get("system") == UCUM else "",
    )


def day_of(moment: Any) -> date | None:
    """Return the day of a FHIR dateTime or instant in its own offset; None where there is none.

    Raises Refused for a month or year alone, and for a day that does not exist.
    """
    text = text_of(moment, 40)
    if not text:
        return None
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?", text, re.ASCII)
    try:
        if match is None:
            raise ValueError
        day = date.fromisoformat(match[1])
    except ValueError:
        raise Refused(translate("import", "“{text}” is not a day.").format(text=text)) from None
    if day < EARLIEST_DAY:
        raise Refused(translate("import", "{day} is before 1900.").format(day=day.isoformat()))
    return day


def collected_day(resource: Json) -> date | None:
    """Return the day on which a sample was taken, where the resource says so."""
    period = resource.get("effectivePeriod")
    moments = [resource.get("effectiveDateTime"), resource.get("effectiveInstant")]
    if isinstance(period, dict):
        moments += [period.get("start"), period.get("end")]
    return next((day for moment in moments if (day := day_of(moment)) is not None), None)


def range_text(ranges: Any) -> str:
    """Return the lab's range as printed: its text, else ``3.6–10.0 mg/L``; several after ;."""
    printed = [text for each in objects(ranges) if (text := _one_range(each))]
    return "; ".join(dict.fromkeys(printed))[:_SHORT]


def _one_range(given: Json) -> str:
    if text := text_of(given.get("text"), 100):
        return text
    low, high = _limit(given.get("low")), _limit(given.get("high"))
    unit = next((limit.unit or limit.ucum for limit in (high, low) if limit is not None), "")
    if low is not None and high is not None:
        span = f"{low.text}–{high.text}"
    elif high is not None:
        span = f"≤{plain(high.number)}"
    elif low is not None:
        span = f"≥{plain(low.number)}"
    else:
        return ""
    return f"{span} {unit}".rstrip()


def _limit(value: Any) -> Quantity | None:
    try:
        return read_quantity(value)
    except Refused:
        return None


def flag_of(interpretation: Any) -> str:
    """Return the lab's flag, ``H``: a code of the table, or a short text."""
    for each in objects(interpretation):
        codes = [text_of(coding.get("code"), 12) for coding in objects(each.get("coding"))]
        found = next((code for code in codes if code), "") or text_of(each.get("text"), 12)
        if found:
            return found
    return ""


def identifier_of(resource: Json) -> str:
    """Return ``system|value`` of the first identifier in use; empty without one."""
    for each in objects(resource.get("identifier")):
        value = text_of(each.get("value"))
        if value and each.get("use") != "old":
            return f"{text_of(each.get('system'))}|{value}"
    return ""


def reference_of(value: Any) -> str:
    """Return a reference without server and version, ``Observation/17``, or as it stands."""
    text = text_of(value.get("reference"), 300) if isinstance(value, dict) else ""
    match = re.search(r"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$", text)
    return match[1] if match else text
