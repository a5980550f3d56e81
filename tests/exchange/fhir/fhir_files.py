"""FHIR files as portals write them, made in tests: R4 and DSTU2, Bundles, lines, Apple archives."""

import json
import random
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from moodlab.exchange.exact_json import write_exactly

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"

# Code, name, unit, lowest and highest in hundredths, the lab's upper limit.
TESTS = (
    ("1988-5", "C reactive protein", "mg/L", 30, 9000, "5.0"),
    ("30522-7", "CRP, high sensitivity", "mg/dL", 1, 90, "0.3"),
    ("26881-3", "Interleukin 6", "pg/mL", 150, 900, "7.0"),
    ("2276-4", "Ferritin", "ng/mL", 900, 30000, "300"),
    ("3016-3", "TSH", "m[IU]/L", 30, 600, "4.0"),
    ("4548-4", "Hemoglobin A1c", "%", 480, 760, "5.7"),
    ("2345-7", "Glucose", "mg/dL", 6000, 14000, "99"),
    ("2160-0", "Creatinine", "mg/dL", 50, 160, "1.2"),
    ("718-7", "Hemoglobin", "g/dL", 1100, 1700, "16.0"),
    ("6690-2", "Leukocytes", "10*3/uL", 300, 1200, "11.0"),
)


def concept(code: str = "", text: str = "", system: str = LOINC) -> dict[str, Any]:
    coding = {"coding": [{"system": system, "code": code, "display": text}]} if code else {}
    return {**coding, "text": text}


def laboratory(*, dstu2: bool = False) -> Any:
    if dstu2:
        return concept("laboratory", "Laboratory", "http://hl7.org/fhir/observation-category")
    system = "http://terminology.hl7.org/CodeSystem/observation-category"
    return [concept("laboratory", "Laboratory", system)]


def quantity(value: str, unit: str = "mg/L", comparator: str = "") -> dict[str, Any]:
    sign = {"comparator": comparator} if comparator else {}
    return {"value": Decimal(value), **sign, "unit": unit, "system": UCUM, "code": unit}


def observation(
    value: Any = "3.1", *, code: str = "1988-5", name: str = "CRP", unit: str = "mg/L",
    comparator: str = "", on: str = "2025-03-04", dstu2: bool = False, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """An Observation; `value` is a quantity's number, or the whole value[x] as a dictionary."""
    held = (
        value if isinstance(value, dict) else {"valueQuantity": quantity(value, unit, comparator)}
    )
    given = {
        "resourceType": "Observation",
        "status": "final",
        "category": laboratory(dstu2=dstu2),
        "code": concept(code, name),
        "effectiveDateTime": on,
        **held,
        **more,
    }
    return {field: inner for field, inner in given.items() if inner is not None}


def bundle(resources: Iterable[dict[str, Any]], kind: str = "searchset") -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"resource": resource} for resource in resources],
    }


def save(path: Path, content: Any) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else write_any(content))
    return path


def write_any(content: Any) -> bytes:
    """JSON with exact numbers, also with such as no program of ours would write."""
    text = json.dumps(content, ensure_ascii=False, default=lambda number: f"<<{number}>>")
    return re.sub(r'"<<(.*?)>>"', r"\1", text).encode()


def lines(resources: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(one_line(resource) + b"\n" for resource in resources)


def one_line(resource: dict[str, Any]) -> bytes:
    # No text in these files holds a line break, so that leaving them out changes nothing.
    return b"".join(part.strip() for part in write_exactly(resource).splitlines())


def apple_export(path: Path, resources: Sequence[Any], **others: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export.xml", "<HealthData/>")
        for number, resource in enumerate(resources):
            content = resource if isinstance(resource, bytes) else write_exactly(resource)
            name = f"apple_health_export/clinical-records/Observation-{number}.json"
            archive.writestr(name, content)
        for name, content in others.items():
            archive.writestr(name, content)
    return path


def patient_record(seed: int, results: int = 200, *, dstu2: bool = False) -> list[dict[str, Any]]:
    """Invented records of one person: results, vital signs, visits, reports, a panel."""
    chance = random.Random(seed)
    subject = {"reference": "urn:uuid:patient"}
    records: list[dict[str, Any]] = [{"resourceType": "Patient", "id": "p"}]
    for number in range(results):
        code, name, unit, low, high, limit = TESTS[number % len(TESTS)]
        hundredths = chance.randint(low, high)
        records.append(
            observation(
                f"{hundredths // 100}.{hundredths % 100:02d}",
                code=code, name=name, unit=unit, dstu2=dstu2,
                comparator="<" if chance.random() < 0.1 else "",
                on=f"{2015 + number // 20}-{1 + number % 12:02d}-{1 + number % 28:02d}"
                   f"T{number % 24:02d}:30:00-05:00",
                id=f"o{number}",
                subject=subject,
                referenceRange=[{"high": quantity(limit, unit)}],
            )
        )  # fmt: skip
    for number in range(results // 4):
        vital = observation("72", code="8867-4", name="Heart rate", unit="/min", subject=subject)
        vital["category"] = (
            concept("vital-signs", "Vital Signs") if dstu2 else [concept("vital-signs")]
        )
        records.append(vital | {"id": f"v{number}"})
    records.append(
        {
            "resourceType": "DiagnosticReport",
            "status": "final",
            "category": concept("LAB", "Laboratory") if dstu2 else [concept("LAB", "Laboratory")],
            "code": concept("", "Blood tests"),
            "subject": subject,
            "effectiveDateTime": "2025-01-02",
            "issued": "2025-01-03T08:00:00Z",
            "performer": {"display": "City Lab"} if dstu2 else [{"display": "City Lab"}],
            "result": [{"reference": f"Observation/o{number}"} for number in range(5)],
        }
    )
    return records


def as_text(value: Any) -> str:
    return json.dumps(value, default=str)
