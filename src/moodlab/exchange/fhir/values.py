"""The small parts of a FHIR resource, R4 and DSTU2: codes, quantities, days, ranges, names.

Portals omit parts at will, so every part is checked before it is used, and one of an unexpected
type counts as missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from moodlab.domain.days import refuse_before_1900
from moodlab.domain.errors import Refused
from moodlab.domain.labs.loinc import is_loinc
from moodlab.domain.numbers import plain
from moodlab.i18n import translate

Json = Mapping[str, Any]

_LOINC = frozenset({"loinc.org", "urn:oid:2.16.840.1.113883.6.1"})
_UCUM = frozenset({"unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8"})
# Programs write all binary digits of a number, 1.2345678901234567e-05; they are kept.
_LARGEST, _FINEST = 12, -24
_SHORT = 200
_LONGEST_FLAG = 40
# The modifier of Germany's Medizininformatik-Initiative for what speaks against a result.
_AGAINST_A_RESULT = "/InterpretationsbeeinflussendeEigenschaft"
# Some programs write a number as text; 1.234 may then be a thousand.
_WRITTEN_NUMBER = re.compile(r"-?(?![1-9][0-9]{0,2}\.[0-9]{3}$)[0-9]{1,12}(?:\.[0-9]{1,24})?")
_EMPTY_UNIT = re.compile(r"\{\s*\}")
_FLAG = re.compile(r"[A-Za-z<>+*-]{1,5}")
_DAY = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,]+ ?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII | re.IGNORECASE,
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

    @property
    def printed_unit(self) -> str:
        """The unit as the file prints it, else its UCUM code."""
        return self.unit or self.ucum

    @property
    def with_unit(self) -> str:
        """The value with its unit, ``<0.30 mg/L``."""
        return f"{self.text} {self.printed_unit}".rstrip()


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


def is_loinc_coding(coding: Json) -> bool:
    """Whether a coding is a LOINC code whose check digit holds."""
    return _system(coding) in _LOINC and is_loinc(text_of(coding.get("code")))


def loincs_of(concept: Any) -> list[str]:
    """Return the LOINC codes whose check digit holds."""
    return [
        text_of(coding.get("code"))
        for each in objects(concept)
        for coding in objects(each.get("coding"))
        if is_loinc_coding(coding)
    ]


def read_quantity(value: Any) -> Quantity:
    """Return a Quantity. Raises Refused for no number, or one that no lab prints."""
    if not isinstance(value, dict):
        raise Refused(translate("import", "The value is not a quantity."))
    number, comparator = value.get("value"), value.get("comparator")
    if isinstance(number, str) and _WRITTEN_NUMBER.fullmatch(number.strip()):
        number = Decimal(number.strip())  # some programs write it as text
    if not isinstance(number, Decimal) or not number.is_finite():
        raise Refused(translate("import", "The value is not a number."))
    parts = number.as_tuple()
    # The exponent is looked at first: 1e999999999 written out would fill the memory.
    if number.adjusted() >= _LARGEST or int(parts.exponent) < _FINEST:
        raise Refused(translate("import", "The number is too large or has too many decimals."))
    if comparator not in (None, "<", "<=", ">", ">="):
        raise Refused(
            translate("import", "“{sign}” is not a known sign before a number.").format(
                sign=text_of(comparator, 20)
            )
        )
    code = text_of(value.get("code"), 40)
    is_ucum = _system(value) in _UCUM
    if code.isdigit():
        code = ""  # SNOMED's number for a unit is no unit that a lab prints
    # `units` is how the drafts before DSTU2 call it.
    unit = text_of(value.get("unit"), 40) or text_of(value.get("units"), 40)
    unit, code = ("" if _EMPTY_UNIT.fullmatch(each) else each for each in (unit, code))
    if not number:
        number = number.copy_abs()  # a program's -0 is 0
    return Quantity(comparator, number, unit or ("" if is_ucum else code), code if is_ucum else "")


def day_of(moment: Any) -> date | None:
    """Return the day of a FHIR dateTime or instant in its own offset; None where there is none.

    Raises Refused for a month or year alone, and for a day that does not exist.
    """
    text = text_of(moment, 40)
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        day = date.fromisoformat(match[1])
    except ValueError:
        raise Refused(translate("import", "“{text}” is not a day.").format(text=text)) from None
    refuse_before_1900(day)
    return day


def collected_day(resource: Json) -> date | None:
    """Return the day on which a sample was taken, if the resource says so."""
    period, timing = resource.get("effectivePeriod"), resource.get("effectiveTiming")
    moments = [resource.get("effectiveDateTime"), resource.get("effectiveInstant")]
    if isinstance(period, dict):
        moments += [period.get("start"), period.get("end")]
    if isinstance(timing, dict) and isinstance(events := timing.get("event"), list):
        moments += events if len(events) == 1 else []
    return next((day for moment in moments if (day := day_of(moment)) is not None), None)


def moment_of(resource: Json) -> str:
    """Return the moment of a resource's present version in UTC; empty where it is unknown."""
    meta = resource.get("meta")
    said = text_of(resource.get("issued"), 40)
    said = said or text_of(meta.get("lastUpdated") if isinstance(meta, dict) else "", 40)
    try:
        moment = datetime.fromisoformat(said)
        at = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return ""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def flag_of(interpretation: Any) -> str:
    """Return the lab's flag, ``H``: a code of HL7's table, else a short text."""
    for each in objects(interpretation):
        codings = list(objects(each.get("coding")))
        codes = [code for coding in codings if _FLAG.fullmatch(code := text_of(coding.get("code")))]
        # A SNOMED number means nothing to a reader; its name does.
        found = next(iter(codes), "") or concept_text(each)
        if 0 < len(found) <= _LONGEST_FLAG:
            return found
    return ""


def remark_of(interpretation: Any) -> str:
    """Return the sentence that a lab writes in place of a flag."""
    said = [concept_text(each) for each in objects(interpretation) if not flag_of(each)]
    return " ".join(text for text in said if text)


def modifiers_of(part: Json) -> str:
    """Return why a lab doubts its own result, such as a hemolyzed specimen.

    Raises Refused for an unknown modifier: it may reverse the meaning.
    """
    said = []
    for each in objects(part.get("modifierExtension")):
        if not text_of(each.get("url")).endswith(_AGAINST_A_RESULT):
            raise Refused(
                translate("import", "It has a remark that may change its meaning: {name}.")
                .format(name=text_of(each.get("url")).rpartition("/")[2] or "?")
            )  # fmt: skip
        coded = {"coding": [each.get("valueCoding")]}
        said.append(concept_text(each.get("valueCodeableConcept")) or concept_text(coded))
    return " ".join(text for text in said if text)


def identifier_of(resource: Json) -> str:
    """Return ``system|value`` of the first identifier in use; empty without one."""
    for each in objects(resource.get("identifier")):
        value = text_of(each.get("value"))
        if value and each.get("use") != "old":
            return f"{text_of(each.get('system'))}|{value}"
    return ""


def reference_of(value: Any) -> str:
    """Return a reference without server and version, ``Observation/17``, if it has that form."""
    text = text_of(value.get("reference"), 300) if isinstance(value, dict) else ""
    match = re.search(r"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[^/]+)?$", text)
    return match[1] if match else text


def _system(coded: Json) -> str:
    """Return a code system's address without the parts that differ between programs."""
    system = text_of(coded.get("system")).lower().rstrip("/")
    return re.sub(r"^https?://(?:www\.)?", "", system)
