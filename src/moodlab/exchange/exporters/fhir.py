"""The journal's lab results and ratings as a FHIR R4 Bundle, for programs of clinics.

It holds observations only: no name, no notes, no treatments. Everything in it is derived from the
journal, so the same journal gives the same bytes.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Any

from moodlab.domain.diary import Diary
from moodlab.domain.errors import Refused
from moodlab.domain.ids import derived_id
from moodlab.domain.labs.catalogue import Catalogue
from moodlab.domain.labs.results import LabResult
from moodlab.domain.metrics import THOUSAND, Kind, Metric
from moodlab.domain.ratings import Rating
from moodlab.exchange.exact_json import write_exactly
from moodlab.exchange.outgoing import Outgoing
from moodlab.i18n import QT_TRANSLATE_NOOP

FORMAT = "fhir"
NAME = QT_TRANSLATE_NOOP("export", "Lab results and ratings for clinics (FHIR)")
SUFFIX = ".json"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
METRICS = "urn:moodlab:metric"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
_FLAGS = frozenset((
    "H", "L", "N", "HH", "LL", "A", "AA", "HU", "LU", "POS", "NEG", "IND", "DET", "ND", "S", "I",
    "R", "<", ">",
))  # fmt: skip
# Units of tests of one's own that are UCUM just as they are printed; case matters there.
_UCUM_AS_PRINTED = frozenset((
    "%", "g/dL", "g/L", "mg/dL", "mg/L", "mg/g", "ug/dL", "ug/L", "ug/mL", "ng/dL", "ng/mL", "ng/L",
    "pg/mL", "mol/L", "mmol/L", "umol/L", "nmol/L", "pmol/L", "mmol/mol", "mg/mmol", "meq/L", "U/L",
    "U/mL", "m[IU]/L", "u[IU]/mL", "k[IU]/L", "[IU]/L", "[IU]/mL", "10*3/uL", "10*6/uL", "10*9/L",
    "10*12/L", "/uL", "/[HPF]", "/[LPF]", "fL", "pg", "mL/min", "mL/min/{1.73_m2}", "mm/h", "s",
    "[pH]", "mm[Hg]", "kPa", "mosm/kg",
))  # fmt: skip
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Units of metrics that are counted, in UCUM.
_METRIC_UNITS = {"min": "min", "kg": "kg", "cm": "cm", "/min": "/min", "°C": "Cel"}
# Marks resources as no real person's.
_TEST_DATA = {"tag": [{"system": _TERMINOLOGY + "v3-ActReason", "code": "HTEST"}]}

Json = Mapping[str, Any]


def write_file(outgoing: Outgoing) -> bytes:
    """Return the Bundle of a journal."""
    return write(outgoing.read_diary(), outgoing.catalogue(), outgoing.journal_id)


def write(diary: Diary, catalogue: Catalogue, journal_id: str) -> bytes:
    """Return the Bundle, type collection: the person without a name, then labs, then ratings."""
    person = _urn(journal_id)
    entries = [(person, _marked({"resourceType": "Patient"}, diary))]
    for result in sorted(diary.labs, key=lambda result: (result.collected, result.id)):
        entries.append((_urn(result.id), _marked(_lab(result, catalogue, person), diary)))
    for tracked in diary.metrics:
        for rating in diary.ratings.get(tracked.metric.id, ()):
            own_id = derived_id("rating", journal_id, rating.metric, rating.day.isoformat())
            survey = _rating(rating, tracked.metric, person)
            entries.append((_urn(own_id), _marked(survey, diary)))
    return write_exactly(
        _marked(
            {
                "resourceType": "Bundle",
                "type": "collection",
                "entry": [{"fullUrl": urn, "resource": resource} for urn, resource in entries],
            },
            diary,
        )
    )


def _marked(resource: dict[str, Any], diary: Diary) -> Json:
    if not diary.is_example:
        return resource
    kind = resource.pop("resourceType")
    return {"resourceType": kind, "meta": _TEST_DATA, **resource}


def _urn(own_id: str) -> str:
    found = own_id if _UUID.fullmatch(own_id) else derived_id("resource", own_id)
    return f"urn:uuid:{found}"


def _concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def _lab(result: LabResult, catalogue: Catalogue, person: str) -> dict[str, Any]:
    day, printed = result.collected.isoformat(), result.printed_with_unit
    identified = result.identifier.rpartition("|")
    given: dict[str, Any] = {
        "resourceType": "Observation",
        # As printed, since a number alone does not keep a flag or a comma.
        "text": _narrative(f"{result.label}, {day}: {printed}"),
        "identifier": [
            {
                **({"system": identified[0]} if identified[0] else {}),
                "value": identified[2],
            }
        ]
        if result.identifier
        else [],
        "status": result.status or "final",
        "category": [_concept(_TERMINOLOGY + "observation-category", "laboratory")],
        "code": {
            **(_concept(LOINC, result.loinc) if result.loinc else {}),
            "text": result.label,
        },
        "subject": {"reference": person},
        "effectiveDateTime": day,
        "issued": result.issued or [],
        "performer": [{"display": result.lab}] if result.lab else [],
        **_value(result, catalogue),
        "interpretation": _interpretation(result.value.flag),
        "note": _notes(result),
        "method": {"text": result.method} if result.method else {},
        "specimen": {"display": result.specimen} if result.specimen else {},
        "referenceRange": _range(result, catalogue),
    }
    return {name: value for name, value in given.items() if value not in ([], {})}


def _narrative(text: str) -> Json:
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(text)}</div>',
    }


def _value(result: LabResult, catalogue: Catalogue) -> Json:
    if result.value.number is None:
        return {"valueString": result.value.text}
    comparator = result.value.comparator
    return {
        "valueQuantity": {
            "value": result.value.number,
            **({"comparator": comparator} if comparator else {}),
            **_unit(result, catalogue),
        }
    }


def _unit(result: LabResult, catalogue: Catalogue) -> Json:
    """Return the unit as printed, with its UCUM code where that is known."""
    if not result.unit:
        return {}
    analyte = catalogue.by_id.get(result.catalogue_id)
    if analyte is None or catalogue.is_own(analyte):
        is_ucum = result.unit in _UCUM_AS_PRINTED
        coded = {"system": UCUM, "code": result.unit} if is_ucum else {}
        return {"unit": result.unit, **coded}
    try:
        return {"unit": result.unit, "system": UCUM, "code": analyte.conversion(result.unit).unit}
    except Refused:
        return {"unit": result.unit}


def _interpretation(flag: str) -> list[Json]:
    if not flag:
        return []
    if flag.upper() in _FLAGS:
        return [_concept(_TERMINOLOGY + "v3-ObservationInterpretation", flag.upper())]
    return [{"text": flag}]


def _notes(result: LabResult) -> list[Json]:
    words = [word.replace("_", "-") for word in result.context]
    if result.excluded:
        words.append("left out of summaries")
    return [{"text": f"Around the draw: {', '.join(words)}"}] if words else []


def _range(result: LabResult, catalogue: Catalogue) -> list[Json]:
    """Return the range as printed; its limits too where they belong to it, as FHIR means them."""
    if not result.range_text:
        return []
    limits = result.printed_range
    ends: dict[str, Any] = {}
    if limits is not None:
        unit = _unit(result, catalogue)
        if limits.low is not None and limits.low_included:
            ends["low"] = {"value": limits.low, **unit}
        if limits.high is not None and limits.high_included:
            ends["high"] = {"value": limits.high, **unit}
    return [{**ends, "text": result.range_text}]


def _rating(rating: Rating, metric: Metric, person: str) -> dict[str, Any]:
    """Return a rating: `issued` is when it was written, `effective` the day that it describes.

    Without `issued` nobody knows when that was.
    """
    scale = ""
    if metric.kind is Kind.SCALE:
        ends = (metric.low_anchor, metric.high_anchor)
        scale = f", 0 ({ends[0]}) to 10 ({ends[1]})"
    written = rating.recorded
    issued = {"issued": written.local.isoformat(timespec="milliseconds")} if written else {}
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [_concept(_TERMINOLOGY + "observation-category", "survey")],
        "code": {**_concept(METRICS, metric.id), "text": f"{metric.label}, self-rated{scale}"},
        "subject": {"reference": person},
        "effectiveDateTime": rating.day.isoformat(),
        **issued,
        "performer": [{"reference": person}],
        **_rated(rating, metric),
    }


def _rated(rating: Rating, metric: Metric) -> Json:
    if rating.value is None:
        return {"dataAbsentReason": _concept(_TERMINOLOGY + "data-absent-reason", "asked-unknown")}
    if metric.kind is Kind.YES_NO:
        return {"valueBoolean": rating.value != 0}
    number = (Decimal(rating.value) / THOUSAND).normalize()
    if metric.kind is Kind.SCALE:
        if rating.value % THOUSAND == 0:
            return {"valueInteger": rating.value // THOUSAND}
        return {"valueQuantity": {"value": number, "system": UCUM, "code": "{score}"}}
    code = _METRIC_UNITS.get(metric.unit)
    coded = {"system": UCUM, "code": code} if code else {}
    return {"valueQuantity": {"value": number, "unit": metric.unit, **coded}}
