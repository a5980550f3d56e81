"""Holds answers against ``docs/schemas``: the few words of JSON Schema that those use."""

import json
import re
from pathlib import Path

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int,
    "number": (int, float), "null": type(None),
}  # fmt: skip
ABOUT = {"$schema", "title", "description"}
KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "oneOf",
    "pattern", "minimum",
}  # fmt: skip


def read_schema(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def faults(value: object, schema: dict, place: str = "$") -> list[str]:
    """Return where a value differs from its schema, or has keys that it does not describe."""
    assert set(schema) - ABOUT <= KNOWN, f"{place}: {set(schema) - ABOUT - KNOWN}"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            fitting = [not faults(value, each, place) for each in schema[several]]
            return [] if sum(fitting) == 1 else [f"{place}: fits {sum(fitting)} of {several}"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{place}: {value!r}"]
    if not _has_type(value, schema["type"]):
        return [f"{place}: {value!r} is no {schema['type']}"]
    found = []
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        found.append(f"{place}: {value!r}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{place}: {value!r}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += faults(item, schema["items"], f"{place}[{number}]")
    if isinstance(value, dict):
        described, other = schema.get("properties", {}), schema.get("additionalProperties")
        found += [
            f"{place}.{name} lacks" for name in schema.get("required", ()) if name not in value
        ]
        for name, item in value.items():
            each = described.get(name, other)
            found += (
                [f"{place}.{name} is not described"]
                if each is None
                else faults(item, each, f"{place}.{name}")
            )
    return found


def _has_type(value: object, named: str | list[str]) -> bool:
    names = [named] if isinstance(named, str) else named
    is_truth = isinstance(value, bool)
    return any(isinstance(value, TYPES[name]) and is_truth <= (name == "boolean") for name in names)
